/**
 * Locks are taken in one order (ARCHITECTURE.md): whoever waits for one has none of those that come after it. So whoever holds
 * that one, and takes a later one next, gets it. Shown with two transactions, of which the embedded database has one at a time.
 */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { rosterBegins } from '../../src/reconcile/roster.ts';
import { getApplication } from '../../src/store/applications.ts';
import { requireUnchanged } from '../../src/store/connection-state.ts';
import type { Tx } from '../../src/store/database.ts';
import { deactivateConnection } from '../../src/store/deactivate.ts';
import { holdLeavers } from '../../src/store/holds.ts';
import { finishInventory } from '../../src/store/inventory-due.ts';
import { takeLane } from '../../src/store/lease.ts';
import { beginRoster, lockRoster } from '../../src/store/roster.ts';
import { doubtLinks } from '../../src/store/unsure-links.ts';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { until } from '../support/scene.ts';

describe.runIf(databaseKinds.includes('postgres'))('the order of locks', async () => {
  const api = await startApi('postgres');
  const { db } = api.database;

  /** An active application whose users nobody has read yet, and the lease of its lane. */
  async function application() {
    const id = await made(api, '/applications', { connector: 'scim2', label: 'Wiki' });
    await sql`UPDATE applications SET idm_state = 'active' WHERE id = ${id}`.execute(db);
    await sql`UPDATE lanes SET due_at = now() WHERE application_id = ${id}`.execute(db);
    const lease = await takeLane(db, 'a test', 60);
    if (lease?.applicationId !== id) throw new Error('The lane was not due.');
    return { id, lease };
  }

  async function waitsForLock(): Promise<boolean> {
    const { rows } = await sql`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(
      db,
    );
    return rows.length > 0;
  }

  /** Takes `first`, lets `other` begin until it waits or has ended, and takes `next`, which `other` must not have. Answers whether it waited. */
  async function takes(
    first: (tx: Tx) => Promise<unknown>,
    other: () => Promise<unknown>,
    next: (tx: Tx) => Promise<unknown>,
  ): Promise<boolean> {
    let [work, ended, waited] = [Promise.resolve<unknown>(undefined), false, false];
    await db.transaction().execute(async (tx) => {
      await first(tx);
      work = other().finally(() => {
        ended = true;
      });
      // A failure is for whoever waits for it below.
      work.catch(() => undefined);
      await until('it waits or has ended', async () => ended || (await waitsForLock()));
      waited = !ended;
      await next(tx);
    });
    await work;
    return waited;
  }

  const laneNow = (id: string) => (tx: Tx) =>
    sql`SELECT 1 FROM lanes WHERE application_id = ${id} FOR UPDATE NOWAIT`.execute(tx);
  const applicationNow = (id: string) => (tx: Tx) =>
    sql`SELECT 1 FROM applications WHERE id = ${id} FOR UPDATE NOWAIT`.execute(tx);
  const stops = async (id: string) => {
    const found = await getApplication(db, id);
    return (tx: Tx) => requireUnchanged(tx, found);
  };

  it('the end of an inventory has no lane while it waits for the application', async () => {
    const { id, lease } = await application();
    await takes(
      await stops(id),
      () =>
        db
          .transaction()
          .execute((tx) => finishInventory(tx, lease, { hours: 24, error: null, startedAt: new Date() })),
      laneNow(id),
    );
  });

  it('the deactivation of a connection has neither application nor lane while it waits for the roster', async () => {
    const { id } = await application();
    const found = await getApplication(db, id);
    const cause = { action: 'application.deactivated', actor: 'a test' };
    const waited = await takes(
      (tx) => lockRoster(tx, id),
      () => db.transaction().execute((tx) => deactivateConnection(tx, found, cause)),
      async (tx) => {
        await applicationNow(id)(tx);
        await laneNow(id)(tx);
      },
    );
    expect(waited).toBe(true);
  });

  it.each([
    ['the first', () => Promise.resolve()],
    ['the first of another address', (id: string) => db.transaction().execute((tx) => doubtLinks(tx, id))],
  ])('%s reading of the users has no lane while it waits for whoever asks for it', async (_, before) => {
    const { id, lease } = await application();
    await before(id);
    await takes(
      (tx) => beginRoster(tx, id),
      () => rosterBegins({ db, lease }),
      laneNow(id),
    );
  });

  it('a change of the address or the token has no application while it waits for the roster', async () => {
    const { id } = await application();
    await sql`UPDATE applications SET idm_state = 'inactive' WHERE id = ${id}`.execute(db);
    const change = { baseUrl: 'https://wiki.example.com/scim', token: 'a-token' };
    const changed = async () => {
      const { status } = await api.call('PATCH', `/applications/${id}/identity-management`, change);
      expect(status).toBe(200);
    };
    expect(await takes((tx) => lockRoster(tx, id), changed, applicationNow(id))).toBe(true);
  });

  it('a hold that is made under a lane waits for nobody who stops the connection', async () => {
    const { id, lease } = await application();
    const counts = { recent: 0, waiting: 1, provisioned: 1 };
    await takes(
      await stops(id),
      () => holdLeavers(db, lease, { reason: 'Too many.', counts, atHand: [] }),
      laneNow(id),
    );
  });
});
