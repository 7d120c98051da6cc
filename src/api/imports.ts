/** Imports: users of an application become users of the directory, or are linked to those who match (R31, R32). */
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { line } from '../directory/text.ts';
import { getApplication } from '../store/applications.ts';
import { importBatch } from '../store/import-batch.ts';
import { listItems, readItems, type ImportItem } from '../store/import-items.ts';
import { AT_ONCE, createImport, retryImport, type NewImport } from '../store/import-start.ts';
import { getImport, importOutcomes, listImports, type Import } from '../store/imports.ts';
import { getUser } from '../store/users.ts';
import { act } from './act.ts';
import { idParams, idSchema, listOf, pageQuery, sortBy } from './contract.ts';
import { csv, type Column } from './csv.ts';
import { importDeed } from './deeds.ts';
import { causeOf, type ApiDeps } from './deps.ts';
import {
  importSchema,
  importWithResultsSchema,
  itemSchema,
  notifySchema,
  overridesSchema,
  remoteIdsSchema,
  waitSchema,
} from './import-schemas.ts';
import { linkBase } from './visit.ts';

const BODY_LIMIT = 64 * 1024 * 1024;
const CSV_BATCH = 500;
/** So few are one transaction where somebody watches them come (R32). */
const LIVE_BATCH = 5;

const newImport = z
  .strictObject({
    remoteIds: remoteIdsSchema.optional(),
    all: z
      .literal(true)
      .optional()
      .describe('Everybody whom the list shows under `new` and `search`, and who is not imported yet.'),
    new: z.boolean().optional(),
    search: line(200).optional(),
    state: z.enum(['staged', 'active']).default('staged').describe('What the users that are made begin as.'),
    overrides: overridesSchema,
    notify: notifySchema,
    wait: waitSchema,
  })
  .refine((body) => (body.remoteIds === undefined) !== (body.all === undefined), {
    path: ['remoteIds'],
    message: 'or "all": true must be given, and not both.',
  })
  .refine((body) => body.all === true || (body.new === undefined && body.search === undefined), {
    path: ['all'],
    message: 'must be true where new or search is given.',
  })
  .meta({ id: 'NewImport' });

const retryBody = z
  .strictObject({
    remoteIds: remoteIdsSchema.optional().describe('Everybody who failed where it is left out.'),
    overrides: overridesSchema,
    notify: notifySchema,
    wait: waitSchema,
  })
  .meta({ id: 'ImportRetry' });

const importParams = z.strictObject({ id: idSchema, importId: idSchema });
const importsQuery = pageQuery
  .omit({ search: true })
  .extend({ sort: sortBy(['createdAt']).default('-createdAt') });

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

const tags = ['Import'];

export const importRoutes: FastifyPluginCallbackZod<ApiDeps> = (api, { config, database, mailer }, done) => {
  const { db } = database;

  /** To whom the end is told: to the address that is given, else to that of the person who asks. */
  async function mailFor(
    request: FastifyRequest,
    applicationId: string,
    notify?: string,
  ): Promise<NewImport['mail']> {
    if (mailer === undefined) return null;
    const userId = request.principal?.userId ?? null;
    const to = notify ?? (userId === null ? null : (await getUser(db, userId)).email);
    const base = `${linkBase(config, request)}/console/applications/${applicationId}/import`;
    return to === null ? null : { to, link: (importId) => `${base}/${importId}` };
  }

  /** Does a few at a time, so that whoever watches sees them come; where it ends half-way, the job goes on with the rest. */
  async function finish({ id }: Import): Promise<void> {
    while (await importBatch(database, id, LIVE_BATCH));
  }

  async function answerOf(
    request: FastifyRequest,
    made: Import,
    wait: boolean,
  ): Promise<z.infer<typeof importWithResultsSchema>> {
    if (made.background) return { ...made, results: null };
    if (!wait) {
      finish(made).catch((err: unknown) => request.log.warn({ err }, 'An import is left to the job.'));
      return { ...made, results: null };
    }
    await finish(made);
    const after = await getImport(db, made.applicationId, made.id);
    const { items } = await listItems(db, made.id, { limit: AT_ONCE, sort: 'username' });
    return { ...after, results: after.counts.total > AT_ONCE ? null : items };
  }

  api.post(
    '/applications/:id/imports',
    {
      config: { allow: 'directory', audit: 'import.started' },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Import users of an application',
        description:
          'Each is made in the directory, or linked to whoever has that username or email. Nothing is sent to the application. Up to 100 are done when this answers; more go on in the background.',
        params: idParams,
        body: newImport,
        response: { 201: importWithResultsSchema },
      },
    },
    async (request, reply) => {
      const { all, notify, overrides, remoteIds = [], search, state, wait } = request.body;
      const application = await getApplication(db, request.params.id);
      const mail = await mailFor(request, application.id, notify);
      const choice = { new: request.body.new ?? false, search };
      const made = await act(database, request, async (tx) => {
        const after = await createImport(tx, {
          applicationId: application.id,
          selection: all === true ? { all: choice } : { remoteIds },
          overrides,
          userState: state,
          cause: causeOf(request),
          mail,
        });
        return [after, importDeed(application, after)];
      });
      return reply
        .code(201)
        .header('location', `${request.url}/${made.id}`)
        .send(await answerOf(request, made, wait));
    },
  );

  api.get(
    '/applications/:id/imports',
    {
      config: { allow: 'read' },
      schema: {
        tags,
        summary: 'List imports',
        params: idParams,
        querystring: importsQuery,
        response: { 200: listOf(importSchema) },
      },
    },
    async (request) => {
      const { id } = await getApplication(db, request.params.id);
      return listImports(db, id, request.query);
    },
  );

  api.get(
    '/applications/:id/imports/:importId',
    {
      config: { allow: 'read' },
      schema: { tags, summary: 'Read an import', params: importParams, response: { 200: importSchema } },
    },
    (request) => getImport(db, request.params.id, request.params.importId),
  );

  api.get(
    '/applications/:id/imports/:importId/items',
    {
      config: { allow: 'read' },
      schema: {
        tags,
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

  api.post(
    '/applications/:id/imports/:importId/retry',
    {
      config: { allow: 'directory', audit: 'import.retried' },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags,
        summary: 'Correct what failed, and try again',
        params: importParams,
        body: retryBody,
        response: { 200: importWithResultsSchema },
      },
    },
    async (request) => {
      const { id: applicationId, importId } = request.params;
      const { notify, overrides, remoteIds, wait } = request.body;
      const application = await getApplication(db, applicationId);
      const mail = await mailFor(request, applicationId, notify);
      const made = await act(database, request, async (tx) => {
        const after = await retryImport(tx, { applicationId, importId, remoteIds, overrides, mail });
        return [after, importDeed(application, after)];
      });
      return answerOf(request, made, wait);
    },
  );

  done();
};
