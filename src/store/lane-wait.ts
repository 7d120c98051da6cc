/** For how long a target asked not to be asked (`Retry-After`), kept with its lane, so that every process keeps to it and people see it (R44). */
import { sql, type RawBuilder } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { notifyLane } from './lanes.ts';
import { LeaseLost, type Lease } from './lease.ts';

/** Keeps a wait of so many milliseconds, or the one before where that ends later, and tells whoever watches. Throws {@link LeaseLost}. */
export async function keepWait(db: Handle, lease: Lease, waitMs: number): Promise<void> {
  const kept = await sql`
    UPDATE lanes SET wait_until = greatest(wait_until, now() + make_interval(secs => ${waitMs / 1000}))
    WHERE application_id = ${lease.applicationId} AND owner = ${lease.owner} AND epoch = ${lease.epoch}`.execute(
    db,
  );
  if (kept.numAffectedRows !== 1n) throw new LeaseLost(lease);
  await notifyLane(db, lease.applicationId);
}

/** The target has just answered an administrator: what it asked for before is over. */
export async function endWait(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE lanes SET wait_until = NULL WHERE application_id = ${applicationId}`.execute(tx);
}

/** Until when the target of an active connection asked to wait; null where it did not, or that is over. */
export const waitUntil = (applicationId: RawBuilder<unknown>) => sql<Date | null>`(
  SELECT w.wait_until FROM lanes w JOIN applications active ON active.id = w.application_id AND active.idm_state = 'active'
  WHERE w.application_id = ${applicationId} AND w.wait_until > now())`;

/** {@link waitUntil} of one application. */
export async function readWait(db: Handle, applicationId: string): Promise<Date | null> {
  const { rows } = await sql<{ until: Date | null }>`
    SELECT ${waitUntil(sql`${applicationId}::uuid`)} AS until`.execute(db);
  return rows[0]?.until ?? null;
}
