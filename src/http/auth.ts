/**
 * Who asks: an API key in `Authorization: Bearer` (RFC 6750), else a person by the cookie of their session. And whether they
 * may: every route and page says what it asks for.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { checkDemand } from '../access/demand.ts';
import { asProgram, type Principal } from '../access/principal.ts';
import { keyInHeader } from '../bearer.ts';
import { Problem } from '../errors.ts';
import { findApiKey, type ApiKey } from '../store/api-keys.ts';
import type { Database } from '../store/database.ts';
import { peekSession } from '../store/sessions.ts';
import type { ApiDeps } from './deps.ts';
import { principalOfSession } from './session-principal.ts';

type AccessDeps = Pick<ApiDeps, 'actor' | 'config' | 'database'>;

const HOW = 'Send an API key as "Authorization: Bearer rc_…". `rollcall api-keys create` makes one.';

async function keyOf(database: Database, header: string): Promise<ApiKey | string> {
  const key = keyInHeader(header);
  if (key === undefined) return `The Authorization header holds no API key. ${HOW}`;
  return (
    (await findApiKey(database.db, key)) ?? `The API key is not valid: unknown, deleted or expired. ${HOW}`
  );
}

const asKey = ({ id: keyId, name, role }: ApiKey): Principal => ({
  kind: 'key',
  actor: `api key ${name}`,
  role,
  keyId,
  userId: null,
  sessionId: null,
});

async function principalOfKey(database: Database, header: string, reply: FastifyReply): Promise<Principal> {
  const key = await keyOf(database, header);
  if (typeof key === 'string') {
    // RFC 6750 §3.1
    void reply.header('www-authenticate', 'Bearer realm="Rollcall", error="invalid_token"');
    throw new Problem('unauthorized', key);
  }
  return asKey(key);
}

/** Who asks, or null where the request does not say, or need not. Throws a `Problem` of kind `unauthorized` for a key that is none. */
async function authenticate(
  deps: AccessDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Principal | null> {
  if (deps.actor !== undefined) return asProgram(deps.actor);
  const header = request.headers.authorization;
  // What asks for nothing refuses nobody, whatever key a load balancer or a monitor sends along.
  if (request.routeOptions.config.allow === 'public') return null;
  if (header === undefined) return principalOfSession(deps, request);
  return principalOfKey(deps.database, header, reply);
}

/** Who asks by now, without noting that a session was used. */
async function principalByNow(deps: AccessDeps, request: FastifyRequest): Promise<Principal | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) return principalOfSession(deps, request, peekSession);
  const key = await keyOf(deps.database, authorization);
  return typeof key === 'string' ? null : asKey(key);
}

/**
 * For an answer that goes on for long: whether the one who asked may have it still. Their session or key may be over by now, they
 * may be suspended, or hold another role.
 */
export async function mayStill(deps: AccessDeps, request: FastifyRequest): Promise<boolean> {
  if (deps.actor !== undefined) return true;
  const principal = await principalByNow(deps, request);
  try {
    checkDemand(request.routeOptions.config.allow ?? 'public', principal);
    return true;
  } catch {
    return false;
  }
}

/** A route without a decision would be open to everybody, or to nobody. */
function requireDecision({ config, method, url }: RouteOptions): void {
  if (config?.allow !== undefined) return;
  throw new Error(`The route ${String(method)} ${url} does not say who may use it: give it config.allow.`);
}

/** Sees to it that every route says what it asks for, that every request says who asks, and that the two fit. */
export function controlAccess(app: FastifyInstance, deps: AccessDeps): void {
  app.decorateRequest('actor', '');
  app.decorateRequest('principal', null);
  app.addHook('onRoute', requireDecision);
  void app.after(() => {
    app.addHook('onRequest', async (request, reply) => {
      const { allow } = request.routeOptions.config;
      if (allow === undefined) return; // Nothing is at this address.
      request.principal = await authenticate(deps, request, reply);
      request.actor = request.principal?.actor ?? '';
      checkDemand(allow, request.principal);
    });
  });
}
