/** The connection of an application: address, token, mapping, behaviour. Turning it on and off is in connection-actions.ts. */
import { z } from 'zod';
import { requireConnector } from '../connectors/catalog.ts';
import { behaviourSchema } from '../connectors/connector.ts';
import {
  defaultThreshold,
  effectiveBaseUrl,
  effectiveBehaviour,
  thresholdSchema,
} from '../connectors/settings.ts';
import { act } from '../http/act.ts';
import { idParams } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { connectionStates } from '../provisioning/connection-state.ts';
import type { Cause } from '../provisioning/settlement.ts';
import {
  getApplication,
  lockApplication,
  updateConnection,
  type Application,
} from '../store/applications.ts';
import type { Handle, Tx } from '../store/database.ts';
import { rescheduleInventory } from '../store/inventory-due.ts';
import { lockRoster } from '../store/roster.ts';
import { lockScope } from '../store/scope.ts';
import { hasSecret, tokenSecretId, writeSecret, type SecretBox } from '../store/secrets.ts';
import { doubtLinks } from '../store/unsure-links.ts';
import {
  changedConnection,
  checkConnectionPatch,
  checkInactive,
  checkTokenStays,
  connectionPatchSchema,
  type ConnectionPatch,
} from './connection-change.ts';
import { connectionDeed } from './deeds.ts';
import { expectedOf, ifMatch, tag } from './etag.ts';

const connectionSchema = z
  .object({
    state: z.enum(connectionStates),
    reason: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Why it is paused, where it is, and since when (`at`).'),
    baseUrl: z.string().nullable().describe('Null until an administrator gives one.'),
    baseUrlFixed: z
      .boolean()
      .describe(
        "The connector has an address of its own; an administrator may set another, e.g. the sandbox's.",
      ),
    tokenSet: z.boolean(),
    tokenLabel: z.string(),
    tokenHelp: z.string(),
    requiresSso: z.boolean(),
    groupManagement: z.boolean(),
    mapping: behaviourSchema.shape.mapping,
    mappingChanged: z.boolean().describe("It is not the connector's own."),
    threshold: thresholdSchema.describe('A plan that deactivates more than both is held.'),
    behaviour: behaviourSchema.omit({ mapping: true }).describe('What is in effect.'),
  })
  .meta({ id: 'IdentityManagement' });

async function toAnswer(handle: Handle, application: Application): Promise<z.infer<typeof connectionSchema>> {
  const connector = requireConnector(application);
  const { mapping, ...behaviour } = effectiveBehaviour(connector, application.settings);
  return {
    state: application.state,
    reason: application.reason,
    baseUrl: effectiveBaseUrl(connector, application.settings),
    baseUrlFixed: connector.baseUrl !== null,
    tokenSet: await hasSecret(handle, tokenSecretId(application.id)),
    tokenLabel: connector.token.label,
    tokenHelp: connector.token.help,
    requiresSso: connector.requiresSso,
    groupManagement: application.groupManagement,
    mapping,
    mappingChanged: application.settings.behaviour?.mapping !== undefined,
    threshold: application.settings.threshold ?? defaultThreshold,
    behaviour,
  };
}

/** Writes what the patch asks for, in the transaction that has locked the application. Throws a `Problem` where it may not be so now. */
async function changeConnection(
  tx: Tx,
  secrets: SecretBox,
  before: Application,
  patch: ConnectionPatch,
  cause: Cause,
): Promise<Application> {
  const connector = requireConnector(before);
  const secret = tokenSecretId(before.id);
  checkInactive(before, connector, patch);
  checkTokenStays(before, connector, patch, await hasSecret(tx, secret));
  if (patch.token !== undefined) await writeSecret(tx, secrets, secret, patch.token);
  const changed = changedConnection(connector, before, patch);
  if (patch.token === undefined && !changed.differs) return before;
  if (patch.token !== undefined || changed.moves) await doubtLinks(tx, before.id);
  const after = await updateConnection(tx, before, changed, cause);
  const { inventoryHours: hours } = changed;
  if (hours !== null && before.state !== 'inactive') await rescheduleInventory(tx, before.id, hours);
  return after;
}

const tags = ['Identity management'];

const path = '/applications/:id/identity-management';

const read: Route = (api, { database }) =>
  api.get(
    path,
    {
      config: { allow: 'read' },
      schema: { tags, summary: 'Read a connection', params: idParams, response: { 200: connectionSchema } },
    },
    async (request, reply) => {
      const application = await getApplication(database.db, request.params.id);
      tag(reply, application);
      return toAnswer(database.db, application);
    },
  );

const change: Route = (api, { config, database, secrets }) =>
  api.patch(
    path,
    {
      config: { allow: 'administer', audit: 'application.connectionChanged' },
      schema: {
        tags,
        summary: 'Change a connection',
        description:
          'While it is active, a changed mapping, and group management turned on, bring everything in line at once; the address and the token can be changed only while it is inactive.',
        headers: ifMatch,
        params: idParams,
        body: connectionPatchSchema,
        response: { 200: connectionSchema },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const patch = request.body;
      const connector = requireConnector(await getApplication(database.db, id));
      checkConnectionPatch(connector, patch, config.allowPrivateTargets);
      return act(database, request, async (tx) => {
        await lockScope(tx);
        await lockRoster(tx, id);
        const before = await lockApplication(tx, id, expectedOf(request));
        const after = await changeConnection(tx, secrets, before, patch, causeOf(request));
        tag(reply, after);
        return [await toAnswer(tx, after), connectionDeed({ before, after }, patch.token !== undefined)];
      });
    },
  );

export const identityManagementRoutes = routes(read, change);
