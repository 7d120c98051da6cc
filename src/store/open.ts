/** Opens the database that the configuration asks for. Nothing else in the server knows which one it is. */
import type { Config } from '../config.ts';
import type { Database } from './database.ts';
import { silentLog, type StoreLog } from './log.ts';
import { openPostgres } from './postgres.ts';

type DatabaseConfig = Pick<Config, 'databaseUrl' | 'databasePool' | 'dataDir'>;

/**
 * PostgreSQL where `databaseUrl` is set, otherwise the embedded database in `dataDir`, made when it is not there.
 * The tables are made by `migrate`. Throws a `Problem` that says what to do: the server can't be reached or is too
 * old, the data directory is in use by another process or not writable.
 */
export async function openDatabase(config: DatabaseConfig, log: StoreLog = silentLog): Promise<Database> {
  if (config.databaseUrl !== undefined) return openPostgres(config.databaseUrl, config.databasePool, log);
  // Loaded only where it is used: a PostgreSQL in WebAssembly is large.
  const { openEmbedded } = await import('./embedded.ts');
  return openEmbedded(config.dataDir, log);
}
