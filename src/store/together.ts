/** Several statements in one: each way to the database and back costs more than what most of them do. */
import { sql, type RawBuilder } from 'kysely';
import type { Handle } from './database.ts';

/**
 * One statement of several, under a name that others may select from. PostgreSQL runs all of them on the same snapshot: no two
 * of them may touch the same row.
 */
export interface Part {
  readonly name: string;
  readonly statement: RawBuilder<unknown>;
}

/** Runs the parts in one go, and `last` after them. */
export async function runTogether(
  handle: Handle,
  parts: readonly Part[],
  last = sql`SELECT 1`,
): Promise<void> {
  if (parts.length === 0) return;
  const named = parts.map(({ name, statement }) => sql`${sql.ref(name)} AS (${statement})`);
  await sql`WITH ${sql.join(named)} ${last}`.execute(handle);
}
