/** One's own second factors. Each change asks for a sign-in of a moment ago. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { visibleLine } from '../directory/text.ts';
import { act, ownWitness } from '../http/act.ts';
import { idParams, listOf, nothing, pageQuery, timeSchema } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { originOf, ownVisit, requireFresh, type OwnVisit } from '../http/visit.ts';
import { confirmTotp, newRecoveryCodes, removeOwnFactor, startTotp } from '../sign-in/factors.ts';
import { addPasskey, passkeyCreation } from '../sign-in/passkeys.ts';
import { listFactors } from '../store/factors.ts';
import { countRecoveryCodes } from '../store/recovery-codes.ts';
import { registrationSchema } from './passkey-schemas.ts';
import { pageOfFactors } from './short-lists.ts';

export const factorSchema = z
  .object({
    id: z.guid(),
    kind: z.enum(['totp', 'passkey']),
    label: z.string(),
    createdAt: timeSchema,
    lastUsedAt: timeSchema.nullable(),
  })
  .meta({ id: 'Factor' });

const codesSchema = z
  .object({
    recoveryCodes: z
      .array(z.string())
      .readonly()
      .nullable()
      .describe('Shown this once; null where there are some already.'),
  })
  .meta({ id: 'RecoveryCodes' });

const totpSchema = z
  .object({ id: z.guid(), secret: z.string(), uri: z.string().describe('For a QR code.') })
  .meta({ id: 'TotpSetUp' });

const label = visibleLine(100);

const tags = ['Me'];
const changing = (audit: string | null) => ({ config: { allow: 'self' as const, audit } });

async function freshVisit(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Promise<OwnVisit> {
  const visit = await ownVisit(deps, request, reply);
  await requireFresh(deps, visit);
  return visit;
}

const list: Route = (api, deps) =>
  api.get(
    '/me/factors',
    {
      config: { allow: 'self' },
      schema: {
        tags,
        summary: 'List your second factors',
        querystring: pageQuery,
        response: { 200: listOf(factorSchema).extend({ recoveryCodesLeft: z.int() }) },
      },
    },
    async (request, reply) => {
      const { userId } = (await ownVisit(deps, request, reply)).session;
      const page = pageOfFactors(await listFactors(deps.database.db, userId), request.query);
      return { ...page, recoveryCodesLeft: await countRecoveryCodes(deps.database.db, userId) };
    },
  );

const remove: Route = (api, deps) =>
  api.delete(
    '/me/factors/:id',
    {
      ...changing('factor.removed'),
      schema: {
        tags,
        summary: 'Take a factor away; your other sessions end',
        params: idParams,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { session } = await freshVisit(deps, request, reply);
      await act(deps.database, request, async (tx) => [
        undefined,
        await removeOwnFactor(tx, session, request.params.id),
      ]);
      return reply.code(204).send();
    },
  );

const beginApp: Route = (api, deps) =>
  api.post(
    '/me/factors/totp',
    {
      ...changing(null),
      schema: {
        tags,
        summary: 'Begin to set up an authenticator app',
        body: z.strictObject({ label: label.default('Authenticator app') }),
        response: { 201: totpSchema },
      },
    },
    async (request, reply) => {
      const { session } = await freshVisit(deps, request, reply);
      return reply.code(201).send(await startTotp(deps, session, request.body.label));
    },
  );

const confirmApp: Route = (api, deps) =>
  api.post(
    '/me/factors/totp/confirm',
    {
      ...changing('factor.added'),
      schema: {
        tags,
        summary: 'Confirm the authenticator app of this session by its first code; your other sessions end',
        body: z.strictObject({ code: z.string().max(20) }),
        response: { 200: codesSchema },
      },
    },
    async (request, reply) => {
      const { session } = await freshVisit(deps, request, reply);
      return { recoveryCodes: await confirmTotp(deps, session, request.body.code, ownWitness(request)) };
    },
  );

const beginPasskey: Route = (api, deps) =>
  api.post(
    '/me/factors/passkeys/options',
    {
      ...changing(null),
      schema: { tags, summary: 'Begin to make a passkey', response: { 200: z.looseObject({}) } },
    },
    async (request, reply) => {
      const { session, cookie } = await freshVisit(deps, request, reply);
      return {
        ...(await passkeyCreation(deps, session, { cookie, origin: originOf(deps.config, request) })),
      };
    },
  );

const confirmPasskey: Route = (api, deps) =>
  api.post(
    '/me/factors/passkeys',
    {
      ...changing('factor.added'),
      schema: {
        tags,
        summary: 'Add a passkey; your other sessions end',
        body: z.strictObject({ label: label.default('Passkey'), response: registrationSchema }),
        response: { 201: codesSchema },
      },
    },
    async (request, reply) => {
      const { session, cookie } = await freshVisit(deps, request, reply);
      const ceremony = { cookie, origin: originOf(deps.config, request) };
      const recoveryCodes = await addPasskey(deps, session, ceremony, request.body, ownWitness(request));
      return reply.code(201).send({ recoveryCodes });
    },
  );

const makeRecoveryCodes: Route = (api, deps) =>
  api.post(
    '/me/factors/recovery-codes',
    {
      ...changing('recoveryCodes.made'),
      schema: {
        tags,
        summary: 'Make new recovery codes; your other sessions end',
        response: { 201: codesSchema },
      },
    },
    async (request, reply) => {
      const { session } = await freshVisit(deps, request, reply);
      const recoveryCodes = await act(deps.database, request, (tx) => newRecoveryCodes(tx, session));
      return reply.code(201).send({ recoveryCodes });
    },
  );

export const meFactorRoutes = routes(
  list,
  remove,
  beginApp,
  confirmApp,
  beginPasskey,
  confirmPasskey,
  makeRecoveryCodes,
);
