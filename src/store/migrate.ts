/**
 * Brings the tables up to date: the numbered files of `migrations`, each once, in order, all in one transaction.
 * Any number of processes may start at the same moment: they wait for each other on an advisory lock.
 */
import { readdir, readFile } from 'node:fs/promises';
import { Migrator, sql, type Migration, type MigrationProvider } from 'kysely';
import { Problem } from '../errors.ts';
import type { Database } from './database.ts';

/** The same two steps up from `src/store` and from `dist/store`. */
const FOLDER = new URL('../../migrations/', import.meta.url);
const NUMBERED = /^\d{4}_[a-z0-9_]+\.sql$/;

async function readMigration(file: string): Promise<Migration> {
  const text = await readFile(new URL(file, FOLDER), 'utf8');
  return {
    up: async (db) => {
      // A change to a big table may take longer than any statement of daily work.
      await sql`SET LOCAL statement_timeout = 0`.execute(db);
      await sql.raw(text).execute(db);
    },
  };
}

const provider: MigrationProvider = {
  getMigrations: async () => {
    const files = (await readdir(FOLDER)).filter((file) => NUMBERED.test(file));
    const entries = files.map(
      async (file) => [file.replace(/\.sql$/, ''), await readMigration(file)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  },
};

function failure(error: unknown, name: string | undefined): Error {
  const reason = error instanceof Error ? error.message : String(error);
  if (name !== undefined)
    return new Error(`The migration ${name} failed, and changed nothing: ${reason}`, { cause: error });
  if (!reason.startsWith('corrupted migrations'))
    return new Error(`The database can't be migrated: ${reason}`, { cause: error });
  return new Problem(
    'unavailable',
    `The database does not fit this version of Rollcall (${reason}). It was probably made by a newer one: run that version, or restore a backup from before the upgrade.`,
  );
}

/** Returns the names of the migrations that were applied now, in order; none when the tables are up to date. */
export async function migrate(database: Database): Promise<string[]> {
  const { error, results = [] } = await new Migrator({ db: database.db, provider }).migrateToLatest();
  const failed = results.find((result) => result.status === 'Error');
  if (error !== undefined) throw failure(error, failed?.migrationName);
  return results.map((result) => result.migrationName);
}

/** The names of all migrations, in order: what {@link migrate} applies to a database that is new. */
export async function allMigrations(): Promise<string[]> {
  return Object.keys(await provider.getMigrations()).sort();
}

/** The names of the migrations that {@link migrate} would apply. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const known = await new Migrator({ db: database.db, provider }).getMigrations();
  return known.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name);
}
