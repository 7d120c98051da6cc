/** The browser that asks: its cookies, where it comes from, and who is signed in there. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import { hasSecondFactor } from '../people/methods.ts';
import { listFactors } from '../store/factors.ts';
import { findListedSession, type LiveSession } from '../store/sessions.ts';
import { newToken } from '../store/tokens.ts';
import type { Note } from '../sign-in/deps.ts';
import type { Started } from '../sign-in/session.ts';
import { witnessOf } from './act.ts';
import type { ApiConfig, ApiDeps } from './deps.ts';
import { clearCookie, csrfTokenOf, readCookie, setCookie } from './session-cookie.ts';
import { sessionOf } from './session-principal.ts';

export interface Visit {
  readonly address: string;
  readonly userAgent: string;
  /** The cookie from before a session, given to browsers that have none. */
  readonly cookie: string;
  readonly session: LiveSession | null;
  /** What its forms and scripts have to send back. */
  readonly csrf: string;
  readonly note: Note;
}

/** A visit by somebody who is signed in. */
export interface OwnVisit extends Visit {
  readonly session: LiveSession;
}

const BROWSER_SECONDS = 24 * 3600;

function browserCookie(config: ApiConfig, request: FastifyRequest, reply: FastifyReply): string {
  const known = readCookie(config, request, 'browser');
  if (known !== undefined) return known;
  const made = newToken();
  setCookie(reply, config, 'browser', made, BROWSER_SECONDS);
  return made;
}

/** The visit that a request is. A browser without a cookie of ours is given one. */
export async function visitOf(
  deps: Pick<ApiDeps, 'config' | 'database'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visit> {
  const cookie = browserCookie(deps.config, request, reply);
  return {
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    cookie,
    session: await sessionOf(deps, request),
    csrf: csrfTokenOf(readCookie(deps.config, request, 'session') ?? cookie),
    note: (action, by, deed) => witnessOf(request, deed, by, action),
  };
}

/** A visit by a person, for what is their own. Throws a `Problem` where nobody is signed in: an API key is nobody. */
export async function ownVisit(
  deps: Pick<ApiDeps, 'config' | 'database'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<OwnVisit> {
  const visit = await visitOf(deps, request, reply);
  if (visit.session !== null) return { ...visit, session: visit.session };
  throw new Problem(
    'unauthorized',
    'Nobody is signed in here. This is for people with a session, not for API keys.',
  );
}

/**
 * Whether somebody signed in a moment ago, by a second factor where they have one: an open session on a desk is not enough
 * to change how they sign in, nor is one of the password alone from before they had a factor.
 */
export async function isFresh(
  { database }: Pick<ApiDeps, 'database'>,
  { id, fresh, methods, userId }: LiveSession,
): Promise<boolean> {
  if (!fresh) return false;
  if (hasSecondFactor(methods) || (await listFactors(database.db, userId)).length === 0) return true;
  // The factor may have been set up in this session a moment ago, by the first click of two.
  const now = await findListedSession(database.db, userId, id);
  return now !== undefined && hasSecondFactor(now.methods);
}

/** Refuses what asks for {@link isFresh}. */
export async function requireFresh(deps: Pick<ApiDeps, 'database'>, { session }: OwnVisit): Promise<void> {
  if (await isFresh(deps, session)) return;
  throw new Problem(
    'forbidden',
    session.fresh
      ? 'You signed in without your second factor. Sign in again with it, and repeat what you did.'
      : 'You signed in more than ten minutes ago. Sign in again, and repeat what you did.',
    [],
    {
      reauthenticate: true,
    },
  );
}

/** Gives the browser its new session. */
export function keepSession(reply: FastifyReply, config: ApiConfig, { token, maxSeconds }: Started): void {
  setCookie(reply, config, 'session', token, maxSeconds);
  clearCookie(reply, config, 'browser');
}

/** The origin of the page that asks, for passkeys. */
export const originOf = (config: ApiConfig, request: FastifyRequest): string =>
  config.publicUrl === undefined ? `${request.protocol}://${request.host}` : new URL(config.publicUrl).origin;

/** Where links in messages lead. Never what a request says of itself (`Host`): whoever asks could have the link lead to them. */
export const linkBase = (config: ApiConfig, request: FastifyRequest): string =>
  config.publicUrl ?? request.server.listeningOrigin;
