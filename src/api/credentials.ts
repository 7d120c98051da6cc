/** What the help desk does for people who cannot sign in: passwords, factors and sessions of others. */
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem, conflict } from '../errors.ts';
import { mailResetLink, makeResetLink } from '../sign-in/password-reset.ts';
import { roleOf } from '../store/administrators.ts';
import { deleteFactor, listFactors } from '../store/factors.ts';
import { findPersonById } from '../store/passwords.ts';
import { endSession, endSessions, listSessions } from '../store/sessions.ts';
import { transact } from '../store/transact.ts';
import { getUser } from '../store/users.ts';
import { idParams, idSchema, nothing } from './contract.ts';
import type { ApiDeps } from './deps.ts';
import { factorSchema } from './me-factors.ts';
import { listedSessionSchema } from './me.ts';
import { linkBase } from './visit.ts';

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
const byHelpDesk = { config: { allow: 'credentials' as const } };
const factorParams = z.strictObject({ id: idSchema, factorId: idSchema });
const sessionParams = z.strictObject({ id: idSchema, sessionId: idSchema });

export const credentialRoutes: FastifyPluginCallbackZod<ApiDeps> = (api, deps, done) => {
  const { database } = deps;

  /** Whoever holds a role is an administrator's affair: else the help desk could make itself one. */
  const mayTouch = async (request: FastifyRequest, userId: string): Promise<void> => {
    const user = await getUser(database.db, userId);
    if (request.principal?.role === 'administrator') return;
    if ((await roleOf(database.db, userId)) === null) return;
    throw new Problem(
      'forbidden',
      `The user "${user.username}" holds a role: only an administrator may change their credentials.`,
    );
  };

  api.post(
    '/users/:id/password-reset',
    {
      ...byHelpDesk,
      schema: {
        tags,
        summary: 'Let a user set a new password',
        params: idParams,
        body: resetBody,
        response: { 201: resetSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await mayTouch(request, id);
      const person = await findPersonById(database.db, id);
      if (person === undefined)
        throw conflict('The user is not active, and so cannot sign in. Make them active first.');
      const base = linkBase(deps.config, request);
      if (request.body.deliver === 'link')
        return reply.code(201).send({ link: await makeResetLink(deps, id, base) });
      await mailResetLink(deps, person, base);
      return reply.code(201).send({ link: null });
    },
  );

  api.get(
    '/users/:id/factors',
    {
      ...byHelpDesk,
      schema: {
        tags,
        summary: "List a user's second factors",
        params: idParams,
        response: { 200: z.object({ items: z.array(factorSchema) }) },
      },
    },
    async (request) => {
      await getUser(database.db, request.params.id);
      return { items: await listFactors(database.db, request.params.id) };
    },
  );

  api.delete(
    '/users/:id/factors/:factorId',
    {
      ...byHelpDesk,
      schema: {
        tags,
        summary: "Take a user's factor away",
        params: factorParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id, factorId } = request.params;
      await mayTouch(request, id);
      await transact(database, (tx) => deleteFactor(tx, id, factorId));
      return reply.code(204).send();
    },
  );

  api.get(
    '/users/:id/sessions',
    {
      ...byHelpDesk,
      schema: {
        tags,
        summary: "List a user's sessions",
        params: idParams,
        response: { 200: z.object({ items: z.array(listedSessionSchema) }) },
      },
    },
    async (request) => {
      await getUser(database.db, request.params.id);
      return { items: await listSessions(database.db, request.params.id) };
    },
  );

  api.delete(
    '/users/:id/sessions',
    {
      ...byHelpDesk,
      schema: { tags, summary: "End all of a user's sessions", params: idParams, response: { 204: nothing } },
    },
    async (request, reply) => {
      await mayTouch(request, request.params.id);
      await endSessions(database.db, request.params.id);
      return reply.code(204).send();
    },
  );

  api.delete(
    '/users/:id/sessions/:sessionId',
    {
      ...byHelpDesk,
      schema: {
        tags,
        summary: "End one of a user's sessions",
        params: sessionParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { id, sessionId } = request.params;
      await mayTouch(request, id);
      await endSession(database.db, id, sessionId);
      return reply.code(204).send();
    },
  );

  done();
};
