/** The applications that a group is bound to, and how it stands in each. */
import { z } from 'zod';
import { idParams, listOf, pageQuery } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { connectionStates } from '../provisioning/connection-state.ts';
import { listApplicationsOfGroup } from '../store/group-applications.ts';
import { getGroup } from '../store/groups.ts';
import { pageOfAll } from '../store/page.ts';
import { driftOfGroup, groupDriftSchema } from './drift.ts';
import {
  groupMembersSchema,
  linkStateSchema,
  notAcceptedList,
  notAcceptedSchema,
  recordErrorSchema,
} from './link-schemas.ts';
import { whyOfGroupThere } from './why.ts';

const applicationOfGroupSchema = z
  .object({
    applicationId: z.guid(),
    label: z.string(),
    connection: z.enum(connectionStates),
    groupManagement: z.boolean().describe('False where groups are left as they are.'),
    state: linkStateSchema,
    remoteId: z.string().nullable(),
    pending: z.boolean(),
    error: recordErrorSchema.nullable(),
    notAccepted: z.array(notAcceptedSchema),
    drift: groupDriftSchema.nullable(),
    members: groupMembersSchema,
    why: z.string().describe('Why the group is there as it is, and whether anything is sent, in sentences.'),
  })
  .meta({ id: 'ApplicationOfGroup' });

const list: Route = (api, { database }) =>
  api.get(
    '/groups/:id/applications',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Groups'],
        summary: "List a group's applications",
        description: 'Those that it is bound to, and how it stands in each.',
        params: idParams,
        querystring: pageQuery,
        response: { 200: listOf(applicationOfGroupSchema) },
      },
    },
    async (request) => {
      const group = await getGroup(database.db, request.params.id);
      const found = await listApplicationsOfGroup(database.db, group.id);
      return pageOfAll(
        found.map((each) => {
          const { waitUntil, memberCount, accepted, refused, ...rest } = each;
          const members = { directory: memberCount, accepted, refused };
          return {
            ...rest,
            members,
            notAccepted: notAcceptedList(each.notAccepted),
            drift: driftOfGroup(each),
            why: whyOfGroupThere(each, waitUntil),
          };
        }),
        request.query,
        ({ applicationId }) => applicationId,
        ({ label }) => label,
      );
    },
  );

export const groupApplicationRoutes = routes(list);
