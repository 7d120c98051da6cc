/**
 * The database of this machine's settings, for what opens it in this process. Whatever takes the packages of a database is loaded
 * when it is opened: most commands ask a server, and `--help` asks nobody.
 */
import { resolve } from 'node:path';
import { loadConfig, type Config } from '../config.ts';
import { Problem } from '../errors.ts';
import { isKept } from '../store/data-directory.ts';
import type { Database } from '../store/database.ts';
import type { Cli } from './cli.ts';

/** What the audit trail calls whoever works on it here. */
export const COMMAND_LINE = 'command line';

/**
 * Whether opening the database would make it: an embedded one that is not there. Only a start or `migrate` is to do so. Throws a
 * `Problem` where this user cannot tell.
 */
export const isDatabaseMissing = ({ databaseUrl, dataDir }: Config): boolean =>
  databaseUrl === undefined && !isKept(resolve(dataDir), 'database');

const databaseMissing = ({ dataDir }: Config): Problem =>
  new Problem(
    'bad-input',
    `There is no database in ${resolve(dataDir)}, the data directory. Where Rollcall keeps its data elsewhere, set ROLLCALL_DATA_DIR (or DATABASE_URL), or ask a running server with --server. To begin here, run \`rollcall serve\` or \`rollcall migrate\` first.`,
  );

/** A shared database is not changed in passing: servers of another version may be at work on it. */
async function prepare(database: Database, readOnly: boolean): Promise<void> {
  const { migrate, pendingMigrations } = await import('../store/migrate.ts');
  if (database.kind === 'embedded' && !readOnly) {
    await migrate(database);
    return;
  }
  const pending = await pendingMigrations(database);
  if (pending.length === 0) return;
  throw new Problem(
    'unavailable',
    `The database is behind by ${pending.length}: run \`rollcall migrate\`, or start a server.`,
  );
}

/**
 * Opens the database, and makes none. An embedded one is brought up to date, but where it is only read. Throws a `Problem` that says
 * why it cannot be used.
 */
export async function openOwnDatabase(cli: Cli, config: Config, readOnly: boolean): Promise<Database> {
  if (isDatabaseMissing(config)) throw databaseMissing(config);
  const { openDatabase } = await import('../store/open.ts');
  const database = await openDatabase(config, { info: cli.say, warn: cli.say });
  try {
    await prepare(database, readOnly);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** Runs a command's work on the database, and closes that whatever happens. Throws a `Problem` that says why it cannot be used. */
export async function withOwnDatabase<T>(
  cli: Cli,
  work: (database: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = loadConfig(cli.env);
  const database = await openOwnDatabase(cli, config, false);
  return work(database, config).finally(() => database.close());
}
