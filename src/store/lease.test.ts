/** What the holder of a lane writes, it writes under its lease alone (R43). */
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { leaseFor } from '../../test/support/lease.ts';
import { getApplication } from './applications.ts';
import { pauseConnection } from './connection-state.ts';
import { compareMemberships, markOldLists } from './differing.ts';
import { closeEmptyHold, holdLeavers } from './holds.ts';
import { endInventory } from './inventory-due.ts';
import { keepWait } from './lane-wait.ts';
import { holdLane, LeaseLost, readLaneState, releaseLane, renewLane, takeLane, type Lease } from './lease.ts';
import { keepPage } from './roster.ts';
import {
  recoverSendingUsers,
  unwriteSendingGroup,
  writeSendingGroups,
  writeSendingUsers,
} from './sending.ts';
import { settle } from './settle.ts';

const [APPLICATION, GROUP] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];

const leaseOf = leaseFor(APPLICATION);

const READING = { applicationId: APPLICATION, id: GROUP, startedAt: new Date(0) };

type Work = (db: TestDatabase['db'], lease: Lease) => Promise<unknown>;

/** Whatever a lane does with the database under its lease. */
const works: readonly (readonly [string, Work])[] = [
  ['renews it', (db, lease) => renewLane(db, lease, 60, 0)],
  ['looks at the state of the connection', readLaneState],
  ['settles', (db, lease) => settle(db, lease, [])],
  ['writes down users under way', (db, lease) => writeSendingUsers(db, lease, [])],
  ['writes down groups under way', (db, lease) => writeSendingGroups(db, lease, [])],
  [
    'takes a group back',
    (db, lease) => unwriteSendingGroup(db, lease, { id: GROUP, remoteId: null, inFlight: null }),
  ],
  ['recovers what was under way', recoverSendingUsers],
  ['compares memberships', (db, lease) => compareMemberships(db, lease, [])],
  ['breaks up lists', (db, lease) => markOldLists(db, lease, [GROUP])],
  [
    'holds leavers',
    (db, lease) =>
      holdLeavers(db, lease, {
        reason: 'Too many.',
        counts: { recent: 0, waiting: 0, provisioned: 0 },
        atHand: [],
      }),
  ],
  ['closes a hold', closeEmptyHold],
  ['keeps a page of a reading', (db, lease) => keepPage(db, lease, READING, 'user', [])],
  ['keeps a wait', (db, lease) => keepWait(db, lease, 1)],
  [
    'ends a reading',
    (db, lease) =>
      db
        .transaction()
        .execute((tx) => endInventory(tx, lease, { hours: 1, error: null, startedAt: new Date(0) })),
  ],
  [
    'pauses the connection',
    async (db, lease) =>
      pauseConnection(db, lease, await getApplication(db, APPLICATION), { code: 'x', message: 'No.' }),
  ],
  ['gives it back', (db, lease) => releaseLane(db, lease, { delayMs: 0, finished: true })],
];

const lost: readonly (readonly [string, Lease])[] = [
  ['an epoch before', leaseOf('second', '1')],
  ['somebody else', leaseOf('first', '2')],
];

describe.each(databaseKinds)('the lease of a lane on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
    await sql`
      INSERT INTO applications (id, connector, label, idm_state) VALUES (${APPLICATION}, 'scim2', 'App', 'active')`.execute(
      database.db,
    );
  });
  afterAll(() => database.close());

  // The embedded database has one connection: nobody waits for a lock.
  if (kind === 'postgres')
    it('R5: whoever waited for the lane while the connection was deactivated learns of it', async () => {
      const { db } = database;
      await sql`DELETE FROM lanes`.execute(db);
      await sql`
        INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'second', 2, now() + interval '1 minute')`.execute(
        db,
      );
      const waiting = await db.transaction().execute(async (tx) => {
        await sql`UPDATE applications SET idm_state = 'inactive'`.execute(tx);
        await sql`UPDATE lanes SET due_at = 'infinity'`.execute(tx);
        const state = db.transaction().execute((other) => holdLane(other, leaseOf('second', '2')));
        await setTimeout(300);
        return { state };
      });
      expect(await waiting.state).toBe('inactive');
      await sql`UPDATE applications SET idm_state = 'active'`.execute(db);
    });
  beforeEach(async () => {
    for (const table of ['lane_sending', 'lanes'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(database.db);
    await sql`
      INSERT INTO lanes (application_id, owner, epoch, until, due_at)
      VALUES (${APPLICATION}, 'second', 2, now() + interval '1 minute', now())`.execute(database.db);
  });

  it.each(works.flatMap(([what, work]) => lost.map(([whose, lease]) => [what, whose, work, lease] as const)))(
    'R43: nobody %s under that of %s',
    async (_what, _whose, work, lease) => {
      await expect(work(database.db, lease)).rejects.toThrow(LeaseLost);
    },
  );

  it.each(works)('its holder %s', async (_, work) => {
    await expect(work(database.db, leaseOf('second', '2'))).resolves.not.toBeInstanceOf(Error);
  });

  it.each<[string, Work]>([
    ['looks', readLaneState],
    ['renews it', (db, lease) => renewLane(db, lease, 60, 0)],
    ['writes down what is to be sent', (db, lease) => writeSendingUsers(db, lease, [])],
    ['settles', (db, lease) => settle(db, lease, [])],
  ])('R5: its holder hears that the connection is another, although it is active: %s', async (_, work) => {
    const { db } = database;
    await sql`UPDATE applications SET idm_state = 'active'`.execute(db);
    const { version } = await getApplication(db, APPLICATION);
    const lease = leaseOf('second', '2');
    expect(await work(db, { ...lease, version: String(version) })).toBe('active');
    expect(await work(db, { ...lease, version: String(version + 1) })).toBe('changed');
  });

  it('R43: a lane that is held is nobody else’s, and whoever takes it afterwards has another epoch', async () => {
    const { db } = database;
    await sql`UPDATE applications SET idm_state = 'active'`.execute(db);
    expect(await takeLane(db, 'third', 60)).toBeNull();
    expect(await takeLane(db, 'second', 60)).toBeNull();
    await sql`UPDATE lanes SET until = now() - interval '1 second'`.execute(db);
    expect(await takeLane(db, 'third', 60)).toMatchObject({ owner: 'third', epoch: '3' });
    expect(await takeLane(db, 'fourth', 60)).toBeNull();
  });

  it.each([
    { finished: true, interrupted: false },
    { finished: false, interrupted: true },
  ])(
    'R42: given back (finished: $finished), its successor is told of what may be under way: $interrupted',
    async ({ finished, interrupted }) => {
      const { db } = database;
      await sql`UPDATE applications SET idm_state = 'active'`.execute(db);
      const lease = leaseOf('second', '2');
      await writeSendingUsers(db, lease, [
        { id: GROUP, name: 'Ada', creates: true, sentAs: 'ada@acme.test' },
      ]);
      await releaseLane(db, lease, { delayMs: 0, finished });
      await sql`UPDATE lanes SET due_at = now()`.execute(db);
      expect(await takeLane(db, 'third', 60)).toMatchObject({ interrupted });
    },
  );
});
