/** Forgetting old events: a month at a time, and row by row what is from before there were months. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import { daysAgo } from './database-time.ts';
import { dropMonths, EVENTS, monthsOver, readMonths, takeTurn } from './months.ts';

/** Drops the months of the log that ended `days` ago or more. Answers how many. */
export async function dropOldEvents(db: Handle, days: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await takeTurn(tx, EVENTS);
    const over = await monthsOver(tx, EVENTS, days);
    await dropMonths(tx, over);
    return over.length;
  });
}

/**
 * Deletes the oldest of the events from before there were months that were written more than `days` ago, `limit` at most. Answers
 * how many.
 */
export async function deleteOldEvents(handle: Handle, days: number, limit: number): Promise<number> {
  const first = (await readMonths(handle, EVENTS)).find(({ andBefore }) => andBefore);
  if (first === undefined) return 0;
  const table = sql.table(first.partition);
  const oldest = EVENTS.keyOf(await daysAgo(handle, days));
  const deleted = await sql`
    DELETE FROM ${table} WHERE id IN (
      SELECT id FROM ${table} WHERE id < ${oldest} ORDER BY id LIMIT ${limit})`.execute(handle);
  return Number(deleted.numAffectedRows ?? 0n);
}
