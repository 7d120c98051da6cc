/** How a page is registered and answered, whichever folder it is of. */
import type { FastifyReply } from 'fastify';
import { PROBLEM_STATUS, type Problem } from '../errors.ts';
import type { Html } from '../html.ts';

/** What a page asks for, and, where it writes, what its act is called in the audit trail. */
export const page = (allow: 'self' | 'public', audit?: string | null) => ({
  schema: { hide: true },
  config: { allow, ...(audit !== undefined && { audit }) },
});

/** Nothing from elsewhere; nothing may frame a page, and no form leads elsewhere. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What every page says to the browser. */
export function secure(reply: FastifyReply): void {
  void reply.headers({
    'content-security-policy': CONTENT_SECURITY_POLICY,
    // The address of a page may hold a one-time link.
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
}

/** The status of a page that tells a problem. */
export const statusOf = ({ kind }: Problem): number => PROBLEM_STATUS[kind];

/** Answers a page. */
export function show(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page.text);
}

/** Goes on to another page, by GET (RFC 9110 §15.4.4). */
export const goTo = (reply: FastifyReply, path: string): FastifyReply => reply.redirect(path, 303);
