import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { Target } from './target.ts';

const TAG = new URL('writer.mjs', import.meta.url).href;

/** Asks for a list in a process of its own, by that name. */
async function ask(url: string, writer: string): Promise<void> {
  const code = `import { request } from 'undici'; await (await request('${url}/scim/v2/Users')).body.dump();`;
  const child = spawn(process.execPath, ['--import', TAG, '--input-type=module', '--eval', code], {
    env: { PATH: process.env.PATH, CHAOS_WRITER: writer },
  });
  await once(child, 'exit');
}

test('R43: two processes that write at the same time are noticed, and one that writes alone is not', async () => {
  const target = await Target.start();
  try {
    await ask(target.url, 'server 1');
    await ask(target.url, 'worker 1');
    expect(await target.watch()).toMatchObject({ open: 0, overlaps: [] });
    await target.behave({ latencyMs: 3000 });
    await Promise.all([ask(target.url, 'server 1'), ask(target.url, 'worker 1')]);
    expect((await target.watch()).overlaps).toHaveLength(1);
  } finally {
    await target.close();
  }
});
