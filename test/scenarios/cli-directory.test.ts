import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { openDatabase } from '../../src/store/open.ts';
import { ended, runCli, startCli } from '../support/cli.ts';
import { textLike } from '../support/matchers.ts';
import { databaseKinds, testEnvironment } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';

const directory = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

function csv(name: string, ...lines: string[]): string {
  const file = join(directory, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const good = csv('good.csv', 'username,email', 'ada@example.com,ada@example.com', 'bob@example.com,');
const mixed = csv(
  'mixed.csv',
  'username,email',
  'ada@example.com,',
  'eve@example.com,nobody',
  'cy@example.com,',
);

const resultsSchema = z.object({ results: z.array(z.object({ row: z.number() }).loose()) });
const keySchema = z.object({ id: z.string(), key: z.string() });

describe.each(databaseKinds)('over the database itself (%s)', (kind) => {
  it('imports users, all or nothing, or what can be had', async () => {
    const { env } = await testEnvironment(kind);
    const run = (...args: string[]) => runCli(['users', 'import', ...args], env);

    expect(await run(good, '--dry-run')).toMatchObject({
      code: 0,
      out: 'Would be: 2 created. Nothing was written.',
    });
    expect(await run(good)).toMatchObject({ code: 0, out: '2 created.' });
    expect(await run(good, '--existing', 'update')).toMatchObject({ code: 0, out: '2 unchanged.' });

    const there = await run(good);
    expect(there.err.split('\n').slice(2)).toEqual([
      '2 rows are of people who are in the directory already: --existing skip leaves them as they are, --existing update changes them.',
      textLike(/^2 of 2 rows cannot be used, so nothing was written\./),
    ]);

    const refused = await run(mixed, '--existing', 'skip');
    expect(refused.err).toContain('1 of 3 rows cannot be used, so nothing was written.');
    expect(refused.err).toContain('Line 3 (eve@example.com): email must be an email address');
    expect(refused.err).not.toContain('--existing');
    expect(refused.code).toBe(2);

    const partial = await run(mixed, '--existing', 'skip', '--partial');
    expect(partial).toMatchObject({ code: 1, out: '1 created, 1 skipped, 1 failed.' });
    expect(partial.err).toContain('Line 3 (eve@example.com): email must be an email address');
  });

  it('tells programs a result for each row', async () => {
    const { env } = await testEnvironment(kind);
    const { out } = await runCli(['users', 'import', mixed, '--partial', '--json'], env);
    expect(JSON.parse(out)).toMatchObject({
      summary: { created: 2, failed: 1 },
      results: [
        { row: 1, line: 2, outcome: 'created' },
        { row: 2, line: 3, outcome: 'failed', errors: [{ path: 'email' }] },
        { row: 3, line: 4, username: 'cy@example.com', outcome: 'created' },
      ],
    });
  });

  it('tells programs the same where the import is refused', async () => {
    const { env } = await testEnvironment(kind);
    const { code, out } = await runCli(['users', 'import', mixed, '--json'], env);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: false,
      summary: { created: 0, failed: 1, notWritten: 2 },
      results: [
        { row: 1, line: 2, username: 'ada@example.com', outcome: 'notWritten', id: null },
        { row: 2, line: 3, outcome: 'failed', errors: [{ path: 'email' }] },
        { row: 3, line: 4, outcome: 'notWritten' },
      ],
    });
    expect(code).toBe(2);
  });

  it('ends alike with --dry-run and without, and names lines of the file in whatever part they are sent', async () => {
    const { env } = await testEnvironment(kind);
    const many = Array.from({ length: 1001 }, (_, at) => `u${at},`);
    const file = csv(
      `ends-${kind}.csv`,
      '',
      'username,email',
      '"multi',
      'line",',
      ...many,
      'dup,',
      'short',
      'DUP,',
      'early,late@example.com',
      ...many.map((row) => `v${row}`),
      'late@example.com,',
    );
    const faults = [
      /^Line 4 \(multi\nline\): username must not hold control characters\.$/m,
      /^Line 1007 \(no username\): has another number of cells than the header: 1, not 2\./m,
      /^Line 1008 \(DUP\): username is the same as that of line 1006\.$/m,
      /^Line 2011 \(late@example\.com\): username .*the email address of .*early/m,
    ];
    for (const [args, code] of [
      [['--dry-run'], 2],
      [[], 2],
      [['--partial', '--dry-run'], 1],
      [['--partial'], 1],
    ] as const) {
      const end = await runCli(['users', 'import', file, ...args], env);
      expect({ args, code: end.code }).toEqual({ args, code });
      for (const fault of faults) expect(end.err).toMatch(fault);
    }
  });

  it('R49: sees a username twice in a file, however far apart its rows are', async () => {
    const { env } = await testEnvironment(kind);
    const many = Array.from({ length: 1000 }, (_, at) => `u${at},`);
    const file = csv(
      `twice-${kind}.csv`,
      'username,email',
      'twice,first@example.com',
      ...many,
      'TWICE,',
      'last,',
    );
    const run = (...args: string[]) => runCli(['users', 'import', file, '--partial', ...args], env);
    const fault = 'Line 1003 (TWICE): username is the same as that of line 2.';

    expect(await run('--dry-run')).toEqual({
      code: 1,
      out: 'Would be: 1002 created, 1 failed. Nothing was written.',
      err: fault,
    });
    const { results } = resultsSchema.parse(JSON.parse((await run('--json')).out));
    expect(results.map(({ row }) => row)).toEqual(Array.from({ length: 1003 }, (_, at) => at + 1));
    expect(results.slice(1001)).toMatchObject([
      { row: 1002, line: 1003, username: 'TWICE', outcome: 'failed', errors: [{ path: 'username' }] },
      { row: 1003, line: 1004, username: 'last', outcome: 'created' },
    ]);
    expect(await run('--existing', 'update')).toEqual({
      code: 1,
      out: '1002 unchanged, 1 failed.',
      err: fault,
    });
  });

  it('reads what another program writes, as that comes', { timeout: 120_000 }, async () => {
    const { env } = await testEnvironment(kind);
    await runCli(['migrate'], env);
    const child = startCli(['users', 'import', '-'], env, 'pipe');
    const end = ended(child);
    // More than what fits between two programs, and than what is there when reading begins.
    child.stdin?.end(`username\npiped-1\n${'\n'.repeat(2_000_000)}piped-2\n`);
    expect(await end).toMatchObject({ code: 0, out: '2 created.\n' });
  });

  it('makes, lists and revokes API keys', async () => {
    const { env } = await testEnvironment(kind);
    const made = keySchema.parse(
      JSON.parse((await runCli(['api-keys', 'create', '--name', 'ci', '--json'], env)).out),
    );
    expect(made.key).toMatch(/^rc_/);
    expect((await runCli(['api-keys', 'create'], env)).err).toMatch(/key "command line, \d{4}-\d\d-\d\d"/);
    const listed = await runCli(['api-keys', 'list'], env);
    expect(listed.out).toContain(`${made.id}  ci`);
    expect(listed.out).not.toContain(made.key);
    expect(listed.out).toMatch(/ci +administrator /);
    expect((await runCli(['api-keys', 'revoke', made.id], env)).code).toBe(0);
    expect((await runCli(['api-keys', 'revoke', made.id], env)).code).toBe(2);
    expect(await runCli(['api-keys', 'revoke', 'ci'], env)).toMatchObject({
      code: 2,
      err: textLike(/the id of a key, as `rollcall api-keys list` shows it/),
    });
  });

  it('lists every API key, however many there are', async () => {
    const rollcall = await startRollcall(kind);
    for (let at = 0; at < 1001; at += 1) await rollcall.api('POST', '/api-keys', { name: `k${at}` });
    await rollcall.stop();
    const { out } = await runCli(['api-keys', 'list', '--json'], rollcall.env);
    const names = z.array(z.looseObject({ name: z.string() })).parse(JSON.parse(out));
    expect(names.map(({ name }) => name)).toContain('k0');
    expect(names.map(({ name }) => name)).toContain('k1000');
  });

  it('makes a key of a role, which ends at the beginning of its day', async () => {
    const { env } = await testEnvironment(kind);
    const create = (...args: string[]) => runCli(['api-keys', 'create', ...args], env);
    const made = await create('--role', 'read-only', '--expires', '2099-01-01', '--json');
    expect(JSON.parse(made.out)).toMatchObject({ role: 'read-only', expiresAt: '2099-01-01T00:00:00.000Z' });
    expect((await create('--role', 'read-only')).err).toContain('Made the read-only key');
    expect(await create('--role', 'owner')).toMatchObject({ code: 2 });
    const wrong = await create('--expires', 'soon');
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('expiresAt') as unknown });
  });

  it('leaves what it did in the audit trail, as the command line, and examines that', async () => {
    const { env } = await testEnvironment(kind);
    await runCli(['users', 'import', good], env);
    const { code, out } = await runCli(['doctor'], env);
    expect(out).toMatch(
      /ok +Audit trail +1 entry, each as it was written\. The last has the hash [0-9a-f]{64}\./,
    );
    expect(code).toBe(0);
  });

  it('R49: tells a thousand faults of a file, and how many more there are', async () => {
    const { env } = await testEnvironment(kind);
    const rows = Array.from({ length: 1002 }, (_, at) => `u${at},nowhere`);
    const { code, err } = await runCli(
      ['users', 'import', csv(`bad-${kind}.csv`, 'username,email', ...rows)],
      env,
    );
    const lines = err.split('\n');
    expect(lines.slice(999)).toEqual([
      textLike(/^Line 1001 \(u999\): email must be /),
      '… and 2 more; --json has all of them.',
      textLike(/^1,?002 of 1,?002 rows cannot be used, so nothing was written\./),
    ]);
    expect(code).toBe(2);
  });

  it('is looked at by the doctor as it is, also where it is behind', async () => {
    const { env } = await testEnvironment(kind);
    const database = await openDatabase(loadConfig(env), silentLogger);
    await sql`DELETE FROM kysely_migration WHERE name = (SELECT max(name) FROM kysely_migration)`.execute(
      database.db,
    );
    await database.close();
    for (const args of [['doctor'], ['doctor']]) {
      const { code, out } = await runCli(args, env);
      expect(out).toMatch(
        /problem +Database +The database is behind by 1: run `rollcall migrate`, or start a server\./,
      );
      expect(code).toBe(1);
    }
  });

  it('ends with 1 after a fault of its own, and tells of it under the id that it names', async () => {
    const { env } = await testEnvironment(kind);
    const database = await openDatabase(loadConfig(env), silentLogger);
    await sql`ALTER TABLE api_keys RENAME TO keys`.execute(database.db);
    await database.close();
    const { code, err } = await ended(startCli(['api-keys', 'list'], env));
    expect(err).toMatch(
      /"requestId":"([^"]+)"[^]*relation \\"api_keys\\" does not exist[^]* The request id is \1\./,
    );
    expect(code).toBe(1);
  });

  it('examines the database', async () => {
    const { env } = await testEnvironment(kind);
    const { code, out } = await runCli(['doctor'], env);
    expect(out).toMatch(/ok +Database .* answers, and is up to date\./);
    expect(out).toMatch(/ok +Clock +It agrees with the database's\./);
    // The embedded database has room for one process: whoever can open it knows that no server runs.
    if (kind === 'embedded') expect(out).toMatch(/warning +Server +No server runs on this data directory/);
    else expect(out).not.toContain('No server runs');
    expect(code).toBe(0);
  });
});

describe('beside a running server', () => {
  it('asks the server that holds the embedded database, with a key', async () => {
    const { env, key, url, api } = await startRollcall('embedded');
    const here = { ROLLCALL_DATA_DIR: env.ROLLCALL_DATA_DIR, PORT: new URL(url).port };
    const refused = await runCli(['users', 'import', good], here);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('Give it an API key: set ROLLCALL_API_KEY, or --api-key.');

    const done = await runCli(['users', 'import', good], { ...here, ROLLCALL_API_KEY: key });
    expect(done).toMatchObject({ code: 0, out: '2 created.' });
    expect((await api('GET', '/users')).body).toMatchObject({ total: 2 });

    const wrong = await runCli(['users', 'import', good, '--api-key', 'wrong'], here);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('The API key is not valid');

    const examined = await runCli(['doctor'], { ...here, ROLLCALL_API_KEY: key });
    expect(examined.out).toMatch(/ok +Server /);
    expect(examined.code).toBe(0);
  });
});
