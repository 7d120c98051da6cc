/** Every error of the API as a problem detail (RFC 9457), `application/problem+json`. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem, PROBLEM_STATUS, taken, type FieldError, type ProblemKind } from '../errors.ts';
import { constraintOf, sqlState } from '../store/transact.ts';
import { resultSchema } from './bulk-result.ts';

export const problemSchema = z
  .object({
    type: z.string().describe('A URN that names the kind of problem.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened, to whom, and what to do.'),
    requestId: z.string().describe('The id under which the server logged the request.'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('For bad input, and for names that are taken: each field and what is wrong with it.'),
    checks: z
      .array(z.object({ name: z.string(), passed: z.boolean(), message: z.string() }))
      .optional()
      .describe('For a connection whose target does not answer as it should: what was asked of it.'),
    permission: z.string().optional().describe('For what is not allowed: the permission that it takes.'),
    retryAfter: z
      .int()
      .optional()
      .describe('For too many attempts: in how many seconds the next one may be.'),
    reauthenticate: z
      .literal(true)
      .optional()
      .describe('For what takes a fresh session: sign in again, and repeat it.'),
    results: z
      .array(resultSchema)
      .optional()
      .describe('For many users at once of whom some cannot be used: what became of each row.'),
  })
  .meta({ id: 'Problem' });

interface Answer {
  readonly status: number;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** Members of its own kind (RFC 9457 §3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const TITLES: Readonly<Record<ProblemKind, string>> = {
  'bad-input': 'The request cannot be used',
  unauthorized: 'Who is asking is not known',
  forbidden: 'This is not allowed',
  'not-found': 'Not found',
  conflict: 'This conflicts with what is there',
  precondition: 'Changed meanwhile',
  'too-many': 'Too many attempts',
  unavailable: 'Not available at the moment',
};

function plain(kind: ProblemKind, detail: string): Answer {
  return { kind, status: PROBLEM_STATUS[kind], title: TITLES[kind], detail };
}

function ofProblem(problem: Problem): Answer {
  const { errors, extensions } = problem;
  const answer = { ...plain(problem.kind, problem.message), extensions };
  return errors.length > 0 ? { ...answer, errors } : answer;
}

/** The request itself cannot be read; it is of no field. */
const unreadable = (message: string): Answer => ({
  ...plain('bad-input', message),
  errors: [{ path: '', message }],
});

/** Fastify's own refusals, in our words. */
const FRAMEWORK: Readonly<Record<string, Answer>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    kind: 'media-type',
    title: 'This media type is not understood',
    detail:
      'Send the body as application/json, and say so in Content-Type. POST /users/bulk takes text/csv as well.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    kind: 'too-large',
    title: 'The body is too large',
    detail: 'The body is larger than this route takes. Send it in several requests.',
  },
  FST_ERR_BAD_URL: unreadable(
    'The address cannot be read: a "%" in it must be followed by two hexadecimal digits, and what they stand for must be UTF-8. Write a percent sign itself as %25.',
  ),
  FST_ERR_MAX_PARAM_LENGTH: {
    status: 414,
    kind: 'address-too-long',
    title: 'The address is too long',
    detail: 'A part of the address is longer than anything here is called. Check the address.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: unreadable(
    'The body is not as long as Content-Length says. Send the request again.',
  ),
};

const NO_CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND'];

/**
 * Problems of the database that pass by themselves: no connection, shutting down, out of resources. A caller who breaks off has
 * the code of a lost connection too; the framework gives it a status.
 */
const isOutage = (error: Error): boolean =>
  /^(08|53|57P)/.test(sqlState(error) ?? '') ||
  ('code' in error && !('statusCode' in error) && NO_CONNECTION.includes(String(error.code)));

/** disk_full. */
const FULL = '53100';

/** The fields whose values are one record's alone, by the index that keeps them so. */
const UNIQUE: Readonly<Record<string, string>> = { users_username: 'username', groups_name: 'name' };

/** Whoever looks first whether a name is taken can still be overtaken. */
function ofUnique(error: Error): Answer | undefined {
  const field = UNIQUE[constraintOf(error) ?? ''];
  if (field === undefined) return undefined;
  return ofProblem(taken(field, `The ${field} was taken at this moment. Choose another one.`));
}

function ofDatabase(error: Error): Answer | undefined {
  if (sqlState(error) === FULL) {
    const detail =
      'The disk of the database is full. Nothing was changed. Make room on it, and repeat the request; provisioning goes on by itself then.';
    return plain('unavailable', detail);
  }
  if (isOutage(error)) return plain('unavailable', 'The database does not answer. Try again in a moment.');
  const state = sqlState(error);
  if (state === '22021' || state === '22P05')
    return plain('bad-input', 'The request holds text with control characters, which cannot be stored.');
  if (state === '22P02')
    return plain(
      'bad-input',
      'The request holds a value of a form that cannot be stored, such as an id that is none.',
    );
  if (state === '23505' || state === '23503' || state === '40001' || state === '40P01') {
    return plain(
      'conflict',
      'Somebody else changed the same record at this moment. Read it again, and repeat your change.',
    );
  }
  return undefined;
}

function ofFramework(error: FastifyError): Answer | undefined {
  const known = FRAMEWORK[error.code];
  if (known !== undefined) return known;
  const status = error.statusCode ?? 500;
  if (status >= 500) return undefined;
  const { message } = error;
  return { ...plain('bad-input', message), status, errors: [{ path: '', message }] };
}

function answerOf(error: FastifyError | Problem): Answer {
  if (error instanceof Problem) return ofProblem(error);
  return (
    ofUnique(error) ??
    ofDatabase(error) ??
    ofFramework(error) ?? {
      status: 500,
      kind: 'internal',
      title: 'Something went wrong inside Rollcall',
      detail: 'This is a fault of the server. Its log tells more under the request id.',
    }
  );
}

/** The problem detail of an answer. */
export function problemBody(answer: Answer, requestId: string): z.infer<typeof problemSchema> {
  const { kind, status, title, detail, errors, extensions } = answer;
  return {
    ...extensions,
    type: `urn:rollcall:problem:${kind}`,
    title,
    status,
    detail,
    requestId,
    ...(errors && { errors: [...errors] }),
  };
}

function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status, extensions } = answer;
  if (status === 401 && !reply.hasHeader('www-authenticate')) {
    void reply.header('www-authenticate', 'Bearer realm="Rollcall"');
  }
  void reply.header('x-request-id', request.id);
  if (status === 503) void reply.header('retry-after', '5');
  if (typeof extensions?.retryAfter === 'number')
    void reply.header('retry-after', String(extensions.retryAfter));
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(answer, request.id)));
}

/** What the framework asks of a QUERY before it looks for the route; there is none of that method. */
const NO_ROUTE: ReadonlySet<unknown> = new Set([
  'FST_ERR_ROUTE_MISSING_CONTENT_TYPE',
  'FST_ERR_ROUTE_MISSING_CONTENT',
]);

/** Answers whatever a route or the framework threw; a fault of ours goes to the log, and not to the caller. */
export function answerError(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Error && 'code' in error && NO_ROUTE.has(error.code))
    return answerNothingHere(request, reply);
  const answer = answerOf(error);
  if (answer.status >= 500) request.log.error({ err: error }, answer.title);
  return send(request, reply, answer);
}

/** Answers a route that does not exist: where others are at its address, with what they take. */
export function answerNothingHere(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? '';
  const methods = request.server.knownPaths.methodsAt(path);
  if (methods.length > 0) return answerOtherMethod(request, reply, methods);
  const detail = `There is no ${request.method} ${path}. The reference at /api/docs lists every route.`;
  return send(request, reply, plain('not-found', detail));
}

function answerOtherMethod(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
): FastifyReply {
  void reply.header('allow', methods.join(', '));
  return send(request, reply, {
    status: 405,
    kind: 'method-not-allowed',
    title: 'This method is not taken here',
    detail: `${request.method} is not taken here, but ${methods.join(', ')}. The reference at /api/docs says what each does.`,
  });
}

/** Answers a caller who failed to authenticate too often. */
export function answerTooMany(request: FastifyRequest, reply: FastifyReply, seconds: number): FastifyReply {
  const detail = `Too many requests came from your address without a valid key. Wait ${seconds} seconds, and use a valid API key.`;
  return send(request, reply, { ...plain('too-many', detail), extensions: { retryAfter: seconds } });
}
