/** What a Rollcall in this process runs in, what it stands on, and what is known of it once it runs. */
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Clock } from './clock.ts';
import type { Database } from './store/database.ts';
import type { SecretBox } from './store/secrets.ts';
import type { Tracing } from './tracing/tracing.ts';

/** What a Rollcall runs in, beside its configuration. */
export interface Runtime {
  readonly clock: Clock;
  readonly log: Logger;
  /** The first wait after a failed request to a target, in milliseconds; a second where it is not given. */
  readonly backoffMs?: number;
  /** Whether background jobs run in this process; they do where it is not given. */
  readonly jobs?: boolean;
  /** Whether this process reads and writes applications; it does where it is not given. */
  readonly provisioning?: boolean;
}

export interface Lanes {
  readonly database: Database;
  /** Lets what is under way end, hands its lanes to others at once, and closes the database. */
  readonly close: () => Promise<void>;
}

export interface Rollcall extends Lanes {
  /** Where the API answers, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  /** The administrator key that was made at the very first start; nobody can read it again. */
  readonly firstApiKey: string | null;
  /** Where the first administrator is made, once, within a day; null where there is one. */
  readonly firstAdministratorLink: string | null;
}

/** What everything else stands on. */
export interface Foundation {
  readonly database: Database;
  readonly secrets: SecretBox;
  /** What this process counts. */
  readonly metrics: Registry;
  readonly tracing?: Tracing;
}
