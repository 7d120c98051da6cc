/** How an operation of the log is answered: in full, and in short as the stream sends it. */
import { z } from 'zod';
import { timeSchema } from '../http/contract.ts';
import { eventOutcomes } from '../provisioning/settlement.ts';
import type { LoggedEvent } from '../store/event-log.ts';

const valueSchema = z.union([z.string(), z.number(), z.boolean()]);

const exchangeSchema = z.object({
  method: z.string(),
  path: z.string(),
  request: z.unknown().optional(),
  status: z.int().optional(),
  response: z.string().optional().describe('Cut to a readable length.'),
  error: z.string().optional().describe('Why there is no answer.'),
  durationMs: z.number(),
});

/** The change that something follows from. */
export const causeSchema = z.object({
  action: z.string(),
  actor: z.string(),
  sentence: z.string().describe('Who did what, in a sentence.'),
  group: z
    .object({ id: z.guid(), name: z.string() })
    .optional()
    .describe('The group, where one was changed, bound or unbound.'),
  requestId: z.string().optional(),
});

const summary = z.object({
  id: z.guid(),
  at: timeSchema,
  applicationId: z.guid(),
  application: z.string().nullable().describe('Its label; null once it is deleted.'),
  kind: z.enum(['user', 'group', 'application']),
  subjectId: z.guid(),
  subjectName: z.string(),
  operation: z.string().describe('For example `createUser`, `changeMembers`, `activateConnection`.'),
  outcome: z
    .enum(eventOutcomes)
    .describe('`later` and `again` are tried again by themselves; `stopped` paused the connection.'),
  sentence: z.string(),
  durationMs: z.int().nullable(),
  attempt: z.int(),
  cause: causeSchema.nullable().describe('Which change it follows from, and who made it.'),
});

/** An event as it is streamed. */
export const eventSummarySchema = summary.meta({ id: 'EventSummary' });

export const eventSchema = summary
  .extend({
    changes: z
      .array(z.object({ path: z.string(), before: valueSchema.optional(), after: valueSchema.optional() }))
      .readonly(),
    exchanges: z
      .array(exchangeSchema)
      .readonly()
      .describe('Every request that was sent and its answer, without secrets.'),
  })
  .meta({ id: 'Event' });

/** An event without its exchanges, for whoever watches many. */
export function eventSummary(event: LoggedEvent): z.infer<typeof eventSummarySchema> {
  return eventSummarySchema.parse(event);
}
