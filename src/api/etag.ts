/** Optimistic locking: reads give an `ETag`, writes may say `If-Match` (RFC 9110 §8.8.3, §13.1.1). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { badInput, Problem } from '../errors.ts';
import type { Expected } from '../store/version.ts';

/** What the document says of `If-Match`, for the routes that take it. */
export const ifMatch = z.looseObject({
  'if-match': z
    .string()
    .optional()
    .describe(
      'The `ETag` of what you have read: the write is refused with 412 where it is another one by now.',
    ),
});

/** RFC 9110 §8.8.3: a tag in double quotes, weak where W/ is before it. */
const TAG = /(?<weak>W\/)?"(?<version>[^"]*)"/g;
const TAGS = /^(W\/)?"[^"]*"(\s*,\s*(W\/)?"[^"]*")*$/;

/** Gives the reply the record's ETag. */
export function tag(reply: FastifyReply, record: { readonly version: number | string }): void {
  void reply.header('etag', `"${record.version}"`);
}

const onlyWeak = (): Problem =>
  new Problem(
    'precondition',
    'If-Match holds a weak tag (W/"…"), which never matches (RFC 9110 §13.1.1). Send the ETag as Rollcall gives it; where a proxy makes it weak, as some do when they compress, let it leave these answers as they are.',
  );

function malformed(): Problem {
  const message =
    'must be the ETag as Rollcall gives it, in its double quotes ("…"), several of them with commas between, or * for whatever is there.';
  return badInput(`If-Match ${message}`, [{ path: 'If-Match', message }]);
}

/**
 * What the writer has seen, from `If-Match`. Ours are strong, and are compared so: a weak tag never matches. Throws a
 * `Problem` where there are no others, as nobody could tell why, and where it is no list of tags.
 */
export function expectedOf(request: FastifyRequest): Expected {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '*') return 'any';
  if (!TAGS.test(header)) throw malformed();
  const tags = [...header.matchAll(TAG)].map(({ groups }) => ({ ...groups }));
  const strong = tags.filter(({ weak }) => weak === undefined);
  if (strong.length === 0) throw onlyWeak();
  return { versions: strong.map(({ version = '' }) => version) };
}
