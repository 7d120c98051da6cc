/** Which groups are bound to an application: it is to hold their members. */
import { z } from 'zod';
import { act } from '../http/act.ts';
import { changeIdsSchema, changedSchema, flag, idParams, listOf } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication } from '../store/applications.ts';
import { bindingsVersion, boundAmong, changeBindings } from '../store/bindings.ts';
import { listGroups } from '../store/groups.ts';
import { namedGroups } from '../store/named.ts';
import { applicationSubject, countsDeed, countsOf } from './deeds.ts';
import { expectedOf, ifMatch, tag } from './etag.ts';
import { groupListQuery, groupSchema } from './groups.ts';

export const BINDINGS_BODY_LIMIT = 17 * 1024 * 1024;

const tags = ['Applications'];

const boundGroupSchema = groupSchema.extend({ bound: z.boolean() }).meta({ id: 'GroupOfApplication' });

const boundGroupQuery = groupListQuery.extend({ all: flag.describe('Also the groups that are not bound.') });

const list: Route = (api, { database }) =>
  api.get(
    '/applications/:id/groups',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List the groups that are bound',
        params: idParams,
        querystring: boundGroupQuery,
        response: { 200: listOf(boundGroupSchema) },
      },
    },
    async (request, reply) => {
      const { id } = await getApplication(database.db, request.params.id);
      // Read before the list: where both differ, a write is refused once too often and never once too few.
      tag(reply, { version: await bindingsVersion(database.db, id) });
      const { all, ...query } = request.query;
      const page = await listGroups(database.db, { ...query, ...(!all && { applicationId: id }) });
      const bound = await boundAmong(
        database.db,
        id,
        page.items.map((group) => group.id),
      );
      return { ...page, items: page.items.map((group) => ({ ...group, bound: bound.has(group.id) })) };
    },
  );

const change: Route = (api, { database }) =>
  api.post(
    '/applications/:id/groups',
    {
      config: { allow: 'directory', audit: 'application.bindingsChanged' },
      bodyLimit: BINDINGS_BODY_LIMIT,
      schema: {
        tags,
        summary: 'Bind and unbind groups',
        description:
          'The members of a bound group are provisioned while the connection is active. Unbinding leaves the group in the target and deactivates members whom no other bound group assigns. Where `If-Match` is sent, the answer has the `ETag` of the list as it is now.',
        headers: ifMatch,
        params: idParams,
        body: changeIdsSchema,
        response: { 200: changedSchema },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request);
      const expected = expectedOf(request);
      return act(database, request, async (tx) => {
        const { body, params } = request;
        const change = await changeBindings(tx, params.id, body, cause, expected);
        // Whoever has not said what they have seen may not know of others' changes.
        if (expected !== 'any') tag(reply, { version: await bindingsVersion(tx, params.id) });
        const counts = countsOf(change);
        const bound = await namedGroups(tx, change.added);
        const unbound = await namedGroups(tx, change.removed);
        return [counts, countsDeed(applicationSubject(change.application), counts, { bound, unbound })];
      });
    },
  );

export const bindingRoutes = routes(list, change);
