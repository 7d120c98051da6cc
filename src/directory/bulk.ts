/** Many users at once: each row is judged by itself, and against the others of the same request. */
import { z } from 'zod';
import type { FieldError } from '../errors.ts';
import { fieldErrorsOf, sentence } from '../fields.ts';
import { nameKey } from '../name-key.ts';
import { visibleLine } from './text.ts';
import { userInputSchema, type UserInput } from './user.ts';

/** So many come at once at most. */
export const MAX_ROWS = 100_000;

/** As a new user, and the names of the groups to join. */
const bulkRowSchema = z
  .strictObject({
    ...userInputSchema.shape,
    groups: z
      .array(visibleLine(200))
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

/** A row that cannot be used, and all that is wrong with it. */
export interface BadRow {
  readonly index: number;
  readonly username: string | null;
  /** What can be read of its groups, to be looked for as those of a good row. */
  readonly groups: readonly string[];
  /** Somebody else has that username: the row itself is sound. */
  readonly taken: boolean;
  readonly errors: readonly FieldError[];
}

export interface BulkRows {
  readonly good: readonly GoodRow[];
  readonly bad: readonly BadRow[];
  /** Those of the bad rows that have the username of an earlier one. */
  readonly repeats: readonly BadRow[];
}

/** What a form of many users knows of its rows that JSON does not have: a CSV, lines. */
export interface Reading {
  /** What a person calls a row: `users[3]`, `line 5`. */
  readonly nameOf: (index: number) => string;
  /** Rows that cannot be read, by index, and why; nothing else of them is judged. */
  readonly unreadable: ReadonlyMap<number, string>;
}

const JSON_READING: Reading = { nameOf: (index) => `users[${index}]`, unreadable: new Map() };

const { username: usernameSchema, groups: groupsSchema } = bulkRowSchema.shape;
const partsSchema = z.looseObject({ username: z.unknown().optional(), groups: z.unknown().optional() });

/** What can be read of a row that may be anything. */
function partsOf(raw: unknown): { username: string | null; groups: readonly string[] } {
  const { username, groups } = partsSchema.safeParse(raw).data ?? {};
  return {
    username: typeof username === 'string' ? username.slice(0, 255) : null,
    groups: groupsSchema.safeParse(groups).data ?? [],
  };
}

/** Whether a row cannot be used. */
export const isBad = (row: GoodRow | BadRow): row is BadRow => 'errors' in row;

/** The username by which a row is compared with others, where it has one that can be used. */
export const usernameOf = (row: GoodRow | BadRow): string | null =>
  isBad(row) ? (usernameSchema.safeParse(row.username).data ?? null) : row.input.username;

/** The row, refused for one thing more on one of its fields; `taken`, where only somebody else's username is in the way. */
export function withFault(row: GoodRow | BadRow, field: string, message: string, taken = false): BadRow {
  const error = { path: `users[${row.index}].${field}`, message };
  if (isBad(row)) return { ...row, taken: row.taken && taken, errors: [...row.errors, error] };
  return { index: row.index, username: row.input.username, groups: row.groups, taken, errors: [error] };
}

function judge(raw: unknown, index: number, { unreadable }: Reading): GoodRow | BadRow {
  const message = unreadable.get(index);
  if (message !== undefined) {
    const errors = [{ path: `users[${index}]`, message }];
    return { index, username: null, groups: [], taken: false, errors };
  }
  const parsed = bulkRowSchema.safeParse(raw, { error: sentence });
  if (!parsed.success) {
    const errors = fieldErrorsOf(parsed.error, ['users', index]);
    return { index, ...partsOf(raw), taken: false, errors };
  }
  const { groups, ...input } = parsed.data;
  return { index, input, groups: groups ?? [] };
}

/** Rows whose username an earlier good row has, compared without case: the index of each, and of that one. */
function repeatsAmong(rows: readonly (GoodRow | BadRow)[]): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const repeats = new Map<number, number>();
  for (const row of rows) {
    const username = usernameOf(row);
    if (username === null) continue;
    const key = nameKey(username);
    const earlier = first.get(key);
    if (earlier !== undefined) repeats.set(row.index, earlier);
    else if (!isBad(row)) first.set(key, row.index);
  }
  return repeats;
}

/** Judges raw rows; nothing but their own content is looked at. */
export function readRows(raw: readonly unknown[], reading: Reading = JSON_READING): BulkRows {
  const judged = raw.map((row, index) => judge(row, index, reading));
  const repeats = repeatsAmong(judged);
  const rows = judged.map((row) => {
    const earlier = repeats.get(row.index);
    if (earlier === undefined) return row;
    return withFault(row, 'username', `is the same as that of ${reading.nameOf(earlier)}.`);
  });
  const bad = rows.filter(isBad);
  return {
    good: rows.filter((row): row is GoodRow => !isBad(row)),
    bad,
    repeats: bad.filter(({ index }) => repeats.has(index)),
  };
}
