/**
 * Acts: what is done through the API and written into the audit trail in the same transaction. A route that writes names its
 * act in `config.audit`; `act` runs it, or hands the engine a witness.
 */
import type { FastifyRequest, RouteOptions } from 'fastify';
import { auditEntry, type Deed, type Origin } from '../access/audit-entry.ts';
import { writeAudit, type Witness } from '../store/audit.ts';
import type { Database, Tx } from '../store/database.ts';
import { transact } from '../store/transact.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route's act is called in the audit trail, such as `user.updated`; null for a POST that changes nothing. */
    audit?: string | null;
  }
}

const USER_AGENT_LENGTH = 200;
const READS = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses a route that writes, and does not name its act, when it is registered. */
export function requireAct({ config, method, url }: RouteOptions): void {
  if (config?.audit !== undefined || [method].flat().every((each) => READS.includes(each))) return;
  throw new Error(`The route ${String(method)} ${url} does not name its act: give it config.audit.`);
}

/** What the audit trail calls what this request does. */
export function actOf({ routeOptions: { config, method, url = '' } }: FastifyRequest): string {
  if (config.audit == null) throw new Error(`${String(method)} ${url} is no act.`);
  return config.audit;
}

function originOf(request: FastifyRequest): Origin {
  const requestId = request.id;
  if (request.principal?.kind === 'local') return { address: null, userAgent: null, requestId };
  const agent = request.headers['user-agent']?.slice(0, USER_AGENT_LENGTH).replace(/[^\x20-\x7e]/g, '?');
  return { address: request.ip, userAgent: agent ?? null, requestId };
}

/**
 * Writes down the act of this request; nothing where it did or changed nothing (null). `principal` and `action` are for an act
 * by which somebody says who they are, or fails to.
 */
export function witnessOf(
  request: FastifyRequest,
  deed: Deed | null,
  principal = request.principal,
  action = actOf(request),
): Witness {
  if (principal === null) throw new Error(`Nobody is known to have asked for ${action}.`);
  const entry = deed && auditEntry(action, principal, originOf(request), deed);
  return async (tx) => {
    if (entry !== null) await writeAudit(tx, entry);
  };
}

/** Writes down what the one who asks did to what is their own, once it is known. */
export const ownWitness =
  (request: FastifyRequest) =>
  (deed: Deed): Witness =>
    witnessOf(request, deed);

/** What an act answers, and what it did; null where it did nothing. */
type Done<T> = readonly [answer: T, deed: Deed | null];

/** Runs an act in one transaction with its entry in the audit trail. */
export function act<T>(
  database: Database,
  request: FastifyRequest,
  work: (tx: Tx) => Promise<Done<T>>,
): Promise<T> {
  return transact(database, async (tx) => {
    const [answer, deed] = await work(tx);
    await witnessOf(request, deed)(tx);
    return answer;
  });
}
