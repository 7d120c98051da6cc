/** The database's clock: one for every machine. */
import { sql, type RawBuilder } from 'kysely';
import type { Handle } from './database.ts';

async function read(handle: Handle, time: RawBuilder<Date>): Promise<Date> {
  const { rows } = await sql<{ time: Date }>`SELECT ${time} AS time`.execute(handle);
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not tell the time');
  return row.time;
}

/** Now; within a transaction, when it began. */
export const databaseTime = (handle: Handle): Promise<Date> => read(handle, sql`now()`);

/** The time so many days ago. */
export const daysAgo = (handle: Handle, days: number): Promise<Date> =>
  read(handle, sql`now() - make_interval(days => ${days})`);
