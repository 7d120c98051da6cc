/**
 * A proxy that misbehaves as told, in front of a service provider that would not: answers that are lost after the work was
 * done, refusals, delays, answers that break off. It keeps a journal of what passed.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { request as send } from 'undici';
import { listenOnLoopback } from './http.ts';

/** What is done to a request. */
export type Fault =
  /** The work is done and the connection breaks off before the answer. */
  | { readonly kind: 'lose' }
  /** The work is done and half of the answer arrives. */
  | { readonly kind: 'truncate' }
  /** The work is done and the answer is late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The work is done and the answer says otherwise. */
  | { readonly kind: 'fail'; readonly status: number }
  /** The token is taken for a wrong one. */
  | { readonly kind: 'wrong-token' }
  /** Nothing is done. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter?: number;
      readonly detail?: string;
    };

export interface Rule {
  readonly fault: Fault;
  readonly method?: string;
  /** The path under the base URL begins so. */
  readonly path?: string;
  /** The body holds this text. */
  readonly body?: string;
  /** The first request that matches and then every nth; each one where it is not given. */
  readonly every?: number;
  /** So often at most. */
  readonly times?: number;
}

export interface Passed {
  readonly method: string;
  /** Under the base URL, with the query. */
  readonly path: string;
  readonly body: string;
  readonly fault: Fault['kind'] | null;
}

export interface FaultProxy {
  readonly baseUrl: string;
  readonly passed: readonly Passed[];
  readonly add: (rule: Rule) => void;
  /** From now on everything passes. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
}

interface Live {
  readonly rule: Rule;
  matched: number;
  applied: number;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Puts a proxy in front of a SCIM base URL. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const passed: Passed[] = [];
  let rules: Live[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = { method: request.method ?? '', path: request.url ?? '', body: await text(request) };
    const fault = pick(rules, asked);
    passed.push({ ...asked, fault: fault?.kind ?? null });
    if (fault?.kind === 'answer') {
      refuse(response, fault);
      return;
    }
    const token = fault?.kind === 'wrong-token' ? 'Bearer revoked' : (request.headers.authorization ?? '');
    const answer = await forward(target, request, asked, token);
    if (fault?.kind === 'delay') await sleep(fault.ms);
    if (fault?.kind === 'fail') refuse(response, fault);
    else if (fault?.kind === 'lose') response.destroy();
    else deliver(response, answer, fault?.kind === 'truncate');
  };
  const server = createServer(
    (request, response) => void handle(request, response).catch(() => response.destroy()),
  );
  const { origin, close } = await listenOnLoopback(server);
  return {
    baseUrl: origin,
    passed,
    add: (rule) => void rules.push({ rule, matched: 0, applied: 0 }),
    clear: () => (rules = []),
    close,
  };
}

function pick(rules: readonly Live[], asked: Asked): Fault | undefined {
  const live = rules.filter((one) => matches(one.rule, asked)).find(isDue);
  if (live !== undefined) live.applied += 1;
  return live?.rule.fault;
}

function matches({ method, path, body }: Rule, asked: Asked): boolean {
  return (
    (method === undefined || method === asked.method) &&
    (path === undefined || asked.path.startsWith(path)) &&
    (body === undefined || asked.body.includes(body))
  );
}

function isDue(live: Live): boolean {
  const { every = 1, times = Infinity } = live.rule;
  live.matched += 1;
  return (live.matched - 1) % every === 0 && live.applied < times;
}

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

async function forward(
  target: string,
  { headers }: IncomingMessage,
  asked: Asked,
  authorization: string,
): Promise<Answered> {
  const answer = await send(target + asked.path, {
    method: asked.method,
    headers: {
      authorization,
      ...(asked.body !== '' && { 'content-type': headers['content-type'] ?? '' }),
    },
    body: asked.body === '' ? null : asked.body,
  });
  const type = String(answer.headers['content-type'] ?? 'application/json');
  return { status: answer.statusCode, type, body: Buffer.from(await answer.body.arrayBuffer()) };
}

function deliver(response: ServerResponse, { status, type, body }: Answered, half: boolean): void {
  const length = status === 204 ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { 'content-type': type, ...length });
  if (!half) response.end(body);
  else response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
}

function refuse(
  response: ServerResponse,
  fault: { status: number; retryAfter?: number; detail?: string },
): void {
  const { status, retryAfter, detail = 'The fault proxy said no' } = fault;
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  response.writeHead(status, {
    'content-type': 'application/scim+json',
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
  });
  response.end(JSON.stringify({ schemas, status: String(status), detail }));
}
