/**
 * Signing in: who does what in which order, over the rules of `people/` and the tables of `store/`. This folder owns
 * attempts, sessions' beginnings, passwords, factors and one-time links. It knows neither pages nor routes: `portal/` and
 * `api/` ask it, and tell people what it answers.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secrets.ts';

export interface SignInDeps {
  readonly database: Database;
  readonly secrets: SecretBox;
  readonly clock: Clock;
  readonly config: Pick<Config, 'sessionIdleHours' | 'sessionMaxHours'>;
  readonly mailer?: Mailer;
  readonly logger?: Pick<FastifyBaseLogger, 'error'>;
}

/** Where a request comes from, and with what. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
}
