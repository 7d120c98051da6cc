import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { z } from 'zod';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';

const directory = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Settings of a place where nothing was ever started. */
const nowhere = { ROLLCALL_DATA_DIR: join(directory, 'nothing') };

describe('help', () => {
  it.each([
    'serve',
    'worker',
    'sandbox',
    'plan',
    'apply',
    'users import',
    'api-keys create',
    'doctor',
    'config',
    'migrate',
    'secrets reseal',
  ])('%s explains itself, with examples', async (command) => {
    const { code, out } = await runCli([...command.split(' '), '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: rollcall ${command}`);
    expect(out).toMatch(/Examples?:\n +(\S+=\S+ )*(KEY=\$\()?rollcall /);
  });

  it.each(['', 'serve', 'worker', 'sandbox'])('%s documents the exit codes', async (command) => {
    const { out } = await runCli([...command.split(' '), '--help'].filter((word) => word !== ''));
    expect(out).toContain('4  the server, the database or the data directory cannot be used');
  });
});

describe('R49: wrong usage ends with 2 and says what is wrong', () => {
  const latin = join(directory, 'latin.csv');
  writeFileSync(latin, Buffer.from('username\nM\xfcller\n', 'latin1'));
  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['plan'], "missing required argument 'application'"],
    [['plan', 'Segment', '--limit', 'many'], 'It must be a whole number from 1 to 10000.'],
    [['plan', 'Segment', '--limit', '0'], 'It must be a whole number from 1 to 10000.'],
    [['plan', 'Segment', '--limit', '10001'], 'It must be a whole number from 1 to 10000.'],
    [['users', 'import', 'x.csv', '--existing', 'destroy'], 'Allowed choices are refuse, skip, update.'],
    [['sandbox', '--port', '99999'], 'It must be a whole number from 0 to 65535.'],
    [['users', 'import', join(directory, 'none.csv')], "none.csv can't be read: there is no such file."],
    [['users', 'import', directory], "can't be read: it is a directory."],
    [['users', 'import', latin], 'latin.csv is not UTF-8. In a spreadsheet, save it as "CSV UTF-8".'],
    [['worker'], 'Set DATABASE_URL to the PostgreSQL of the server'],
    [['plan', 'x', '--server', 'http://127.0.0.1:1'], 'Give it an API key'],
    [
      ['plan', 'x', '--server', 'nonsense', '--api-key', 'k'],
      'nonsense is no URL. Give an address such as http://127.0.0.1:8080',
    ],
    [
      ['plan', 'x', '--server', 'http://127.0.0.1:1', '--api-key', 'schlüssel'],
      '--api-key must be what a header can carry',
    ],
    [['plan', 'x', '--server', 'localhost:8080', '--api-key', 'k'], 'localhost:8080 is no URL.'],
  ])('%j', async (args, message) => {
    const { code, err } = await runCli(args, nowhere);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('names each setting that cannot be used', async () => {
    const { code, err } = await runCli(['config'], { PORT: 'http', ROLLCALL_LANES: '0' });
    expect(err).toBe(
      'PORT must be a whole number from 0 to 65535 (it is "http"); ROLLCALL_LANES must be a whole number from 1 to 1000 (it is "0").',
    );
    expect(code).toBe(2);
  });
});

describe('where there is no database, none is made in passing', () => {
  const file = join(directory, 'people.csv');
  writeFileSync(file, 'username\nada\n');
  it.each([
    'plan Segment',
    'apply Segment',
    `users import ${file}`,
    'api-keys create --name ci',
    'api-keys list',
    'secrets reseal',
  ])('%s', async (command) => {
    const { code, err } = await runCli(command.split(' '), nowhere);
    expect(err).toContain(`There is no database in ${nowhere.ROLLCALL_DATA_DIR}`);
    expect(err).toMatch(/ROLLCALL_DATA_DIR.*--server.*`rollcall serve` or `rollcall migrate`/);
    expect(code).toBe(2);
    expect(existsSync(nowhere.ROLLCALL_DATA_DIR)).toBe(false);
  });
});

describe('a data directory that cannot be looked into', () => {
  const file = join(directory, 'no-directory');
  const closed = { ...nowhere, ROLLCALL_DATA_DIR: file };
  writeFileSync(file, '');

  it('is not taken for one in which nothing is', async () => {
    const { code, err } = await runCli(['plan', 'Segment'], closed);
    expect(err).toContain(`The data directory ${file} can't be read`);
    expect(code).toBe(4);
    const { out } = await runCli(['doctor'], closed);
    expect(out).not.toContain('There is none yet');
  });
});

describe('migrate --dry-run', () => {
  it('says what the first start would apply, and makes nothing', async () => {
    const { code, out } = await runCli(['migrate', '--dry-run'], nowhere);
    expect(out).toMatch(/^To be applied: 0001_initial, 0002_/);
    expect(code).toBe(0);
    expect(existsSync(nowhere.ROLLCALL_DATA_DIR)).toBe(false);
  });
});

describe('what cannot be reached ends with 4', () => {
  const file = join(directory, 'no-directory');
  writeFileSync(file, '', { mode: 0o600 });
  it.each([
    [['serve'], { ROLLCALL_DATA_DIR: file }, `The data directory ${file} can't be made`],
    [
      ['plan', 'x', '--server', 'http://127.0.0.1:1', '--api-key', 'k'],
      {},
      "http://127.0.0.1:1 can't be reached",
    ],
    ...['/api/v1', '/api/v1/', '/'].map((path): [string[], Record<string, string>, string] => [
      ['plan', 'x', '--server', `http://127.0.0.1:1${path}`, '--api-key', 'k'],
      {},
      "The server at http://127.0.0.1:1 can't be reached",
    ]),
    [['migrate'], { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' }, "127.0.0.1:1/x can't be used"],
  ])('%j', async (args, env, message) => {
    const { code, err } = await runCli(args, { ...nowhere, ...env });
    expect(err).toContain(message);
    expect(err).not.toContain('hunter2');
    expect(code).toBe(4);
  });
});

describe('config', () => {
  it('shows every setting with its value, and hides secrets', async () => {
    const { out } = await runCli(['config'], {
      PORT: '9000',
      SMTP_URL: 'smtp://me:hunter2@mail.example.com',
    });
    expect(out).toContain('PORT=9000\n');
    expect(out).toContain('SMTP_URL=(set, hidden)\n');
    expect(out).not.toContain('hunter2');
  });

  it('R49: shows the others where one cannot be used, and says so at that one', async () => {
    const env = { PORT: 'http', HOST: '0.0.0.0', SMTP_URL: 'hunter2', ROLLCALL_PUBLIC_URL: 'https://x.test' };
    const { code, out, err } = await runCli(['config'], env);
    expect(out).toContain('HOST=0.0.0.0\n');
    expect(out).toContain('PORT=http\n  Cannot be used: it must be a whole number from 0 to 65535.\n');
    expect(out).toContain('SMTP_URL=(set, hidden)\n  Cannot be used: it must be an address such as smtp:');
    expect(`${out}${err}`).not.toContain('hunter2');
    expect(err).toMatch(/^PORT must be a whole number .*; SMTP_URL must be an address/);
    expect(code).toBe(2);
    const json = await runCli(['config', '--json'], env);
    const told = (variable: string, value: string, fault: string | null) =>
      expect(JSON.parse(json.out)).toContainEqual(expect.objectContaining({ variable, value, fault }));
    told('HOST', '0.0.0.0', null);
    told('PORT', 'http', 'must be a whole number from 0 to 65535');
    expect(json).toMatchObject({ code: 2, err });
  });

  it('names what it does not know, beside the result', async () => {
    const { code, out, err } = await runCli(['config', '--json'], { ROLLCALL_LANE: '4' });
    expect({ code, named: JSON.stringify(JSON.parse(out)).includes('ROLLCALL_LANE"') }).toEqual({
      code: 0,
      named: false,
    });
    expect(err).toContain('ROLLCALL_LANE is not a setting of Rollcall, and is ignored.');
  });

  it('prints one thing at a time', async () => {
    const { code, err } = await runCli(['config', '--json', '--markdown']);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('--json') as string });
  });

  it('tells programs the same', async () => {
    const { out } = await runCli(['config', '--json'], { ROLLCALL_API_KEY: 'hunter2' });
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ variable: 'PORT', value: 8080, default: '8080' }),
    );
    expect(out).not.toContain('hunter2');
  });

  it('makes docs/settings.md (`rollcall config --markdown > docs/settings.md`)', async () => {
    const { out } = await runCli(['config', '--markdown']);
    expect(`${out}\n`).toBe(readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8'));
  });
});

describe('doctor', () => {
  it('finds nothing wrong before the first start, and makes nothing', async () => {
    const { code, out } = await runCli(['doctor'], nowhere);
    expect(out).toContain('All is well.');
    expect(code).toBe(0);
    expect((await runCli(['doctor'], nowhere)).out).toContain('is not there yet');
  });

  it('counts warnings, and does not call that well', async () => {
    const { code, out } = await runCli(['doctor'], { ...nowhere, ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true' });
    expect(out).toMatch(/\nNo problem; 1 warning\.$/);
    expect(code).toBe(0);
  });

  it('finds a data directory that others can read', async () => {
    const open = mkdtempSync(join(directory, 'open-'));
    chmodSync(open, 0o755);
    const { code, out } = await runCli(['doctor'], { ROLLCALL_DATA_DIR: open });
    expect(out).toContain(`Run: chmod 700 ${open}`);
    expect(code).toBe(1);
  });

  it.each(['', '/data', '/data/rollcall'])(
    'finds a file where the data directory is to be: …%s',
    async (below) => {
      const file = join(directory, 'file');
      writeFileSync(file, '', { mode: 0o600 });
      const { code, out } = await runCli(['doctor'], { ROLLCALL_DATA_DIR: `${file}${below}` });
      expect(out).toContain(`problem  Data directory  ${file} is no directory. Set ROLLCALL_DATA_DIR`);
      expect(code).toBe(1);
    },
  );

  it('finds a database that does not answer, and goes on', async () => {
    const env = { ...nowhere, DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' };
    const { code, out } = await runCli(['doctor', '--json'], env);
    const database = {
      check: 'Database',
      level: 'problem',
      message: expect.stringContaining('Check DATABASE_URL') as string,
    };
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([database]) as unknown,
    });
    expect(code).toBe(1);
  });

  it('says of a server that cannot be reached, or is another program, what to look at', async () => {
    const other = createServer((_, response) => response.end('<!DOCTYPE html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = z.object({ port: z.number() }).parse(other.address());
    const at = `http://127.0.0.1:${port}`;
    const doctor = () => runCli(['doctor', '--server', at, '--api-key', 'rc_any'], nowhere);
    const stranger = await doctor();
    other.close();
    const nobody = await doctor();
    expect(stranger.out).toMatch(/problem +Server +What answers as the server at .* is not Rollcall/);
    expect(nobody.out).toMatch(/problem +Server +The server at .* can't be reached: .* Is it running\?/);
    expect([stranger.code, nobody.code]).toEqual([1, 1]);
  });

  it('tells one cause once', async () => {
    const file = join(directory, 'one-cause');
    writeFileSync(file, '', { mode: 0o600 });
    const broken = mkdtempSync(join(directory, 'one-cause-'));
    await runCli(['migrate'], { ROLLCALL_DATA_DIR: broken });
    writeFileSync(join(broken, 'secret.key'), 'not a key', { mode: 0o600 });
    const server = ['--server', 'http://127.0.0.1:1', '--api-key', 'rc_any'];
    for (const [options, dataDir] of [
      [[], file],
      [[], broken],
      [server, nowhere.ROLLCALL_DATA_DIR],
    ] as const) {
      const { out } = await runCli(['doctor', ...options], { ROLLCALL_DATA_DIR: dataDir });
      expect(out).toMatch(/\n1 problem\.$/);
    }
  });

  it('finds a setting that cannot be used', async () => {
    const { code, out } = await runCli(['doctor'], { PORT: 'http' });
    expect(out).toContain('PORT must be a whole number');
    expect(code).toBe(1);
  });

  it('finds a secret key that is none', async () => {
    const broken = mkdtempSync(join(directory, 'broken-'));
    writeFileSync(join(broken, 'secret.key'), 'not a key', { mode: 0o600 });
    const { out } = await runCli(['doctor'], { ROLLCALL_DATA_DIR: broken });
    expect(out).toMatch(/problem +Secret key .* does not hold a key/);
  });
});
