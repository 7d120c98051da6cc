import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { ADA, BOB, refuseThree } from '../../test/support/refused-members.ts';
import { listGroupLinks } from './group-links.ts';
import { getStatus } from './status.ts';

const APPLICATION = '00000000-0000-7000-8000-000000000000';

describe.each(databaseKinds)('the status of an application, on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
    await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
      database.db,
    );
    await sql`INSERT INTO lanes (application_id) VALUES (${APPLICATION})`.execute(database.db);
    await refuseThree(database.db, APPLICATION);
  });
  afterAll(() => database.close());

  it('counts the refused memberships that are still wanted', async () =>
    expect(await getStatus(database.db, APPLICATION)).toMatchObject({ failed: 1 }));

  it('names them by group', async () => {
    const { items } = await listGroupLinks(database.db, APPLICATION, {
      limit: 10,
      trouble: true,
      drift: false,
      sort: 'name',
    });
    expect(items).toMatchObject([{ name: 'Staff', refused: 1, refusedMembers: [{ userId: ADA }] }]);
  });

  it('knows how long a leaver has waited whose every attempt fails, and does not ask for who is refused for now', async () => {
    await sql`INSERT INTO pending (application_id, kind, subject_id, priority, attempts, due_at, cause) VALUES
      (${APPLICATION}, 'user', ${ADA}, 0, 9, now() + interval '5 minutes', '{"at":"2026-01-01T00:00:00.000Z"}'),
      (${APPLICATION}, 'user', ${BOB}, 1, 9, now() + interval '5 minutes', '{"at":"2025-01-01T00:00:00.000Z"}')`.execute(
      database.db,
    );
    await sql`INSERT INTO links (application_id, kind, subject_id, subject_name, state, error)
      VALUES (${APPLICATION}, 'user', ${BOB}, 'bob', 'absent', '{"retrying":false}')`.execute(database.db);
    const { oldestPendingAt } = await getStatus(database.db, APPLICATION);
    expect(oldestPendingAt).toEqual(new Date('2026-01-01T00:00:00.000Z'));
  });

  it('R44: knows how many failed and are tried again by themselves, and of what', async () => {
    expect(await getStatus(database.db, APPLICATION)).toMatchObject({ retrying: 0, retryReason: null });
    await sql`INSERT INTO links (application_id, kind, subject_id, subject_name, state, error)
      VALUES (${APPLICATION}, 'user', ${ADA}, 'ada', 'active', '{"retrying":true,"message":"It is down."}')`.execute(
      database.db,
    );
    expect(await getStatus(database.db, APPLICATION)).toMatchObject({
      retrying: 1,
      retryReason: 'It is down.',
    });
  });

  it('R44: says why that one failed which was tried last', async () => {
    const failedAt = (id: string, message: string, at: string) => sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, error, updated_at)
      VALUES (${APPLICATION}, 'user', ${id}, 'x', 'absent', ${JSON.stringify({ retrying: true, message })}::jsonb, ${at})
      ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET error = excluded.error, updated_at = excluded.updated_at`;
    await failedAt(ADA, 'Yesterday it was down.', '2026-01-01T00:00:00Z').execute(database.db);
    await failedAt(BOB, 'It asks to wait.', '2026-01-02T00:00:00Z').execute(database.db);
    expect(await getStatus(database.db, APPLICATION)).toMatchObject({
      retrying: 2,
      retryReason: 'It asks to wait.',
    });
  });
});
