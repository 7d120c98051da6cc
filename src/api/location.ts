/** Where what was made is: `Location` (RFC 9110 §10.2.2). */
import type { FastifyRequest } from 'fastify';

/** The path under which a record is that was posted to a list; a query, even an empty one, is no part of it. */
export const locationOf = ({ url }: Pick<FastifyRequest, 'url'>, id: string): string =>
  `${new URL(url, 'http://localhost').pathname}/${id}`;
