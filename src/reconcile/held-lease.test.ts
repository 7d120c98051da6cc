import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { momentOf } from '../clock.ts';
import { LeaseLost, type LaneState, type Lease } from '../store/lease.ts';
import { HeldLease } from './held-lease.ts';

const APPLICATION = '00000000-0000-7000-8000-000000000001';
const LEASE: Lease = {
  applicationId: APPLICATION,
  owner: 'first',
  epoch: '1',
  interrupted: false,
  version: '1',
};
const LEASE_SECONDS = 0.3;

describe.each(databaseKinds)('a held lease on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
    await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
      database.db,
    );
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await sql`DELETE FROM lanes`.execute(database.db);
    await sql`INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'first', 1, now())`.execute(
      database.db,
    );
  });

  /** One that was asked for at this moment of a clock that stands still. */
  function taken(): { held: HeldLease; clock: FakeClock } {
    const clock = new FakeClock();
    const leasedAt = momentOf(clock);
    const held = new HeldLease({
      db: database.db,
      clock,
      lease: LEASE,
      leasedAt,
      leaseSeconds: LEASE_SECONDS,
    });
    return { held, clock };
  }

  test.each<[number, boolean]>([
    [0, true],
    [199, true],
    [200, false],
    [301, false],
  ])('R43: of 300 ms, %i after it was asked for: a request may leave is %s', (after, expected) => {
    const { held, clock } = taken();
    clock.advance(after);
    expect(held.maySend).toBe(expected);
  });

  test('R43: a machine that was suspended sends nothing when it wakes; one whose clock was put back goes on', () => {
    const { held, clock } = taken();
    clock.suspend(-60_000);
    expect(held.maySend).toBe(true);
    clock.suspend(60_200);
    expect(held.maySend).toBe(false);
  });

  test('is renewed from when that was asked for, and says how much is under way; R5: hears that the connection is off', async () => {
    const { held, clock } = taken();
    clock.advance(250);
    const faults: unknown[] = [];
    const states: LaneState[] = [];
    const letGo = held.keep({
      inFlight: () => 7,
      onState: (state) => states.push(state),
      onFault: (fault) => faults.push(fault),
    });
    await expect.poll(() => held.maySend).toBe(true);
    letGo();
    expect(states[0]).toBe('inactive');
    clock.advance(200);
    expect(held.maySend).toBe(false);
    const lane = await sql`SELECT in_flight, until > now() AS held FROM lanes`.execute(database.db);
    expect(lane.rows).toEqual([{ in_flight: 7, held: true }]);
    expect(faults).toEqual([]);
  });

  test('R43: is counted from when it was asked for, however long the database took to give and to renew it', async () => {
    const clock = new FakeClock();
    const slowly = (): void => clock.advance(150);
    const db = database.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => {
        slowly();
        return Promise.resolve(result);
      },
    });
    const leasedAt = momentOf(clock);
    slowly();
    const held = new HeldLease({ db, clock, lease: LEASE, leasedAt, leaseSeconds: LEASE_SECONDS });
    const maySendFor = (milliseconds: number): readonly boolean[] => {
      clock.advance(milliseconds - 1);
      const before = held.maySend;
      clock.advance(1);
      return [before, held.maySend];
    };
    expect(maySendFor(50)).toEqual([true, false]);
    await new Promise<void>((resolve, reject) => {
      const letGo = held.keep({
        inFlight: () => 0,
        onState: () => {
          letGo();
          resolve();
        },
        onFault: reject,
      });
    });
    expect(maySendFor(50)).toEqual([true, false]);
  });

  test.each([
    ['another worker', 'second'],
    ['the same worker anew', 'first'],
  ])('R43: one that %s has taken is not renewed, and says so', async (_, owner) => {
    await sql`UPDATE lanes SET owner = ${owner}, epoch = 2`.execute(database.db);
    const { held, clock } = taken();
    clock.advance(250);
    const faults: unknown[] = [];
    const letGo = held.keep({
      inFlight: () => 0,
      onState: () => undefined,
      onFault: (fault) => faults.push(fault),
    });
    await expect.poll(() => faults[0]).toBeInstanceOf(LeaseLost);
    letGo();
    expect(held.maySend).toBe(false);
  });
});
