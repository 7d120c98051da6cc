/** What would follow of deleting a group, and of people who join and leave it, in each application that it is bound to. Nothing is written. */
import { z } from 'zod';
import { changeIdsSchema, idParams } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import type { Application } from '../store/applications.ts';
import { applicationsOfGroup } from '../store/bindings.ts';
import { consequencesOf, memberConsequencesOf } from '../store/consequences.ts';
import { getGroup } from '../store/groups.ts';
import { checkMembers } from '../store/members.ts';
import { transact } from '../store/transact.ts';
import { brakeAnswer, brakeSchema, connectionSchema, rulesOf, usersSchema } from './consequences.ts';
import { MEMBERS_BODY_LIMIT } from './members.ts';

const inApplication = {
  application: z.object({ id: z.guid(), label: z.string() }),
  connection: connectionSchema,
  ...brakeSchema,
};

const deletionSchema = z
  .object({
    applications: z.array(
      z.object({
        ...inApplication,
        deletesGroup: z.boolean().describe('Whether the group is deleted there as well.'),
        deactivate: z
          .int()
          .describe('How many users would be deactivated there, or deleted where the connection does that.'),
      }),
    ),
  })
  .meta({ id: 'GroupConsequences' });

const membersSchema = z
  .object({ applications: z.array(z.object({ ...inApplication, users: usersSchema })) })
  .meta({ id: 'MemberConsequences' });

const tags = ['Groups'];

const where = ({ id, label, state }: Application) => ({ application: { id, label }, connection: state });

const previewDeletion: Route = (api, { database }) =>
  api.get(
    '/groups/:id/consequences',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'See what deleting a group would do',
        description: 'In each application that it is bound to, by label.',
        params: idParams,
        response: { 200: deletionSchema },
      },
    },
    async (request) => {
      const { id } = await getGroup(database.db, request.params.id);
      const applications = [];
      for (const application of await applicationsOfGroup(database.db, id)) {
        const rules = rulesOf(application);
        const found = await consequencesOf(database.db, application.id, { add: [], remove: [id] }, rules);
        applications.push({
          ...where(application),
          deletesGroup: found.groups.stop > 0,
          deactivate: found.users.deactivate,
          ...brakeAnswer(found),
        });
      }
      return { applications };
    },
  );

const previewMembers: Route = (api, { database }) =>
  api.post(
    '/groups/:id/members/preview',
    {
      config: { allow: 'directory', audit: null },
      bodyLimit: MEMBERS_BODY_LIMIT,
      schema: {
        tags,
        summary: 'See what adding and removing members would do',
        description:
          'In each application that the group is bound to, by label. Counts whom the change itself concerns, and writes nothing.',
        params: idParams,
        body: changeIdsSchema,
        response: { 200: membersSchema },
      },
    },
    ({ body, params: { id } }) =>
      transact(database, async (tx) => {
        await checkMembers(tx, id, body);
        const applications = [];
        for (const application of await applicationsOfGroup(tx, id)) {
          const found = await memberConsequencesOf(tx, application.id, id, body, rulesOf(application));
          applications.push({ ...where(application), users: found.users, ...brakeAnswer(found) });
        }
        return { applications };
      }),
  );

export const groupConsequenceRoutes = routes(previewDeletion, previewMembers);
