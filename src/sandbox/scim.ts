/** The SCIM door: route, token, faults, the answer or the refusal, the journal. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ScimError, scimErrorBody } from '../scim/error.ts';
import { scimMediaType } from '../scim/resources.ts';
import { discover } from './discovery.ts';
import { misfortune } from './faults.ts';
import { groups } from './groups.ts';
import { BodyTooLarge, decoded, readBody, send, splitTarget, type Answer } from './http.ts';
import type { Fault } from './journal.ts';
import type { Noun, Query } from './noun.ts';
import { users } from './users.ts';
import type { World } from './world.ts';

export const SCIM_BASE = '/scim/v2';

/** Room for a group of 100,000 members in one request. */
const BODY_LIMIT = 16 * 1024 * 1024;

interface Call {
  readonly method: string;
  readonly target: string;
  readonly resource: string;
  readonly id: string | undefined;
  readonly query: Query;
  readonly authorization: string | undefined;
}

/** A call, and what its sender says with it. */
interface Received {
  readonly call: Call;
  readonly body: string;
  /** On the clock of `performance`, in milliseconds. */
  readonly startedAt: number;
}

/** An answer and what becomes of it. */
interface Outcome {
  readonly answer: Answer;
  readonly fault: Fault | null;
}

const nouns = new Map<string, Noun>([
  ['Users', users],
  ['Groups', groups],
]);

const KNOWN = new Set([...nouns.keys(), 'ServiceProviderConfig', 'ResourceTypes', 'Schemas']);

function callOf(request: IncomingMessage): Call {
  const { method = '', url: target = '' } = request;
  const { path, query } = splitTarget(target);
  const [resource = '', id] = path.slice(SCIM_BASE.length + 1).split('/', 2);
  const { authorization } = request.headers;
  return { method, target, resource, id: id ? decoded(id) : undefined, query, authorization };
}

/** Unknown resources share one route, so that the counts stay bounded. */
const routeOf = ({ method, resource, id }: Call): string =>
  KNOWN.has(resource) ? `${method} /${resource}${id === undefined ? '' : '/{id}'}` : `${method} (unknown)`;

const refusal = (error: ScimError, headers?: Record<string, string>): Answer => ({
  status: error.status,
  body: JSON.stringify(scimErrorBody(error)),
  ...(headers && { headers }),
});

const authorized = (world: World, authorization: string | undefined): boolean =>
  world.token !== undefined &&
  !world.behaviour.unauthorized &&
  authorization === `Bearer ${world.token.value}`;

const notAllowed = (method: string): ScimError => new ScimError(405, `${method} is not possible here.`);

function onCollection(world: World, noun: Noun, call: Call, body: string): Answer {
  if (call.method === 'GET') return noun.list(world, call.query);
  if (call.method === 'POST') return noun.create(world, body, call.query);
  throw notAllowed(call.method);
}

function onOne(world: World, noun: Noun, { id, method, query }: Call & { id: string }, body: string): Answer {
  switch (method) {
    case 'GET':
      return noun.read(world, id, query);
    case 'PUT':
      return noun.replace(world, id, body, query);
    case 'PATCH':
      return noun.patch(world, id, body, query);
    case 'DELETE':
      return noun.remove(world, id);
    default:
      throw notAllowed(method);
  }
}

function dispatch(world: World, call: Call, body: string): Answer {
  const { id, method, resource } = call;
  const noun = nouns.get(resource);
  if (noun && id === undefined) return onCollection(world, noun, call, body);
  if (noun && id !== undefined) return onOne(world, noun, { ...call, id }, body);
  const document = method === 'GET' ? discover(world, resource, id) : undefined;
  if (document) return document;
  throw new ScimError(404, `There is nothing at ${call.target.slice(0, 200)}.`);
}

function work(world: World, call: Call, body: string): Answer {
  try {
    return dispatch(world, call, body);
  } catch (error) {
    if (error instanceof ScimError) return refusal(error);
    throw error;
  }
}

function outcomeOf(world: World, call: Call, body: string): Outcome {
  const wait = world.limiter.take(world.behaviour.rateLimitPerSecond, performance.now());
  if (wait > 0) {
    const tooMany = new ScimError(429, 'Too many requests: see Retry-After.');
    return { answer: refusal(tooMany, { 'retry-after': String(wait) }), fault: 'rate-limited' };
  }
  if (!authorized(world, call.authorization)) {
    const unauthorized = new ScimError(401, 'The token is missing or not the one generated last.');
    return {
      answer: refusal(unauthorized, { 'www-authenticate': 'Bearer realm="Segment sandbox"' }),
      fault: null,
    };
  }
  const { error, works, dropped } = misfortune(world.behaviour);
  const answer = works ? work(world, call, body) : undefined;
  if (answer && error === null) return { answer, fault: dropped ? 'dropped' : null };
  return {
    answer: refusal(new ScimError(error ?? 500, 'The sandbox was told to fail (errorRate).')),
    fault: 'error',
  };
}

/** Sends the answer, or lets it be lost: the work is done, and nobody is told. */
function deliver(response: ServerResponse, { answer, fault }: Outcome): void {
  if (fault === 'dropped') response.destroy();
  else send(response, { type: scimMediaType, ...answer });
}

function deliverLater(response: ServerResponse, outcome: Outcome, milliseconds: number): void {
  const timer = setTimeout(() => deliver(response, outcome), milliseconds);
  response.once('close', () => clearTimeout(timer));
}

function record(world: World, { call, body, startedAt }: Received, outcome: Outcome): void {
  const { status, body: responseBody } = outcome.answer;
  world.journal.record({
    time: Date.now(),
    method: call.method,
    path: call.target,
    route: routeOf(call),
    status,
    requestBody: body,
    responseBody,
    durationMs: performance.now() - startedAt + world.behaviour.latencyMs,
    fault: outcome.fault,
  });
}

const tooLarge = (): Answer => ({
  ...refusal(new ScimError(413, `A body may have at most ${BODY_LIMIT} bytes.`)),
  headers: { connection: 'close' },
});

/** Answers one SCIM request. The work is done before the latency, so that a caller who dies meanwhile finds it done. */
export async function answerScim(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = performance.now();
  const call = callOf(request);
  world.journal.count(routeOf(call));
  const body = await readBody(request, BODY_LIMIT).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) send(response, { type: scimMediaType, ...tooLarge() });
    return undefined;
  });
  if (body === undefined) return;
  const outcome = outcomeOf(world, call, body);
  if (world.behaviour.journal) record(world, { call, body, startedAt }, outcome);
  if (world.behaviour.latencyMs > 0) deliverLater(response, outcome, world.behaviour.latencyMs);
  else deliver(response, outcome);
}
