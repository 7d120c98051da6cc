/** The API on a port of its own over a fresh database, called as any program would call it. */
import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { afterAll } from 'vitest';
import { z } from 'zod';
import type { ApiDeps } from '../../src/http/deps.ts';
import type { EngineApi } from '../../src/http/engine.ts';
import { buildApi } from '../../src/api/server.ts';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { ensureApiKey } from '../../src/store/api-keys.ts';
import { secretBox } from '../../src/store/secrets.ts';
import { testDatabase, type DatabaseKind, type TestDatabase } from './database.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, instead of a JSON body. */
  readonly raw?: string | Buffer;
}

export interface TestApi {
  readonly url: string;
  readonly key: string;
  readonly database: TestDatabase;
  readonly call: (method: Method, path: string, body?: unknown, options?: CallOptions) => Promise<Answer>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An engine for tests that must not reach it. */
const noEngine = new Proxy<Partial<EngineApi>>(
  {},
  {
    get: (_target, name) => () => Promise.reject(new Error(`The engine's ${String(name)} was not expected.`)),
  },
);

function parsed(text: string, type: unknown): unknown {
  return typeof type === 'string' && type.includes('json') && text !== '' ? JSON.parse(text) : text;
}

/** Calls an API with that key. */
export function caller(url: string, key: string): TestApi['call'] {
  return async (method, path, body, { headers = {}, raw } = {}) => {
    const content = raw ?? (body === undefined ? null : JSON.stringify(body));
    const answer = await request(path.startsWith('/api/') ? url + path : `${url}/api/v1${path}`, {
      method,
      body: content,
      headers: {
        authorization: `Bearer ${key}`,
        ...(content !== null && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: parsed(text, answer.headers['content-type']),
    };
  };
}

/** Starts the API; it ends with the test file. */
export async function startApi(kind: DatabaseKind, given: Partial<ApiDeps> = {}): Promise<TestApi> {
  const database = await testDatabase(kind);
  const key = `test-${randomBytes(16).toString('hex')}`;
  await ensureApiKey(database.db, key);
  const app = buildApi({
    database,
    secrets: secretBox(randomBytes(32)),
    clock: systemClock,
    config: loadConfig({}),
    engine: noEngine as EngineApi,
    ...given,
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  afterAll(() => app.close());
  return { url, key, database, call: caller(url, key) };
}

const record = z.looseObject({ id: z.string() });

/** Creates something and gives its id; fails loudly when it was refused. */
export async function made(api: Pick<TestApi, 'call'>, path: string, body: unknown): Promise<string> {
  const answer = await api.call('POST', path, body);
  if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return record.parse(answer.body).id;
}

/** What a problem detail says, or nothing where the answer is none. */
export function detailOf(answer: Answer): string {
  return z.looseObject({ detail: z.string() }).safeParse(answer.body).data?.detail ?? '';
}
