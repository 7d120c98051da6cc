/**
 * The client's pairs: for each resource a function that builds a request and one that judges the reply.
 *
 * This file has what they share: the shapes of requests and replies, and the sorting of replies by what happens next.
 * Nothing here sends; `reconcile/` does, and decides when "later" is.
 */
import { parseJson, type JsonObject, type JsonValue } from '../json.ts';
import { retryAfterMs } from './retry-after.ts';
import { saidIn, statusOfScimError } from './said.ts';
import { sortingOf, type Sorting } from './sorting.ts';

export interface ScimRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base URL, already encoded: `/Users?filter=…`. */
  readonly path: string;
  readonly body?: JsonObject;
}

export interface ScimReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What went wrong in the target, for people and for the log. */
export interface TargetProblem {
  /** Ours, and stable: `token-rejected`, `taken`, `not-scim`, … */
  readonly code: string;
  /** What happened and what to do. */
  readonly message: string;
  /** The message where a person has asked, so that nothing is sent again by itself; left out where it is the same. */
  readonly once?: string;
  /** The target's own words, 500 characters at most, on one line. */
  readonly said?: string;
  readonly status?: number;
  readonly scimType?: string;
}

/**
 * A reply, sorted by what happens next. `later`: the same again after a while. `again`: look at the record anew;
 * `missing` is gone, `taken` is held by something else, `changed` was changed meanwhile. `refused`: give up on this
 * record. `stop`: no request of this connection makes sense before a person has acted.
 */
export type Verdict<T> = { readonly verdict: 'done'; readonly value: T } | FailedVerdict;

/** A reply that is not what was asked for. */
export type FailedVerdict =
  | { readonly verdict: 'later'; readonly problem: TargetProblem; readonly retryAfterMs?: number }
  | {
      readonly verdict: 'again';
      readonly problem: TargetProblem;
      readonly reason: 'missing' | 'taken' | 'changed';
    }
  | { readonly verdict: 'refused'; readonly problem: TargetProblem }
  | { readonly verdict: 'stop'; readonly problem: TargetProblem };

/** The verdict of an answer that says what was asked for. */
export function done<T>(value: T): Verdict<T> {
  return { verdict: 'done', value };
}

/**
 * Sorts a reply. A success goes to `onSuccess` with its JSON, undefined where the body is empty or no JSON. A SCIM
 * error that was sent with a status of success counts as the error that it is.
 */
export function judge<T>(
  reply: ScimReply,
  onSuccess: (json: JsonValue | undefined) => Verdict<T>,
): Verdict<T> {
  const json = reply.body === '' ? undefined : parseJson(reply.body);
  if (reply.status < 200 || reply.status > 299) return failure(reply, json, reply.status);
  const hidden = statusOfScimError(json);
  return hidden === undefined ? onSuccess(json) : failure(reply, json, hidden);
}

function failure(reply: ScimReply, json: JsonValue | undefined, status: number): FailedVerdict {
  const said = saidIn(reply.body, json);
  return failedVerdict(sortingOf(status, said.scimType), reply, { status, ...said });
}

/** The failure that a sorting describes, for judges that find fault with a reply themselves. */
export function failedVerdict(
  sorting: Sorting,
  reply: ScimReply,
  facts: Partial<TargetProblem> = {},
): FailedVerdict {
  const problem: TargetProblem = {
    code: sorting.code,
    message: sorting.message,
    ...(sorting.once === undefined ? {} : { once: sorting.once }),
    status: reply.status,
    ...facts,
  };
  if (sorting.verdict === 'again') return { verdict: 'again', problem, reason: sorting.reason };
  if (sorting.verdict !== 'later') return { verdict: sorting.verdict, problem };
  const wait = retryAfterMs(reply.headers);
  return { verdict: 'later', problem, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
}

/** The verdict with another in the place of "missing", for requests where a 404 is not about one record. */
export function whereMissing<T>(
  verdict: Verdict<T>,
  instead: (problem: TargetProblem) => Verdict<T>,
): Verdict<T> {
  return verdict.verdict === 'again' && verdict.reason === 'missing' ? instead(verdict.problem) : verdict;
}
