/**
 * Lanes: one application is one lane, and a lane has one writer (R43). Here is what others do to it, who change something:
 * make it due, tell the workers, lock it against its writer. What the writer does is in `lease.ts`, how long its target asked to wait in
 * `lane-wait.ts`.
 */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { uuids } from './rowset.ts';

/** The channel on which lanes hear of marks; the payload is the application's id. */
export const LANES_CHANNEL = 'rollcall_lanes';

/** Makes a lane due now and tells the workers. */
export async function wakeLane(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE lanes SET due_at = least(due_at, now()) WHERE application_id = ${applicationId}`.execute(
    tx,
  );
  await notifyLane(tx, applicationId);
}

/** Tells the workers to look at a lane, also one that is at work: its connection may have been stopped. */
export async function notifyLane(handle: Handle, applicationId: string): Promise<void> {
  await sql`SELECT pg_notify(${LANES_CHANNEL}, ${applicationId})`.execute(handle);
}

/** Locks the lanes of these applications for the rest of the transaction, in order, and makes them due. */
export async function wakeLanes(tx: Tx, applicationIds: readonly string[]): Promise<void> {
  if (applicationIds.length === 0) return;
  await sql`SELECT 1 FROM lanes WHERE application_id = ANY(${uuids(applicationIds)}) ORDER BY application_id FOR UPDATE`.execute(
    tx,
  );
  await sql`UPDATE lanes SET due_at = now() WHERE application_id = ANY(${uuids(applicationIds)}) AND due_at > now()`.execute(
    tx,
  );
  await sql`SELECT pg_notify(${LANES_CHANNEL}, id::text) FROM unnest(${uuids(applicationIds)}) AS id`.execute(
    tx,
  );
}

/** Locks a lane from outside, so that nothing is settled while an administrator's change is written. */
export async function lockLane(tx: Tx, applicationId: string): Promise<void> {
  await sql`SELECT 1 FROM lanes WHERE application_id = ${applicationId} FOR UPDATE`.execute(tx);
}

/** Whether any process works on the lane at this moment. */
export async function isLaneTaken(db: Handle, applicationId: string): Promise<boolean> {
  const found = await sql`
    SELECT 1 FROM lanes WHERE application_id = ${applicationId} AND owner IS NOT NULL AND until > now()`.execute(
    db,
  );
  return found.rows.length > 0;
}
