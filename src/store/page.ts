/** Lists by key (keyset paging): each page begins after the last key of the one before, so the last is as quick as the first. */
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { verbatim } from '../directory/text.ts';
import { badInput, type Problem } from '../errors.ts';
import { nameKey } from '../name-key.ts';

export interface PageRequest {
  /** From 1 to 1000. */
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Part of a name; case does not count. */
  readonly search?: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  /** How many there are on all pages. */
  readonly total: number;
}

const NO_CURSOR = 'must be the nextCursor of an earlier answer.';

/** The problem of a cursor that no list gave. */
export const badCursor = (): Problem =>
  badInput(`cursor ${NO_CURSOR}`, [{ path: 'cursor', message: NO_CURSOR }]);

/** Where an item stands in its list: a key, or several where the caller chooses the order. */
type Position = string | readonly string[];

const cursorSchema = z.array(verbatim(4000)).min(1).max(5);

/** The position of the last item of a page, opaque to the caller. */
function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position].flat())).toString('base64url');
}

/** The position in a cursor. Throws a `Problem` for a text that is no cursor of ours. */
export function decodeCursor(cursor: string): readonly string[] {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return cursorSchema.parse(decoded);
  } catch {
    throw badCursor();
  }
}

/** The key in the cursor of a list that has but one order. */
function decodeKeyCursor(cursor: string): string {
  const [key, ...rest] = decodeCursor(cursor);
  if (key === undefined || rest.length > 0) throw badCursor();
  return key;
}

/** The id in the cursor of a list that is in the order of ids. */
export function decodeIdCursor(cursor: string): string {
  const id = z.guid().safeParse(decodeKeyCursor(cursor));
  if (id.success) return id.data;
  throw badCursor();
}

/** A LIKE pattern that finds the text anywhere; its own % and _ are ordinary letters. */
export function containing(search: string): string {
  return `%${nameKey(search.trim()).replace(/[\\%_]/g, '\\$&')}%`;
}

/** All of the conditions of a list. */
export const every = (conditions: readonly RawBuilder<unknown>[]) => sql.join(conditions, sql` AND `);

/** A page of a list that is short enough to be at hand whole; `textOf` is where `search` looks. */
export function pageOfAll<T>(
  all: readonly T[],
  request: PageRequest,
  keyOf: (item: T) => string,
  textOf: (item: T) => string,
): Page<T> {
  const { cursor, limit, search = '' } = request;
  const wanted = search.trim().toLowerCase();
  const matching = all.filter((item) => textOf(item).toLowerCase().includes(wanted));
  const last = cursor === undefined ? undefined : decodeKeyCursor(cursor);
  const from = matching.findIndex((item) => keyOf(item) === last) + 1;
  if (last !== undefined && from === 0) throw badCursor();
  return pageOf(matching.slice(from, from + limit + 1), request, matching.length, keyOf, (item) => item);
}

/** A page from `limit + 1` rows: the one too many says that there are more. */
export function pageOf<R, T>(
  rows: readonly R[],
  request: PageRequest,
  total: number,
  positionOf: (row: R) => Position,
  toItem: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  const more = rows.length > request.limit && last !== undefined;
  return { items: shown.map(toItem), nextCursor: more ? encodeCursor(positionOf(last)) : null, total };
}
