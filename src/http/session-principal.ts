/**
 * Who asks, by the cookie of a session. API keys are `auth.ts`; how somebody comes to a session is `sign-in/`.
 */
import type { FastifyRequest } from 'fastify';
import { asPerson, type Principal } from '../access/principal.ts';
import { Problem } from '../errors.ts';
import { hasSecondFactor } from '../people/methods.ts';
import { findSession, peekSession, type LiveSession } from '../store/sessions.ts';
import type { ApiConfig, ApiDeps } from './deps.ts';
import { isCsrfToken, readCookie } from './session-cookie.ts';

type SessionDeps = Pick<ApiDeps, 'database' | 'config'>;

/** A read that a page sends while nobody is at it says `x-background: true`: it is no use of the session, which comes to rest. */
const finderFor = ({ method, headers }: FastifyRequest): typeof findSession =>
  method === 'GET' && headers['x-background'] === 'true' ? peekSession : findSession;

/** The session of a request's cookie where it counts now, else null: `methods` and `authenticatedAt` say how and when they signed in. */
export async function sessionOf(
  deps: SessionDeps,
  request: FastifyRequest,
  find = finderFor(request),
): Promise<LiveSession | null> {
  const token = readCookie(deps.config, request, 'session');
  return token === undefined ? null : ((await find(deps.database.db, token)) ?? null);
}

/** Whether somebody has to set up a second factor, and sign in with it, before their role counts. */
export const lacksSecondFactor = (
  config: Pick<ApiConfig, 'administratorsNeedSecondFactor'>,
  session: Pick<LiveSession, 'role' | 'methods'>,
): boolean =>
  config.administratorsNeedSecondFactor && session.role !== null && !hasSecondFactor(session.methods);

/** Who asks in that session. The role does not count while it asks for a second factor and there is none. */
export const principalOf = (config: ApiConfig, session: LiveSession): Principal =>
  asPerson('session', session, lacksSecondFactor(config, session) ? null : session.role, session.id);

/** Who asks by a session's cookie; null where nobody is signed in. `find` may look without noting that it was used. */
export async function principalOfSession(
  deps: SessionDeps,
  request: FastifyRequest,
  find = finderFor(request),
): Promise<Principal | null> {
  const session = await sessionOf(deps, request, find);
  return session && principalOf(deps.config, session);
}

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a request is no write, or has the token of {@link csrfTokenOf} for the cookie that it comes with. */
export function isOwn(deps: Pick<ApiDeps, 'config'>, request: FastifyRequest, token: unknown): boolean {
  if (SAFE.includes(request.method)) return true;
  const cookie = readCookie(deps.config, request, 'session') ?? readCookie(deps.config, request, 'browser');
  return cookie !== undefined && isCsrfToken(cookie, token);
}

/**
 * Refuses a write that a page of somebody else may have sent with this browser's session cookie: it has no token in the header
 * `x-csrf-token`. And one of a page that says in `x-user-id` whom it was loaded by, where somebody else is signed in by now.
 */
export function checkOwn(deps: Pick<ApiDeps, 'config'>, request: FastifyRequest): void {
  const { 'x-csrf-token': token, 'x-user-id': meant } = request.headers;
  if (!isOwn(deps, request, token))
    throw new Problem(
      'forbidden',
      'The request does not carry the token of this session, as our own pages do (x-csrf-token). Load the page again, and repeat what you did.',
    );
  if (meant === undefined || meant === request.principal?.userId) return;
  throw new Problem(
    'forbidden',
    `Nothing was done: the page is of somebody else than ${request.actor}, who is signed in here now. Load the page again.`,
  );
}

/** Only a path of our own: whoever made the link must not lead a person who just signed in to somewhere else. */
export function localPath(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next)) return '/';
  return next;
}

/** Where a person signs in and comes back to `next`; `again` asks also those who are signed in (SAML's ForceAuthn). */
export const signInAddress = (next: string, again = false): string =>
  `/sign-in?next=${encodeURIComponent(localPath(next))}${again ? '&again=1' : ''}`;

/** Where a person signs out, for somebody else to go on to `next`. */
export const signOutAddress = (next: string): string =>
  `/sign-out?next=${encodeURIComponent(localPath(next))}`;
