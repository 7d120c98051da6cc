/**
 * Databases for tests: fresh, migrated, of their own, on either kind. Run a suite on both with
 * `describe.each(databaseKinds)('…', (kind) => { … testDatabase(kind) … })`. What a test file opened is closed and removed
 * after it, unless the test did so before.
 */
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../../src/config.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/open.ts';
import { onceAfterwards } from './afterwards.ts';

export type DatabaseKind = Database['kind'];

const ALL_KINDS: readonly DatabaseKind[] = ['embedded', 'postgres'];

/** The kinds to run on: ROLLCALL_TEST_DATABASES, by default all that this machine has. */
export const databaseKinds: readonly DatabaseKind[] = ALL_KINDS.filter((kind) =>
  process.env.ROLLCALL_TEST_DATABASES?.split(',').includes(kind),
);

/** Settings for a server, or a `loadConfig`, of its own: a fresh data directory and a migrated database. */
export interface TestEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

/** A database with the settings that it was opened by; `close` removes it. */
export interface TestDatabase extends Database {
  readonly env: Readonly<Record<string, string>>;
}

function prepared(variable: string): string {
  const value = process.env[variable];
  if (value) return value;
  throw new Error(
    `${variable} is not set: test/support/global-setup.ts did not prepare this kind of database.`,
  );
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: prepared('ROLLCALL_TEST_POSTGRES_URL') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function postgresEnvironment(directory: string): Promise<TestEnvironment> {
  const name = `rollcall_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${prepared('ROLLCALL_TEST_POSTGRES_TEMPLATE')}`);
  const url = new URL(prepared('ROLLCALL_TEST_POSTGRES_URL'));
  url.pathname = `/${name}`;
  const env = { DATABASE_URL: url.href, ROLLCALL_DATA_DIR: directory, ROLLCALL_DATABASE_POOL: '5' };
  return { env, remove: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** A thousand small files, which take twice as long to copy with a promise for each. */
function embeddedEnvironment(directory: string): TestEnvironment {
  cpSync(prepared('ROLLCALL_TEST_EMBEDDED_TEMPLATE'), directory, { recursive: true });
  return { env: { ROLLCALL_DATA_DIR: directory }, remove: () => Promise.resolve() };
}

/** A migrated database that nobody has opened yet: for tests that start servers. */
export async function testEnvironment(kind: DatabaseKind): Promise<TestEnvironment> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const make = kind === 'postgres' ? postgresEnvironment : embeddedEnvironment;
  const { env, remove } = await make(directory);
  const cleanup = async (): Promise<void> => {
    await remove();
    await rm(directory, { recursive: true, force: true });
  };
  return { env, remove: onceAfterwards(cleanup) };
}

/** An open, migrated, empty database of its own. */
export async function testDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const { env, remove } = await testEnvironment(kind);
  const database = await openDatabase(loadConfig(env));
  const close = async (): Promise<void> => {
    await database.close();
    await remove();
  };
  const closeOnce = onceAfterwards(close);
  return { ...database, env, close: closeOnce };
}
