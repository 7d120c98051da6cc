import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { leaseFor } from '../../test/support/lease.ts';
import { settle } from './settle.ts';

const id = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;
const [APPLICATION, GROUP, ADA] = [id(1), id(2), id(3)];
const lease = leaseFor(APPLICATION)('holder', '1');
const HOUR = 60 * 60 * 1000;
const error = { code: 'refused', message: 'Who is that?', retrying: false };

/** A group that was changed at this moment, and Ada's account, which was settled an hour ago. */
async function begin({ db }: TestDatabase, account: Readonly<Record<string, unknown>>): Promise<void> {
  await sql`INSERT INTO applications (id, connector, label, idm_state) VALUES (${APPLICATION}, 'scim2', 'App', 'active')`.execute(
    db,
  );
  await sql`INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'holder', 1, now() + interval '1 minute')`.execute(
    db,
  );
  const cause = JSON.stringify({ action: 'group.membersChanged', actor: 'Kim', at: new Date() });
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, generation, cause)
    VALUES (${APPLICATION}, 'group', ${GROUP}, 1, 5, ${cause}::jsonb)`.execute(db);
  const link = {
    application_id: APPLICATION,
    kind: 'user' as const,
    subject_id: ADA,
    subject_name: 'Ada',
    state: 'active' as const,
    remote_id: 'r-ada',
    updated_at: new Date(Date.now() - HOUR),
  };
  await db
    .insertInto('links')
    .values({ ...link, ...account })
    .execute();
}

describe.each(databaseKinds)('accounts that a target refused as members and does not show, on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(kind);
  });
  afterEach(() => database.close());

  it.each([
    ['may be gone says again what it should be', {}, 'reactivateUser', 1],
    ['is another one by now', { remote_id: 'r-other' }, null, 0],
    ['was dealt with since the change', { updated_at: new Date(Date.now() + HOUR) }, null, 0],
    ['has something under way', { in_flight: 'deactivateUser' }, 'deactivateUser', 0],
    ['has left', { state: 'inactive' }, null, 0],
  ])('R16, R26: one that %s', async (_, account, inFlight, marks) => {
    const { db } = database;
    await begin(database, account);
    await settle(db, lease, [
      {
        kind: 'group',
        subjectId: GROUP,
        generation: '5',
        next: { do: 'done' },
        members: {
          added: [],
          removed: [],
          refused: [{ userId: ADA, error, doubted: 'r-ada' }],
          answered: [],
        },
      },
    ]);
    expect(await db.selectFrom('links').select('in_flight').execute()).toEqual([{ in_flight: inFlight }]);
    const pending = await db.selectFrom('pending').select(['kind', 'cause']).execute();
    const marked = { kind: 'user', cause: expect.objectContaining({ actor: 'Kim' }) as unknown };
    expect(pending).toEqual(Array.from({ length: marks }, () => marked));
  });
});
