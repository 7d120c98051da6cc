import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { startRollcall } from '../../src/rollcall.ts';
import { caller } from '../support/api.ts';
import { ended, runCli, said, startCli } from '../support/cli.ts';
import { databaseKinds, testEnvironment } from '../support/database.ts';
import { startScene } from '../support/scene.ts';

const answerSchema = z.object({ listening: z.string(), apiKey: z.string().nullable() });

// Programs start slowly on a machine that does much else.
const patient = { timeout: 120_000 };

describe('rollcall serve, as a process', patient, () => {
  it('makes one key at the very first start, ends in good order, and says no key again', async () => {
    const { env } = await testEnvironment('embedded');
    const start = async () => {
      const child = startCli(['serve', '--json'], { ...env, PORT: '0', ROLLCALL_LOG_LEVEL: 'trace' });
      const end = ended(child);
      const [text] = await said(child, /\{[^}]*\}/);
      return { child, end, ...answerSchema.parse(JSON.parse(text)) };
    };
    const first = await start();
    expect(first.apiKey).toMatch(/^rc_/);
    const headers = { authorization: `Bearer ${first.apiKey ?? ''}` };
    expect((await fetch(`${first.listening}/api/v1/users`, { headers })).status).toBe(200);
    expect((await runCli(['serve'], env)).err).toContain(`is in use by process ${first.child.pid ?? ''}`);
    first.child.kill('SIGTERM');
    const { code, err } = await first.end;
    expect(code).toBe(0);
    const lines = err.trim().split('\n');
    expect(lines.map((line) => z.object({ msg: z.string() }).parse(JSON.parse(line)).msg)).toContain(
      'Stopped.',
    );
    expect(err).not.toContain(first.apiKey);

    const second = await start();
    expect(second.apiKey).toBeNull();
    // npm passes the terminal's Ctrl-C on to a process that has it already.
    second.child.kill('SIGINT');
    second.child.kill('SIGINT');
    expect((await second.end).code).toBe(0);
  });

  it('says which port is taken, and closes what it had opened', async () => {
    const { env } = await testEnvironment('embedded');
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = z.object({ port: z.number() }).parse(other.address()).port;
    const serve = () => runCli(['serve'], { ...env, PORT: String(port), ROLLCALL_LOG_LEVEL: 'silent' });
    const refused = {
      code: 4,
      err: `Can't listen on 127.0.0.1, port ${port}: another program listens there. Choose a free port (HOST and PORT).`,
    };
    expect(await serve()).toMatchObject(refused);
    // The second finds the data directory free again.
    expect(await serve()).toMatchObject(refused);
    other.close();
  });
});

describe.each(databaseKinds)('a start that fails, on the %s database', patient, (kind) => {
  const starts = [['serve', 'PORT'] as const];
  it.each(kind === 'postgres' ? [...starts, ['worker', 'ROLLCALL_WORKER_PORT'] as const] : starts)(
    '%s asks nothing of an application before it has its port',
    async (command, variable) => {
      const { rollcall, activate, at, boundGroup, control, idle, user } = await startScene(kind);
      const staff = await boundGroup('Staff', [await user('ada')]);
      await activate();
      await idle();
      await rollcall.stop();
      const runtime = { clock: systemClock, log: silentLogger, jobs: false, provisioning: false };
      const silent = await startRollcall(loadConfig(rollcall.env), runtime);
      const api = caller(silent.url, rollcall.key);
      await api('POST', at('/groups'), { remove: [staff] });
      await silent.close();
      const before = await control('GET', '/requests');
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = z.object({ port: z.number() }).parse(other.address());
      // As a process: what serves is loaded meanwhile, which gives a lane that runs already its time.
      const settings = { ...rollcall.env, [variable]: String(port), ROLLCALL_LOG_LEVEL: 'silent' };
      const { code } = await ended(startCli([command], settings));
      expect(code).toBe(4);
      expect(await control('GET', '/requests')).toEqual(before);
      await rollcall.restart();
      await idle();
      expect(await control('GET', '/requests')).not.toEqual(before);
      other.close();
    },
  );
});

describe.runIf(databaseKinds.includes('postgres'))('rollcall worker, as a process', patient, () => {
  it('works on the database of the servers until it is told to stop', async () => {
    const { env } = await testEnvironment('postgres');
    const child = startCli(['worker'], { ...env, ROLLCALL_LOG_LEVEL: 'warn' });
    const end = ended(child);
    await said(child, /The worker is at work\./);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, err: '' });
  });

  it('says as JSON that it is at work', async () => {
    const { env } = await testEnvironment('postgres');
    const child = startCli(['worker', '--json'], { ...env, ROLLCALL_LOG_LEVEL: 'warn' });
    const end = ended(child);
    const [text] = await said(child, /\{[^}]*\}/);
    expect(JSON.parse(text)).toEqual({ working: true });
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
  });
});

describe('rollcall sandbox, as a process', patient, () => {
  it('says as JSON where it answers, and that it has stopped', async () => {
    const child = startCli(['sandbox', '--port', '0', '--json'], {});
    const end = ended(child);
    const [text] = await said(child, /\{[^}]*\}/);
    const { url, scimBaseUrl } = z.object({ url: z.url(), scimBaseUrl: z.url() }).parse(JSON.parse(text));
    expect(scimBaseUrl).toBe(`${url}/scim/v2`);
    expect((await fetch(`${url}/_control/summary`)).status).toBe(200);
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 0, err: 'The sandbox has stopped.\n' });
  });
});
