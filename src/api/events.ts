/** The log of operations (R48), as lists and as CSV; `stream.ts` shows it live. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { line } from '../directory/text.ts';
import { idParams, idSchema, listOf, pageQuery, sortBy } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { eventOutcomes } from '../provisioning/settlement.ts';
import { COUNTED_EVENTS, getEvent, listEvents, readEvents } from '../store/event-log.ts';
import { csv } from './csv.ts';
import { eventColumns } from './events-csv.ts';
import { eventSchema } from './events-schema.ts';

const CSV_BATCH = 500;

const eventQuery = pageQuery.extend({
  sort: sortBy(['at']).default('-at'),
  application: idSchema.optional(),
  user: idSchema.optional().describe('Only of this user; together with `group`, of either.'),
  group: idSchema.optional().describe('Only of this group; together with `user`, of either.'),
  outcome: z.enum(eventOutcomes).optional(),
  operation: line(100).optional(),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .describe(
      '`csv` is every event that matches, as a file, the newest first; `limit`, `cursor` and `sort` do not count.',
    ),
});

/** Sent as a stream, and not by a serializer. */
const csvSchema: z.ZodType = z.string();

const eventsAnswer = {
  description: 'A page, or a file.',
  content: {
    'application/json': { schema: listOf(eventSchema) },
    'text/csv': { schema: csvSchema },
  },
};

const tags = ['Events'];

const list: Route = (api, { database }) =>
  api.get(
    '/events',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List operations',
        description: `\`search\` looks in the sentence and in the record's name; \`total\` counts no further than ${COUNTED_EVENTS}.`,
        querystring: eventQuery,
        response: { 200: eventsAnswer },
      },
    },
    async (request, reply) => {
      const { format, ...filter } = request.query;
      if (format === 'json') return listEvents(database.db, filter);
      const file = Readable.from(csv(eventColumns, readEvents(database.db, filter, CSV_BATCH)));
      void reply.type('text/csv; charset=utf-8');
      void reply.header('content-disposition', 'attachment; filename="rollcall-events.csv"');
      return reply.send(file);
    },
  );

const read: Route = (api, { database }) =>
  api.get(
    '/events/:id',
    {
      config: { allow: 'read' },
      schema: { tags, summary: 'Read an operation', params: idParams, response: { 200: eventSchema } },
    },
    (request) => getEvent(database.db, request.params.id),
  );

export const eventRoutes = routes(list, read);
