/** PostgreSQL 15 or newer, for several processes on several machines, and for durability against loss of power. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import { Listener } from './listener.ts';
import type { StoreLog } from './log.ts';
import { checkSuited } from './postgres-suited.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './tables.ts';

function makePool(url: string, max: number, log: StoreLog): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'rollcall',
    max,
    keepAlive: true,
    // Linux begins after two hours, by which a host that vanished without a word would be missed.
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // Longer than any statement of ours takes; shorter than a stuck one may hold its locks.
    statement_timeout: 120_000,
    // Many short statements: compiling one takes longer than running it.
    options: '-c jit=off',
    // A host that vanished in the middle of a transaction holds its locks so long: shorter than a lease, or nobody could take over.
    idle_in_transaction_session_timeout: 20_000,
  });
  // An idle connection that breaks is replaced at the next query; without a handler it would end the process.
  pool.on('error', (error) => log.warn(`A connection to the database was lost: ${error.message}`));
  // So does one that breaks between two statements of a transaction: the next statement fails, and its caller deals with it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Opens a pool of at most `max` connections, and checks that it can be used. */
export async function openPostgres(url: string, max: number, log: StoreLog): Promise<Database> {
  const pool = makePool(url, max, log);
  try {
    await checkSuited(pool, url);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: prepared(pool) }) });
  const listener = new Listener(url, log);
  const close = async (): Promise<void> => {
    await listener.close();
    await db.destroy();
    // Kysely ends only a pool that it has used.
    if (!pool.ending) await pool.end();
  };
  let closing: Promise<void> | undefined;
  return {
    db,
    kind: 'postgres',
    connections: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    listen: listener.listen,
    close: () => (closing ??= close()),
  };
}
