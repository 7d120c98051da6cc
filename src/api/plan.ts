import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { getApplication } from '../store/applications.ts';
import { witnessOf } from './act.ts';
import { idParams, idSchema } from './contract.ts';
import { applicationSubject } from './deeds.ts';
import { causeOf, type ApiDeps } from './deps.ts';

const stepKinds = [
  'createUser',
  'findUser',
  'updateUser',
  'reactivateUser',
  'deactivateUser',
  'deleteUser',
  'refuseUser',
  'createGroup',
  'findGroup',
  'renameGroup',
  'changeMembers',
  'deleteGroup',
] as const;

const stepSchema = z
  .looseObject({
    kind: z.enum(stepKinds),
    subject: z.object({ kind: z.enum(['user', 'group']), id: z.guid(), name: z.string() }),
    sentence: z.string().describe('The step in words.'),
  })
  .describe(
    'What else a step holds depends on its kind: values, changes, members to add and to remove, a reason.',
  );

const summarySchema = z
  .partialRecord(z.enum(stepKinds), z.int())
  .describe('How many steps there are of each kind.');

const planSchema = z
  .object({
    checksum: z.string().describe('Changes whenever any step changes. Applying takes it.'),
    summary: summarySchema,
    steps: z.array(stepSchema).readonly(),
    truncated: z.boolean().describe('`steps` shows the first of them only; summary and checksum cover all.'),
  })
  .meta({ id: 'Plan' });

const planQuery = z.strictObject({
  user: idSchema.optional().describe('Only for this user.'),
  group: idSchema.optional().describe('Only for this group.'),
  limit: z.coerce.number().int().min(0).max(10_000).optional().describe('How many steps to show; 1000.'),
});

const applyBody = z
  .strictObject({ checksum: z.string().min(1).max(100).describe('Of the plan that you have seen.') })
  .meta({ id: 'PlanToApply' });

const appliedSchema = z
  .object({ checksum: z.string(), summary: summarySchema, message: z.string() })
  .meta({ id: 'PlanApplied' });

const tags = ['Provisioning'];

export const planRoutes: FastifyPluginCallbackZod<ApiDeps> = (api, { database, engine }, done) => {
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
      const plan = await engine.plan(request.params.id, request.query);
      return { ...plan, steps: plan.steps.map((step) => ({ ...step })) };
    },
  );

  api.post(
    '/applications/:id/apply',
    {
      config: { allow: 'administer', audit: 'plan.applied' },
      schema: {
        tags,
        summary: 'Send what was seen',
        description:
          'Takes the checksum of a plan of the whole application. Refused where the plan has changed since.',
        params: idParams,
        body: applyBody,
        response: { 202: appliedSchema },
      },
    },
    async (request, reply) => {
      const cause = causeOf(request);
      const application = await getApplication(database.db, request.params.id);
      const { checksum } = request.body;
      const witness = witnessOf(request, {
        subject: applicationSubject(application),
        after: { checksum },
      });
      const { summary } = await engine.apply(application.id, checksum, cause, witness);
      const message = 'The plan is being sent. The status of the application is idle when all is done.';
      return reply.code(202).send({ checksum, summary, message });
    },
  );

  done();
};
