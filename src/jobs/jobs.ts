/**
 * What runs in the background beside the lanes, on pg-boss: clean-up, on a schedule. Each job may run twice and on any
 * machine, so each says *what is to be so*, and does nothing where it is so already. What calls targets is not here:
 * that is the lanes' alone (reconcile/).
 */
import type { Logger } from 'pino';
import type PgBoss from 'pg-boss';
import type { Config } from '../config.ts';
import type { Database } from '../store/database.ts';
import { makeBoss } from './boss.ts';
import { cleanUp } from './clean-up.ts';

export interface JobDeps {
  readonly database: Database;
  readonly config: Pick<Config, 'eventRetentionDays'>;
  readonly log: Logger;
}

export interface Job {
  readonly name: string;
  /** When it runs, in UTC. */
  readonly cron: string;
  readonly run: (deps: JobDeps) => Promise<void>;
}

const JOBS: readonly Job[] = [cleanUp];

const POLL_SECONDS = 15;
const STOP_TIMEOUT_MS = 20_000;

async function schedule(boss: PgBoss, job: Job, deps: JobDeps): Promise<void> {
  await boss.createQueue(job.name, { name: job.name, retryLimit: 3, retryBackoff: true });
  await boss.schedule(job.name, job.cron);
  await boss.work(job.name, { pollingIntervalSeconds: POLL_SECONDS }, () => job.run(deps));
}

/** Starts the jobs; `stop` waits for one that runs. */
export async function startJobs(deps: JobDeps): Promise<{ readonly stop: () => Promise<void> }> {
  const boss = makeBoss(deps.database, deps.log);
  await boss.start();
  for (const job of JOBS) await schedule(boss, job, deps);
  return { stop: () => boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS }) };
}
