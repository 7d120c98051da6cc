/** The applications of a user: to which a group of theirs is bound, or which hold an account of theirs. */
import { z } from 'zod';
import { idParams, listOf, pageQuery } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { connectionStates } from '../provisioning/connection-state.ts';
import { pageOfAll } from '../store/page.ts';
import { listApplicationsOfUser } from '../store/user-applications.ts';
import { getUser } from '../store/users.ts';
import { groupNameSchema, linkStateSchema, recordErrorSchema } from './link-schemas.ts';
import { whyThere } from './why.ts';

const applicationOfUserSchema = z
  .object({
    applicationId: z.guid(),
    label: z.string(),
    connection: z.enum(connectionStates),
    state: linkStateSchema,
    remoteId: z.string().nullable(),
    managed: z.boolean(),
    pending: z.boolean(),
    held: z.boolean(),
    error: recordErrorSchema.nullable(),
    via: z.array(groupNameSchema).readonly(),
    why: z.string().describe('Why the account is as it is, and whether anything is sent, in sentences.'),
  })
  .meta({ id: 'ApplicationOfUser' });

const list: Route = (api, { database }) =>
  api.get(
    '/users/:id/applications',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Users'],
        summary: "List a user's applications",
        description: 'Those to which a group of theirs is bound, and those that hold an account of theirs.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: listOf(applicationOfUserSchema) },
      },
    },
    async (request) => {
      const user = await getUser(database.db, request.params.id);
      const found = await listApplicationsOfUser(database.db, user.id);
      return pageOfAll(
        found.map(({ waitUntil, ...each }) => ({
          ...each,
          held: each.holdId !== null,
          why: whyThere(each, each.connection, waitUntil),
        })),
        request.query,
        ({ applicationId }) => applicationId,
        ({ label }) => label,
      );
    },
  );

export const userApplicationRoutes = routes(list);
