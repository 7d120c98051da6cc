import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { leaseFor } from '../../test/support/lease.ts';
import { systemClock } from '../clock.ts';
import type { Tx } from '../store/database.ts';
import { databaseTime } from '../store/database-time.ts';
import { endInventory, isInventoryDue, requestInventory } from '../store/inventory-due.ts';
import { LeaseLost, type Lease } from '../store/lease.ts';
import { keepPage } from '../store/roster.ts';
import { loadConnection } from './connection.ts';
import type { Target } from './conversation.ts';
import { runInventory } from './inventory.ts';
import { Limiter } from './limiter.ts';
import { Window } from './window.ts';

const APPLICATION = '00000000-0000-7000-8000-000000000001';

/** Letters that no database packs: half of them are two characters in JavaScript, and four bytes. */
const longName = (): string =>
  Array.from({ length: 1000 }, (_, at) =>
    String.fromCodePoint(at % 2 === 0 ? randomInt(0x4e00, 0x9fff) : randomInt(0x20000, 0x2a6df)),
  ).join('');

const leaseOf = leaseFor(APPLICATION);

describe.each(databaseKinds)('an inventory, on the %s database', async (kind) => {
  const { db, close } = await testDatabase(kind);
  afterAll(close);

  beforeEach(async () => {
    await sql`DELETE FROM applications`.execute(db);
    await sql`
      INSERT INTO applications (id, connector, label, idm_state, group_management, version)
      VALUES (${APPLICATION}, 'scim2', 'App', 'active', true, 1)`.execute(db);
    await sql`
      INSERT INTO lanes (application_id, owner, epoch, until)
      VALUES (${APPLICATION}, 'first', 1, now() + interval '1 minute')`.execute(db);
  });

  /** Reads a target that holds these records, each in both lists; `meanwhile` happens before the list of `noun` is answered. */
  async function reads(
    lease: Lease,
    noun: '/Users' | '/Groups',
    meanwhile: () => Promise<unknown>,
    records: readonly object[] = [],
  ) {
    const connection = await loadConnection(db, APPLICATION);
    const target: Target = {
      transport: {
        send: async ({ path }) => {
          if (path.startsWith(noun)) await meanwhile();
          const Resources = path.includes('startIndex=1&') ? records : [];
          const body = JSON.stringify({ totalResults: records.length, Resources });
          return { reply: { status: 200, headers: {}, body }, durationMs: 0 };
        },
        close: () => Promise.resolve(),
      },
      limiter: new Limiter(systemClock, 1000),
      clock: systemClock,
      behaviour: connection.behaviour,
      mapping: [],
      paths: [],
      token: 't',
      stop: new AbortController().signal,
      maySend: () => true,
      backoffMs: 0,
    };
    const window = new Window(1, systemClock.monotonic);
    return runInventory({ db, lease, connection, target, window });
  }

  it.each([
    ['was asked for meanwhile', (tx: Tx) => requestInventory(tx, APPLICATION), true],
    ['was not asked for', () => Promise.resolve(), false],
  ])('R16: another one follows at once where it %s', async (_, meanwhile, isDue) => {
    await db.transaction().execute((tx) => requestInventory(tx, APPLICATION));
    await setTimeout(5);
    const asks = () => db.transaction().execute(meanwhile);
    expect(await reads(leaseOf('first', '1'), '/Groups', asks)).toBeNull();
    expect(await isInventoryDue(db, APPLICATION)).toBe(isDue);
  });

  it('R16: when the next one is due stays as it was written with a change of the connection meanwhile', async () => {
    await sql`UPDATE applications SET version = 2`.execute(db);
    await sql`UPDATE lanes SET inventory_due_at = 'infinity'`.execute(db);
    const end = { hours: 1, error: null, startedAt: await databaseTime(db) };
    await db.transaction().execute((tx) => endInventory(tx, leaseOf('first', '1'), end));
    const { rows } = await sql`SELECT inventory_due_at = 'infinity' AS never FROM lanes`.execute(db);
    expect(rows).toEqual([{ never: true }]);
  });

  it('R43: whoever lost the lane leaves what its successor reads', async () => {
    const second = leaseOf('second', '2');
    const takesOver = async () => {
      await sql`UPDATE lanes SET owner = 'second', epoch = 2`.execute(db);
      const reading = { applicationId: APPLICATION, id: uuidv7(), startedAt: await databaseTime(db) };
      const record = { remoteId: 'r-1', key: 'staff', values: { displayName: 'Staff' }, active: true };
      await keepPage(db, second, reading, 'group', [record]);
    };
    await expect(reads(leaseOf('first', '1'), '/Groups', takesOver)).rejects.toThrow(LeaseLost);
    const { rows } = await sql`SELECT remote_id FROM remote_resources`.execute(db);
    expect(rows).toEqual([{ remote_id: 'r-1' }]);
  });

  it('R30: names of any length are kept', async () => {
    const name = longName();
    const record = { id: 'r-1', userName: name, displayName: name, name: { familyName: name } };
    const lease = leaseOf('first', '1');
    expect(await reads(lease, '/Users', () => Promise.resolve(), [record])).toBeNull();
    const { rows } = await sql`
      SELECT kind, representation -> 'values' ->> 'displayName' AS name FROM remote_resources ORDER BY kind`.execute(
      db,
    );
    expect(rows).toMatchObject([{ kind: 'group', name }, { kind: 'user' }]);
  });
});
