/** The users of an application: what is known of each there. */
import { z } from 'zod';
import { userStates } from '../directory/user.ts';
import { requireConnector } from '../connectors/catalog.ts';
import { effectiveBehaviour } from '../connectors/settings.ts';
import { witnessOf } from '../http/act.ts';
import { flag, idParams, listOf, sortBy, timeSchema } from '../http/contract.ts';
import { causeOf, type ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { getApplication, type Application } from '../store/applications.ts';
import type { Handle } from '../store/database.ts';
import { recentEvents } from '../store/event-log.ts';
import { readWait } from '../store/lane-wait.ts';
import { linkSorts, listUserLinks } from '../store/user-link-list.ts';
import { getUserLink, type UserInApplication } from '../store/user-links.ts';
import { findUser } from '../store/users.ts';
import { userSubject } from './deeds.ts';
import { driftOfUser, driftSchema } from './drift.ts';
import { eventSchema } from './events-schema.ts';
import {
  attentionSchema,
  groupNameSchema,
  linkQuery,
  linkStateSchema,
  notAcceptedList,
  notAcceptedSchema,
  recordErrorSchema,
  userParams,
} from './link-schemas.ts';
import { mappedRowSchema, mappingOf } from './mapping.ts';
import { startedSchema } from './sync.ts';
import { whenOf, whyOf } from './why.ts';

const userInApplicationSchema = z
  .object({
    userId: z.guid().describe("The user's id in the directory."),
    name: z.string(),
    username: z.string().nullable().describe('Null once the user is deleted from the directory.'),
    userState: z.enum(userStates).nullable(),
    remoteId: z.string().nullable().describe('The id in the application.'),
    state: linkStateSchema,
    managed: z.boolean().describe('False for an imported account whose user has never been assigned.'),
    kept: z.boolean().describe('An administrator rejected the deactivation.'),
    moving: z.boolean().describe('Being moved to another account.'),
    pending: z.boolean().describe('To be looked at.'),
    dueAt: timeSchema.nullable().describe('When it is looked at; null where it is not to be.'),
    held: z.boolean().describe("The deactivation waits for an administrator's approval."),
    holdId: z.guid().nullable(),
    error: recordErrorSchema.nullable(),
    attention: attentionSchema.nullable().describe('What an administrator has to decide.'),
    notAccepted: z.array(notAcceptedSchema),
    drift: driftSchema.nullable(),
    via: z.array(groupNameSchema).readonly().describe('The bound groups through which the user is assigned.'),
    why: z.string().describe('Why the account is as it is, in a sentence.'),
    updatedAt: timeSchema.nullable(),
  })
  .meta({ id: 'UserInApplication' });

const whySchema = userInApplicationSchema
  .extend({
    mapping: z
      .array(mappedRowSchema)
      .describe('From what to what, and what the application holds; empty once the user is deleted.'),
    next: z
      .object({
        sentences: z.array(z.string()).describe('What would be sent for the user, step by step.'),
        when: z.string().describe('When that comes about, or that nothing is left to do.'),
      })
      .describe('What comes next.'),
    recentEvents: z
      .array(eventSchema)
      .readonly()
      .describe('The latest operations, the newest first: what was asked, and what was answered.'),
  })
  .meta({ id: 'UserInApplicationInFull' });

function toAnswer(user: UserInApplication, waitUntil: Date | null): z.infer<typeof userInApplicationSchema> {
  const notAccepted = notAcceptedList(user.notAccepted);
  const drift = driftOfUser(user);
  return { ...user, notAccepted, drift, held: user.holdId !== null, why: whyOf(user, waitUntil) };
}

const tags = ['Provisioning'];

const userLinkQuery = linkQuery.extend({
  kept: flag.describe('Only those whose deactivation an administrator rejected.'),
  sort: sortBy(linkSorts).default('added'),
});

async function mappingOfUser(db: Handle, application: Application, link: UserInApplication) {
  const user = await findUser(db, link.userId);
  const { mapping } = effectiveBehaviour(requireConnector(application), application.settings);
  return user === undefined ? [] : mappingOf(mapping, user, link);
}

async function nextOf(
  { clock, engine }: Pick<ApiDeps, 'clock' | 'engine'>,
  { id, state }: Application,
  user: UserInApplication,
  waitUntil: Date | null,
) {
  const { steps } = await engine.plan(id, { user: user.userId });
  const sentences = steps.map(({ sentence }) => sentence);
  return { sentences, when: whenOf(user, { state, waitUntil }, steps.length, clock.now()) };
}

const list: Route = (api, { database }) =>
  api.get(
    '/applications/:id/users',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List the users of an application',
        description:
          'Everybody whom Rollcall knows there, and who waits to be created. Sorted by `added`, they are in the order in which they came into the directory.',
        params: idParams,
        querystring: userLinkQuery,
        response: { 200: listOf(userInApplicationSchema) },
      },
    },
    async (request) => {
      const { id } = await getApplication(database.db, request.params.id);
      const page = await listUserLinks(database.db, id, request.query);
      const waitUntil = await readWait(database.db, id);
      return { ...page, items: page.items.map((user) => toAnswer(user, waitUntil)) };
    },
  );

const read: Route = (api, deps) =>
  api.get(
    '/applications/:id/users/:userId',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'Read one user of an application',
        description:
          'Why the account is as it is: assigned through which groups, mapped from what to what, what the application holds, what was asked and answered last, and what comes next.',
        params: userParams,
        response: { 200: whySchema },
      },
    },
    async (request) => {
      const { db } = deps.database;
      const { id, userId } = request.params;
      const application = await getApplication(db, id);
      const user = await getUserLink(db, id, userId);
      const waitUntil = await readWait(db, id);
      return {
        ...toAnswer(user, waitUntil),
        mapping: await mappingOfUser(db, application, user),
        next: await nextOf(deps, application, user, waitUntil),
        recentEvents: await recentEvents(db, { application: id, user: userId }),
      };
    },
  );

const retry: Route = (api, { database, engine }) =>
  api.post(
    '/applications/:id/users/:userId/retry',
    {
      config: { allow: 'retry', audit: 'user.retried' },
      schema: {
        tags,
        summary: 'Look at one user again now',
        params: userParams,
        response: { 202: startedSchema },
      },
    },
    async (request, reply) => {
      const { userId } = request.params;
      const { id, label } = await getApplication(database.db, request.params.id);
      const { name } = await getUserLink(database.db, id, userId);
      const subject = userSubject({ id: userId, username: name });
      const witness = witnessOf(request, { subject, after: { application: label } });
      await engine.sync(id, { user: userId }, causeOf(request), witness);
      return reply.code(202).send({ message: `Looking at ${name} again.` });
    },
  );

export const linkedUserRoutes = routes(list, read, retry);
