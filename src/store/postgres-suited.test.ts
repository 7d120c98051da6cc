/** Which databases of a PostgreSQL are taken. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { onceAfterwards } from '../../test/support/afterwards.ts';
import { databaseKinds } from '../../test/support/database.ts';
import { silentLogger } from '../log.ts';
import { openPostgres } from './postgres.ts';

const server = (): string => process.env.ROLLCALL_TEST_POSTGRES_URL ?? '';

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server() });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** The address of a new database that is made like that. */
async function databaseWith(options: string): Promise<string> {
  const name = `rollcall_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE template0 ${options}`);
  onceAfterwards(() => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const url = new URL(server());
  url.pathname = `/${name}`;
  return url.href;
}

async function open(options: string): Promise<void> {
  const database = await openPostgres(await databaseWith(options), 1, silentLogger);
  await database.close();
}

describe.each(databaseKinds.filter((kind) => kind === 'postgres'))('a database of %s', () => {
  it.each([
    ["ENCODING 'UTF8' LOCALE 'C.UTF-8'"],
    ["ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'und'"],
  ])('is taken with %s', async (options) => {
    await open(options);
  });

  it.each([["ENCODING 'SQL_ASCII' LOCALE 'C'"], ["ENCODING 'LATIN1' LOCALE 'C'"]])(
    'R49: is refused with %s, which keeps no text of every language',
    async (options) => {
      await expect(open(options)).rejects.toThrow(/encoding is (SQL_ASCII|LATIN1)\. .*CREATE DATABASE/);
    },
  );

  it('R49: is refused with the locale C, in which Änne and änne are two people', async () => {
    await expect(open("ENCODING 'UTF8' LOCALE 'C'")).rejects.toThrow(/upper and lower case.*CREATE DATABASE/);
  });
});
