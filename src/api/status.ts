/** How applications stand: what is pending, held, failing, and when they were last read. */
import { z } from 'zod';
import { idParams, listOf, timeSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { connectionStates } from '../provisioning/connection-state.ts';
import { MADE_SURE_FIRST, NOTHING_SENT_BEFORE, TARGET_CHANGED } from '../provisioning/made-sure.ts';
import { listApplications } from '../store/applications.ts';
import { conditions, getStatus, listStatuses, type ApplicationStatus } from '../store/status.ts';
import { recordErrorSchema } from './link-schemas.ts';
import { applicationAnswer, applicationQuery, applicationSchema } from './applications.ts';

const time = timeSchema.nullable();

export const statusSchema = z
  .object({
    state: z.enum(connectionStates),
    condition: z
      .enum(conditions)
      .describe(
        'How it stands, in a word: nothing is sent (`inactive`, `paused`), leavers are `held`, records or readings are `failing` (what is tried again by itself counts after an hour), an administrator has to decide on an account (`undecided`), it is `working`, or `in-step` with the directory.',
      ),
    reason: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Why the connection is paused, where it is, and since when (`at`).'),
    pending: z
      .int()
      .describe(
        'Records that are to be looked at, without those that are held. While the connection is inactive none are counted: the plan says what activation would send.',
      ),
    inFlight: z.int().describe('Requests under way, as of a few seconds ago.'),
    held: z.int().describe("Users whose deactivation waits for an administrator's approval."),
    failed: z
      .int()
      .describe('Records and memberships that were refused and are not tried again by themselves.'),
    retrying: z.int().describe('Records whose last attempt failed, and that are tried again by themselves.'),
    retryReason: z
      .string()
      .nullable()
      .describe('Why that one of these failed which was tried last, in words; null where there is none.'),
    attention: z.int().describe('Users on whose account an administrator has to decide.'),
    kept: z
      .int()
      .describe(
        'Users who have left and keep their account, because an administrator rejected the deactivation.',
      ),
    drift: z
      .object({ users: z.int(), groups: z.int() })
      .describe('Records that the last inventory found otherwise, and left as they are.'),
    users: z.object({ linked: z.int(), active: z.int() }),
    groups: z.object({ linked: z.int() }),
    lastChangeAt: time.describe('When something was last done in the application.'),
    lastInventoryAt: time.describe('When everything that the application holds was last read.'),
    inventoryError: recordErrorSchema
      .nullable()
      .describe(
        'Why the last reading of everything that the application holds could not be used, because it failed or shows too little to be believed; null where it could.',
      ),
    oldestPendingAt: time.describe(
      'Since when the record waits that has waited longest, also for another try; null where none waits.',
    ),
    waitUntil: time.describe(
      'Until when the application asked to wait before it is asked again (429 or 503 with Retry-After), where that is for more than some seconds; null where it is not.',
    ),
    unsure: z
      .boolean()
      .describe(
        `Since ${TARGET_CHANGED}, it is still to be read which accounts the application holds: ${NOTHING_SENT_BEFORE}.`,
      ),
    note: z.string().nullable().describe('What `unsure` means, for people; null where it is false.'),
    idle: z.boolean().describe('Nothing is left to do. What is held does not count.'),
  })
  .meta({ id: 'ApplicationStatus' });

const text = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A status as it is answered and streamed. */
export function statusAnswer(status: ApplicationStatus): z.infer<typeof statusSchema> {
  const {
    usersLinked,
    usersActive,
    groupsLinked,
    lastChangeAt,
    lastInventoryAt,
    oldestPendingAt,
    waitUntil,
    ...rest
  } = status;
  return {
    ...rest,
    users: { linked: usersLinked, active: usersActive },
    groups: { linked: groupsLinked },
    lastChangeAt: text(lastChangeAt),
    lastInventoryAt: text(lastInventoryAt),
    oldestPendingAt: text(oldestPendingAt),
    waitUntil: text(waitUntil),
    note: rest.unsure ? MADE_SURE_FIRST : null,
  };
}

const standingSchema = applicationSchema
  .extend({ status: statusSchema })
  .meta({ id: 'ApplicationWithStatus' });

const list: Route = (api, { database }) =>
  api.get(
    '/applications/status',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Provisioning'],
        summary: 'List how the applications stand',
        description: 'As the list of applications, each with its status.',
        querystring: applicationQuery,
        response: { 200: listOf(standingSchema) },
      },
    },
    async (request) => {
      const page = await listApplications(database.db, request.query);
      const found = await listStatuses(
        database.db,
        page.items.map(({ id }) => id),
      );
      const byId = new Map(found.map((status) => [status.id, statusAnswer(status)]));
      // One that was deleted between the two questions is left out.
      const items = page.items.flatMap((application) => {
        const status = byId.get(application.id);
        return status === undefined ? [] : [{ ...applicationAnswer(application), status }];
      });
      return { ...page, items };
    },
  );

const read: Route = (api, { database }) =>
  api.get(
    '/applications/:id/status',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Provisioning'],
        summary: 'Read how an application stands',
        params: idParams,
        response: { 200: statusSchema },
      },
    },
    async (request) => statusAnswer(await getStatus(database.db, request.params.id)),
  );

export const statusRoutes = routes(list, read);
