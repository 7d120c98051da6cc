/** Many users at once, as JSON or CSV: all or nothing, unless the caller takes what can be had. */
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deed } from '../access/audit-entry.ts';
import { readRows, type BadRow } from '../directory/bulk.ts';
import { readCsv } from '../directory/csv.ts';
import { Problem, badInput, type FieldError } from '../errors.ts';
import { applyBulk, onExisting, planBulk, type BulkPlan, type RowPlan } from '../store/bulk.ts';
import { act } from './act.ts';
import { flag } from './contract.ts';
import { causeOf, roleOfAsker, type ApiDeps } from './deps.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** For a body of CSV: the line of each row. */
    csvLines: readonly number[] | null;
  }
}

export const BULK_BODY_LIMIT = 64 * 1024 * 1024;
const MAX_ROWS = 100_000;
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

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

const resultSchema = z.object({
  row: z.int().describe('From 1.'),
  line: z.int().optional().describe('In a CSV: the line on which the row ends.'),
  username: z.string().nullable(),
  outcome: z.enum(outcomes),
  id: z.guid().nullable(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
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

type Result = z.infer<typeof resultSchema>;
type BulkAnswer = z.infer<typeof bulkAnswer>;

const OUTCOMES = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  skip: 'skipped',
} as const;

function doneResult(plan: RowPlan, dryRun: boolean): Result {
  const made = plan.action === 'create' && dryRun ? null : plan.id;
  return {
    row: plan.row.index + 1,
    username: plan.after.username,
    outcome: OUTCOMES[plan.action],
    id: made,
  };
}

const failedResult = (bad: BadRow): Result => ({
  row: bad.index + 1,
  username: bad.username,
  outcome: 'failed',
  id: null,
  errors: [...bad.errors],
});

function answerOf(plan: BulkPlan, dryRun: boolean, lines: readonly number[] | null): BulkAnswer {
  const results = [...plan.plans.map((row) => doneResult(row, dryRun)), ...plan.bad.map(failedResult)];
  results.sort((one, other) => one.row - other.row);
  const summary = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  for (const result of results) summary[result.outcome] += 1;
  if (lines === null) return { dryRun, summary, results };
  return { dryRun, summary, results: results.map((result) => ({ ...result, line: lines[result.row - 1] })) };
}

function withLine(error: FieldError, bad: BadRow, lines: readonly number[] | null): FieldError {
  const line = lines?.[bad.index];
  return line === undefined ? error : { ...error, message: `${error.message} (line ${line})` };
}

/** All or nothing: throws a `Problem` where a row cannot be used, and the transaction leaves nothing behind. */
function refuseBad(bad: readonly BadRow[], total: number, lines: readonly number[] | null): void {
  if (bad.length === 0) return;
  const errors = bad
    .flatMap((row) => row.errors.map((error) => withLine(error, row, lines)))
    .slice(0, MAX_ERRORS);
  const [first] = errors;
  const detail = `${bad.length} of ${total} ${total === 1 ? 'row' : 'rows'} cannot be used, so nothing was written; the first: ${first?.path ?? ''} ${first?.message ?? ''} Correct them, or send the rest with ?partial=true.`;
  throw new Problem(bad.every((row) => row.taken) ? 'conflict' : 'bad-input', detail, errors);
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badInput('The CSV is not UTF-8. In a spreadsheet, save it as "CSV UTF-8".');
  }
}

/** One entry for all the rows, however many there are; none where nothing was written. */
function importDeed({ created, failed, skipped, unchanged, updated }: BulkAnswer['summary']): Deed | null {
  if (created + updated === 0) return null;
  const name = created + updated === 1 ? '1 user' : `${created + updated} users`;
  const after = { created, updated, unchanged, skipped, failed };
  return { subject: { kind: 'user', id: null, name }, after };
}

export const bulkRoutes: FastifyPluginCallbackZod<ApiDeps> = (api, { database }, done) => {
  api.decorateRequest('csvLines', null);
  api.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body, parsed) => {
    try {
      const { rows, lines } = readCsv(decodeUtf8(Buffer.from(body)));
      request.csvLines = lines;
      parsed(null, { users: rows });
    } catch (error) {
      parsed(error instanceof Error ? error : new Error(String(error)));
    }
  });

  api.post(
    '/users/bulk',
    {
      config: { allow: 'directory', audit: 'users.imported' },
      bodyLimit: BULK_BODY_LIMIT,
      schema: {
        tags: ['Users'],
        summary: 'Create or update many users',
        description:
          'Takes JSON or CSV. The CSV names its columns in the first line: username, email, firstname, lastname, displayname, state, groups (names separated by semicolons) and attributes.NAME.',
        consumes: ['application/json', 'text/csv'],
        querystring: bulkQuery,
        body: bulkBody,
        response: { 200: bulkAnswer },
      },
    },
    async (request) => {
      const { dryRun, existing, partial } = request.query;
      const rows = readRows(request.body.users);
      const total = request.body.users.length;
      const refuse = (bad: readonly BadRow[]): void => refuseBad(bad, total, request.csvLines);
      return act(database, request, async (tx) => {
        const plan = await planBulk(tx, rows, { existing, by: roleOfAsker(request) });
        if (dryRun) return [answerOf(plan, true, request.csvLines), null];
        if (!partial) refuse(plan.bad);
        const applied = await applyBulk(tx, plan, causeOf(request));
        if (!partial) refuse(applied.bad);
        const answer = answerOf(applied, false, request.csvLines);
        return [answer, importDeed(answer.summary)];
      });
    },
  );

  done();
};
