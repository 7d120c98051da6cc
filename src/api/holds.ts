/** Leavers whom the brake keeps until an administrator has seen them (R46). */
import { z } from 'zod';
import { count, written } from '../count.ts';
import { conflict } from '../errors.ts';
import { act } from '../http/act.ts';
import { idParams, idSchema, listOf, optionalBody, pageQuery, timeSchema } from '../http/contract.ts';
import { causeOf } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { leavingReasons } from '../provisioning/steps.ts';
import { getApplication } from '../store/applications.ts';
import { getHold, listHeldUsers, listHolds } from '../store/hold-list.ts';
import { approveHold, holdStates, rejectHold } from '../store/holds.ts';
import { causeSchema } from './events-schema.ts';

const holdSchema = z
  .object({
    id: z.guid(),
    state: z
      .enum(holdStates)
      .describe(
        '`closed`: nobody decided. Nobody waits in it any more, or the connection was deactivated; the reason says which.',
      ),
    reason: z
      .string()
      .describe('Why they wait, with the numbers, and why it was closed where nobody decided.'),
    counts: z.object({
      recent: z.int().describe('Deactivated within the hour before.'),
      waiting: z.int().describe('About to be deactivated when the brake last counted.'),
      provisioned: z.int().describe('Managed, and active in the application before the first of them left.'),
    }),
    held: z.int().describe('How many wait now; none once it is decided.'),
    createdAt: timeSchema,
    decidedAt: timeSchema.nullable().describe('When it was decided or closed.'),
    decidedBy: z.string().nullable().describe('Null where it is open, and where it was closed.'),
  })
  .meta({ id: 'Hold' });

const heldUserSchema = z
  .object({
    userId: z.guid(),
    name: z.string(),
    username: z.string().nullable().describe('Null once the user is deleted from the directory.'),
    remoteId: z.string().nullable(),
    reason: z.enum(leavingReasons),
    cause: causeSchema.nullable().describe('The change that made them leave.'),
  })
  .meta({ id: 'HeldUser' });

const holdWithUsersSchema = holdSchema
  .extend({ users: listOf(heldUserSchema).describe('Everybody who would be deactivated.') })
  .meta({ id: 'HoldWithUsers' });

const holdParams = z.strictObject({ id: idSchema, holdId: idSchema });
const holdQuery = pageQuery.extend({ state: z.enum(holdStates).optional() });

const decisionBody = z
  .strictObject({
    held: z
      .int()
      .min(0)
      .optional()
      .describe('How many you have seen. Where more or fewer wait by now, nothing is decided.'),
  })
  .meta({ id: 'HoldDecision' });

/** What is decided is what was seen. */
function checkSeen(seen: number | undefined, users: number): void {
  if (seen === undefined || seen === users) return;
  throw conflict(
    `Meanwhile ${count(users, 'user waits', 'users wait')} in this hold, and not ${written(seen)}. Nothing was decided: look at the list again.`,
  );
}

const tags = ['Provisioning'];

const list: Route = (api, { database }) =>
  api.get(
    '/applications/:id/holds',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List holds',
        description:
          'The newest first. `search` looks in the reason and in the names of those who wait. A deactivation of the connection ends an open one, and so does the return of everybody in it.',
        params: idParams,
        querystring: holdQuery,
        response: { 200: listOf(holdSchema) },
      },
    },
    async (request) => {
      const { id } = await getApplication(database.db, request.params.id);
      return listHolds(database.db, id, request.query);
    },
  );

const read: Route = (api, { database }) =>
  api.get(
    '/applications/:id/holds/:holdId',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'Read a hold and who is in it',
        description: '`limit`, `cursor` and `search` are for the users in it.',
        params: holdParams,
        querystring: pageQuery,
        response: { 200: holdWithUsersSchema },
      },
    },
    async (request) => {
      const hold = await getHold(database.db, request.params.id, request.params.holdId);
      return { ...hold, users: await listHeldUsers(database.db, hold.id, request.query) };
    },
  );

interface Decision {
  readonly action: 'approve' | 'reject';
  readonly state: 'approved' | 'rejected';
  readonly summary: string;
  readonly carryOut: typeof approveHold;
}

const decide =
  ({ action, carryOut, state, summary }: Decision): Route =>
  (api, { database }) =>
    api.post(
      `/applications/:id/holds/:holdId/${action}`,
      {
        config: { allow: 'administer', audit: `hold.${state}` },
        schema: {
          tags,
          summary,
          params: holdParams,
          body: optionalBody(decisionBody),
          response: { 200: holdSchema },
        },
      },
      async (request) => {
        const { id, holdId } = request.params;
        const { label } = await getApplication(database.db, id);
        await act(database, request, async (tx) => {
          const users = await carryOut(tx, id, holdId, causeOf(request));
          checkSeen(request.body?.held, users);
          const subject = { kind: 'hold', id: holdId, name: label };
          return [undefined, { subject, before: { state: 'open' }, after: { state, users } }];
        });
        return getHold(database.db, id, holdId);
      },
    );

const approve = decide({
  action: 'approve',
  state: 'approved',
  summary: 'Let the held users be deactivated',
  carryOut: approveHold,
});

const reject = decide({
  action: 'reject',
  state: 'rejected',
  summary: "Leave the held users' accounts as they are",
  carryOut: rejectHold,
});

export const holdRoutes = routes(list, read, approve, reject);
