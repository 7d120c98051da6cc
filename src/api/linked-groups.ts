/** The groups of an application: what is known of each there, and of their members. */
import { z } from 'zod';
import { witnessOf } from '../http/act.ts';
import { idParams, listOf, sortBy, timeSchema } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication } from '../store/applications.ts';
import { recentEvents } from '../store/event-log.ts';
import {
  getGroupLink,
  groupLinkSorts,
  listGroupLinks,
  type GroupInApplication,
} from '../store/group-links.ts';
import { readWait } from '../store/lane-wait.ts';
import { driftOfGroup, groupDriftSchema } from './drift.ts';
import { eventSchema } from './events-schema.ts';
import {
  groupMembersSchema,
  groupParams,
  linkQuery,
  linkStateSchema,
  notAcceptedList,
  notAcceptedSchema,
  recordErrorSchema,
} from './link-schemas.ts';
import { startedSchema } from './sync.ts';
import { whyOfGroup } from './why.ts';

const groupInApplicationSchema = z
  .object({
    groupId: z.guid().describe("The group's id in the directory."),
    name: z.string(),
    remoteName: z.string().nullable().describe('What the application calls it.'),
    remoteId: z.string().nullable().describe('The id in the application.'),
    state: linkStateSchema,
    bound: z
      .boolean()
      .describe('False for one that was deleted in the directory and is still to be deleted there.'),
    pending: z.boolean().describe('To be looked at.'),
    error: recordErrorSchema.nullable(),
    notAccepted: z.array(notAcceptedSchema),
    drift: groupDriftSchema.nullable(),
    members: groupMembersSchema,
    refusedMembers: z
      .array(z.object({ userId: z.guid(), name: z.string(), error: recordErrorSchema }))
      .readonly()
      .describe('The first of those that it refused, with the reason.'),
    why: z.string().describe('Why the group is there as it is, in a sentence.'),
    updatedAt: timeSchema.nullable(),
  })
  .meta({ id: 'GroupInApplication' });

const withEventsSchema = groupInApplicationSchema
  .extend({ recentEvents: z.array(eventSchema).readonly() })
  .meta({ id: 'GroupInApplicationWithEvents' });

function toAnswer(
  group: GroupInApplication,
  waitUntil: Date | null,
): z.infer<typeof groupInApplicationSchema> {
  const { memberCount, accepted, refused, notAccepted, ...rest } = group;
  const members = { directory: memberCount, accepted, refused };
  const drift = driftOfGroup(group);
  const why = whyOfGroup(group, waitUntil);
  return { ...rest, notAccepted: notAcceptedList(notAccepted), drift, members, why };
}

const tags = ['Provisioning'];

const list: Route = (api, { database }) =>
  api.get(
    '/applications/:id/linked-groups',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List the groups of an application',
        description: 'Those that are bound, and those that are still to be deleted there.',
        params: idParams,
        querystring: linkQuery.extend({ sort: sortBy(groupLinkSorts).default('name') }),
        response: { 200: listOf(groupInApplicationSchema) },
      },
    },
    async (request) => {
      const { id } = await getApplication(database.db, request.params.id);
      const page = await listGroupLinks(database.db, id, request.query);
      const waitUntil = await readWait(database.db, id);
      return { ...page, items: page.items.map((group) => toAnswer(group, waitUntil)) };
    },
  );

const read: Route = (api, { database }) =>
  api.get(
    '/applications/:id/linked-groups/:groupId',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'Read one group of an application',
        description: 'With the latest operations, which say how it became what it is.',
        params: groupParams,
        response: { 200: withEventsSchema },
      },
    },
    async (request) => {
      const { id } = await getApplication(database.db, request.params.id);
      const group = await getGroupLink(database.db, id, request.params.groupId);
      const events = await recentEvents(database.db, { application: id, group: group.groupId });
      return { ...toAnswer(group, await readWait(database.db, id)), recentEvents: events };
    },
  );

const retry: Route = (api, { database, engine }) =>
  api.post(
    '/applications/:id/linked-groups/:groupId/retry',
    {
      config: { allow: 'retry', audit: 'group.retried' },
      schema: {
        tags,
        summary: 'Look at one group again now',
        description: 'At its whole membership; members that were refused are tried again.',
        params: groupParams,
        response: { 202: startedSchema },
      },
    },
    async (request, reply) => {
      const { groupId } = request.params;
      const { id, label } = await getApplication(database.db, request.params.id);
      const { name } = await getGroupLink(database.db, id, groupId);
      const subject = { kind: 'group', id: groupId, name };
      const witness = witnessOf(request, { subject, after: { application: label } });
      await engine.sync(id, { group: groupId }, causeOf(request), witness);
      return reply.code(202).send({ message: `Looking at the group "${name}" again.` });
    },
  );

export const linkedGroupRoutes = routes(list, read, retry);
