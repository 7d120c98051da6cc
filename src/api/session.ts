/** Signing in and out over the API: what the sign-in page does, for programs in a browser. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { allows, permissions, roles } from '../access/roles.ts';
import { line } from '../directory/text.ts';
import { Problem } from '../errors.ts';
import { act } from '../http/act.ts';
import { nothing, timeSchema } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { clearCookie, csrfTokenOf } from '../http/session-cookie.ts';
import { lacksSecondFactor, principalOf } from '../http/session-principal.ts';
import { keepSession, originOf, ownVisit, visitOf } from '../http/visit.ts';
import { methods } from '../people/methods.ts';
import { checkCode } from '../sign-in/code.ts';
import { checkPasskey, passkeyRequest } from '../sign-in/passkeys.ts';
import { checkPassword } from '../sign-in/password.ts';
import { afterPassword, startSession } from '../sign-in/session.ts';
import { signOutDeed } from '../sign-in/trail.ts';
import { findHalfSignIn } from '../store/half-sign-ins.ts';
import { dropSession, findSession } from '../store/sessions.ts';
import { assertionSchema } from './passkey-schemas.ts';

const sessionSchema = z
  .object({
    userId: z.guid(),
    username: z.string(),
    displayname: z.string().nullable(),
    email: z.string().nullable(),
    role: z.enum(roles).nullable().describe('What they administer with; null for who administers nothing.'),
    permissions: z
      .array(z.enum(permissions))
      .describe('What they may do, with that role and as they signed in.'),
    methods: z.array(z.enum(methods)).readonly().describe('How they proved who they are.'),
    authenticatedAt: timeSchema,
    needsSecondFactor: z.boolean().describe('The role counts only after a second factor was set up.'),
    csrfToken: z.string().describe('To be sent with every write, as `x-csrf-token`.'),
  })
  .meta({ id: 'Session' });

const signInBody = z
  .strictObject({
    username: line(255).min(1).describe('Or the email address, where only one user has it.'),
    password: z.string().min(1).max(1000),
    code: z.string().min(1).max(100).optional().describe('Of an authenticator app, or a recovery code.'),
  })
  .meta({ id: 'SignIn' });

const tags = ['Session'];
/** Somebody says who they are. A page of somebody else cannot: it sends no JSON without asking first (CORS). */
const byAnybody = (audit: string | null) => ({ config: { allow: 'public' as const, audit } });

async function viewOf({ config, database }: ApiDeps, token: string): Promise<z.infer<typeof sessionSchema>> {
  const session = await findSession(database.db, token);
  if (session === undefined) throw new Problem('unauthorized', 'The session is over. Sign in again.');
  return { ...toView(config, session), csrfToken: csrfTokenOf(token) };
}

const toView = (
  config: ApiDeps['config'],
  session: NonNullable<Awaited<ReturnType<typeof findSession>>>,
) => ({
  userId: session.userId,
  username: session.username,
  displayname: session.displayname,
  email: session.email,
  role: session.role,
  permissions: permissions.filter((each) => allows(principalOf(config, session).role, each)),
  methods: [...session.methods],
  authenticatedAt: session.authenticatedAt.toISOString(),
  needsSecondFactor: lacksSecondFactor(config, session),
});

async function signIn(
  deps: ApiDeps,
  { username, password, code }: z.infer<typeof signInBody>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const visit = await visitOf(deps, request, reply);
  const person = await checkPassword(deps, username, password, visit);
  const next = await afterPassword(deps, person, visit);
  if ('token' in next) return next;
  if (code === undefined)
    throw new Problem('unauthorized', 'The password is right. A second factor is needed as well.', [], {
      secondFactor: next.factors,
    });
  const method = await checkCode(deps, person, code, visit);
  return startSession(deps, person, ['password', method], visit);
}

async function signInByPasskey(
  deps: ApiDeps,
  response: z.infer<typeof assertionSchema>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const visit = await visitOf(deps, request, reply);
  const half = await findHalfSignIn(deps.database.db, visit.cookie);
  const ceremony = { cookie: visit.cookie, origin: originOf(deps.config, request) };
  const person = await checkPasskey(deps, half, ceremony, response, visit);
  return startSession(deps, person, half === undefined ? ['passkey'] : ['password', 'passkey'], visit);
}

const start: Route = (api, deps) =>
  api.post(
    '/session',
    {
      ...byAnybody('session.started'),
      schema: { tags, summary: 'Sign in', body: signInBody, response: { 201: sessionSchema } },
    },
    async (request, reply) => {
      const started = await signIn(deps, request.body, request, reply);
      keepSession(reply, deps.config, started);
      return reply.code(201).send(await viewOf(deps, started.token));
    },
  );

const beginPasskey: Route = (api, deps) =>
  api.post(
    '/session/passkey/options',
    {
      ...byAnybody(null),
      schema: { tags, summary: 'Begin to sign in with a passkey', response: { 200: z.looseObject({}) } },
    },
    async (request, reply) => {
      const { cookie } = await visitOf(deps, request, reply);
      const half = await findHalfSignIn(deps.database.db, cookie);
      const ceremony = { cookie, origin: originOf(deps.config, request) };
      return { ...(await passkeyRequest(deps, half?.userId, ceremony)) };
    },
  );

const startByPasskey: Route = (api, deps) =>
  api.post(
    '/session/passkey',
    {
      ...byAnybody('session.started'),
      schema: {
        tags,
        summary: 'Sign in with a passkey',
        body: assertionSchema,
        response: { 201: sessionSchema },
      },
    },
    async (request, reply) => {
      const started = await signInByPasskey(deps, request.body, request, reply);
      keepSession(reply, deps.config, started);
      return reply.code(201).send(await viewOf(deps, started.token));
    },
  );

const read: Route = (api, deps) =>
  api.get(
    '/session',
    {
      config: { allow: 'self' },
      schema: { tags, summary: 'Read who is signed in', response: { 200: sessionSchema } },
    },
    async (request, reply) => {
      const { session, csrf } = await ownVisit(deps, request, reply);
      return { ...toView(deps.config, session), csrfToken: csrf };
    },
  );

const end: Route = (api, deps) =>
  api.delete(
    '/session',
    {
      config: { allow: 'self', audit: 'session.ended' },
      schema: { tags, summary: 'Sign out', response: { 204: nothing } },
    },
    async (request, reply) => {
      const { session } = await ownVisit(deps, request, reply);
      await act(deps.database, request, async (tx) => {
        await dropSession(tx, session.id);
        return [undefined, signOutDeed(session)];
      });
      clearCookie(reply, deps.config, 'session');
      return reply.code(204).send();
    },
  );

export const sessionRoutes = routes(start, beginPasskey, startByPasskey, read, end);
