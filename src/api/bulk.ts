/** Many users at once, as JSON or CSV: all or nothing, unless the caller takes what can be had. */
import { z } from 'zod';
import type { Deed } from '../access/audit-entry.ts';
import { count, written } from '../count.ts';
import { MAX_ROWS, readRows, type BadRow } from '../directory/bulk.ts';
import { readCsv, readingOf, type CsvRows } from '../directory/csv.ts';
import { Problem, unreadable, type FieldError } from '../errors.ts';
import { act } from '../http/act.ts';
import { flag } from '../http/contract.ts';
import { causeOf, roleOfAsker } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { applyBulk, type BulkApplied } from '../store/bulk-apply.ts';
import { onExisting, planBulk, type BulkPlan } from '../store/bulk-plan.ts';
import { resultSchema, resultsOf } from './bulk-result.ts';
import { utf8Text } from './utf8.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where each row of a body of CSV is. */
    csv: CsvRows | null;
  }
}

const BULK_BODY_LIMIT = 64 * 1024 * 1024;
const MAX_ERRORS = 1000;

const bulkBody = z.strictObject({
  users: z
    .array(z.unknown())
    .min(1)
    .max(MAX_ROWS)
    .describe('Each as for POST /users, and `groups`: names of groups that the user joins.'),
});

const bulkQuery = z.strictObject({
  partial: flag.describe('Take the rows that can be used, although others cannot.'),
  dryRun: flag.describe('Say what would be done, and do nothing.'),
  existing: z
    .enum(onExisting)
    .default('refuse')
    .describe('What to do with a username that exists: refuse the row, skip it, or update that user.'),
});

const bulkAnswer = z
  .object({
    dryRun: z.boolean(),
    summary: z.object({
      created: z.int(),
      updated: z.int(),
      unchanged: z.int(),
      skipped: z.int(),
      failed: z.int(),
    }),
    results: z.array(resultSchema),
  })
  .meta({ id: 'BulkResult' });

type BulkAnswer = z.infer<typeof bulkAnswer>;

function answerOf(plan: BulkPlan, dryRun: boolean, csv: CsvRows | null): BulkAnswer {
  const results = resultsOf(plan, dryRun ? 'dryRun' : 'written', csv?.lines ?? null);
  const summary = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  for (const { outcome } of results) if (outcome !== 'notWritten') summary[outcome] += 1;
  return { dryRun, summary, results };
}

function withLine(error: FieldError, bad: BadRow, csv: CsvRows | null): FieldError {
  const line = csv?.lines[bad.index];
  return line === undefined ? error : { ...error, message: `${error.message} (line ${line})` };
}

/** All or nothing: throws a `Problem` where a row cannot be used, and the transaction leaves nothing behind. */
function refuseBad(plan: BulkPlan, csv: CsvRows | null): void {
  const { bad, plans } = plan;
  if (bad.length === 0) return;
  const errors = bad
    .flatMap((row) => row.errors.map((error) => withLine(error, row, csv)))
    .slice(0, MAX_ERRORS);
  const [first] = errors;
  const total = bad.length + plans.length;
  const detail = `${written(bad.length)} of ${count(total, 'row')} cannot be used, so nothing was written; the first: ${first?.path ?? ''} ${first?.message ?? ''} Correct them, or send the rest with ?partial=true.`;
  const results = resultsOf(plan, 'refused', csv?.lines ?? null);
  throw new Problem(bad.every((row) => row.taken) ? 'conflict' : 'bad-input', detail, errors, { results });
}

function textOf(bytes: Buffer): string {
  const text = utf8Text(bytes);
  if (text !== undefined) return text;
  throw unreadable('The CSV is not UTF-8. In a spreadsheet, save it as "CSV UTF-8".');
}

/** One entry for all the rows, however many there are; none where nothing was written. */
function importDeed({ joined, plans }: BulkApplied, summary: BulkAnswer['summary']): Deed | null {
  const { created, failed, skipped, unchanged, updated } = summary;
  const written = plans.filter(({ action }) => action === 'create' || action === 'update');
  const users = new Set([...written.map(({ id }) => id), ...joined]);
  if (users.size === 0) return null;
  const after = { created, updated, unchanged, skipped, failed, joined: joined.length };
  return { subject: { kind: 'user', id: null, name: count(users.size, 'user') }, after };
}

const takeCsv: Route = (api) => {
  api.decorateRequest('csv', null);
  api.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body, parsed) => {
    try {
      request.csv = readCsv(textOf(Buffer.from(body)));
      parsed(null, { users: request.csv.rows });
    } catch (error) {
      parsed(error instanceof Error ? error : new Error(String(error)));
    }
  });
};

const importUsers: Route = (api, { database }) =>
  api.post(
    '/users/bulk',
    {
      config: { allow: 'directory', audit: 'users.imported' },
      bodyLimit: BULK_BODY_LIMIT,
      schema: {
        tags: ['Users'],
        summary: 'Create or update many users',
        description:
          'Takes JSON or CSV. The CSV names its columns in the first line: username, email, firstname, lastname, displayname, state, groups (names separated by semicolons) and attributes.NAME. Where rows cannot be used and nothing is written, the problem detail has the same `results`.',
        consumes: ['application/json', 'text/csv'],
        querystring: bulkQuery,
        body: bulkBody,
        response: { 200: bulkAnswer },
      },
    },
    async (request) => {
      const { dryRun, existing, partial } = request.query;
      const { csv } = request;
      const rows = readRows(request.body.users, csv === null ? undefined : readingOf(csv));
      return act(database, request, async (tx) => {
        const plan = await planBulk(tx, rows, { existing, by: roleOfAsker(request) });
        if (dryRun) return [answerOf(plan, true, csv), null];
        if (!partial) refuseBad(plan, csv);
        const applied = await applyBulk(tx, plan, causeOf(request));
        if (!partial) refuseBad(applied, csv);
        const answer = answerOf(applied, false, csv);
        return [answer, importDeed(applied, answer.summary)];
      });
    },
  );

export const bulkRoutes = routes(takeCsv, importUsers);
