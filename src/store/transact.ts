/** Transactions, and what PostgreSQL says when one cannot be. */
import type { Database, Tx } from './database.ts';

const ATTEMPTS = 4;
/** A prepared statement would answer other columns than when it was prepared ("cached plan must not change result type"). */
const OUTDATED_PLAN = '0A000';
/** With serialization_failure and deadlock_detected: PostgreSQL has undone the transaction, and it may be tried again. */
const AGAIN = new Set(['40001', '40P01', OUTDATED_PLAN]);

/** PostgreSQL's code of an error (SQLSTATE), or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Whether a prepared statement was refused because the tables have changed since. */
export const isOutdatedPlan = (error: unknown): boolean => sqlState(error) === OUTDATED_PLAN;

/** The constraint or unique index that an error of PostgreSQL is about, or undefined. */
export function constraintOf(error: unknown): string | undefined {
  const name: unknown = error instanceof Error && 'constraint' in error ? error.constraint : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Runs `work`, of which PostgreSQL keeps nothing where it fails, and again when two got into each other's way. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !AGAIN.has(sqlState(error) ?? '')) throw error;
    }
  }
}

/** Runs `work` in one transaction, and again when two transactions got into each other's way. */
export function transact<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return insist(() => database.db.transaction().execute(work));
}
