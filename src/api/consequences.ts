/** What would follow, before it is saved: of binding and unbinding groups, and of deleting one. Nothing is written. */
import { z } from 'zod';
import { defaultThreshold, effectiveBehaviour } from '../connectors/settings.ts';
import { getApplication, type Application } from '../store/applications.ts';
import { applicationsOfGroup, checkBindings } from '../store/bindings.ts';
import { consequencesOf, type ConsequenceRules, type Consequences } from '../store/consequences.ts';
import { getGroup } from '../store/groups.ts';
import { transact } from '../store/transact.ts';
import { connectionStates } from './applications.ts';
import { BINDINGS_BODY_LIMIT } from './bindings.ts';
import { changeIdsSchema, idParams } from './contract.ts';
import { connectorOf } from './identity-management.ts';
import { routes, type Route } from './routes.ts';

const brakeSchema = {
  held: z
    .boolean()
    .describe(
      "Whether those who leave would wait for an administrator's approval, with those who leave already.",
    ),
  reason: z.string().nullable().describe('Why they would be held.'),
};

const consequencesSchema = z
  .object({
    connection: z.enum(connectionStates).describe('Nothing is sent before it is active.'),
    users: z.object({
      create: z.int().describe('Created, or linked to the account that the application has already.'),
      reactivate: z.int().describe('Made active again.'),
      manage: z.int().describe('Imported accounts that would be managed from then on.'),
      deactivate: z.int().describe('Deactivated, or deleted where the connection does that.'),
    }),
    groups: z.object({
      create: z.int(),
      takeOver: z.int().describe('Those of whose name the last inventory saw a group.'),
      stop: z.int().describe('Left in the application as they are, and looked after no more.'),
    }),
    ...brakeSchema,
  })
  .meta({ id: 'BindingConsequences' });

const deletionSchema = z
  .object({
    applications: z.array(
      z.object({
        application: z.object({ id: z.guid(), label: z.string() }),
        connection: z.enum(connectionStates).describe('Nothing is sent before it is active.'),
        deletesGroup: z.boolean().describe('Whether the group is deleted there as well.'),
        deactivate: z
          .int()
          .describe('How many users would be deactivated there, or deleted where the connection does that.'),
        ...brakeSchema,
      }),
    ),
  })
  .meta({ id: 'GroupConsequences' });

function rulesOf(application: Application): ConsequenceRules {
  const { groupManagement, settings } = application;
  const { users } = effectiveBehaviour(connectorOf(application), settings);
  return {
    groupManagement,
    deprovision: users.deprovision,
    threshold: settings.threshold ?? defaultThreshold,
  };
}

const brakeAnswer = ({ brake }: Consequences) => ({
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
        description:
          'Counts whom the change itself concerns, and writes nothing. A user whom the mapping refuses counts as created.',
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

const previewDeletion: Route = (api, { database }) =>
  api.get(
    '/groups/:id/consequences',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Groups'],
        summary: 'See what deleting a group would do',
        description: 'In each application that it is bound to, by label.',
        params: idParams,
        response: { 200: deletionSchema },
      },
    },
    async (request) => {
      const { id } = await getGroup(database.db, request.params.id);
      const applications = [];
      for (const application of await applicationsOfGroup(database.db, id)) {
        const rules = rulesOf(application);
        const found = await consequencesOf(database.db, application.id, { add: [], remove: [id] }, rules);
        applications.push({
          application: { id: application.id, label: application.label },
          connection: application.state,
          deletesGroup: found.groups.stop > 0,
          deactivate: found.users.deactivate,
          ...brakeAnswer(found),
        });
      }
      return { applications };
    },
  );

export const consequenceRoutes = routes(previewBindings, previewDeletion);
