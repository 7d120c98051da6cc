/** Many users at once: each row is judged by itself, and against the others of the same request. */
import { z } from 'zod';
import type { FieldError } from '../errors.ts';
import { fieldErrorsOf, sentence } from '../fields.ts';
import { line } from './text.ts';
import { userInputSchema, type UserInput } from './user.ts';

/** As a new user, and the names of the groups to join. */
export const bulkRowSchema = z
  .strictObject({
    ...userInputSchema.shape,
    groups: z
      .array(line(200).min(1))
      .max(1000)
      .optional()
      .describe('Names of groups that exist; the user joins them and leaves none.'),
  })
  .meta({ id: 'BulkUser' });

/** A row that can be used. */
export interface GoodRow {
  /** From 0. */
  readonly index: number;
  readonly input: UserInput;
  readonly groups: readonly string[];
}

/** A row that cannot be used, and why. */
export interface BadRow {
  readonly index: number;
  readonly username: string | null;
  /** Somebody else has that username: the row itself is sound. */
  readonly taken: boolean;
  readonly errors: readonly FieldError[];
}

export interface BulkRows {
  readonly good: readonly GoodRow[];
  readonly bad: readonly BadRow[];
}

const namedSchema = z.object({ username: z.string() });

/** What to call a row that may be anything. */
function usernameOf(raw: unknown): string | null {
  const parsed = namedSchema.safeParse(raw);
  return parsed.success ? parsed.data.username.slice(0, 255) : null;
}

/** A row that is refused, with one error on one of its fields. */
export function badRow(row: GoodRow, field: string, message: string, taken = false): BadRow {
  const errors = [{ path: `users[${row.index}].${field}`, message }];
  return { index: row.index, username: row.input.username, taken, errors };
}

function judge(raw: unknown, index: number): GoodRow | BadRow {
  const parsed = bulkRowSchema.safeParse(raw, { error: sentence });
  if (!parsed.success) {
    const errors = fieldErrorsOf(parsed.error, ['users', index]);
    return { index, username: usernameOf(raw), taken: false, errors };
  }
  const { groups, ...input } = parsed.data;
  return { index, input, groups: groups ?? [] };
}

export const isBad = (row: GoodRow | BadRow): row is BadRow => 'errors' in row;

/** Refuses each row whose username an earlier row has, compared without case. */
function refuseRepeats(rows: readonly (GoodRow | BadRow)[]): (GoodRow | BadRow)[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    if (isBad(row)) return row;
    const key = row.input.username.toLowerCase();
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row.index);
    return earlier === undefined ? row : badRow(row, 'username', `is the same as that of users[${earlier}].`);
  });
}

/** Judges raw rows; nothing but their own content is looked at. */
export function readRows(raw: readonly unknown[]): BulkRows {
  const rows = refuseRepeats(raw.map(judge));
  return { good: rows.filter((row): row is GoodRow => !isBad(row)), bad: rows.filter(isBad) };
}
