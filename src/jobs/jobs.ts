/**
 * What runs in the background beside the lanes, on pg-boss: clean-up and the tables of months, on a schedule, and imports and mail to
 * administrators, also as soon as there is one.
 * Each job may run twice and on any machine, so each says *what is to be so*, and does nothing where it is so already. What
 * calls targets is not here: that is the lanes' alone (reconcile/).
 */
import type PgBoss from 'pg-boss';
import { makeBoss } from './boss.ts';
import { cleanUp } from './clean-up.ts';
import { imports } from './imports.ts';
import type { Job, JobDeps } from './job.ts';
import { months } from './months.ts';
import { notices } from './notices.ts';

const JOBS: readonly Job[] = [cleanUp, imports, months, notices];

const POLL_SECONDS = 15;
const STOP_TIMEOUT_MS = 20_000;

type Stop = () => Promise<void>;

async function schedule(boss: PgBoss, job: Job, deps: JobDeps): Promise<Stop> {
  await boss.createQueue(job.name, { name: job.name, retryLimit: 3, retryBackoff: true });
  await boss.schedule(job.name, job.cron);
  const worker = await boss.work(job.name, { pollingIntervalSeconds: POLL_SECONDS }, () => job.run(deps));
  const wake = async (): Promise<void> => {
    await boss.send(job.name, {});
    boss.notifyWorker(worker);
  };
  const unheard = (error: unknown): void =>
    deps.log.warn({ err: error }, `Could not wake the job ${job.name}; it runs at its time.`);
  const quiet: Stop =
    job.wakeOn === undefined
      ? () => Promise.resolve()
      : await deps.database.listen(job.wakeOn, () => void wake().catch(unheard));
  if (job.atStart) await wake();
  return quiet;
}

/** Starts the jobs; `stop` waits for one that runs. Where one cannot be started, none runs. */
export async function startJobs(
  given: Omit<JobDeps, 'stopping'>,
): Promise<{ readonly stop: () => Promise<void> }> {
  const stopping = new AbortController();
  const deps = { ...given, stopping: stopping.signal };
  const boss = makeBoss(deps.database, deps.log);
  const quiet: Stop[] = [];
  const stop = async (): Promise<void> => {
    stopping.abort();
    for (const each of quiet) await each();
    await boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS });
  };
  try {
    await boss.start();
    for (const job of JOBS) quiet.push(await schedule(boss, job, deps));
    return { stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
