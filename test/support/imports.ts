/** Imports as tests do them, over the API of a scene. */
import { z } from 'zod';
import { until, type Scene } from './scene.ts';

const person = z.object({
  username: z.string().nullable(),
  email: z.string().nullable(),
  firstname: z.string().nullable(),
  lastname: z.string().nullable(),
});

export const candidateList = z.object({
  items: z.array(
    z.looseObject({
      remoteId: z.string(),
      userName: z.string(),
      state: z.string(),
      person,
      user: z.looseObject({ id: z.string(), managed: z.boolean() }).nullable(),
      matches: z.array(z.looseObject({ id: z.string() })),
    }),
  ),
  nextCursor: z.string().nullable(),
  total: z.number(),
  importable: z.number(),
  roster: z.looseObject({ state: z.string(), seen: z.number(), message: z.string().nullable() }),
});

const item = z.looseObject({
  remoteId: z.string(),
  outcome: z.string(),
  userId: z.string().nullable(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});

const imported = z.looseObject({
  id: z.string(),
  state: z.string(),
  background: z.boolean(),
  counts: z.object({
    total: z.number(),
    waiting: z.number(),
    created: z.number(),
    linked: z.number(),
    unchanged: z.number(),
    failed: z.number(),
    cancelled: z.number(),
  }),
  mail: z.looseObject({ to: z.string(), state: z.string(), message: z.string().nullable() }).nullable(),
  results: z.array(item).nullish(),
});

type List = z.infer<typeof candidateList>;
export type Imported = z.infer<typeof imported>;

export interface Importer {
  /** Somebody is in the application. */
  readonly holds: (userName: string, displayName?: string) => Promise<void>;
  readonly list: (query?: string) => Promise<List>;
  /** Reads the application's users, and answers once that has ended. */
  readonly read: () => Promise<List>;
  /** Remote ids, by userName. */
  readonly idsOf: <T extends readonly string[]>(...userNames: T) => Promise<{ [K in keyof T]: string }>;
  readonly start: (body: object) => Promise<Imported>;
  readonly retry: (id: string, body?: object) => Promise<Imported>;
  readonly cancel: (id: string) => Promise<Imported>;
  readonly get: (id: string) => Promise<Imported>;
  /** Waits until an import is done. */
  readonly done: (id: string) => Promise<Imported>;
}

/** Where people are held by a sandbox, its control; elsewhere `holds` is not for use. */
type Place = Pick<Scene, 'api' | 'at'> & Partial<Pick<Scene, 'control'>>;

export function importer({ api, at, control }: Place): Importer {
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> => {
    const answer = await api(method, at(path), body);
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const list: Importer['list'] = async (query = '') =>
    candidateList.parse(await ask('GET', `/import/users${query}`));
  const get: Importer['get'] = async (id) => imported.parse(await ask('GET', `/imports/${id}`));
  return {
    list,
    get,
    holds: async (userName, displayName = '') => {
      if (control === undefined) throw new Error('There is no sandbox.');
      await control('POST', '/members', { userName, displayName });
    },
    read: async () => {
      await ask('POST', '/import/users/refresh');
      await until('the users are read', async () => (await list('?limit=1')).roster.state !== 'reading');
      return list();
    },
    idsOf: async <T extends readonly string[]>(...userNames: T) => {
      const ids = userNames.map(async (name) => {
        const { items } = await list(`?search=${encodeURIComponent(name)}`);
        const found = items.find(({ userName }) => userName === name);
        if (found === undefined) throw new Error(`The application holds no ${name}.`);
        return found.remoteId;
      });
      return (await Promise.all(ids)) as { [K in keyof T]: string };
    },
    start: async (body) => imported.parse(await ask('POST', '/imports', body)),
    retry: async (id, body = {}) => imported.parse(await ask('POST', `/imports/${id}/retry`, body)),
    cancel: async (id) => imported.parse(await ask('POST', `/imports/${id}/cancel`)),
    done: async (id) => {
      await until('the import is done', async () => (await get(id)).state === 'done');
      return get(id);
    },
  };
}

const requests = z.looseObject({ counts: z.record(z.string(), z.number()) });

/** How many requests that may change something the application has had over SCIM. */
export async function writesOf({ control }: Pick<Scene, 'control'>): Promise<number> {
  const { counts } = requests.parse(await control('GET', '/requests'));
  return Object.entries(counts)
    .filter(([route]) => !route.startsWith('GET '))
    .reduce((sum, [, count]) => sum + count, 0);
}
