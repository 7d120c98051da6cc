/** For whoever runs the server: is it alive, can it work, what does it count. Outside the base, without a key. */
import { Histogram, type Registry } from 'prom-client';
import { routes, type Route } from '../http/routes.ts';
import { LOCK_HEADER } from '../store/lock.ts';
import { obstacle } from '../store/readiness.ts';

const forMachines = { config: { allow: 'public' as const }, schema: { hide: true } };

const sayAlive: Route = (api, { database: { lock } }) =>
  api.get('/healthz', forMachines, (_request, reply) => {
    if (lock !== undefined) void reply.header(LOCK_HEADER, lock.id);
    return { status: 'ok' };
  });

const sayReady: Route = (api, { database }) =>
  api.get('/readyz', forMachines, async (_request, reply) => {
    const detail = await obstacle(database);
    if (detail === null) return { status: 'ready' };
    return reply.code(503).send({ status: 'not ready', detail });
  });

const showMetrics: Route = (api, { metrics }) =>
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
