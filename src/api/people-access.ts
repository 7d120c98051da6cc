/** Who asks on the routes of people, by API key or by session, and whether they may. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.ts';
import { allows } from '../access/roles.ts';
import { Problem } from '../errors.ts';
import { authenticate } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import { checkCsrf, principalOfSession } from './session-principal.ts';

const byKey = (kind: 'key' | 'local', actor: string): Principal => ({
  kind,
  actor,
  role: 'administrator',
  userId: null,
  sessionId: null,
});

async function principalOf(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Principal | null> {
  if (deps.actor !== undefined) return byKey('local', deps.actor);
  if (request.headers.authorization === undefined) return principalOfSession(deps, request);
  await authenticate(deps.database, request, reply);
  return byKey('key', request.actor);
}

function requireAllowed(
  principal: Principal | null,
  allow: NonNullable<FastifyRequest['routeOptions']['config']['allow']>,
): void {
  if (principal === null)
    throw new Problem('unauthorized', 'Nobody is signed in: sign in, or send an API key.');
  if (allow === 'self' || allow === 'public' || allows(principal.role, allow)) return;
  throw new Problem(
    'forbidden',
    'Your role does not include this. An administrator may do it, or give you another role.',
  );
}

/** An `onRequest` hook: sets `request.principal` and `request.actor`, and refuses who may not. */
export const admit =
  (deps: ApiDeps) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    void reply.header('cache-control', 'no-store');
    const allow = request.routeOptions.config.allow ?? 'administer';
    if (allow === 'public') return;
    request.principal = await principalOf(deps, request, reply);
    requireAllowed(request.principal, allow);
    request.actor = request.principal?.actor ?? '';
    if (request.principal?.kind === 'session') checkCsrf(deps, request);
  };
