import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { MOST_MISSING } from '../provisioning/implausible.ts';
import { databaseTime } from './database-time.ts';
import { beginRoster, finishRoster } from './roster.ts';

const APPLICATION = '00000000-0000-7000-8000-000000000001';

describe.each(databaseKinds)('the end of a reading of users, on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(kind);
    await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
      database.db,
    );
    await sql`INSERT INTO lanes (application_id) VALUES (${APPLICATION})`.execute(database.db);
  });
  afterEach(() => database.close());

  it.each([
    ['forgets those links that are not managed and to nothing', MOST_MISSING, 0],
    ['forgets nobody where they are too many to ask for each', MOST_MISSING + 1, MOST_MISSING + 1],
  ])('R31: %s', async (_, imported, left) => {
    const { db } = database;
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, managed, remote_id, updated_at)
      SELECT ${APPLICATION}::uuid, 'user', gen_random_uuid(), 'u' || n, 'active', false, 'r-' || n, now() - interval '1 hour'
      FROM generate_series(1, ${imported}::int) AS n`.execute(db);
    const reading = { applicationId: APPLICATION, id: uuidv7(), startedAt: await databaseTime(db) };
    await beginRoster(db, APPLICATION);
    await db.transaction().execute((tx) => finishRoster(tx, reading));
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM links`.execute(db);
    expect(rows).toEqual([{ count: left }]);
  });
});
