/** What became of each row of many: the answer, and a member of the problem detail where nothing was written. */
import { z } from 'zod';
import type { BadRow } from '../directory/bulk.ts';
import type { BulkPlan, RowPlan } from '../store/bulk-plan.ts';

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed', 'notWritten'] as const;

export const resultSchema = z
  .object({
    row: z.int().describe('From 1.'),
    line: z.int().optional().describe('In a CSV: the line on which the row ends.'),
    username: z.string().nullable(),
    outcome: z
      .enum(outcomes)
      .describe('`notWritten`: nothing is wrong with the row; it was not written because others failed.'),
    id: z.guid().nullable(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'RowResult' });

type RowResult = z.infer<typeof resultSchema>;

const OUTCOMES = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  skip: 'skipped',
} as const;

/** Whether the rows were written, would be, or were not because others failed. */
type Written = 'written' | 'dryRun' | 'refused';

function goodResult(plan: RowPlan, written: Written): RowResult {
  const made = plan.action === 'create' && written !== 'written';
  return {
    row: plan.row.index + 1,
    username: plan.after.username,
    outcome: written === 'refused' ? 'notWritten' : OUTCOMES[plan.action],
    id: made ? null : plan.id,
  };
}

const failedResult = (bad: BadRow): RowResult => ({
  row: bad.index + 1,
  username: bad.username,
  outcome: 'failed',
  id: null,
  errors: [...bad.errors],
});

/** A result for each row, in their order; `lines` are those of a CSV. */
export function resultsOf(plan: BulkPlan, written: Written, lines: readonly number[] | null): RowResult[] {
  const results = [...plan.plans.map((row) => goodResult(row, written)), ...plan.bad.map(failedResult)];
  results.sort((one, other) => one.row - other.row);
  return lines === null ? results : results.map((result) => ({ ...result, line: lines[result.row - 1] }));
}
