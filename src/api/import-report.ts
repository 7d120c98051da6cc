/** What became of each user of an import: a page of it, or the whole report as a file. */
import { Readable } from 'node:stream';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { listOf, pageQuery, sortBy } from '../http/contract.ts';
import type { ApiDeps } from '../http/deps.ts';
import { listItems, readItems, type ImportItem } from '../store/import-items.ts';
import { getImport, importOutcomes } from '../store/imports.ts';
import { csv, type Column } from './csv.ts';
import { importParams, itemSchema } from './import-schemas.ts';

const CSV_BATCH = 500;

const itemsQuery = pageQuery.extend({
  outcome: z.enum([...importOutcomes, 'waiting']).optional(),
  sort: sortBy(['username']).default('username'),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .describe('`csv` is every item that matches, as a file; `limit` and `cursor` do not count.'),
});

const COLUMNS: readonly Column<ImportItem>[] = [
  ['outcome', ({ outcome }) => outcome],
  ['username', ({ person }) => person.username],
  ['email', ({ person }) => person.email],
  ['firstname', ({ person }) => person.firstname],
  ['lastname', ({ person }) => person.lastname],
  ['displayname', ({ person }) => person.displayname],
  ['error', ({ errors }) => errors.map(({ message, path }) => `${path} ${message}`).join(' ') || null],
  ['remoteId', ({ remoteId }) => remoteId],
  ['userId', ({ userId }) => userId],
];

/** Sent as a stream, and not by a serializer. */
const csvSchema: z.ZodType = z.string();

const itemsAnswer = {
  description: 'A page, or a file.',
  content: { 'application/json': { schema: listOf(itemSchema) }, 'text/csv': { schema: csvSchema } },
};

export const importReportRoutes: FastifyPluginCallbackZod<ApiDeps> = (api, { database: { db } }, done) => {
  api.get(
    '/applications/:id/imports/:importId/items',
    {
      config: { allow: 'read' },
      schema: {
        tags: ['Import'],
        summary: 'List what became of each, also as a report',
        params: importParams,
        querystring: itemsQuery,
        response: { 200: itemsAnswer },
      },
    },
    async (request, reply) => {
      const { id } = await getImport(db, request.params.id, request.params.importId);
      const { format, ...filter } = request.query;
      if (format === 'json') return listItems(db, id, filter);
      const file = Readable.from(csv(COLUMNS, readItems(db, id, filter, CSV_BATCH)));
      void reply.type('text/csv; charset=utf-8');
      void reply.header('content-disposition', 'attachment; filename="rollcall-import.csv"');
      return reply.send(file);
    },
  );

  done();
};
