/**
 * A whole Rollcall in this process: database, migrations, secrets, API, lanes and background jobs, from a configuration.
 * `startRollcall` is `rollcall serve`; `startLanes` is `rollcall worker`, which shares the work on PostgreSQL.
 */
import { addressOf, type Config } from './config.ts';
import { startJobs } from './jobs/jobs.ts';
import { makeMailer } from './mail/mailer.ts';
import { makeMetrics } from './metrics/registry.ts';
import { Worker } from './reconcile/worker.ts';
import type { Foundation, Lanes, Rollcall, Runtime } from './running.ts';
import { ensureApiKey } from './store/api-keys.ts';
import { migrate } from './store/migrate.ts';
import { openDatabase } from './store/open.ts';
import { loadSecretBox } from './store/secrets.ts';
import { startTracing } from './tracing/start.ts';
import { undoable, Undo } from './undo.ts';
import { serveWorkerHttp } from './worker-http.ts';

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
    const jobs = await startJobs({
      database: foundation.database,
      config,
      log,
      address: addressOf(config),
      mailer: makeMailer(config),
    });
    undo.add(() => jobs.stop());
  }
  if (runtime.provisioning === false) return;
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

/** For work that begins once the port is had, so that a start that fails has sent nothing, and ends when the last request was answered. */
function laterWork(undo: Undo): Undo {
  const work = new Undo();
  undo.add(() => work.run());
  return work;
}

/** Starts everything. Throws a `Problem` that says what to do, and has then closed whatever it had opened. */
export function startRollcall(config: Config, runtime: Runtime): Promise<Rollcall> {
  return undoable(async (undo) => {
    const foundation = await openFoundation(config, runtime, undo);
    const { database } = foundation;
    if (config.apiKey !== undefined) await ensureApiKey(database.db, config.apiKey);
    const work = laterWork(undo);
    const { firstAccess, serveHttp } = await import('./http-server.ts');
    const url = await serveHttp(foundation, config, runtime, undo);
    await startWork(foundation, config, runtime, work);
    return {
      url,
      ...(await firstAccess(database, config.publicUrl ?? url)),
      database,
      close: () => undo.run(),
    };
  });
}

/** Starts lanes and jobs without the API. The database is one that other processes share. */
export function startLanes(config: Config, runtime: Runtime): Promise<Lanes> {
  return undoable(async (undo) => {
    const foundation = await openFoundation(config, runtime, undo);
    const { database, metrics } = foundation;
    const work = laterWork(undo);
    if (config.workerPort !== undefined) undo.add(await serveWorkerHttp(config, database, metrics));
    await startWork(foundation, config, runtime, work);
    return { database, close: () => undo.run() };
  });
}
