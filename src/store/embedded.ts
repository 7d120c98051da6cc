/**
 * The embedded database: PGlite, PostgreSQL compiled to WebAssembly, in the data directory. It runs inside this process
 * and has one connection. What was committed survives the death of the process; it does not survive the loss of power
 * in every case, as PGlite never asks the operating system to flush its files. PostgreSQL does.
 */
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Problem } from '../errors.ts';
import { makeDataDirectory } from './data-directory.ts';
import type { Database } from './database.ts';
import { initialize } from './initdb.ts';
import { lockDirectory } from './lock.ts';
import type { StoreLog } from './log.ts';
import type { Tables } from './tables.ts';
import { checkpoint, startUpkeep } from './upkeep.ts';

/** PGlite's own buffers are 128 MB, none of which is ever given back. */
const START_PARAMS = [
  ...PGlite.defaultStartParams,
  ...['shared_buffers=16MB', 'max_wal_size=64MB', 'min_wal_size=8MB'].flatMap((setting) => ['-c', setting]),
];

async function start(directory: string, log: StoreLog): Promise<PGlite> {
  await initialize(directory, log);
  try {
    return await PGlite.create({ dataDir: directory, startParams: START_PARAMS });
  } catch (error) {
    throw new Problem(
      'unavailable',
      `The embedded database in ${directory} does not start (${error instanceof Error ? error.message : String(error)}). Restore it from a backup, or move the directory away to begin anew.`,
    );
  }
}

async function openLocked(directory: string, unlock: () => void, log: StoreLog): Promise<Database> {
  const pglite = await start(join(directory, 'database'), log);
  const pool = new pg.Pool(Object.assign(createPgConfig(pglite), { max: 1, idleTimeoutMillis: 0 }));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const stopUpkeep = startUpkeep(db, log);
  // PGlite has one session: while the pool's only connection is ours, no transaction is open into which a LISTEN
  // would fall, to be forgotten if that one rolls back.
  const alone = <T>(work: () => Promise<T>): Promise<T> => db.connection().execute(work);
  const close = async (): Promise<void> => {
    await stopUpkeep();
    await checkpoint(db);
    await db.destroy();
    await pglite.close();
    unlock();
  };
  let closing: Promise<void> | undefined;
  return {
    db,
    kind: 'embedded',
    listen: async (channel, callback) => {
      const unlisten = await alone(() => pglite.listen(channel, callback));
      return () => alone(() => unlisten());
    },
    close: () => (closing ??= close()),
  };
}

/** Opens the embedded database under `dataDir`, made at the first start. One process at a time (`lock.ts`). */
export async function openEmbedded(dataDir: string, log: StoreLog): Promise<Database> {
  const directory = resolve(dataDir);
  makeDataDirectory(directory);
  const lock = lockDirectory(directory);
  try {
    return await openLocked(directory, lock.release, log);
  } catch (error) {
    lock.release();
    throw error;
  }
}
