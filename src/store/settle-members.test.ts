import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { groupFacts, groupLink, userFacts } from '../../test/support/facts.ts';
import { leaseFor } from '../../test/support/lease.ts';
import { groupLinkOf } from '../provisioning/group-link.ts';
import { REMOVAL_REFUSED } from '../provisioning/members-changed.ts';
import type { MemberWrites, Settlement } from '../provisioning/settlement.ts';
import { userLinkOf } from '../provisioning/user-link.ts';
import { settle } from './settle.ts';

const id = (number: number) => `00000000-0000-7000-8000-00000000000${number}`;
const [APPLICATION, GROUP, ADA, BOB] = [id(1), id(2), id(3), id(4)];
const lease = leaseFor(APPLICATION)('holder', '1');

/** A bound group with Ada, of which the target has accepted nobody. */
async function bound({ db }: TestDatabase): Promise<void> {
  await sql`INSERT INTO applications (id, connector, label, idm_state) VALUES (${APPLICATION}, 'scim2', 'App', 'active')`.execute(
    db,
  );
  await sql`INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'holder', 1, now() + interval '1 minute')`.execute(
    db,
  );
  await sql`INSERT INTO groups (id, name) VALUES (${GROUP}, 'Eng')`.execute(db);
  await sql`INSERT INTO users (id, username, state) VALUES (${ADA}, 'ada', 'active'), (${BOB}, 'bob', 'active')`.execute(
    db,
  );
  await sql`INSERT INTO application_groups (application_id, group_id) VALUES (${APPLICATION}, ${GROUP})`.execute(
    db,
  );
  await sql`INSERT INTO group_members (group_id, user_id) VALUES (${GROUP}, ${ADA})`.execute(db);
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, state, remote_id)
    VALUES (${APPLICATION}, 'group', ${GROUP}, 'Eng', 'active', 'r-eng')`.execute(db);
}

const changed = (members: Partial<MemberWrites>, more: Partial<Settlement> = {}): Settlement => ({
  kind: 'group',
  subjectId: GROUP,
  generation: '5',
  next: { do: 'done' },
  link: groupLinkOf(groupFacts({ link: groupLink() }), {}),
  members: { added: [], removed: [], refused: [], answered: [], ...members },
  ...more,
});

const error = { code: 'too-many', message: 'The group is full.', retrying: false };

describe.each(databaseKinds)('what a settle writes of memberships, on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(kind);
    await bound(database);
  });
  afterEach(() => database.close());

  const rowsOf = async (query: ReturnType<typeof sql>): Promise<readonly unknown[]> =>
    (await query.execute(database.db)).rows;
  const accepted = (userId: string) =>
    sql`INSERT INTO link_members (application_id, group_id, user_id) VALUES (${APPLICATION}, ${GROUP}, ${userId})`.execute(
      database.db,
    );
  const marks = () => rowsOf(sql`SELECT user_id, generation::text FROM pending_members ORDER BY user_id`);
  const members = () => rowsOf(sql`SELECT user_id, error FROM link_members ORDER BY user_id`);
  const pendingGroup = (whole: boolean, generation: string) =>
    sql`
      INSERT INTO pending (application_id, kind, subject_id, priority, whole, generation, differing)
      VALUES (${APPLICATION}, 'group', ${GROUP}, 1, ${whole}, ${generation}::bigint, ARRAY[${ADA}]::uuid[])`.execute(
      database.db,
    );
  const pending = () => rowsOf(sql`SELECT kind, subject_id, whole, differing FROM pending`);

  it.each([
    ['ends with its answer', '5', []],
    ['that was made anew meanwhile stays', '6', [{ user_id: ADA, generation: '6' }]],
  ])('R41: a mark of a membership %s', async (_, generation, expected) => {
    await sql`
      INSERT INTO pending_members (application_id, group_id, user_id, generation)
      VALUES (${APPLICATION}, ${GROUP}, ${ADA}, ${generation}::bigint)`.execute(database.db);
    const answered = [{ userId: ADA, generation: '5' }];
    await settle(database.db, lease, [changed({ added: [ADA], answered })]);
    expect(await marks()).toEqual(expected);
    expect(await members()).toEqual([{ user_id: ADA, error: null }]);
  });

  it('R26: one who is refused is no member until they are added', async () => {
    await settle(database.db, lease, [changed({ refused: [{ userId: ADA, error }] })]);
    expect(await members()).toEqual([{ user_id: ADA, error }]);
    await settle(database.db, lease, [changed({ added: [ADA] })]);
    expect(await members()).toEqual([{ user_id: ADA, error: null }]);
  });

  it('R24: nothing is written of a group that was unbound meanwhile', async () => {
    await sql`DELETE FROM links`.execute(database.db);
    await settle(database.db, lease, [changed({ added: [ADA], marked: [BOB] })]);
    expect([await members(), await marks()]).toEqual([[], []]);
  });

  it('a group that is taken over has nobody but those who are in it then', async () => {
    await accepted(BOB);
    await settle(database.db, lease, [changed({ added: [ADA], fresh: true })]);
    expect(await members()).toEqual([{ user_id: ADA, error: null }]);
  });

  it.each([
    ['that is over has no list any more', '5', { whole: false, differing: null }],
    ['is begun again where the group was marked meanwhile', '6', { whole: true, differing: null }],
  ])('R41: a comparison %s', async (_, generation, expected) => {
    await pendingGroup(true, generation);
    await settle(database.db, lease, [
      changed({ added: [ADA] }, { next: { do: 'continue' }, listDone: true }),
    ]);
    expect(await pending()).toEqual([{ kind: 'group', subject_id: GROUP, ...expected }]);
  });

  const returned: Settlement = {
    kind: 'user',
    subjectId: ADA,
    generation: '5',
    next: { do: 'done' },
    joined: true,
    link: userLinkOf(userFacts(), { remoteId: 'r-ada', state: 'active' }),
  };

  it('R13: the groups of somebody who is back are looked at again', async () => {
    await accepted(ADA);
    await settle(database.db, lease, [returned]);
    expect(await members()).toEqual([]);
    expect(await marks()).toMatchObject([{ user_id: ADA }]);
    expect(await pending()).toEqual([{ kind: 'group', subject_id: GROUP, whole: false, differing: null }]);
  });

  it('R42: a group that somebody who is back is in no more must still take them out', async () => {
    await accepted(ADA);
    await sql`DELETE FROM group_members`.execute(database.db);
    await settle(database.db, lease, [returned]);
    expect(await members()).toEqual([{ user_id: ADA, error: null }]);
    expect(await pending()).toEqual([]);
  });

  it.each([
    ['is told while they are', [ADA, BOB], [], REMOVAL_REFUSED],
    ['is told no more once they are out', [ADA, BOB], [BOB], undefined],
    ['is told no more once nobody else is in it', [ADA], [], undefined],
  ])('R26: that somebody is in a group who was to go %s', async (_, inIt, removed, expected) => {
    for (const userId of inIt) await accepted(userId);
    await sql`UPDATE links SET error = ${JSON.stringify({ ...error, code: REMOVAL_REFUSED })}::jsonb`.execute(
      database.db,
    );
    await settle(database.db, lease, [changed({ removed })]);
    const [link] = await rowsOf(sql`SELECT error ->> 'code' AS code FROM links`);
    expect(link).toEqual({ code: expected ?? null });
  });
});
