/** What would be sent to an application, and sending exactly that (R47). */
import { z } from 'zod';
import { witnessOf } from '../http/act.ts';
import { idParams, pageQuery } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { brake } from '../provisioning/brake.ts';
import { PLAN_MAY_CHANGE } from '../provisioning/made-sure.ts';
import { stepKinds } from '../provisioning/steps.ts';
import { getApplication, type Application } from '../store/applications.ts';
import type { Handle } from '../store/database.ts';
import { countLeavers } from '../store/leavers.ts';
import { areLinksUnsure } from '../store/unsure-links.ts';
import { rulesOf } from './consequences.ts';
import { applicationSubject } from './deeds.ts';
import { valueSchema } from './link-schemas.ts';
import { namesOf, scopeFields } from './scope.ts';

const changeSchema = z
  .object({
    path: z.string().describe('The SCIM attribute.'),
    before: valueSchema.optional().describe('Left out where there is none.'),
    after: valueSchema.optional().describe('Left out where there is none.'),
  })
  .describe('One attribute that changes.');

const memberSchema = z.object({ userId: z.guid(), name: z.string(), remoteId: z.string().nullable() });

const stepSchema = z
  .looseObject({
    kind: z.enum(stepKinds),
    subject: z.object({ kind: z.enum(['user', 'group']), id: z.guid(), name: z.string() }),
    sentence: z.string().describe('The step in words.'),
    values: z.record(z.string(), valueSchema).optional().describe('Of an account, by SCIM attribute.'),
    changes: z.array(changeSchema).readonly().optional().describe('To an account that is there.'),
    add: z.array(memberSchema).readonly().optional().describe('Members to add, at most a thousand.'),
    remove: z.array(memberSchema).readonly().optional().describe('Members to remove, at most a thousand.'),
  })
  .describe('What else a step holds depends on its kind.')
  .meta({ id: 'PlannedStep' });

const summarySchema = z
  .partialRecord(z.enum(stepKinds), z.int())
  .describe(
    'How many steps there are of each kind. Nothing is sent for `refuseUser` and `refuseGroup`: something is missing, or the application refused them and nothing has changed since.',
  );

const planSchema = z
  .object({
    checksum: z.string().describe('Changes whenever any step changes. Applying takes it.'),
    summary: summarySchema,
    steps: z.array(stepSchema).readonly().describe('Those who lose their account first.'),
    matching: z.int().describe('How many steps are as `kind` and `search` ask; all, without them.'),
    truncated: z
      .boolean()
      .describe('`steps` shows the first of those that match only; summary and checksum cover all.'),
    note: z
      .string()
      .nullable()
      .describe(
        'Why the plan may change before it is sent, although nothing changes in the directory; null where it does not.',
      ),
    heldOnActivation: z
      .string()
      .nullable()
      .describe(
        "Why those who lose their account would wait for an administrator's approval once the connection, which is inactive, is activated; null where they would not, where it is not inactive, and in the plan of one record.",
      ),
  })
  .meta({ id: 'Plan' });

const planQuery = z.strictObject({
  ...scopeFields,
  limit: z.coerce.number().int().min(0).max(10_000).optional().describe('How many steps to show; 1000.'),
  kind: z.enum(stepKinds).optional().describe('Show only steps of this kind.'),
  search: pageQuery.shape.search.describe('Show only steps with this in the name or in the sentence.'),
});

const applyBody = z
  .strictObject({
    checksum: z.string().min(1).max(100).describe('Of the plan that you have seen.'),
    ...scopeFields,
  })
  .meta({ id: 'PlanToApply' });

const appliedSchema = z
  .object({ checksum: z.string(), summary: summarySchema, message: z.string() })
  .meta({ id: 'PlanApplied' });

const tags = ['Provisioning'];

/** Those who leave are no marks yet while the connection is inactive: activation makes them, and the brake counts them then (R46). */
async function heldOnActivation(
  handle: Handle,
  application: Application,
  { user, group }: z.infer<typeof planQuery>,
  { deactivateUser = 0, deleteUser = 0 }: z.infer<typeof summarySchema>,
): Promise<string | null> {
  if (application.state !== 'inactive' || user !== undefined || group !== undefined) return null;
  const { threshold } = rulesOf(application);
  const waiting = deactivateUser + deleteUser;
  const counts = await countLeavers(handle, application.id, threshold.number - waiting, []);
  const braked = brake({ ...counts, waiting }, threshold);
  return braked.held ? braked.reason : null;
}

const read: Route = (api, { database, engine }) =>
  api.get(
    '/applications/:id/plan',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'See what would be sent',
        description:
          'For the whole application, one user or one group. Reads only, and asks nothing of the application.',
        params: idParams,
        querystring: planQuery,
        response: { 200: planSchema },
      },
    },
    async (request) => {
      const application = await getApplication(database.db, request.params.id);
      const { id } = application;
      await namesOf(database.db, id, request.query);
      const plan = await engine.plan(id, request.query);
      return {
        ...plan,
        steps: plan.steps.map((step) => ({ ...step })),
        note: (await areLinksUnsure(database.db, id)) ? PLAN_MAY_CHANGE : null,
        heldOnActivation: await heldOnActivation(database.db, application, request.query, plan.summary),
      };
    },
  );

const apply: Route = (api, { database, engine }) =>
  api.post(
    '/applications/:id/apply',
    {
      config: { allow: 'administer', audit: 'plan.applied' },
      schema: {
        tags,
        summary: 'Send what was seen',
        description:
          'Takes the checksum of a plan, and the `user` or `group` that it was asked for, where it was. Refused where the plan has changed since. What the application refused before is not sent again: a sync or a retry does.',
        params: idParams,
        body: applyBody,
        response: { 202: appliedSchema },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request);
      const application = await getApplication(database.db, request.params.id);
      const { checksum, ...scope } = request.body;
      const names = await namesOf(database.db, application.id, scope);
      const witness = witnessOf(request, {
        subject: applicationSubject(application),
        after: { checksum, ...names },
      });
      const { summary } = await engine.apply(application.id, scope, checksum, cause, witness);
      const message = 'The plan is being sent. The status of the application is idle when all is done.';
      return reply.code(202).send({ checksum, summary, message });
    },
  );

export const planRoutes = routes(read, apply);
