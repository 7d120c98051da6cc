/** Looking again at an application, or at one of its users or groups. */
import { z } from 'zod';
import { witnessOf } from '../http/act.ts';
import { idParams, idSchema, optionalBody } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication } from '../store/applications.ts';
import type { Handle } from '../store/database.ts';
import { getGroupLink } from '../store/group-links.ts';
import { getUserLink } from '../store/user-links.ts';
import { applicationSubject } from './deeds.ts';

const syncBody = z
  .strictObject({
    user: idSchema.optional().describe('Only this user.'),
    group: idSchema.optional().describe('Only this group, its whole membership.'),
    full: z
      .boolean()
      .optional()
      .describe('Also read everything that the application really holds, and compare.'),
  })
  .meta({ id: 'Sync' });

export const startedSchema = z.object({ message: z.string() }).meta({ id: 'Started' });

/** The scope as the audit trail tells it. Throws a `Problem` where it names nobody. */
async function named(db: Handle, id: string, { user, group, full }: z.infer<typeof syncBody>) {
  return {
    ...(user !== undefined && { user: (await getUserLink(db, id, user)).name }),
    ...(group !== undefined && { group: (await getGroupLink(db, id, group)).name }),
    ...(full !== undefined && { full }),
  };
}

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
      const after = await named(database.db, id, scope);
      const witness = witnessOf(request, { subject: applicationSubject(application), after });
      await engine.sync(id, scope, causeOf(request), witness);
      const message = 'Looking again. The status of the application is idle when all is done.';
      return reply.code(202).send({ message });
    },
  );

export const syncRoutes = routes(start);
