/**
 * What PostgreSQL's background processes do, for the embedded database, which has none: without checkpoints the log
 * of writes would grow for ever, and be replayed at the next start; without VACUUM the tables would.
 */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import type { StoreLog } from './log.ts';

const EVERY_MS = 5_000;
const VACUUM_EVERY_ROUNDS = 12;
const WAL_LIMIT_BYTES = 32 * 1024 * 1024;

/** Writes out what the write-ahead log holds, so that the next start has little to repeat. */
export async function checkpoint(db: Handle): Promise<void> {
  await sql`CHECKPOINT`.execute(db);
}

async function checkpointIfDue(db: Handle): Promise<void> {
  const { rows } = await sql<{ due: boolean }>`
    SELECT pg_current_wal_lsn() - redo_lsn > ${WAL_LIMIT_BYTES} AS due FROM pg_control_checkpoint()`.execute(
    db,
  );
  if (rows[0]?.due) await checkpoint(db);
}

/** The thresholds are autovacuum's: a fixed number and a share of the table. */
async function vacuumWhereDue(db: Handle): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT s.relname AS name FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE greatest(s.n_dead_tup, s.n_mod_since_analyze) > 500 + 0.2 * greatest(c.reltuples, 0)`.execute(db);
  for (const { name } of rows) await sql`VACUUM (ANALYZE) ${sql.table(name)}`.execute(db);
}

/** One look: what is due is done. */
export async function upkeepRound(db: Handle, withVacuum: boolean): Promise<void> {
  if (withVacuum) await vacuumWhereDue(db);
  await checkpointIfDue(db);
}

/** Looks every few seconds; returns a function that stops it and waits for the round in progress. */
export function startUpkeep(db: Handle, log: StoreLog): () => Promise<void> {
  let round = 0;
  let running = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = upkeepRound(db, ++round % VACUUM_EVERY_ROUNDS === 0)
      .catch((error: unknown) => log.warn(`Upkeep of the embedded database failed: ${String(error)}`))
      .finally(() => (busy = false));
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
