/** The API of a running server. */
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import { readAnswer } from './answer.ts';
import { contentOf } from './body.ts';
import { checkSkew } from './check-clock.ts';
import { finding, ok, problem, type Finding } from './finding.ts';
import type { RawAnswer, Route } from './route.ts';

/** A plan of a whole application, or an import of a hundred thousand rows, takes its time. */
const TIMEOUT_MS = 600_000;

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

const readySchema = z.object({ status: z.string(), detail: z.string().optional() });

const unreachable = (server: string, error: unknown, hint: string): Problem =>
  new Problem(
    'unavailable',
    `The server at ${server} can't be reached: ${reasonOf(error)}. Is it running? ${hint}`.trim(),
  );

const nameOf = (server: string): string => `the server at ${server}`;

/** What the server says of itself. Where it is not ready, that is its answer, and no refusal. */
async function examine(clock: Clock, server: string, dispatcher: Agent, hint: string): Promise<Finding[]> {
  const look = async () => {
    const { body, headers, statusCode } = await request(`${server}/readyz`, { dispatcher });
    return { isReady: statusCode === 200, date: headers.date, body: await body.text() };
  };
  const { body, date, isReady } = await look().catch((error: unknown) => {
    throw unreachable(server, error, hint);
  });
  const { status, detail } = readAnswer(readySchema, { status: 200, body }, nameOf(server));
  const ready = isReady
    ? ok('Server', `${server} is ${status}.`)
    : problem('Server', `${server} is ${status}: ${detail ?? ''}`);
  const theirs = Date.parse(z.string().parse(date));
  return [ready, checkSkew(clock.now().getTime(), theirs, "the server's")];
}

/** `hint` is added where the server cannot be reached. */
export function openHttp(clock: Clock, server: string, apiKey: string, hint = ''): Route {
  const dispatcher = new Agent({ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  const send: Route['send'] = async (method, path, body): Promise<RawAnswer> => {
    const content = contentOf(body);
    const headers = {
      authorization: `Bearer ${apiKey}`,
      ...(content !== null && { 'content-type': content.type }),
    };
    try {
      const sent = { dispatcher, method, headers, body: content?.text ?? null };
      const answer = await request(`${server}/api/v1${path}`, sent);
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch (error) {
      throw unreachable(server, error, hint);
    }
  };
  return {
    where: nameOf(server),
    send,
    work: () => Promise.resolve(),
    examine: () => finding('Server', () => examine(clock, server, dispatcher, hint)),
    close: () => dispatcher.close(),
  };
}
