/** The cookies of people who sign in, and the token that proves that a write comes from our own page. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from './deps.ts';

/** `session`: who is signed in. `browser`: who is not yet, so that the forms before that are protected too. */
type CookieKind = 'session' | 'browser';

type Address = Pick<ApiConfig, 'publicUrl'>;

const isSecure = ({ publicUrl }: Address): boolean => publicUrl?.startsWith('https:') ?? false;

/** With the prefix `__Host-`, no neighbouring domain can set it (RFC 6265bis §4.1.3.2). */
export function cookieName(config: Address, kind: CookieKind): string {
  const name = kind === 'session' ? 'rollcall' : 'rollcall-browser';
  return isSecure(config) ? `__Host-${name}` : name;
}

const VALUE = /^[\w-]{43}$/;

/** The cookie's value, or undefined where there is none that we could have made. */
export function readCookie(config: Address, request: FastifyRequest, kind: CookieKind): string | undefined {
  const start = `${cookieName(config, kind)}=`;
  const pair = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(start));
  const value = pair?.trim().slice(start.length) ?? '';
  return VALUE.test(value) ? value : undefined;
}

function addCookie(reply: FastifyReply, config: Address, kind: CookieKind, rest: string): void {
  const secure = isSecure(config) ? '; Secure' : '';
  reply.header('set-cookie', `${cookieName(config, kind)}=${rest}; Path=/; HttpOnly; SameSite=Lax${secure}`);
}

/** Gives the browser a cookie for so many seconds. */
export const setCookie = (
  reply: FastifyReply,
  config: Address,
  kind: CookieKind,
  value: string,
  maxSeconds: number,
): void => addCookie(reply, config, kind, `${value}; Max-Age=${maxSeconds}`);

/** Takes a cookie back. */
export const clearCookie = (reply: FastifyReply, config: Address, kind: CookieKind): void =>
  addCookie(reply, config, kind, '; Max-Age=0');

/** What a form or a script has to send back. Only who knows the cookie can make it; it does not tell the cookie. */
export const csrfTokenOf = (cookie: string): string =>
  createHmac('sha256', cookie).update('rollcall csrf').digest('base64url');

/** Whether that is the token of the cookie; compared in constant time. */
export function isCsrfToken(cookie: string, given: unknown): boolean {
  const expected = Buffer.from(csrfTokenOf(cookie));
  const got = Buffer.from(typeof given === 'string' ? given : '');
  return got.length === expected.length && timingSafeEqual(got, expected);
}
