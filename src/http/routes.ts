/**
 * What every address has in common, be it of the API, a page or the identity provider: what its routes are given, who asks
 * and whether they may, their acts, how a page is framed and answered, and the access log. This folder leaves what is at an
 * address to `api/`, `portal/` and `idp/`, and putting them together to `api/server.ts`.
 *
 * This file has what a file of routes looks like: its schemas, then a definer for each route, named after what it does, then
 * the list of them in the order in which the reference shows them.
 */
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import type { ApiDeps } from './deps.ts';

/** A group of routes, for `register`. */
export type Routes = FastifyPluginCallbackZod<ApiDeps>;

/** Defines one route: where it is, what it takes and answers (zod), who may use it, its act, and what it does. */
export type Route = (api: Parameters<Routes>[0], deps: ApiDeps) => void;

/** The routes of a file as a group. */
export const routes =
  (...definers: readonly Route[]): Routes =>
  (api, deps, done) => {
    for (const define of definers) define(api, deps);
    done();
  };
