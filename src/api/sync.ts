/** Looking again at an application, or at one of its users or groups. */
import { z } from 'zod';
import { witnessOf } from '../http/act.ts';
import { idParams, optionalBody } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication } from '../store/applications.ts';
import { applicationSubject } from './deeds.ts';
import { namesOf, scopeFields } from './scope.ts';

const syncBody = z
  .strictObject({
    ...scopeFields,
    full: z
      .boolean()
      .optional()
      .describe('Also read everything that the application really holds, and compare.'),
  })
  .meta({ id: 'Sync' });

export const startedSchema = z.object({ message: z.string() }).meta({ id: 'Started' });

const start: Route = (api, { database, engine }) =>
  api.post(
    '/applications/:id/sync',
    {
      config: { allow: 'administer', audit: 'application.synced' },
      schema: {
        tags: ['Provisioning'],
        summary: 'Look again now',
        description: 'At one user, at one group, or at everything where neither is named.',
        params: idParams,
        body: optionalBody(syncBody),
        response: { 202: startedSchema },
      },
    },
    async (request, reply) => {
      const application = await getApplication(database.db, request.params.id);
      const { id } = application;
      const scope = request.body ?? {};
      const names = await namesOf(database.db, id, scope);
      const after = { ...names, ...(scope.full !== undefined && { full: scope.full }) };
      const witness = witnessOf(request, { subject: applicationSubject(application), after });
      await engine.sync(id, scope, causeOf(request), witness);
      const message = 'Looking again. The status of the application is idle when all is done.';
      return reply.code(202).send({ message });
    },
  );

export const syncRoutes = routes(start);
