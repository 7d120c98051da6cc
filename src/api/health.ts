/** For whoever runs the server: is it alive, can it work, what does it count. Outside the base, without a key. */
import { sql } from 'kysely';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { pendingMigrations } from '../store/migrate.ts';
import type { Database } from '../store/database.ts';
import { routes, type Route } from './routes.ts';

/** A load balancer asks every few seconds; a database that takes longer is as good as none. */
const DATABASE_TIMEOUT_MS = 3000;

/** A registry with the process's own figures (memory, CPU, event loop). */
export function makeMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

async function answers(database: Database): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), DATABASE_TIMEOUT_MS);
  });
  await Promise.race([sql`SELECT 1`.execute(database.db), late]).finally(() => clearTimeout(timer));
}

/** What keeps the server from working, in words, or null. */
async function obstacle(database: Database): Promise<string | null> {
  try {
    await answers(database);
    const pending = await pendingMigrations(database);
    return pending.length === 0
      ? null
      : `The database is behind by ${pending.length}: run \`rollcall migrate\`.`;
  } catch {
    return 'The database does not answer.';
  }
}

const forMachines = { config: { allow: 'public' as const }, schema: { hide: true } };

const sayAlive: Route = (api) => api.get('/healthz', forMachines, () => ({ status: 'ok' }));

const sayReady: Route = (api, { database }) =>
  api.get('/readyz', forMachines, async (_request, reply) => {
    const detail = await obstacle(database);
    if (detail === null) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', detail });
  });

const showMetrics: Route = (api, { metrics = makeMetrics() }) =>
  api.get('/metrics', forMachines, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );

export const healthRoutes = routes(sayAlive, sayReady, showMetrics);

/** Counts requests and their time by route, never by address: an id in a label would make a series a user. */
export function requestTimer(metrics: Registry): Histogram<'method' | 'route' | 'status'> {
  return new Histogram({
    name: 'rollcall_http_request_duration_seconds',
    help: 'Time that requests to the API took.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [metrics],
  });
}
