/** Forgetting old events. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';

/**
 * Deletes the oldest of the events that were written more than `days` ago, `limit` at most. Answers how many.
 * An event's id begins with its time (UUIDv7, RFC 9562 §5.7), so that the primary key finds the old ones.
 */
export async function deleteOldEvents(handle: Handle, days: number, limit: number): Promise<number> {
  const oldest = sql`(
    lpad(to_hex((extract(epoch FROM now() - make_interval(days => ${days})) * 1000)::bigint), 12, '0') || repeat('0', 20)
  )::uuid`;
  const deleted = await sql`
    DELETE FROM events WHERE id IN (
      SELECT id FROM events WHERE id < ${oldest} ORDER BY id LIMIT ${limit})`.execute(handle);
  return Number(deleted.numAffectedRows ?? 0n);
}
