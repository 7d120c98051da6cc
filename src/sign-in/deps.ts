/**
 * Signing in: who does what in which order, over the rules of `people/` and the tables of `store/`. This folder owns
 * attempts, sessions' beginnings, passwords, factors and one-time links. It knows neither pages nor routes: `portal/` and
 * `api/` ask it, and tell people what it answers.
 */
import type { Deed } from '../access/audit-entry.ts';
import type { Principal } from '../access/principal.ts';
import type { Behind } from '../behind.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Witness } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secrets.ts';

export interface SignInDeps {
  readonly database: Database;
  readonly secrets: SecretBox;
  readonly clock: Clock;
  readonly config: Pick<Config, 'sessionIdleHours' | 'sessionMaxHours'>;
  readonly mailer?: Mailer;
  readonly behind: Behind;
}

/** Writes down an act of somebody in the audit trail, as the last statement of the act's transaction. */
export type Note = (action: string, by: Principal, deed: Deed) => Witness;

/** Where a request comes from, and with what. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
  readonly note: Note;
}
