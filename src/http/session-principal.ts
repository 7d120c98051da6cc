/**
 * Who asks, by the cookie of a session. API keys are `auth.ts`; how somebody comes to a session is `sign-in/`.
 */
import type { FastifyRequest } from 'fastify';
import { asPerson, type Principal } from '../access/principal.ts';
import { Problem } from '../errors.ts';
import { hasSecondFactor } from '../people/methods.ts';
import { findSession, type LiveSession } from '../store/sessions.ts';
import type { ApiConfig, ApiDeps } from './deps.ts';
import { isCsrfToken, readCookie } from './session-cookie.ts';

type SessionDeps = Pick<ApiDeps, 'database' | 'config'>;

/** The session of a request's cookie where it counts now, else null: `methods` and `authenticatedAt` say how and when they signed in. */
export async function sessionOf(deps: SessionDeps, request: FastifyRequest): Promise<LiveSession | null> {
  const token = readCookie(deps.config, request, 'session');
  return token === undefined ? null : ((await findSession(deps.database.db, token)) ?? null);
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

/** Who asks by a session's cookie; null where nobody is signed in. */
export async function principalOfSession(
  deps: SessionDeps,
  request: FastifyRequest,
): Promise<Principal | null> {
  const session = await sessionOf(deps, request);
  return session && principalOf(deps.config, session);
}

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses a write that a page of somebody else may have sent with this browser's session cookie: the token of
 * {@link csrfTokenOf} has to come in the header `x-csrf-token`, or as a form's field `csrf`. A request by API key needs none.
 */
export function checkCsrf(deps: Pick<ApiDeps, 'config'>, request: FastifyRequest, field?: unknown): void {
  if (SAFE.includes(request.method)) return;
  const cookie = readCookie(deps.config, request, 'session') ?? readCookie(deps.config, request, 'browser');
  if (cookie !== undefined && isCsrfToken(cookie, field ?? request.headers['x-csrf-token'])) return;
  throw new Problem(
    'forbidden',
    'The request does not carry the token of this session, as our own pages do (x-csrf-token). Load the page again, and repeat what you did.',
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
