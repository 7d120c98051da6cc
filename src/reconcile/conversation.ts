/**
 * One step's requests and answers: asks through the limiter and the transport, keeps the exchanges for the log (without
 * the token), and sorts what came back. What the answers mean for the record is for the steps to say.
 */
import type { Clock } from '../clock.ts';
import type { Behaviour } from '../connectors/connector.ts';
import type { Mapping } from '../provisioning/desired.ts';
import type { Exchange, Failure } from '../provisioning/settlement.ts';
import { loggedAnswer } from '../scim/client/logged.ts';
import type { ScimReply, ScimRequest, TargetProblem, Verdict } from '../scim/client/verdict.ts';
import type { Limiter } from './limiter.ts';
import { withoutToken } from './quoted-token.ts';
import type { Answered, Errand, Lost, Transport } from './transport.ts';

/** Everything that a step needs to know of its target. */
export interface Target {
  readonly transport: Transport;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly behaviour: Behaviour;
  readonly mapping: Mapping;
  /** The mapped SCIM paths. */
  readonly paths: readonly string[];
  readonly token: string;
  /** Aborted when the connection is stopped: nothing waits for its turn any longer. */
  readonly stop: AbortSignal;
  /** False once the connection is stopped (R5) or the lease may have run out, so that somebody else may be writing (R43). */
  readonly maySend: () => boolean;
  /** Told of each rest that the target asks for, in milliseconds. */
  readonly onRest?: (restMs: number) => void;
  /** The first wait after a failure; each further one is twice as long. */
  readonly backoffMs: number;
}

/** Why a step did not get its answer. */
export type Setback =
  | {
      readonly kind: 'later';
      readonly failure: Failure;
      readonly retryAfterMs: number;
      readonly uncertain: boolean;
    }
  | { readonly kind: 'again'; readonly reason: 'missing' | 'taken' | 'changed'; readonly failure: Failure }
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'stop'; readonly failure: Failure }
  | { readonly kind: 'unsent' };

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly setback: Setback };

const LOGGED_CHARACTERS = 1000;
const UNSENT = { ok: false, setback: { kind: 'unsent' } } as const;
/** How long a target rests after a 429 or a 503 without `Retry-After`. */
const DEFAULT_REST_MS = 1000;

/** One step's conversation with its target. */
export class Conversation {
  readonly target: Target;
  /** How often the step failed before, for the length of the next wait. */
  readonly attempts: number;
  #exchanges: Exchange[] = [];
  readonly #errand: Errand;
  readonly #started: number;

  constructor(target: Target, errand: Errand = { cause: null }, attempts = 0) {
    this.target = target;
    this.attempts = attempts;
    this.#errand = errand;
    this.#started = target.clock.monotonic();
  }

  /** In their order. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  /** Whether anything was sent that may have changed the target. */
  get hasWritten(): boolean {
    return this.exchanges.some((exchange) => exchange.method !== 'GET');
  }

  get durationMs(): number {
    return this.target.clock.monotonic() - this.#started;
  }

  /** Sends one request and judges its answer. Nothing is sent once the connection is stopped. */
  async ask<T>(request: ScimRequest, judge: (reply: ScimReply) => Verdict<T>): Promise<Answer<T>> {
    const { limiter, transport, stop, maySend } = this.target;
    if (stop.aborted || !(limiter.tryTake() || (await limiter.take(stop)))) return UNSENT;
    const sent = await transport.send(request, maySend, this.#errand);
    if ('unsent' in sent) return UNSENT;
    return 'lost' in sent ? this.#unheard(request, sent) : this.#heard(request, sent, judge);
  }

  #unheard({ method, path, body }: ScimRequest, { lost, mayHaveArrived, durationMs }: Lost): Answer<never> {
    const error = lost.message;
    this.#keep({ method, path, request: body, error, durationMs: Math.round(durationMs) });
    const failure = failureFrom(lost, this.#errand);
    return { ok: false, setback: { kind: 'later', failure, retryAfterMs: 0, uncertain: mayHaveArrived } };
  }

  #heard<T>(
    { method, path, body }: ScimRequest,
    { reply, durationMs }: Answered,
    judge: (reply: ScimReply) => Verdict<T>,
  ): Answer<T> {
    const { status } = reply;
    const response = this.#readable(reply);
    this.#keep({
      method,
      path,
      request: body,
      status,
      response,
      durationMs: Math.round(durationMs),
    });
    const verdict = this.#judged(reply, judge);
    this.#adapt(status, verdict, durationMs);
    return verdict.verdict === 'done'
      ? { ok: true, value: verdict.value }
      : { ok: false, setback: setbackOf(verdict, this.#errand) };
  }

  /** What a target says of a failure is shown in its words, which may quote the token. */
  #judged<T>(reply: ScimReply, judge: (reply: ScimReply) => Verdict<T>): Verdict<T> {
    const verdict = judge(reply);
    return verdict.verdict === 'done'
      ? verdict
      : judge({ ...reply, body: withoutToken(this.target, reply.body) });
  }

  /** Most conversations are one exchange, thousands of which wait to be settled: a list that has grown has room for many more. */
  #keep(exchange: Exchange): void {
    if (this.#exchanges.length === 0) this.#exchanges = [exchange];
    else this.#exchanges.push(exchange);
  }

  #adapt(status: number, verdict: Verdict<unknown>, durationMs: number): void {
    const asked = verdict.verdict === 'later' ? verdict.retryAfterMs : undefined;
    if (asked !== undefined || status === 429 || status === 503) this.#rest(asked ?? DEFAULT_REST_MS);
    else if (verdict.verdict !== 'later' && verdict.verdict !== 'stop')
      this.target.limiter.answered(durationMs);
  }

  #rest(milliseconds: number): void {
    this.target.limiter.slowDown(milliseconds);
    this.target.onRest?.(milliseconds);
  }

  /** A target may echo the token, and show more of a person than is mapped: both are taken out before the answer is kept. */
  #readable(reply: ScimReply): string {
    const body = loggedAnswer(reply, this.target.paths);
    // Cut to size after it is taken out, so that no part of it is left at the cut.
    const clean = withoutToken(this.target, body.slice(0, 20 * LOGGED_CHARACTERS));
    return body.length > LOGGED_CHARACTERS ? `${clean.slice(0, LOGGED_CHARACTERS)}…` : clean;
  }
}

function setbackOf(verdict: Exclude<Verdict<unknown>, { verdict: 'done' }>, errand: Errand): Setback {
  const failure = failureFrom(verdict.problem, errand);
  switch (verdict.verdict) {
    case 'later':
      return {
        kind: 'later',
        failure,
        retryAfterMs: verdict.retryAfterMs ?? 0,
        uncertain: mayHaveWorked(verdict.problem),
      };
    case 'again':
      return { kind: 'again', reason: verdict.reason, failure };
    case 'refused':
    case 'stop':
      return { kind: verdict.verdict, failure };
  }
}

/** A 429 says that nothing was done; any other "later" may have been answered after the work (R42). */
function mayHaveWorked(problem: TargetProblem): boolean {
  return problem.status !== 429;
}

function failureFrom(
  { code, message, once, said, status, scimType }: TargetProblem,
  errand: Errand,
): Failure {
  return {
    code,
    message: errand.once === true ? (once ?? message) : message,
    ...(said !== undefined && { said }),
    ...(status !== undefined && { status }),
    ...(scimType !== undefined && { scimType }),
  };
}
