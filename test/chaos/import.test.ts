/** A server that is killed in the middle of an import, and started again. */
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { caller, type TestApi } from '../support/api.ts';
import { said, startCli } from '../support/cli.ts';
import { onceAfterwards } from '../support/afterwards.ts';
import { databaseKinds, testEnvironment } from '../support/database.ts';
import { importer } from '../support/imports.ts';
import { until } from '../support/scene.ts';
import { startSegment } from '../support/segment.ts';
import { SSO_ENABLED } from '../support/sso.ts';

const PEOPLE = 5000;
const KEY = 'test-key-of-the-import-that-is-killed';

const totalSchema = z.looseObject({ total: z.number() });

describe.each(databaseKinds)('kill -9 in the middle of an import, on %s', (kind) => {
  test('R33: goes on where it was, and imports everybody once', { timeout: 180_000 }, async () => {
    const { env } = await testEnvironment(kind);
    const segment = await startSegment();
    await segment.behaves({ pageSize: 500 });
    await segment.hasMembers(PEOPLE);
    const connection = { baseUrl: segment.baseUrl, token: await segment.newToken() };
    const settings = { ...env, PORT: '0', ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true', ROLLCALL_API_KEY: KEY };
    const start = async () => {
      const child = startCli(['serve'], settings);
      const kill = onceAfterwards(async () => {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      });
      const [, url = ''] = await said(child, /Rollcall answers at (http\S+)/);
      return { kill, call: caller(url, KEY) };
    };
    let running = await start();
    const api: TestApi['call'] = (...asked) => running.call(...asked);
    const made = await api('POST', '/applications', { connector: 'segment' });
    const { id } = z.looseObject({ id: z.string() }).parse(made.body);
    const at = (path: string): string => `/applications/${id}${path}`;
    await api('PUT', at('/sso'), SSO_ENABLED);
    await api('PATCH', at('/identity-management'), { ...connection, behaviour: { pageSize: 500 } });
    await api('POST', at('/identity-management/activate'));
    const imports = importer({ api, at });
    expect(await imports.read()).toMatchObject({ total: PEOPLE });
    const { id: importId } = await imports.start({ all: true, new: true });
    let before = await imports.get(importId);
    await until('some are imported', async () => {
      before = await imports.get(importId);
      return before.counts.created > 0;
    });
    await running.kill();
    expect(before.state).toBe('running');
    running = await start();
    const done = await imports.done(importId);
    expect(done.counts).toEqual({
      total: PEOPLE,
      created: PEOPLE,
      linked: 0,
      unchanged: 0,
      failed: 0,
      cancelled: 0,
      waiting: 0,
    });
    expect(totalSchema.parse((await api('GET', '/users?limit=1')).body).total).toBe(PEOPLE);
    expect(totalSchema.parse((await api('GET', at('/users?limit=1'))).body).total).toBe(PEOPLE);
    expect((await imports.list('?new=true')).total).toBe(0);
    expect((await segment.asked()).filter(({ route }) => !route.startsWith('GET '))).toEqual([]);
    await running.kill();
  });
});
