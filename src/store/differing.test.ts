import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { userFacts } from '../../test/support/facts.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import { userLinkOf } from '../provisioning/user-link.ts';
import { dropMarks } from './drop-marks.ts';
import { compareMemberships, markOldLists } from './differing.ts';
import { LeaseLost, type Lease } from './lease.ts';
import { settle } from './settle.ts';

const id = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;
const [APPLICATION, GROUP, ADA, BOB, EVE] = [id(1), id(2), id(3), id(4), id(5)];
const lease: Lease = {
  applicationId: APPLICATION,
  owner: 'holder',
  epoch: '2',
  interrupted: false,
  version: '1',
};

/** Ada and Bob are in the group; Bob has no account yet; the target holds Eve too, who was taken out. */
async function bound({ db }: TestDatabase): Promise<void> {
  await sql`INSERT INTO applications (id, connector, label, idm_state) VALUES (${APPLICATION}, 'scim2', 'App', 'active')`.execute(
    db,
  );
  await sql`INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'holder', 2, now() + interval '1 minute')`.execute(
    db,
  );
  await sql`INSERT INTO groups (id, name) VALUES (${GROUP}, 'Eng')`.execute(db);
  await sql`
    INSERT INTO users (id, username, state) VALUES (${ADA}, 'ada', 'active'), (${BOB}, 'bob', 'active'), (${EVE}, 'eve', 'active')`.execute(
    db,
  );
  await sql`INSERT INTO application_groups (application_id, group_id) VALUES (${APPLICATION}, ${GROUP})`.execute(
    db,
  );
  await sql`INSERT INTO group_members (group_id, user_id) VALUES (${GROUP}, ${ADA}), (${GROUP}, ${BOB})`.execute(
    db,
  );
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, state, remote_id)
    VALUES (${APPLICATION}, 'user', ${ADA}, 'Ada', 'active', 'r-ada'), (${APPLICATION}, 'user', ${EVE}, 'Eve', 'active', 'r-eve')`.execute(
    db,
  );
  await sql`INSERT INTO link_members (application_id, group_id, user_id) VALUES (${APPLICATION}, ${GROUP}, ${EVE})`.execute(
    db,
  );
}

/** The group is marked: it is to be compared. */
async function marked({ db }: TestDatabase): Promise<void> {
  await sql`DELETE FROM pending_members`.execute(db);
  await sql`DELETE FROM pending`.execute(db);
  await sql`INSERT INTO pending (application_id, kind, subject_id, priority, whole) VALUES (${APPLICATION}, 'group', ${GROUP}, 1, true)`.execute(
    db,
  );
}

const arrival = (userId: string): Settlement => ({
  kind: 'user',
  subjectId: userId,
  generation: '1',
  next: { do: 'done' },
  joined: true,
  link: userLinkOf(userFacts({ name: 'Bob' }), {
    remoteId: 'r-bob',
    state: 'active',
    accepted: { userName: 'bob' },
  }),
});

async function written({ db }: TestDatabase): Promise<unknown> {
  const { rows } = await sql`
    SELECT whole, (SELECT array_agg(id::text ORDER BY id) FROM unnest(differing) AS id) AS differing,
      (SELECT array_agg(user_id::text ORDER BY user_id) FROM pending_members) AS marks FROM pending`.execute(
    db,
  );
  return rows[0];
}

describe.each(databaseKinds)('a whole membership on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
    await bound(database);
  });
  beforeEach(() => marked(database));
  afterAll(() => database.close());

  const compare = (by = lease, asList = true) =>
    compareMemberships(database.db, by, [{ groupId: GROUP, asList }]);

  it('is compared, and what differs is put on a list', async () => {
    const membership = (userId: string, name: string, remoteId: string | null, action: 'add' | 'remove') => ({
      member: { userId, name, remoteId },
      generation: null,
      action,
    });
    expect((await compare()).get(GROUP)).toEqual({
      memberships: [
        membership(ADA, 'Ada', 'r-ada', 'add'),
        membership(BOB, 'bob', null, 'add'),
        membership(EVE, 'Eve', 'r-eve', 'remove'),
      ],
      more: false,
    });
    expect(await written(database)).toEqual({ whole: true, differing: [ADA, BOB, EVE], marks: null });
  });

  it('in a large group, each who differs gets a mark', async () => {
    const { db } = database;
    await sql`
      INSERT INTO users (id, username, state) SELECT gen_random_uuid(), 'staged-' || n, 'staged' FROM generate_series(1, 500) AS n`.execute(
      db,
    );
    await sql`INSERT INTO group_members (group_id, user_id) SELECT ${GROUP}::uuid, id FROM users WHERE state = 'staged'`.execute(
      db,
    );
    expect((await compare()).get(GROUP)).toBeUndefined();
    expect(await written(database)).toEqual({ whole: false, differing: null, marks: [ADA, BOB, EVE] });
    await sql`DELETE FROM users WHERE state = 'staged'`.execute(db);
  });

  it('R42: where some may have been sent before, each who differs gets a mark too', async () => {
    expect((await compare(lease, false)).get(GROUP)).toBeUndefined();
    expect(await written(database)).toEqual({ whole: false, differing: null, marks: [ADA, BOB, EVE] });
  });

  it('R42: left over, it becomes marks, and the group is compared again', async () => {
    await compare();
    await markOldLists(database.db, lease, [GROUP]);
    expect(await written(database)).toEqual({ whole: true, differing: null, marks: [ADA, BOB, EVE] });
    expect((await compare()).get(GROUP)).toMatchObject({ more: true });
  });

  it.each([
    ['R13: whoever comes into the target after it gets a mark', true, [BOB]],
    ['whoever comes into the target before it needs none', false, null],
  ])('%s', async (_, isCompared, marks) => {
    if (isCompared) await compare();
    await settle(database.db, lease, [arrival(BOB)]);
    expect(await written(database)).toMatchObject({ marks });
    await sql`DELETE FROM links WHERE subject_id = ${BOB}`.execute(database.db);
  });

  it('R12: whoever leaves the target after it gets a mark', async () => {
    await compare();
    await sql`DELETE FROM group_members WHERE user_id = ${ADA}`.execute(database.db);
    const left: Settlement = { ...arrival(ADA), joined: false, left: 'dropped', link: undefined };
    await settle(database.db, lease, [left]);
    expect(await written(database)).toMatchObject({ differing: [ADA, BOB, EVE], marks: [ADA] });
    await sql`INSERT INTO group_members (group_id, user_id) VALUES (${GROUP}, ${ADA})`.execute(database.db);
  });

  it.each([
    { inFlight: 'changeMembers', marks: [ADA, BOB, EVE] },
    { inFlight: null, marks: [] },
  ])(
    'R5, R42: of an inactive connection, its members keep marks where it was sent without an answer: $inFlight',
    async ({ inFlight, marks }) => {
      const { db } = database;
      await compare();
      await sql`
        INSERT INTO links (application_id, kind, subject_id, subject_name, state, remote_id, in_flight)
        VALUES (${APPLICATION}, 'group', ${GROUP}, 'Eng', 'active', 'r-eng', ${inFlight})`.execute(db);
      await db.transaction().execute((tx) => dropMarks(tx, APPLICATION));
      const { rows } = await sql<{
        id: string;
      }>`SELECT user_id AS id FROM pending_members ORDER BY 1`.execute(db);
      expect(rows.map(({ id }) => id)).toEqual(marks);
      await sql`DELETE FROM links WHERE kind = 'group'`.execute(db);
    },
  );

  it('R43: is not compared under the lease of somebody else', async () => {
    await expect(compare({ ...lease, epoch: '1' })).rejects.toThrow(LeaseLost);
    expect(await written(database)).toEqual({ whole: true, differing: null, marks: null });
  });
});
