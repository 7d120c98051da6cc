/** JSON over HTTP, as any program would call Rollcall and the sandbox: answers are parsed, refusals are thrown in words. */
import { request } from 'undici';
import { z } from 'zod';
import { contentOf } from './body.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A call that may have changed something. */
export interface Change {
  /** Milliseconds since 1970, just before it was sent. */
  readonly at: number;
  readonly method: Method;
  readonly path: string;
  readonly body: unknown;
}

export interface JsonClient {
  /** Calls and parses the answer. Throws an `Error` with the server's own words where it refuses. */
  readonly call: <S extends z.ZodType>(
    method: Method,
    path: string,
    schema: S,
    body?: unknown,
  ) => Promise<z.output<S>>;
  /** The same, where nobody needs the answer. */
  readonly send: (method: Method, path: string, body?: unknown) => Promise<void>;
  /** The calls other than reads since the last time this was asked, oldest first. */
  readonly takeChanges: () => Change[];
}

const problemSchema = z.looseObject({ detail: z.string() });

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** A client of the server at `base`, which sends `headers` with every request. */
export function jsonClient(base: string, headers: Readonly<Record<string, string>> = {}): JsonClient {
  let changes: Change[] = [];
  const exchange = async (method: Method, path: string, body: unknown): Promise<unknown> => {
    const content = contentOf(body);
    if (method !== 'GET') changes.push({ at: Date.now(), method, path, body });
    const answer = await request(base + path, {
      method,
      headers: { ...headers, ...(content && { 'content-type': content.type }) },
      body: content?.text ?? null,
    });
    const found = parsed(await answer.body.text());
    if (answer.statusCode < 400) return found;
    const detail = problemSchema.safeParse(found).data?.detail ?? '';
    throw new Error(`${method} ${path} was answered ${answer.statusCode}. ${detail}`.trim());
  };
  return {
    call: async (method, path, schema, body) => schema.parse(await exchange(method, path, body)),
    send: async (method, path, body) => {
      await exchange(method, path, body);
    },
    takeChanges: () => {
      const taken = changes;
      changes = [];
      return taken;
    },
  };
}
