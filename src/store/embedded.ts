/**
 * The embedded database: PGlite, PostgreSQL compiled to WebAssembly, in the data directory. It runs in a thread of this
 * process and has one connection. What was committed survives the death of the process; it does not survive the loss of power
 * in every case, as PGlite never asks the operating system to flush its files. PostgreSQL does.
 */
import { join, resolve } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Problem } from '../errors.ts';
import { Channels } from './channels.ts';
import { makeDataDirectory } from './data-directory.ts';
import type { Database } from './database.ts';
import { initialize } from './initdb.ts';
import { lockDirectoryInTime, type DirectoryLock } from './lock.ts';
import type { StoreLog } from './log.ts';
import { PgliteThread } from './pglite.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './tables.ts';
import { checkpoint, startUpkeep } from './upkeep.ts';

/** PGlite has one session, for the superuser that it was made with. */
const SESSION = { user: 'postgres', database: 'postgres', max: 1, idleTimeoutMillis: 0 };

async function start(directory: string, log: StoreLog): Promise<PgliteThread> {
  await initialize(directory, log);
  try {
    return await PgliteThread.start(directory);
  } catch (error) {
    throw new Problem(
      'unavailable',
      `The embedded database in ${directory} does not start (${error instanceof Error ? error.message : String(error)}). Restore it from a backup, or move the directory away to begin anew.`,
    );
  }
}

async function openLocked(directory: string, lock: DirectoryLock, log: StoreLog): Promise<Database> {
  const pglite = await start(join(directory, 'database'), log);
  const channels = new Channels();
  const pool = new pg.Pool({ ...SESSION, stream: () => pglite.connect() });
  pool.on('connect', (client) => client.on('notification', channels.tell));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: prepared(pool) }) });
  const stopUpkeep = startUpkeep(db, log);
  // A pooled query is never inside a transaction of somebody else, into which a LISTEN would fall, to be forgotten if that
  // one rolls back.
  const send = (verb: 'LISTEN' | 'UNLISTEN', channel: string) =>
    pool.query(`${verb} ${pg.escapeIdentifier(channel)}`);
  const close = async (): Promise<void> => {
    await stopUpkeep();
    await checkpoint(db);
    await db.destroy();
    await pglite.close();
    lock.release();
  };
  let closing: Promise<void> | undefined;
  return {
    db,
    kind: 'embedded',
    lock,
    listen: async (channel, callback) => {
      channels.add(channel, callback);
      await send('LISTEN', channel);
      return async () => {
        if (channels.remove(channel, callback)) await send('UNLISTEN', channel);
      };
    },
    close: () => (closing ??= close()),
  };
}

/** Opens the embedded database under `dataDir`, made at the first start. One process at a time (`lock.ts`). */
export async function openEmbedded(dataDir: string, log: StoreLog): Promise<Database> {
  const directory = resolve(dataDir);
  makeDataDirectory(directory);
  const lock = await lockDirectoryInTime(directory);
  try {
    return await openLocked(directory, lock, log);
  } catch (error) {
    lock.release();
    throw error;
  }
}
