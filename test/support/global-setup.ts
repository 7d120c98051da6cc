/**
 * Once for a run of vitest: a PostgreSQL, and for each kind of database a migrated template that tests copy. What was
 * made is told to the tests in environment variables, which their processes inherit (`database.ts` reads them).
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { testPostgres } from '../../scripts/lib/postgres.mjs';
import { root } from '../../scripts/lib/run.mjs';
import { loadConfig, type Environment } from '../../src/config.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openDatabase } from '../../src/store/open.ts';

type Undo = () => Promise<void>;

async function migrateOnce(env: Environment): Promise<void> {
  const database = await openDatabase(loadConfig(env));
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
}

/** Making a database takes seconds, so the template is kept from run to run, for as long as this stays the same. */
function templateVersion(): string {
  const migrations = readdirSync(join(root, 'migrations')).filter((name) => /^\d/.test(name));
  const madeBy = [
    createRequire(import.meta.url).resolve('@electric-sql/pglite'),
    join(root, 'src/store/initdb.ts'),
    ...migrations.sort().map((name) => join(root, 'migrations', name)),
  ];
  const hash = createHash('sha256');
  for (const file of madeBy) hash.update(readFileSync(file));
  // The first month of the log is the one in which its table was made.
  hash.update(new Date().toISOString().slice(0, 7));
  return hash.digest('hex').slice(0, 16);
}

async function embeddedTemplate(): Promise<string> {
  const cache = join(root, '.cache/embedded');
  const template = join(cache, templateVersion());
  if (existsSync(template)) return template;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  await migrateOnce({ ROLLCALL_DATA_DIR: draft });
  try {
    renameSync(draft, template);
  } catch (error) {
    // Another run was quicker.
    if (!existsSync(template)) throw error;
    rmSync(draft, { recursive: true });
  }
  return template;
}

/** A copy of its own: another run may clear the cache. */
async function prepareEmbedded(): Promise<Undo> {
  const template = mkdtempSync(join(tmpdir(), 'rollcall-template-'));
  cpSync(await embeddedTemplate(), template, { recursive: true });
  process.env.ROLLCALL_TEST_EMBEDDED_TEMPLATE = template;
  return () => rm(template, { recursive: true, force: true });
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function preparePostgres(url: string): Promise<Undo> {
  const name = `rollcall_template_${process.pid}`;
  await query(url, `DROP DATABASE IF EXISTS ${name}`);
  await query(url, `CREATE DATABASE ${name}`);
  const template = new URL(url);
  template.pathname = `/${name}`;
  await migrateOnce({ DATABASE_URL: template.href });
  process.env.ROLLCALL_TEST_POSTGRES_URL = url;
  process.env.ROLLCALL_TEST_POSTGRES_TEMPLATE = name;
  return () => query(url, `DROP DATABASE ${name} WITH (FORCE)`);
}

/** In a strict run nothing may be left out. */
function leaveOutPostgres(): void {
  const message =
    'PostgreSQL 15 or newer was not found: the suites run on the embedded database only. Install it, or set ROLLCALL_TEST_POSTGRES_URL to one whose user may create databases.';
  if (process.env.ROLLCALL_TEST_STRICT) throw new Error(message);
  console.warn(message);
  process.env.ROLLCALL_TEST_DATABASES = 'embedded';
}

export default async function setup(): Promise<Undo> {
  const wanted = (process.env.ROLLCALL_TEST_DATABASES ??= 'embedded,postgres').split(',');
  const undo: Undo[] = [];
  if (wanted.includes('embedded')) undo.unshift(await prepareEmbedded());
  const server = wanted.includes('postgres') ? await testPostgres() : undefined;
  if (server) undo.unshift(await preparePostgres(server.url), server.stop);
  else if (wanted.includes('postgres')) leaveOutPostgres();
  return async () => {
    for (const step of undo) await step();
  };
}
