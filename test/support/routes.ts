/** The routes that the server really has. */
import type { FastifyContextConfig, RouteOptions } from 'fastify';
import { randomBytes } from 'node:crypto';
import { buildApi } from '../../src/api/server.ts';
import type { EngineApi } from '../../src/http/engine.ts';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import type { Database } from '../../src/store/database.ts';
import { secretBox } from '../../src/store/secrets.ts';
import type { Method } from './api.ts';

export interface KnownRoute {
  readonly method: Method | 'HEAD';
  readonly url: string;
  readonly config: FastifyContextConfig;
}

/** An API over nothing, to look at. */
export const nothing: Parameters<typeof buildApi>[0] = {
  database: {} as Database,
  secrets: secretBox(randomBytes(32)),
  clock: systemClock,
  config: loadConfig({}),
  engine: {} as EngineApi,
};

/** Every route, each method by itself, in the order in which they are registered. */
export async function routeTable(): Promise<KnownRoute[]> {
  const routes: KnownRoute[] = [];
  const app = buildApi(nothing);
  app.addHook('onRoute', ({ config = {}, method, url }: RouteOptions) => {
    for (const each of [method].flat()) routes.push({ method: each as KnownRoute['method'], url, config });
  });
  await app.ready();
  await app.close();
  return routes;
}
