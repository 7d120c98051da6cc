/** When a target is read from end to end: for its inventory (`inventory.ts`). */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import type { Reading } from './inventory.ts';

/** Says that the target has been read, and when it is to be read again. */
export async function finishInventory(tx: Tx, reading: Reading, hours: number): Promise<void> {
  await sql`UPDATE applications SET last_inventory_at = now() WHERE id = ${reading.applicationId}`.execute(
    tx,
  );
  await scheduleInventory(tx, reading.applicationId, hours);
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
