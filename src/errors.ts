/**
 * What went wrong, for people. The API turns these into problem details (RFC 9457), the command line into a sentence
 * and an exit code. Anything else that is thrown is a bug.
 */

/** One bad field: a path such as `users[3].email` and what to do about it. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Every kind of problem, with the status of HTTP under which it is told. */
export const PROBLEM_STATUS = {
  'bad-input': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  'too-many': 429,
  unavailable: 503,
} as const;

export type ProblemKind = keyof typeof PROBLEM_STATUS;

export const isProblemKind = (kind: string): kind is ProblemKind => Object.hasOwn(PROBLEM_STATUS, kind);

/** A refusal that the caller can act on. Nothing has been changed when it is thrown. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly errors: readonly FieldError[];
  /** Facts for programs beside the sentence, shown as members of the problem detail. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    errors: readonly FieldError[] = [],
    extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.kind = kind;
    this.errors = errors;
    this.extensions = extensions;
  }
}

/** What was sent cannot be used; each field with what is wrong with it. */
export const badInput = (detail: string, errors: readonly FieldError[] = []): Problem =>
  new Problem('bad-input', detail, errors);
/** What came cannot be read at all: the error is that of the whole of it, whose path is empty. */
export const unreadable = (detail: string): Problem => badInput(detail, [{ path: '', message: detail }]);
/** There is no such record; `what` begins the sentence. */
export const notFound = (what: string): Problem => new Problem('not-found', `${what} does not exist.`);
/** What is asked for does not go with what is there. */
export const conflict = (detail: string): Problem => new Problem('conflict', detail);
/** The same of a field whose value somebody else has, and that is theirs alone. */
export const taken = (path: string, detail: string): Problem =>
  new Problem('conflict', detail, [{ path, message: detail }]);
