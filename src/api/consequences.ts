/** What would follow of binding and unbinding groups, before it is saved. Nothing is written. */
import { z } from 'zod';
import { requireConnector } from '../connectors/catalog.ts';
import { defaultThreshold, effectiveBehaviour } from '../connectors/settings.ts';
import { changeIdsSchema, idParams } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { connectionStates } from '../provisioning/connection-state.ts';
import { getApplication, type Application } from '../store/applications.ts';
import { checkBindings } from '../store/bindings.ts';
import { consequencesOf, type ConsequenceRules, type Consequences } from '../store/consequences.ts';
import { transact } from '../store/transact.ts';
import { BINDINGS_BODY_LIMIT } from './bindings.ts';

export const brakeSchema = {
  held: z
    .boolean()
    .describe(
      "Whether those who leave would wait for an administrator's approval, with those who leave already.",
    ),
  reason: z.string().nullable().describe('Why they would be held.'),
};

export const connectionSchema = z.enum(connectionStates).describe('Nothing is sent before it is active.');

export const usersSchema = z.object({
  create: z.int().describe('Created, or linked to the account that the application has already.'),
  refused: z
    .int()
    .nullable()
    .describe(
      'Would get an account and cannot be sent, because the mapping refuses them. Null where more than 5000 would get one; then they are counted as created.',
    ),
  reactivate: z.int().describe('Made active again; whom the mapping refuses is counted here as well.'),
  manage: z.int().describe('Imported accounts that would be managed from then on.'),
  deactivate: z.int().describe('Deactivated, or deleted where the connection does that.'),
});

const consequencesSchema = z
  .object({
    connection: connectionSchema,
    users: usersSchema,
    groups: z.object({
      create: z.int(),
      takeOver: z.int().describe('Those of whose name the last inventory saw a group.'),
      stop: z.int().describe('Left in the application as they are, and looked after no more.'),
    }),
    ...brakeSchema,
  })
  .meta({ id: 'BindingConsequences' });

/** The rules of an application that decide about those who come and go. */
export function rulesOf(application: Application): ConsequenceRules {
  const { groupManagement, settings } = application;
  const { users, mapping } = effectiveBehaviour(requireConnector(application), settings);
  return {
    groupManagement,
    mapping,
    deprovision: users.deprovision,
    threshold: settings.threshold ?? defaultThreshold,
  };
}

export const brakeAnswer = ({ brake }: Pick<Consequences, 'brake'>) => ({
  held: brake.held,
  reason: brake.held ? brake.reason : null,
});

const previewBindings: Route = (api, { database }) =>
  api.post(
    '/applications/:id/groups/preview',
    {
      config: { allow: 'directory', audit: null },
      bodyLimit: BINDINGS_BODY_LIMIT,
      schema: {
        tags: ['Applications'],
        summary: 'See what binding and unbinding groups would do',
        description: 'Counts whom the change itself concerns, and writes nothing.',
        params: idParams,
        body: changeIdsSchema,
        response: { 200: consequencesSchema },
      },
    },
    (request) =>
      transact(database, async (tx) => {
        const application = await getApplication(tx, request.params.id);
        await checkBindings(tx, request.body);
        const found = await consequencesOf(tx, application.id, request.body, rulesOf(application));
        return {
          connection: application.state,
          users: found.users,
          groups: found.groups,
          ...brakeAnswer(found),
        };
      }),
  );

export const consequenceRoutes = routes(previewBindings);
