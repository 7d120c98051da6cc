/** What is one's own: password, sessions and applications. Factors are in me-factors.ts. */
import { z } from 'zod';
import { roles } from '../access/roles.ts';
import { act, ownWitness } from '../http/act.ts';
import { idParams, listOf, nothing, pageQuery, timeSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { ownVisit } from '../http/visit.ts';
import { startUrl } from '../idp/addresses.ts';
import { methods } from '../people/methods.ts';
import { changePassword } from '../sign-in/password.ts';
import { personDeed, sessionFacts, sessionsDeed } from '../sign-in/trail.ts';
import { listTiles } from '../store/portal-applications.ts';
import { endSession, endSessions, listSessions } from '../store/sessions.ts';
import { pageOfSessions } from './short-lists.ts';

export const listedSessionSchema = z
  .object({
    id: z.guid(),
    methods: z.array(z.enum(methods)).readonly(),
    createdAt: timeSchema,
    lastSeenAt: timeSchema.describe('To the minute.'),
    expiresAt: timeSchema,
    address: z.string(),
    userAgent: z.string(),
  })
  .meta({ id: 'ListedSession' });

const ownSessionSchema = z
  .object({ ...listedSessionSchema.shape, current: z.boolean() })
  .meta({ id: 'OwnSession' });

const meSchema = z
  .object({
    id: z.guid(),
    username: z.string(),
    displayname: z.string().nullable(),
    email: z.string().nullable(),
    role: z.enum(roles).nullable(),
    applications: z.array(
      z.object({
        applicationId: z.guid(),
        label: z.string(),
        description: z.string().nullable(),
        logo: z.string().nullable(),
        startUrl: z.string().describe('Opens the application, signed in.'),
      }),
    ),
  })
  .meta({ id: 'Me' });

const passwordBody = z
  .strictObject({ current: z.string().max(1000), password: z.string().max(1000) })
  .meta({ id: 'PasswordChange' });

const tags = ['Me'];

const read: Route = (api, deps) =>
  api.get(
    '/me',
    {
      config: { allow: 'self' },
      schema: { tags, summary: 'Read yourself', response: { 200: meSchema } },
    },
    async (request, reply) => {
      const { userId, username, displayname, email, role } = (await ownVisit(deps, request, reply)).session;
      const tiles = await listTiles(deps.database.db, userId);
      const applications = tiles.map((tile) => ({ ...tile, startUrl: startUrl(tile.applicationId) }));
      return { id: userId, username, displayname, email, role, applications };
    },
  );

const setPassword: Route = (api, deps) =>
  api.post(
    '/me/password',
    {
      config: { allow: 'self', audit: 'password.changed' },
      schema: {
        tags,
        summary: 'Change your password; your other sessions end',
        body: passwordBody,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const visit = await ownVisit(deps, request, reply);
      await changePassword(deps, visit.session, request.body, visit, ownWitness(request));
      return reply.code(204).send();
    },
  );

const listOwnSessions: Route = (api, deps) =>
  api.get(
    '/me/sessions',
    {
      config: { allow: 'self' },
      schema: {
        tags,
        summary: 'List your sessions',
        querystring: pageQuery,
        response: { 200: listOf(ownSessionSchema) },
      },
    },
    async (request, reply) => {
      const { id, userId } = (await ownVisit(deps, request, reply)).session;
      const page = pageOfSessions(await listSessions(deps.database.db, userId), request.query);
      return { ...page, items: page.items.map((session) => ({ ...session, current: session.id === id })) };
    },
  );

const endOthers: Route = (api, deps) =>
  api.delete(
    '/me/sessions',
    {
      config: { allow: 'self', audit: 'sessions.ended' },
      schema: { tags, summary: 'End your other sessions', response: { 204: nothing } },
    },
    async (request, reply) => {
      const { session } = await ownVisit(deps, request, reply);
      await act(deps.database, request, async (tx) => {
        const ended = await endSessions(tx, session.userId, session.id);
        return [undefined, sessionsDeed(session, ended)];
      });
      return reply.code(204).send();
    },
  );

const endOne: Route = (api, deps) =>
  api.delete(
    '/me/sessions/:id',
    {
      config: { allow: 'self', audit: 'session.ended' },
      schema: { tags, summary: 'End one of your sessions', params: idParams, response: { 204: nothing } },
    },
    async (request, reply) => {
      const { session } = await ownVisit(deps, request, reply);
      await act(deps.database, request, async (tx) => {
        const before = await endSession(tx, session.userId, request.params.id);
        return [undefined, personDeed(session, { before: sessionFacts(before) })];
      });
      return reply.code(204).send();
    },
  );

export const meRoutes = routes(read, setPassword, listOwnSessions, endOthers, endOne);
