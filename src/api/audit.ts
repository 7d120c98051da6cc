/** The audit trail: who did what, as a list and as a file, and whether it is whole. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { entryInWords } from '../access/act-words.ts';
import { canonicalJson } from '../access/canonical.ts';
import { principalKinds } from '../access/principal.ts';
import { line } from '../directory/text.ts';
import { idSchema, listOf, momentSchema, pageQuery, sortBy, timeSchema } from '../http/contract.ts';
import { routes, type Route } from '../http/routes.ts';
import { COUNTED_ACTS, listAudit, readAudit, type LoggedAct } from '../store/audit.ts';
import type { Page } from '../store/page.ts';
import { verifyAudit } from '../store/verify-audit.ts';
import { csv, type Column } from './csv.ts';

const CSV_BATCH = 500;

const timeQuery = momentSchema.optional();

const auditQuery = pageQuery.extend({
  sort: sortBy(['at']).default('-at'),
  actor: line(300).optional().describe('As the entry names them: a username, or `api key NAME`.'),
  action: line(100).optional().describe('For example `user.updated`.'),
  subject: idSchema.optional().describe('The id of whom or what it was done to.'),
  from: timeQuery.describe('From this moment on.'),
  to: timeQuery.describe('Before this moment.'),
  format: z
    .enum(['json', 'csv'])
    .default('json')
    .describe(
      '`csv` is every entry that matches, as a file, the newest first; `limit`, `cursor` and `sort` do not count.',
    ),
});

const factsSchema = z.record(z.string(), z.unknown()).nullable();

const entrySchema = z
  .object({
    seq: z.int().describe('Its place in the trail, from 1.'),
    at: timeSchema,
    sentence: z.string().describe('Who did what to whom, in a sentence.'),
    action: z.string(),
    actor: z.object({
      kind: z
        .enum(principalKinds)
        .describe(
          '`link`: whoever opened a one-time link. `local`: the command line, over the database. `nobody`: somebody who failed to sign in.',
        ),
      id: z.string().nullable().describe('Of the person, or of the API key.'),
      name: z.string(),
    }),
    origin: z.object({
      address: z.string().nullable(),
      userAgent: z.string().nullable(),
      requestId: z.string(),
    }),
    subject: z.object({
      kind: z.string(),
      id: z.string().nullable().describe('Null for an act on many.'),
      name: z.string(),
    }),
    before: factsSchema.describe('What was there; of a change, only what differs. Secrets are left out.'),
    after: factsSchema.describe('What is there now; for an act on many, how many.'),
  })
  .meta({ id: 'AuditEntry' });

const verifiedSchema = z
  .object({
    whole: z.boolean(),
    entries: z.int().describe('How many fit, from the first on.'),
    lastHash: z
      .string()
      .describe(
        'Of the last that fits. Kept elsewhere, it also tells whether the newest entries were taken away.',
      ),
    broken: z.string().nullable().describe('The first that does not fit, and why.'),
  })
  .meta({ id: 'VerifiedAudit' });

const inWords = (page: Page<LoggedAct>) => ({
  ...page,
  items: page.items.map((entry) => ({ ...entry, sentence: entryInWords(entry) })),
});

const json = (value: object | null): string | null => (value === null ? null : canonicalJson(value));

const COLUMNS: readonly Column<LoggedAct>[] = [
  ['seq', ({ seq }) => seq],
  ['at', ({ at }) => at],
  ['actor', ({ actor }) => actor.name],
  ['action', ({ action }) => action],
  ['kind', ({ subject }) => subject.kind],
  ['subject', ({ subject }) => subject.name],
  ['before', ({ before }) => json(before)],
  ['after', ({ after }) => json(after)],
  ['address', ({ origin }) => origin.address],
  ['userAgent', ({ origin }) => origin.userAgent],
  ['requestId', ({ origin }) => origin.requestId],
  ['actorId', ({ actor }) => actor.id],
  ['subjectId', ({ subject }) => subject.id],
];

/** Sent as a stream, and not by a serializer. */
const csvSchema: z.ZodType = z.string();

const auditAnswer = {
  description: 'A page, or a file.',
  content: {
    'application/json': { schema: listOf(entrySchema) },
    'text/csv': { schema: csvSchema },
  },
};

const tags = ['Audit trail'];

const list: Route = (api, { database }) =>
  api.get(
    '/audit',
    {
      config: { allow: 'administer' },
      schema: {
        tags,
        summary: 'List what administrators and API keys did, and people about signing in',
        description: `\`search\` looks in the names of actor, action and subject; \`total\` counts no further than ${COUNTED_ACTS}.`,
        querystring: auditQuery,
        response: { 200: auditAnswer },
      },
    },
    async (request, reply) => {
      const { format, ...filter } = request.query;
      if (format === 'json') return inWords(await listAudit(database.db, filter));
      const file = Readable.from(csv(COLUMNS, readAudit(database.db, filter, CSV_BATCH)));
      void reply.type('text/csv; charset=utf-8');
      void reply.header('content-disposition', 'attachment; filename="rollcall-audit.csv"');
      return reply.send(file);
    },
  );

const verify: Route = (api, { database }) =>
  api.get(
    '/audit/verification',
    {
      config: { allow: 'administer' },
      schema: {
        tags,
        summary: 'Verify the audit trail',
        description: 'Reads all of it, and computes each hash again. `rollcall doctor` asks this.',
        response: { 200: verifiedSchema },
      },
    },
    () => verifyAudit(database.db),
  );

export const auditRoutes = routes(list, verify);
