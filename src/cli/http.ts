/** The API of a running server. */
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import { contentOf } from './body.ts';
import { checkSkew } from './check-clock.ts';
import { ok, problem, type Finding } from './finding.ts';
import type { RawAnswer, Route } from './route.ts';

/** A plan of a whole application, or an import of a hundred thousand rows, takes its time. */
const TIMEOUT_MS = 600_000;

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

const readySchema = z.object({ status: z.string(), detail: z.string().optional() });

async function examine(clock: Clock, server: string, dispatcher: Agent): Promise<Finding[]> {
  const answer = await request(`${server}/readyz`, { dispatcher });
  const { status, detail } = readySchema.parse(await answer.body.json());
  const ready =
    answer.statusCode === 200
      ? ok('Server', `${server} is ${status}.`)
      : problem('Server', `${server} is ${status}: ${detail ?? ''}`);
  const theirs = Date.parse(z.string().parse(answer.headers.date));
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
      const said = `The server at ${server} can't be reached: ${reasonOf(error)}. Is it running? ${hint}`;
      throw new Problem('unavailable', said.trim());
    }
  };
  return {
    where: `the server at ${server}`,
    send,
    work: () => Promise.resolve(),
    examine: () => examine(clock, server, dispatcher),
    close: () => dispatcher.close(),
  };
}
