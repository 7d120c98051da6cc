/** Optimistic locking: reads give an `ETag`, writes may say `If-Match` (RFC 9110 §8.8.3, §13.1.1). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Expected } from '../store/version.ts';

const TAG = /^(?:W\/)?"([^"]*)"$/;

/** Gives the reply the record's ETag. */
export function tag(reply: FastifyReply, record: { readonly version: number }): void {
  void reply.header('etag', `"${record.version}"`);
}

/** What the writer has seen, from `If-Match`; a proxy that compresses makes tags weak, so weak ones count as well. */
export function expectedOf(request: FastifyRequest): Expected {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '' || header === '*') return 'any';
  return { versions: header.split(',').map((text) => TAG.exec(text.trim())?.[1] ?? text.trim()) };
}
