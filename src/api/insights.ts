/** What was provisioned over time, leavers' time to removal, and errors by application: the numbers behind charts. */
import { z } from 'zod';
import { idSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { errorsByApplication, leaversByDay, provisionedByDay, type Period } from '../store/insights.ts';

const MAX_DAYS = 90;

const insightQuery = z.strictObject({
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_DAYS)
    .default(30)
    .describe('How many days, of UTC, with today.'),
  application: idSchema.optional().describe('Of all applications, where it is left out.'),
});

const daySchema = z.iso.date();

const provisioningSchema = z
  .object({
    days: z.array(
      z.object({
        day: daySchema,
        created: z.int().describe('Users created, or linked to an account that was there.'),
        updated: z.int(),
        reactivated: z.int(),
        deactivated: z.int().describe('Deactivated, or deleted where the connection does that.'),
        groupChanges: z.int().describe('Groups created, renamed, deleted, and changes of their members.'),
        refused: z.int().describe('Given up until something changes.'),
        failed: z.int().describe('Tried again by themselves, or paused the connection.'),
      }),
    ),
  })
  .meta({ id: 'ProvisioningInsight' });

const leaversSchema = z
  .object({
    days: z.array(
      z.object({
        day: daySchema,
        count: z.int().describe('How many left.'),
        p50Seconds: z.number().nullable().describe('Half of them waited no longer; null where nobody left.'),
        p95Seconds: z.number().nullable().describe('All but one in twenty waited no longer.'),
      }),
    ),
  })
  .meta({ id: 'LeaversInsight' });

const errorsSchema = z
  .object({
    applications: z.array(
      z.object({
        application: z.object({ id: z.guid(), label: z.string() }),
        refused: z.int().describe('Given up until something changes.'),
        later: z.int().describe('Tried again by themselves.'),
        stopped: z.int().describe('That paused the connection, or held leavers.'),
        frequent: z
          .array(
            z.object({ sentence: z.string().describe('… stands for whom it is about.'), count: z.int() }),
          )
          .readonly()
          .describe('What was said most often.'),
      }),
    ),
  })
  .meta({ id: 'ErrorsInsight' });

const DAY_MS = 86_400_000;

/** The last days until now, the first of them whole. */
function periodOf({ application, days }: z.infer<typeof insightQuery>, to: Date): Period {
  const today = Math.floor(to.getTime() / DAY_MS) * DAY_MS;
  return { application, to, from: new Date(today - (days - 1) * DAY_MS) };
}

const tags = ['Insights'];

const provisioning: Route = (api, { clock, database }) =>
  api.get(
    '/insights/provisioning',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'See what was provisioned, day by day',
        querystring: insightQuery,
        response: { 200: provisioningSchema },
      },
    },
    async ({ query }) => ({ days: await provisionedByDay(database.db, periodOf(query, clock.now())) }),
  );

const leavers: Route = (api, { clock, database }) =>
  api.get(
    '/insights/leavers',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'See how long leavers waited, day by day',
        description:
          "From the change in the directory to the application's answer; the time that an administrator took to approve counts.",
        querystring: insightQuery,
        response: { 200: leaversSchema },
      },
    },
    async ({ query }) => ({ days: await leaversByDay(database.db, periodOf(query, clock.now())) }),
  );

const errors: Route = (api, { clock, database }) =>
  api.get(
    '/insights/errors',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'See what went wrong, by application',
        querystring: insightQuery,
        response: { 200: errorsSchema },
      },
    },
    async ({ query }) => ({
      applications: await errorsByApplication(database.db, periodOf(query, clock.now())),
    }),
  );

export const insightRoutes = routes(provisioning, leavers, errors);
