import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findPostgres } from '../scripts/lib/postgres.mjs';
import { databaseKinds, testDatabase } from './support/database.ts';

/** What differs from one version of pg_dump to another, and says nothing of the tables. */
const NOISE = /^(--.*|SET .*|\\.*|SELECT pg_catalog\.set_config.*)$/gm;

/** Named after the month in which the tables were made. */
const MONTHS = '--exclude-table=*_until_*';

async function dump(url: string): Promise<string> {
  const program = join(findPostgres() ?? '', 'pg_dump');
  const args = ['--schema-only', '--no-owner', '--no-privileges', '--exclude-table=kysely_*', MONTHS, url];
  const { stdout } = await promisify(execFile)(program, args);
  return `${stdout
    .replace(NOISE, '')
    .replace(/\n{2,}/g, '\n\n')
    .trim()}\n`;
}

describe.runIf(databaseKinds.includes('postgres'))('migrations/schema.sql', () => {
  it('is what the migrations make (`npm run schema` rewrites it)', async () => {
    const database = await testDatabase('postgres');
    await expect(await dump(database.env.DATABASE_URL ?? '')).toMatchFileSnapshot('../migrations/schema.sql');
  });
});
