import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Environment } from '../../src/config.ts';
import { runCli } from '../support/cli.ts';
import { testDatabase } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';

const lockSchema = z.looseObject({ pid: z.number() });

const lockFileOf = ({ ROLLCALL_DATA_DIR }: Environment): string =>
  join(ROLLCALL_DATA_DIR ?? '', 'rollcall.lock');

/** Writes other fields into the lock that a server of this process holds; undefined takes one away. */
function changeLock(env: Environment, changes: object): void {
  const lock = lockSchema.parse(JSON.parse(readFileSync(lockFileOf(env), 'utf8')));
  writeFileSync(lockFileOf(env), JSON.stringify({ ...lock, ...changes }));
}

/** Another program, which answers everything, and what was asked of it. */
async function startStranger(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url ?? ''} ${request.headers.authorization ?? 'without a key'}`);
    response.end('{"status":"ok"}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

describe('a command on the embedded database that a server holds', () => {
  it.each([{}, { HOST: '127.0.0.2' }, { ROLLCALL_PUBLIC_URL: 'https://rollcall.example.com' }])(
    'finds that server at whatever address it listens (%j)',
    async (settings) => {
      const { env, key, url } = await startRollcall('embedded', settings);
      const here = { ROLLCALL_DATA_DIR: env.ROLLCALL_DATA_DIR, ROLLCALL_API_KEY: key };
      expect(await runCli(['api-keys', 'list'], here)).toMatchObject({ code: 0, err: '' });
      const keyless = await runCli(['api-keys', 'list'], { ...here, ROLLCALL_API_KEY: '' });
      expect(keyless.err).toContain(`so this command asks it at ${url}. Give it an API key`);
    },
  );

  it('sends no key to another program at the address that the lock names', async () => {
    const { env, key } = await startRollcall('embedded');
    const stranger = await startStranger();
    changeLock(env, { address: stranger.url });
    expect(await runCli(['api-keys', 'list'], { ...env, ROLLCALL_API_KEY: key })).toMatchObject({
      code: 4,
      err: expect.stringContaining(
        `What answers at ${stranger.url} is not the Rollcall that uses the data directory`,
      ) as string,
    });
    expect(stranger.asked).toEqual(['/healthz without a key']);
    stranger.close();
  });

  it('says that nothing answers there', async () => {
    const { env } = await startRollcall('embedded');
    changeLock(env, { address: 'http://127.0.0.1:1' });
    expect(await runCli(['api-keys', 'list'], env)).toMatchObject({
      code: 4,
      err: expect.stringMatching(
        /^The server at http:\/\/127\.0\.0\.1:1 can't be reached: .* try again/,
      ) as string,
    });
  });

  it('asks at PORT where the server is of a version that wrote no address, or on another machine', async () => {
    const { env, url } = await startRollcall('embedded');
    const here = { ...env, PORT: new URL(url).port };
    changeLock(env, { host: 'elsewhere' });
    expect(await runCli(['api-keys', 'list'], here)).toMatchObject({ code: 0 });
    changeLock(env, { id: 'of another lock' });
    expect(await runCli(['api-keys', 'list'], here)).toMatchObject({ code: 4 });
    changeLock(env, { id: undefined, address: undefined });
    expect(await runCli(['api-keys', 'list'], here)).toMatchObject({ code: 0 });
  });

  it('says that it must wait where nothing answers yet, as another command does not', async () => {
    const { env } = await testDatabase('embedded');
    const { code, err } = await runCli(['api-keys', 'list'], {
      ...env,
      ROLLCALL_API_KEY: 'some-key-of-24-characters',
    });
    expect([code, err]).toEqual([
      4,
      `Process ${process.pid} uses the data directory ${env.ROLLCALL_DATA_DIR ?? ''}, and answers nothing: a command is at work there, or a server is starting. Try again when it is done.`,
    ]);
  });
});
