import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Principal } from '../access/principal.ts';
import type { Permission } from '../access/roles.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Database } from '../store/database.ts';
import type { Cause } from '../store/marks.ts';
import type { SecretBox } from '../store/secrets.ts';
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
  /** Nothing where no mail server is set. */
  readonly mailer?: Mailer;
  /** Where the rest of the server counts; the API adds its own figures and shows all of them at `/metrics`. */
  readonly metrics?: Registry;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, for the log: `api key demo`. */
    actor: string;
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    /** What a route asks for: a permission, any signed-in person for what is their own, or nothing. */
    allow?: Permission | 'self' | 'public';
  }
}

/** The reason that is kept with everything that follows from this request (R48). */
export function causeOf(request: FastifyRequest, action: string): Cause {
  return { action, actor: request.actor, requestId: request.id };
}
