import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { leaseFor } from '../../test/support/lease.ts';
import { claimGroups } from './claim-groups.ts';

const id = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;
const [APPLICATION, GROUP, ADA, BOB] = [id(1), id(2), id(3), id(4)];
const lease = leaseFor(APPLICATION)('holder', '1');

/** A group with a mark for Ada, who comes into it; Bob is in it. */
async function marked({ db }: TestDatabase): Promise<void> {
  await sql`INSERT INTO applications (id, connector, label, idm_state) VALUES (${APPLICATION}, 'scim2', 'App', 'active')`.execute(
    db,
  );
  await sql`INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'holder', 1, now() + interval '1 minute')`.execute(
    db,
  );
  await sql`INSERT INTO groups (id, name) VALUES (${GROUP}, 'Eng')`.execute(db);
  await sql`INSERT INTO pending (application_id, kind, subject_id, priority) VALUES (${APPLICATION}, 'group', ${GROUP}, 1)`.execute(
    db,
  );
  await sql`INSERT INTO pending_members (application_id, group_id, user_id) VALUES (${APPLICATION}, ${GROUP}, ${ADA})`.execute(
    db,
  );
  await sql`INSERT INTO link_members (application_id, group_id, user_id) VALUES (${APPLICATION}, ${GROUP}, ${BOB})`.execute(
    db,
  );
}

describe.each(databaseKinds)('a claim of groups, on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(kind);
    await marked(database);
  });
  afterEach(() => database.close());

  it.each([
    ['R26: waits for the first attempt of whoever comes into one', ADA, 0, false, []],
    ['waits for nobody who has failed before', ADA, 1, false, [GROUP]],
    ['R22: does not wait for others who are in it', BOB, 0, false, [GROUP]],
    ['R12: waits for those too where it is sent whole, with everybody who stays', BOB, 0, true, []],
    ['does not wait for those of them who have failed before', BOB, 1, true, [GROUP]],
  ])('%s', async (_, userId, attempts, sentWhole, expected) => {
    const { db } = database;
    await sql`
      INSERT INTO pending (application_id, kind, subject_id, priority, attempts)
      VALUES (${APPLICATION}, 'user', ${userId}, 0, ${attempts}::int)`.execute(db);
    const claimed = await claimGroups(db, lease, { limit: 10, busy: [], sentWhole });
    expect(claimed.map(({ facts }) => facts.id)).toEqual(expected);
  });
});
