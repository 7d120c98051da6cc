/** What an administrator does with a connection: test, activate, deactivate, resume (R3, R5, R44). */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Problem } from '../errors.ts';
import { witnessOf } from '../http/act.ts';
import { idParams } from '../http/contract.ts';
import { causeOf, type ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import { MADE_SURE_FIRST } from '../provisioning/made-sure.ts';
import type { ProbeResult } from '../reconcile/probe.ts';
import { getApplication } from '../store/applications.ts';
import type { Database } from '../store/database.ts';
import { areLinksUnsure } from '../store/unsure-links.ts';
import { checkVersion } from '../store/version.ts';
import { applicationSubject } from './deeds.ts';
import { expectedOf, ifMatch } from './etag.ts';

const checksSchema = z
  .array(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      message: z.string().describe('What was found, or what is wrong and what to do about it.'),
    }),
  )
  .readonly()
  .describe('What was asked of the application, in order, until something failed.');

const probeSchema = z
  .object({ passed: z.boolean(), message: z.string(), checks: checksSchema })
  .meta({ id: 'ProbeResult' });

const activeSchema = z
  .object({ state: z.literal('active'), message: z.string(), checks: checksSchema })
  .meta({ id: 'ConnectionActivated' });

const inactiveSchema = z
  .object({ state: z.literal('inactive'), message: z.string() })
  .meta({ id: 'ConnectionDeactivated' });

/** R3: a target that does not answer as it should is a conflict (409) in the probe's own words; nothing was changed. */
function activated({ passed, message, checks }: ProbeResult, unsure: boolean): z.infer<typeof activeSchema> {
  if (!passed) throw new Problem('conflict', message, [], { checks });
  const words = [message, 'The connection is active.', ...(unsure ? [MADE_SURE_FIRST] : [])];
  return { state: 'active', message: words.join(' '), checks };
}

const tags = ['Identity management'];

const path = '/applications/:id/identity-management';

/**
 * What the engine and the audit trail are told of turning a connection that way. Throws a `Problem` where it is another than
 * the one who asks has seen.
 */
async function turning(database: Database, request: FastifyRequest, id: string, state: ConnectionState) {
  const application = await getApplication(database.db, id);
  checkVersion(`The connection of ${application.label}`, application.version, expectedOf(request));
  const subject = applicationSubject(application);
  const deed = { subject, before: { state: application.state }, after: { state } };
  const unsure = await areLinksUnsure(database.db, id);
  return { label: application.label, unsure, cause: causeOf(request), witness: witnessOf(request, deed) };
}

async function turnOn(
  { database, engine }: Pick<ApiDeps, 'database' | 'engine'>,
  request: FastifyRequest,
  id: string,
  how: 'activate' | 'resume',
) {
  const { cause, unsure, witness } = await turning(database, request, id, 'active');
  return activated(await engine[how](id, cause, witness), unsure);
}

const test: Route = (api, { engine }) =>
  api.post(
    `${path}/test`,
    {
      config: { allow: 'administer', audit: null },
      schema: {
        tags,
        summary: 'Test a connection',
        description:
          'Asks the application with the stored address and token, and changes nothing. A failure is an answer here: `passed` is false, and `message` says what to do.',
        params: idParams,
        response: { 200: probeSchema },
      },
    },
    (request) => engine.test(request.params.id, causeOf(request, 'connection.tested')),
  );

const activate: Route = (api, deps) =>
  api.post(
    `${path}/activate`,
    {
      config: { allow: 'administer', audit: 'connection.activated' },
      schema: {
        tags,
        summary: 'Activate a connection',
        description:
          'Tests the connection first. Where the test fails, the answer is a problem of status 409 whose `detail` says what to do and whose `checks` list what was asked; the connection stays as it was.',
        headers: ifMatch,
        params: idParams,
        response: { 200: activeSchema },
      },
    },
    (request) => turnOn(deps, request, request.params.id, 'activate'),
  );

const resume: Route = (api, deps) =>
  api.post(
    `${path}/resume`,
    {
      config: { allow: 'administer', audit: 'connection.resumed' },
      schema: {
        tags,
        summary: 'Resume a paused connection',
        description: 'Tests the connection first, as activation does; then everything goes on where it was.',
        headers: ifMatch,
        params: idParams,
        response: { 200: activeSchema },
      },
    },
    (request) => turnOn(deps, request, request.params.id, 'resume'),
  );

const deactivate: Route = (api, { database, engine }) =>
  api.post(
    `${path}/deactivate`,
    {
      config: { allow: 'administer', audit: 'connection.deactivated' },
      schema: {
        tags,
        summary: 'Deactivate a connection',
        description:
          'Stops every request to the application at once, and answers when those in flight have ended. The application stays as it is, and the links are kept for a later activation.',
        headers: ifMatch,
        params: idParams,
        response: { 200: inactiveSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { cause, label, witness } = await turning(database, request, id, 'inactive');
      await engine.deactivate(id, cause, witness);
      const message = `The connection of ${label} is inactive. Nothing more is sent to it, and what it holds stays as it is.`;
      return { state: 'inactive' as const, message };
    },
  );

export const connectionActionRoutes = routes(test, activate, resume, deactivate);
