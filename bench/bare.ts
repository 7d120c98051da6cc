/** The bare loop: the same requests with undici at the same concurrency and no engine. What the ratios are measured against. */
import { Pool } from 'undici';
import { z } from 'zod';
import { newToken, type Lab, type Pace } from './lab.ts';
import { userNameOf } from './directory.ts';

const idSchema = z.object({ id: z.string() });

/** Sends the requests of a first provisioning. Answers users per second. */
export async function bareSync(
  lab: Lab,
  pace: Pace,
  userCount: number,
  groupSizes: readonly number[],
): Promise<number> {
  const send = sender(lab.sandbox.url, await newToken(lab), pace.concurrency);
  const started = performance.now();
  const ids = await inParallel(userCount, pace.concurrency, async (index) => {
    const userName = userNameOf(index);
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      active: true,
      userName,
      emails: [{ type: 'work', value: userName, primary: true }],
      displayName: `First${index} Last${index}`,
    };
    return idSchema.parse(JSON.parse(await send.ask('POST', '/Users', body))).id;
  });
  let next = 0;
  const groups = groupSizes.map((size, index) => ({
    name: `Group ${index + 1}`,
    members: Array.from({ length: size }, () => ids[next++ % ids.length] ?? ''),
  }));
  await inParallel(groups.length, pace.concurrency, async (index) => {
    const group = groups[index];
    if (group === undefined) return;
    const created = idSchema.parse(
      JSON.parse(
        await send.ask('POST', '/Groups', {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
          displayName: group.name,
        }),
      ),
    );
    for (let start = 0; start < group.members.length; start += 100) {
      const value = group.members.slice(start, start + 100).map((id) => ({ value: id }));
      await send.ask('PATCH', `/Groups/${created.id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'add', path: 'members', value }],
      });
    }
  });
  const seconds = (performance.now() - started) / 1000;
  await send.close();
  return userCount / seconds;
}

/** One connection pool with a token. */
export function sender(url: string, token: string, connections: number) {
  const pool = new Pool(url, { connections });
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/scim+json',
    accept: 'application/scim+json',
  };
  return {
    ask: async (method: 'POST' | 'PATCH' | 'PUT', path: string, body: unknown): Promise<string> => {
      const answer = await pool.request({
        method,
        path: `/scim/v2${path}`,
        headers,
        body: JSON.stringify(body),
      });
      return answer.body.text();
    },
    close: () => pool.close(),
  };
}

async function inParallel<T>(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = new Array<T>(count);
  let next = 0;
  const loop = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return results;
}
