/** What a background job is, and what it works with. */
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Database } from '../store/database.ts';

export interface JobDeps {
  readonly database: Database;
  readonly config: Pick<Config, 'auditRetentionDays' | 'eventRetentionDays'>;
  readonly log: Logger;
  /** Where people reach the server, for links in mail. */
  readonly address: string;
  /** Undefined where no mail server is set. */
  readonly mailer?: Mailer | undefined;
  /** Aborted when the server stops: a job that takes long ends where it can be gone on with. */
  readonly stopping: AbortSignal;
}

export interface Job {
  readonly name: string;
  /** When it runs, in UTC. */
  readonly cron: string;
  /** It also runs at the start of a server. */
  readonly atStart?: boolean;
  /** A channel of the database: it also runs when something is said there. */
  readonly wakeOn?: string;
  readonly run: (deps: JobDeps) => Promise<void>;
}
