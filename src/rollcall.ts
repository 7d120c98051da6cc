/**
 * A whole Rollcall in this process: database, migrations, secrets, API, lanes and background jobs, from a configuration.
 * `startRollcall` is `rollcall serve`; `startLanes` is `rollcall worker`, which shares the work on PostgreSQL.
 */
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { startJobs } from './jobs/jobs.ts';
import { makeMailer } from './mail/mailer.ts';
import { makeMetrics } from './metrics/registry.ts';
import { Worker } from './reconcile/worker.ts';
import { ensureApiKey } from './store/api-keys.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { openDatabase } from './store/open.ts';
import { loadSecretBox, type SecretBox } from './store/secrets.ts';
import { startTracing, type Tracing } from './tracing/tracing.ts';
import { Undo } from './undo.ts';
import { serveWorkerHttp } from './worker-http.ts';

/** What a Rollcall runs in, beside its configuration. */
export interface Runtime {
  readonly clock: Clock;
  readonly log: Logger;
  /** The first wait after a failed request to a target, in milliseconds; a second where it is not given. */
  readonly backoffMs?: number;
  /** Whether background jobs run in this process; they do where it is not given. */
  readonly jobs?: boolean;
}

interface Lanes {
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

/** Runs `start` with a list of what to undo; where it fails, what was started before is undone. */
async function undoable<T>(start: (undo: Undo) => Promise<T>): Promise<T> {
  const undo = new Undo();
  try {
    return await start(undo);
  } catch (error) {
    await undo.run().catch(() => undefined);
    throw error;
  }
}

async function openFoundation(config: Config, { clock, log }: Runtime, undo: Undo): Promise<Foundation> {
  const secrets = loadSecretBox(config);
  const tracing = await startTracing(config, log);
  if (tracing !== undefined) undo.add(() => tracing.stop());
  const database = await openDatabase(config, log);
  undo.add(() => database.close());
  const applied = await migrate(database);
  if (applied.length > 0) log.info(`Migrated the database: ${applied.join(', ')}.`);
  return { database, secrets, metrics: makeMetrics(database, clock), ...(tracing && { tracing }) };
}

async function startWork(
  foundation: Foundation,
  config: Config,
  runtime: Runtime,
  undo: Undo,
): Promise<void> {
  const { clock, log, backoffMs } = runtime;
  if (runtime.jobs ?? true) {
    const jobs = await startJobs({ database: foundation.database, config, log, mailer: makeMailer(config) });
    undo.add(() => jobs.stop());
  }
  const worker = new Worker({
    ...foundation,
    clock,
    config,
    log,
    ...(backoffMs !== undefined && { backoffMs }),
  });
  await worker.start();
  undo.add(() => worker.stop());
}

/** Starts everything. Throws a `Problem` that says what to do, and has then closed whatever it had opened. */
export function startRollcall(config: Config, runtime: Runtime): Promise<Rollcall> {
  return undoable(async (undo) => {
    const foundation = await openFoundation(config, runtime, undo);
    const { database } = foundation;
    if (config.apiKey !== undefined) await ensureApiKey(database.db, config.apiKey);
    await startWork(foundation, config, runtime, undo);
    const { serveHttp } = await import('./http-server.ts');
    const served = await serveHttp(foundation, config, runtime, undo);
    return { ...served, database, close: () => undo.run() };
  });
}

/** Starts lanes and jobs without the API. The database is one that other processes share. */
export function startLanes(config: Config, runtime: Runtime): Promise<Lanes> {
  return undoable(async (undo) => {
    const foundation = await openFoundation(config, runtime, undo);
    const { database, metrics } = foundation;
    await startWork(foundation, config, runtime, undo);
    if (config.workerPort !== undefined) undo.add(await serveWorkerHttp(config, database, metrics));
    return { database, close: () => undo.run() };
  });
}
