/**
 * The one place from which requests leave for a target. It adds the token, sends, and reads the answer within limits of
 * size and time; redirects are not followed. It decides nothing: the request/reply pairs in `scim/client` do.
 */
import { Pool, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Subject } from '../provisioning/steps.ts';
import { ANSWER_TOO_SLOW, noReplyOf, type NoReply } from '../scim/client/transport.ts';
import { scimMediaType } from '../scim/resources.ts';
import type { ScimReply, ScimRequest } from '../scim/client/verdict.ts';
import type { Address } from './connection.ts';
import { decoded, tooLarge } from './content-coding.ts';
import { guardedLookup, isPrivateHost, privateTargetError } from './guard.ts';

/** Larger answers are refused: a list page or a group of 100,000 members fits. */
const ANSWER_LIMIT = 32 * 1024 * 1024;

/** A target, and within which limits it is called. */
export interface Destination extends Address {
  /** Whether it may be on this machine or on a private network. */
  readonly allowPrivate: boolean;
  /** For how long an answer may take. */
  readonly timeoutMs: number;
  /** How many requests are under way at once at most. */
  readonly connections: number;
}

export interface Answered {
  readonly reply: ScimReply;
  readonly durationMs: number;
}

/** Why there is no answer. */
export interface Lost extends NoReply {
  readonly durationMs: number;
}

export type Asked = Answered | Lost;

/** What became of a request; `unsent` where it was no longer right to send it when its turn came. */
export type SendEnd = Asked | { readonly unsent: true; readonly durationMs: number };

/** For whom a request is sent, and because of what: for the log and for traces. The target never learns it. */
export interface Errand {
  /** A record of the directory; none where the whole application is asked about. */
  readonly subject?: Pick<Subject, 'kind' | 'id'>;
  readonly cause: Cause | null;
  /** A person waits for the answer, and nothing is sent again by itself: a failure says what they do. */
  readonly once?: boolean;
}

/** Called with what became of each request that was sent. */
export type Observer = (request: ScimRequest, asked: Asked, errand: Errand | undefined) => void;

export interface Transport {
  /**
   * Sends one request. `maySend` is asked last thing before it leaves: it may have waited for a connection, and this process
   * may have slept, for longer than its lease (R43).
   */
  readonly send: (request: ScimRequest, maySend: () => boolean, errand?: Errand) => Promise<SendEnd>;
  readonly close: () => Promise<void>;
}

/** A transport to one target with its own connections. */
export function createTransport(
  target: Destination,
  clock: Clock,
  observers: readonly Observer[] = [],
): Transport {
  const base = new URL(target.baseUrl);
  const pool = new Pool(base.origin, {
    connections: target.connections,
    connect: {
      timeout: Math.min(target.timeoutMs, 10_000),
      ...(target.allowPrivate ? {} : { lookup: guardedLookup }),
    },
    headersTimeout: target.timeoutMs,
    bodyTimeout: target.timeoutMs,
  });
  const refused = !target.allowPrivate && isPrivateHost(base.hostname);
  const basePath = base.pathname.replace(/\/+$/, '');

  const headers = headersOf(target.token);
  const headersWithBody = { ...headers, 'content-type': scimMediaType };

  return {
    send: (request, maySend, errand) =>
      new Promise((resolve) => {
        const started = clock.monotonic();
        const receiver = new Receiver(maySend, { clock, timeoutMs: target.timeoutMs }, (outcome) => {
          const sent = sentFrom(outcome, clock.monotonic() - started);
          if (!('unsent' in sent)) for (const observe of observers) observe(request, sent, errand);
          resolve(sent);
        });
        if (refused) receiver.onResponseError(null, privateTargetError(base.hostname));
        else pool.dispatch(dispatched(request), receiver);
      }),
    close: () => pool.destroy(),
  };

  function dispatched({ method, path, body }: ScimRequest): Dispatcher.DispatchOptions {
    return body === undefined
      ? { method, path: basePath + path, headers, body: null }
      : { method, path: basePath + path, headers: headersWithBody, body: JSON.stringify(body) };
  }
}

/** Compressing and reading it again costs more than it saves; a request that does not say so allows it (RFC 9110 §12.5.3). */
function headersOf(token: string): Record<string, string> {
  return {
    accept: `${scimMediaType}, application/json`,
    'accept-encoding': 'identity',
    authorization: `Bearer ${token}`,
  };
}

function sentFrom(outcome: ScimReply | Error, durationMs: number): SendEnd {
  if (!(outcome instanceof Error)) return { reply: outcome, durationMs };
  return outcome instanceof Unsent
    ? { unsent: true, durationMs }
    : { ...noReplyOf(codeOf(outcome)), durationMs };
}

/** The request was held back at the last moment. */
class Unsent extends Error {}

/** How long an answer may take in all: undici's own times begin anew with each byte. */
interface Patience {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly timeoutMs: number;
}

/** Collects one answer. Handlers cost a fraction of a stream for each answer, and there are thousands a second. */
class Receiver implements Dispatcher.DispatchHandler {
  readonly #maySend: () => boolean;
  readonly #patience: Patience;
  /** Called once. */
  readonly #end: (outcome: ScimReply | Error) => void;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #until = Infinity;
  #status = 0;
  #headers: ScimReply['headers'] = {};
  #coding: string | undefined;

  constructor(maySend: () => boolean, patience: Patience, end: (outcome: ScimReply | Error) => void) {
    this.#maySend = maySend;
    this.#patience = patience;
    this.#end = end;
  }

  /** Called when there is a connection, and nothing has been written to it yet. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.#maySend()) controller.abort(new Unsent());
    this.#until = this.#patience.clock.monotonic() + this.#patience.timeoutMs;
  }

  onResponseStart(
    _controller: unknown,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#coding = only(headers['content-encoding']);
    this.#headers = { 'retry-after': only(headers['retry-after']), date: only(headers['date']) };
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#patience.clock.monotonic() > this.#until) {
      controller.abort(Object.assign(new Error('The answer takes too long'), { code: ANSWER_TOO_SLOW }));
      return;
    }
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    if (this.#size <= ANSWER_LIMIT) return;
    controller.abort(tooLarge());
  }

  onResponseEnd(): void {
    const [first, second] = this.#chunks;
    const received = first !== undefined && second === undefined ? first : Buffer.concat(this.#chunks);
    try {
      const body = decoded(received, this.#coding, ANSWER_LIMIT).toString();
      this.#end({ status: this.#status, headers: this.#headers, body });
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#end(error);
  }
}

function only(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** A connection that tries several addresses fails with an AggregateError; its parts carry the code. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
