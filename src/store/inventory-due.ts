/** When a target is read from end to end, for its inventory (`inventory.ts`), and whether that was of use the last time. */
import { sql } from 'kysely';
import type { RecordError } from '../provisioning/settlement.ts';
import type { Handle, Tx } from './database.ts';
import { notifyLane } from './lanes.ts';
import { holdLane, type Lease } from './lease.ts';

/** How a reading ended: in how many hours the next one begins, and why it was of no use; null where it was. */
export interface InventoryEnd {
  readonly hours: number;
  readonly error: RecordError | null;
  /** When it began, by the database's time: what was asked for since then is still to be read. */
  readonly startedAt: Date;
}

/** The target was read to its end; an error says why what it showed is not believed. Throws LeaseLost. */
export async function finishInventory(tx: Tx, lease: Lease, end: InventoryEnd): Promise<void> {
  // The application before its lane: the order in which everybody locks the two.
  await sql`UPDATE applications SET last_inventory_at = now() WHERE id = ${lease.applicationId}`.execute(tx);
  await endInventory(tx, lease, end);
}

/**
 * A reading is over, whether or not it came to the end of what was to be read. Where the connection was changed meanwhile, the next one
 * is due when that says. Throws LeaseLost.
 */
export async function endInventory(tx: Tx, lease: Lease, end: InventoryEnd): Promise<void> {
  const { applicationId } = lease;
  const state = await holdLane(tx, lease);
  await writeInventoryError(tx, applicationId, end.error);
  if (state === 'active' && !(await wasAskedSince(tx, applicationId, end.startedAt)))
    await scheduleInventory(tx, applicationId, end.hours);
}

/** Whether a reading was asked for since one began: what that one has read may be older. */
async function wasAskedSince(tx: Tx, applicationId: string, startedAt: Date): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM lanes
    WHERE application_id = ${applicationId} AND inventory_due_at > ${startedAt} AND inventory_due_at <= now()`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Keeps why the last reading was of no use; since when is kept from the first one on. The lane is locked. */
export async function writeInventoryError(
  tx: Tx,
  applicationId: string,
  error: RecordError | null,
): Promise<void> {
  const since = error === null ? sql`NULL` : sql`coalesce(inventory_error_since, now())`;
  await sql`
    UPDATE lanes SET inventory_error = ${error && JSON.stringify(error)}::jsonb, inventory_error_since = ${since}
    WHERE application_id = ${applicationId}`.execute(tx);
}

/** The next reading, in so many hours; 0 is never. */
export async function scheduleInventory(handle: Handle, applicationId: string, hours: number): Promise<void> {
  await sql`
    UPDATE lanes SET inventory_due_at = CASE WHEN ${hours}::double precision = 0 THEN 'infinity' ELSE now() + make_interval(secs => ${hours * 3600}) END
    WHERE application_id = ${applicationId}`.execute(handle);
}

/**
 * Another number of hours lies between readings from now on: so many after the last one is the next, or none. One that is late, or was asked
 * for, or is to be tried again, stays as it is.
 */
export async function rescheduleInventory(tx: Tx, applicationId: string, hours: number): Promise<void> {
  const next = sql`CASE WHEN ${hours}::double precision = 0 THEN 'infinity' ELSE greatest(now(),
    coalesce((SELECT a.last_inventory_at FROM applications a WHERE a.id = lanes.application_id), now()) + make_interval(secs => ${hours * 3600})) END`;
  await sql`
    UPDATE lanes SET inventory_due_at = CASE
      WHEN inventory_due_at <= now() OR coalesce((inventory_error ->> 'retrying')::boolean, false) THEN least(inventory_due_at, ${next})
      ELSE ${next} END
    WHERE application_id = ${applicationId}`.execute(tx);
  await notifyLane(tx, applicationId);
}

/**
 * Whether the lane `l` sends nothing because reading comes to no end: it was tried again since, and it is time that somebody
 * looks, also where each failure by itself was one that passes.
 */
export const IS_UNREAD = sql<boolean>`(l.unsure AND coalesce(l.inventory_error_since < now() - interval '10 minutes', false))`;

/** Asks for a reading now. */
export async function requestInventory(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE lanes SET inventory_due_at = now() WHERE application_id = ${applicationId}`.execute(tx);
}

/** Asks for a reading now where the last one was of no use: what kept it from being one is over (R44). */
export async function requestFailedInventory(tx: Tx, applicationId: string): Promise<void> {
  await sql`
    UPDATE lanes SET inventory_due_at = now() WHERE application_id = ${applicationId} AND inventory_error IS NOT NULL`.execute(
    tx,
  );
}

/** Whether a reading is due. */
export async function isInventoryDue(db: Handle, applicationId: string): Promise<boolean> {
  const due =
    await sql`SELECT 1 FROM lanes WHERE application_id = ${applicationId} AND inventory_due_at <= now()`.execute(
      db,
    );
  return due.rows.length > 0;
}
