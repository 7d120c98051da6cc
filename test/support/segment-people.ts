/** Segment's stand-in with many people in its workspace, whom nobody provisioned. */
import { afterAll } from 'vitest';
import { request } from 'undici';
import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Scene } from './scene.ts';

export interface PeopledSegment {
  /** What Rollcall's connection is set to. */
  readonly connection: { readonly baseUrl: string; readonly token: string };
  readonly control: Scene['control'];
}

/** Starts one; it ends with the test file. */
export async function startSegmentWith(people: number): Promise<PeopledSegment> {
  const sandbox = await startSandbox({ port: 0 });
  afterAll(() => sandbox.close());
  const control: Scene['control'] = async (method, path, body) => {
    const answer = await request(`${sandbox.url}/_control${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${text}`);
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return parsed;
  };
  await control('PATCH', '/behaviour', { pageSize: 500 });
  const numbers = Array.from({ length: people }, (_, number) => number);
  for (let from = 0; from < people; from += 100)
    await Promise.all(
      numbers
        .slice(from, from + 100)
        .map((number) =>
          control('POST', '/members', { userName: `p${number}@acme.test`, displayName: `Person ${number}` }),
        ),
    );
  const { token } = z.object({ token: z.string() }).parse(await control('POST', '/tokens', {}));
  return { connection: { baseUrl: `${sandbox.url}/scim/v2`, token }, control };
}
