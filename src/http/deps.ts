/** What every group of routes is given, and what each request knows of who asks. */
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Demand } from '../access/demand.ts';
import type { Principal } from '../access/principal.ts';
import type { Role } from '../access/roles.ts';
import type { Behind } from '../behind.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secrets.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { actOf } from './act.ts';
import type { EngineApi } from './engine.ts';

export type ApiConfig = Pick<
  Config,
  | 'administratorsNeedSecondFactor'
  | 'allowPrivateTargets'
  | 'publicUrl'
  | 'sessionIdleHours'
  | 'sessionMaxHours'
  | 'trustedProxies'
>;

/** What the API is made of; every group of routes gets all of it. */
export interface ApiDeps {
  readonly database: Database;
  readonly secrets: SecretBox;
  readonly clock: Clock;
  readonly config: ApiConfig;
  readonly engine: EngineApi;
  /** Who asks, where the program that asks has this API in its own process and needs no key: the command line. */
  readonly actor?: string;
  /** pino, or nothing where nobody reads a log. */
  readonly logger?: FastifyBaseLogger;
  readonly behind: Behind;
  /** Nothing where no mail server is set. */
  readonly mailer?: Mailer;
  /** What this process counts; the API adds its own figures and shows all of them at `/metrics`. */
  readonly metrics: Registry;
  readonly tracing?: Tracing;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, for the log: `api key demo`. */
    actor: string;
    /** Who asks; null where nobody says so, which only a public route lets in. */
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    /** What the route asks for; one without it is refused when it is registered. */
    allow?: Demand;
  }
}

/** The role of the one who asks. */
export const roleOfAsker = (request: FastifyRequest): Role | null => request.principal?.role ?? null;

/** The reason that is kept with everything that follows from this request (R48), under the name of its act. */
export function causeOf(request: FastifyRequest, action = actOf(request)): Cause {
  const { actor, id: requestId, span } = request;
  return { action, actor, requestId, ...(span && { trace: span.traceparent }) };
}
