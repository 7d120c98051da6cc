/** What the help desk does for people who cannot sign in: passwords, factors and sessions of others. */
import { z } from 'zod';
import { conflict } from '../errors.ts';
import { act } from '../http/act.ts';
import { idParams, idSchema, listOf, nothing, pageQuery } from '../http/contract.ts';
import { roleOfAsker } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { linkBase } from '../http/visit.ts';
import { removeFactor } from '../sign-in/factors.ts';
import { byMail, makeResetLink } from '../sign-in/password-reset.ts';
import { personDeed, sessionFacts, sessionsDeed } from '../sign-in/trail.ts';
import { listFactors } from '../store/factors.ts';
import { lockGuarded } from '../store/guarded-person.ts';
import { endSession, endSessions, listSessions } from '../store/sessions.ts';
import { getUser } from '../store/users.ts';
import { userSubject } from './deeds.ts';
import { factorSchema } from './me-factors.ts';
import { listedSessionSchema } from './me.ts';
import { pageOfFactors, pageOfSessions } from './short-lists.ts';

const resetBody = z
  .strictObject({
    deliver: z
      .enum(['mail', 'link'])
      .default('mail')
      .describe('`mail` sends the link to the user; `link` answers it, to be handed over.'),
  })
  .meta({ id: 'PasswordReset' });

const resetSchema = z
  .object({
    link: z.string().nullable().describe('Works once, within the hour. Null where it was sent by mail.'),
  })
  .meta({ id: 'PasswordResetMade' });

const tags = ['Credentials'];
/** Whoever holds a role is an administrator's affair ({@link lockGuarded}): else the help desk could make itself one. */
const byHelpDesk = (audit: string) => ({ config: { allow: 'credentials' as const, audit } });
const factorParams = z.strictObject({ id: idSchema, factorId: idSchema });
const sessionParams = z.strictObject({ id: idSchema, sessionId: idSchema });

const letSetPassword: Route = (api, deps) =>
  api.post(
    '/users/:id/password-reset',
    {
      ...byHelpDesk('passwordLink.made'),
      schema: {
        tags,
        summary: 'Let a user set a new password',
        params: idParams,
        body: resetBody,
        response: { 201: resetSchema },
      },
    },
    async (request, reply) => {
      const { deliver } = request.body;
      const { link, send } = await act(deps.database, request, async (tx) => {
        const person = await lockGuarded(tx, request.params.id, roleOfAsker(request));
        if (person.state !== 'active')
          throw conflict('The user is not active, and so cannot sign in. Make them active first.');
        const made = {
          send: deliver === 'mail' ? byMail(deps, person) : null,
          link: await makeResetLink(tx, person.id, linkBase(deps.config, request)),
        };
        return [made, { subject: userSubject(person), after: { deliver } }];
      });
      await send?.(link);
      return reply.code(201).send({ link: send === null ? link : null });
    },
  );

const listTheirFactors: Route = (api, { database }) =>
  api.get(
    '/users/:id/factors',
    {
      config: { allow: 'credentials' },
      schema: {
        tags,
        summary: "List a user's second factors",
        params: idParams,
        querystring: pageQuery,
        response: { 200: listOf(factorSchema) },
      },
    },
    async (request) => {
      await getUser(database.db, request.params.id);
      return pageOfFactors(await listFactors(database.db, request.params.id), request.query);
    },
  );

const removeTheirFactor: Route = (api, { database }) =>
  api.delete(
    '/users/:id/factors/:factorId',
    {
      ...byHelpDesk('factor.removed'),
      schema: {
        tags,
        summary: "Take a user's factor away; their sessions end",
        params: factorParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id, factorId } = request.params;
      await act(database, request, async (tx) => {
        const { username } = await lockGuarded(tx, id, roleOfAsker(request));
        return [undefined, await removeFactor(tx, { userId: id, username }, factorId)];
      });
      return reply.code(204).send();
    },
  );

const listTheirSessions: Route = (api, { database }) =>
  api.get(
    '/users/:id/sessions',
    {
      config: { allow: 'credentials' },
      schema: {
        tags,
        summary: "List a user's sessions",
        params: idParams,
        querystring: pageQuery,
        response: { 200: listOf(listedSessionSchema) },
      },
    },
    async (request) => {
      await getUser(database.db, request.params.id);
      return pageOfSessions(await listSessions(database.db, request.params.id), request.query);
    },
  );

const endTheirSessions: Route = (api, { database }) =>
  api.delete(
    '/users/:id/sessions',
    {
      ...byHelpDesk('sessions.ended'),
      schema: { tags, summary: "End all of a user's sessions", params: idParams, response: { 204: nothing } },
    },
    async (request, reply) => {
      const { id } = request.params;
      await act(database, request, async (tx) => {
        const { username } = await lockGuarded(tx, id, roleOfAsker(request));
        return [undefined, sessionsDeed({ userId: id, username }, await endSessions(tx, id))];
      });
      return reply.code(204).send();
    },
  );

const endTheirSession: Route = (api, { database }) =>
  api.delete(
    '/users/:id/sessions/:sessionId',
    {
      ...byHelpDesk('session.ended'),
      schema: {
        tags,
        summary: "End one of a user's sessions",
        params: sessionParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id, sessionId } = request.params;
      await act(database, request, async (tx) => {
        const { username } = await lockGuarded(tx, id, roleOfAsker(request));
        const before = await endSession(tx, id, sessionId);
        return [undefined, personDeed({ userId: id, username }, { before: sessionFacts(before) })];
      });
      return reply.code(204).send();
    },
  );

export const credentialRoutes = routes(
  letSetPassword,
  listTheirFactors,
  removeTheirFactor,
  listTheirSessions,
  endTheirSessions,
  endTheirSession,
);
