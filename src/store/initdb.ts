/**
 * The first start of the embedded database. PostgreSQL's initdb takes 900 MB for some seconds, which a process never
 * gives back, so it runs in one of its own.
 */
import { spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Problem } from '../errors.ts';
import type { StoreLog } from './log.ts';

/**
 * Small segments: with PostgreSQL's own 16 MB, an empty database takes twice the space. No templates, from which databases would
 * be made: they are two thirds of a thousand files, and as nothing vacuums them, their oldest transaction would one day be too old
 * for PostgreSQL to go on.
 */
const SCRIPT = `
  const { PGlite } = require(process.argv[1]);
  async function make(dataDir) {
    const database = await PGlite.create({ dataDir, initDbStartParams: ['--wal-segsize=1'] });
    await database.exec('UPDATE pg_database SET datistemplate = false');
    await database.exec('DROP DATABASE template1');
    await database.exec('DROP DATABASE template0');
    await database.exec('CHECKPOINT');
    await database.close();
  }
  make(process.argv[2]).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });`;

async function run(directory: string): Promise<string | undefined> {
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const child = spawn(process.execPath, ['-e', SCRIPT, pglite, directory], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : said.trim() || `ended with ${signal ?? `code ${code ?? 'none'}`}`),
    );
  });
}

/** Makes the database in `directory` if there is none. It appears whole or not at all. */
export async function initialize(directory: string, log: StoreLog): Promise<void> {
  if (existsSync(join(directory, 'PG_VERSION'))) return;
  log.info(`Making the embedded database in ${directory} (first start, takes some seconds).`);
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  const failure = await run(draft);
  if (failure !== undefined) {
    rmSync(draft, { recursive: true, force: true });
    throw new Problem(
      'unavailable',
      `The embedded database could not be made in ${directory}: ${failure}. It takes 900 MB of memory and 40 MB of disk for a moment; with less, use PostgreSQL (DATABASE_URL).`,
    );
  }
  renameSync(draft, directory);
}
