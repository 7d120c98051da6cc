/** When a target is read from end to end: for its inventory (`inventory.ts`). */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { holdLane, type Lease } from './lanes.ts';

/** Says that the target has been read, and in how many hours it is to be read again. Throws LeaseLost. */
export async function finishInventory(tx: Tx, lease: Lease, hours: number): Promise<void> {
  // The application before its lane: the order in which everybody locks the two.
  await sql`UPDATE applications SET last_inventory_at = now() WHERE id = ${lease.applicationId}`.execute(tx);
  await putOffInventory(tx, lease, hours);
}

/** Says in how many hours the target, which could not be read to the end, is to be read again. Throws LeaseLost. */
export async function putOffInventory(tx: Tx, lease: Lease, hours: number): Promise<void> {
  await holdLane(tx, lease);
  await scheduleInventory(tx, lease.applicationId, hours);
}

/** The next reading, in so many hours; 0 is never. */
export async function scheduleInventory(handle: Handle, applicationId: string, hours: number): Promise<void> {
  await sql`
    UPDATE lanes SET inventory_due_at = CASE WHEN ${hours}::double precision = 0 THEN 'infinity' ELSE now() + make_interval(secs => ${hours * 3600}) END
    WHERE application_id = ${applicationId}`.execute(handle);
}

/** Asks for a reading now. */
export async function requestInventory(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE lanes SET inventory_due_at = now() WHERE application_id = ${applicationId}`.execute(tx);
}

/** Whether a reading is due. */
export async function isInventoryDue(db: Handle, applicationId: string): Promise<boolean> {
  const due =
    await sql`SELECT 1 FROM lanes WHERE application_id = ${applicationId} AND inventory_due_at <= now()`.execute(
      db,
    );
  return due.rows.length > 0;
}
