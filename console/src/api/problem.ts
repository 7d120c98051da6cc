/** What went wrong, as people are told: the server's problem details (RFC 9457), or that the server was not reached. */
import { capital } from '../ui/words';
import type { components } from './schema';

type Body = components['schemas']['Problem'];

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** A request that was refused or failed. The message is the server's `detail` as a sentence: what happened, to whom, what to do next. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** 0 where the server was not reached. */
  readonly status: number;
  /** Short, for a heading. */
  readonly title: string;
  /** For bad input: each field, and what is wrong with it. */
  readonly errors: readonly FieldError[];
  /** Everything that the server said, with the members of its own kind, such as `checks` and `results`. */
  readonly body: Partial<Body> & Readonly<Record<string, unknown>>;

  constructor(status: number, title: string, detail: string, body: ApiProblem['body'] = {}) {
    super(detail);
    this.status = status;
    this.title = title;
    this.errors = body.errors ?? [];
    this.body = body;
  }
}

/** Somebody else changed the record meanwhile. */
export const isConflict = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && error.status === 412;

/** May pass by itself: the server was not reached, or is not ready. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502);

/** There is no such record, or there is no more: Rollcall itself says so, since a proxy's own 404 tells nothing of a record. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiProblem && error.body.status === 404;

const UNREACHABLE = new ApiProblem(
  0,
  'Rollcall cannot be reached',
  'The server does not answer. Check your connection, and try again.',
);

const isBody = (given: unknown): given is Body =>
  typeof given === 'object' && given !== null && 'detail' in given && 'title' in given;

/** What was said of a field begins with its name, which is written small. */
const sentenceOf = ({ detail, errors: [first] = [] }: Body): string =>
  first !== undefined && first.path !== '' && detail.startsWith(first.path) ? capital(detail) : detail;

/** The problem of an answer that is none of success. A proxy's own page is not shown to anybody. */
async function problemOf(answer: Response): Promise<ApiProblem> {
  const body: unknown = await answer.json().catch(() => undefined);
  if (isBody(body)) return new ApiProblem(answer.status, body.title, sentenceOf(body), { ...body });
  const detail = `Something between this browser and Rollcall answered instead of it (status ${answer.status}). Try again in a moment.`;
  return new ApiProblem(answer.status, 'Rollcall did not answer', detail);
}

/** Any error as a problem: what is none of the server's is a fault of this page. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const detail =
    'This page ran into a fault of its own. Load it again; if it stays, tell whoever runs Rollcall.';
  return new ApiProblem(-1, 'Something went wrong on this page', detail);
}

/** Sends a request, and throws an {@link ApiProblem} unless it succeeds. */
export async function ask(request: Request): Promise<Response> {
  const answer = await fetch(request).catch((error: unknown) => {
    throw request.signal.aborted ? error : UNREACHABLE;
  });
  if (answer.ok) return answer;
  throw await problemOf(answer);
}
