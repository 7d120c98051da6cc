import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ended, runCli, said, startCli } from '../support/cli.ts';
import { testEnvironment } from '../support/database.ts';

const answerSchema = z.object({ listening: z.string(), apiKey: z.string().nullable() });

describe('rollcall serve, as a process', () => {
  it('makes one key at the very first start, ends in good order, and says no key again', async () => {
    const { env } = await testEnvironment('embedded');
    const start = async () => {
      const child = startCli(['serve', '--json'], { ...env, PORT: '0', ROLLCALL_LOG_LEVEL: 'warn' });
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
    expect(await first.end).toMatchObject({ code: 0, err: '' });

    const second = await start();
    expect(second.apiKey).toBeNull();
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
      err: `Can't listen on 127.0.0.1, port ${port}: another program listens there. Set PORT to a free port.`,
    };
    expect(await serve()).toMatchObject(refused);
    // The second finds the data directory free again.
    expect(await serve()).toMatchObject(refused);
    other.close();
  });
});
