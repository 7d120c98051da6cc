import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import type { Lease } from './lease.ts';
import { recoverSendingUsers, unwriteSendingGroup, writeSendingUsers } from './sending.ts';

const [APPLICATION, ADA, GROUP] = [
  '00000000-0000-7000-8000-000000000001',
  '00000000-0000-7000-8000-000000000002',
  '00000000-0000-7000-8000-000000000003',
];
const lease: Lease = {
  applicationId: APPLICATION,
  owner: 'first',
  epoch: '1',
  interrupted: true,
  version: '1',
};

describe.each(databaseKinds)('what a process left under way, on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(kind);
    const { db } = database;
    await sql`
      INSERT INTO applications (id, connector, label, idm_state) VALUES (${APPLICATION}, 'scim2', 'App', 'active')`.execute(
      db,
    );
    await sql`
      INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'first', 1, now() + interval '1 minute')`.execute(
      db,
    );
  });
  afterEach(() => database.close());

  /** Ada's link to an account that is there, and a membership that it has. */
  async function links(state: 'active' | 'inactive', moving: boolean): Promise<void> {
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, moving, remote_id, key, accepted)
      VALUES (${APPLICATION}, 'user', ${ADA}, 'Ada', ${state}, ${moving}, 'r-old', 'old@acme.test', '{"userName":"old@acme.test"}')`.execute(
      database.db,
    );
    await sql`INSERT INTO link_members (application_id, group_id, user_id) VALUES (${APPLICATION}, ${GROUP}, ${ADA})`.execute(
      database.db,
    );
  }

  async function recovers(): Promise<unknown> {
    const creating = { id: ADA, name: 'Ada', creates: true, sentAs: 'ada@acme.test' };
    expect(await writeSendingUsers(database.db, lease, [creating])).toBe('active');
    await recoverSendingUsers(database.db, lease);
    const { rows } = await sql`
      SELECT remote_id, state, key, accepted, moving, in_flight, (SELECT count(*)::int FROM link_members) AS members,
        (SELECT count(*)::int FROM pending) AS marks FROM links`.execute(database.db);
    return rows[0];
  }

  const asked = {
    remote_id: null,
    state: 'absent',
    key: 'ada@acme.test',
    in_flight: 'ada@acme.test',
    marks: 1,
  };

  it('R42: is a create that the target is asked for', async () => {
    expect(await recovers()).toMatchObject(asked);
  });

  it('R5: marks nobody where the connection was deactivated meanwhile', async () => {
    const creating = { id: ADA, name: 'Ada', creates: true, sentAs: 'ada@acme.test' };
    await writeSendingUsers(database.db, lease, [creating]);
    await sql`UPDATE applications SET idm_state = 'inactive'`.execute(database.db);
    await recoverSendingUsers(database.db, lease);
    const { rows } = await sql`
      SELECT in_flight, (SELECT count(*)::int FROM pending) AS marks FROM links`.execute(database.db);
    expect(rows).toEqual([{ in_flight: 'ada@acme.test', marks: 0 }]);
  });

  it('R42: is what was written down last', async () => {
    const before = [{ id: ADA, name: 'Ada', creates: true, sent_as: 'before@acme.test' }];
    await sql`
      INSERT INTO lane_sending (application_id, epoch, steps)
      VALUES (${APPLICATION}, 0, ${JSON.stringify(before)}::json)`.execute(database.db);
    expect(await recovers()).toMatchObject(asked);
  });

  it('R42: a group’s step that was not sent leaves open what was open before', async () => {
    const { db } = database;
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, key, in_flight)
      VALUES (${APPLICATION}, 'group', ${GROUP}, 'New', 'absent', 'new', 'New')`.execute(db);
    await unwriteSendingGroup(db, lease, { id: GROUP, remoteId: null, inFlight: 'Old' });
    const { rows } = await sql`SELECT in_flight, key FROM links`.execute(db);
    expect(rows).toEqual([{ in_flight: 'Old', key: 'old' }]);
  });

  it('R42: is asked for in the place of an account that was left before', async () => {
    await links('inactive', true);
    expect(await recovers()).toEqual({ ...asked, accepted: {}, moving: false, members: 0 });
  });

  it.each([
    ['active', true],
    ['active', false],
    ['inactive', false],
  ] as const)('R42: gives up no account that is %s (moving: %s)', async (state, moving) => {
    await links(state, moving);
    expect(await recovers()).toMatchObject({
      remote_id: 'r-old',
      state,
      moving,
      in_flight: null,
      members: 1,
    });
  });
});
