import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { getApplication } from '../store/applications.ts';
import { changeBindings } from '../store/bindings.ts';
import { listGroups } from '../store/groups.ts';
import { act } from './act.ts';
import { changeIdsSchema, changedSchema, idParams, listOf } from './contract.ts';
import { applicationSubject, countsDeed } from './deeds.ts';
import { causeOf, type ApiDeps } from './deps.ts';
import { groupListQuery, groupSchema } from './groups.ts';

export const BINDINGS_BODY_LIMIT = 17 * 1024 * 1024;

const tags = ['Applications'];

export const bindingRoutes: FastifyPluginCallbackZod<ApiDeps> = (api, { database }, done) => {
  api.get(
    '/applications/:id/groups',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List the groups that are bound',
        params: idParams,
        querystring: groupListQuery,
        response: { 200: listOf(groupSchema) },
      },
    },
    async (request) => {
      const { id } = await getApplication(database.db, request.params.id);
      return listGroups(database.db, { ...request.query, applicationId: id });
    },
  );

  api.post(
    '/applications/:id/groups',
    {
      config: { allow: 'directory', audit: 'application.bindingsChanged' },
      bodyLimit: BINDINGS_BODY_LIMIT,
      schema: {
        tags,
        summary: 'Bind and unbind groups',
        description:
          'The members of a bound group are provisioned while the connection is active. Unbinding leaves the group in the target and deactivates members whom no other bound group assigns.',
        params: idParams,
        body: changeIdsSchema,
        response: { 200: changedSchema },
      },
    },
    async (request) => {
      const cause = causeOf(request);
      return act(database, request, async (tx) => {
        const change = await changeBindings(tx, request.params.id, request.body, cause);
        const { added, application, removed } = change;
        return [{ added, removed }, countsDeed(applicationSubject(application), added, removed)];
      });
    },
  );

  done();
};
