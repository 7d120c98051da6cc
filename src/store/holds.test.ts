import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { closeEmptyHold, holdLeavers } from './holds.ts';
import { holdLane, LeaseLost, type Lease } from './lease.ts';

const [APPLICATION, ADA, HOLD] = [1, 2, 3].map((number) => `00000000-0000-7000-8000-00000000000${number}`);

const leaseOf = (owner: string, epoch: string): Lease => ({
  applicationId: APPLICATION ?? '',
  owner,
  epoch,
  interrupted: false,
  version: '1',
});
const [first, second] = [leaseOf('first', '1'), leaseOf('second', '2')];

/** One application whose lane the second of two processes holds, an open hold in which nobody waits, and a leaver. */
async function begin({ db }: TestDatabase): Promise<void> {
  await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
    db,
  );
  await sql`
    INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'second', 2, now() + interval '1 minute')`.execute(
    db,
  );
  await sql`
    INSERT INTO holds (id, application_id, state, reason, detail) VALUES (${HOLD}, ${APPLICATION}, 'open', 'Too many.', '{}')`.execute(
    db,
  );
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority) VALUES (${APPLICATION}, 'user', ${ADA}, 0)`.execute(
    db,
  );
}

describe.each(databaseKinds)('an empty hold on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase(kind);
    await begin(database);
  });
  afterEach(() => database.close());

  const states = async (): Promise<string[]> =>
    (await sql<{ state: string }>`SELECT state FROM holds`.execute(database.db)).rows.map(
      ({ state }) => state,
    );

  it('R46: is closed by whoever holds the lane', async () => {
    await closeEmptyHold(database.db, second);
    expect(await states()).toEqual(['rejected']);
  });

  it('R46: is not made for leavers of whom none is left', async () => {
    await sql`DELETE FROM holds`.execute(database.db);
    const braked = { reason: 'Too many.', counts: { recent: 0, waiting: 26, provisioned: 26 } };
    const atHand = [{ id: ADA ?? '', generation: '1' }];
    await sql`UPDATE pending SET priority = 1, generation = 2`.execute(database.db);
    expect(await holdLeavers(database.db, second, { ...braked, atHand })).toBe(0);
    expect(await states()).toEqual([]);
    const { rows } = await sql`SELECT operation FROM events`.execute(database.db);
    expect(rows).toEqual([]);
  });

  it('R43: is left to the successor of a lease that is lost', async () => {
    await expect(closeEmptyHold(database.db, first)).rejects.toThrow(LeaseLost);
    expect(await states()).toEqual(['open']);
  });

  it('R43, R46: is not closed over leavers who are put into it at this moment', async () => {
    const closing = await database.db.transaction().execute(async (tx) => {
      await holdLane(tx, second);
      const begun = closeEmptyHold(database.db, second);
      await setTimeout(200);
      await sql`UPDATE pending SET hold_id = ${HOLD}`.execute(tx);
      return { begun };
    });
    await closing.begun;
    expect(await states()).toEqual(['open']);
  });
});
