/**
 * Lists in an order that the caller chooses, by key as every list is: what is sorted by comes first, and what no two records
 * have in common comes last, so that a page begins exactly where the one before ended.
 */
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { badCursor, decodeCursor } from './page.ts';

/** `name`, or `-name` for the other way round. */
export type Sort<Field extends string> = Field | `-${Field}`;

/** As PostgreSQL writes a moment, in any zone that there is. */
const MOMENT = /^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/;

/** Whether there is such a day and hour: the clock is not to have gone on to the next. */
function isOnTheCalendar(moment: string): boolean {
  const written = moment.slice(0, 'YYYY-MM-DD HH:MM:SS'.length).replace(' ', 'T');
  const time = new Date(`${written}Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(written);
}

const types = {
  text: z.string(),
  integer: z.string().regex(/^-?\d{1,9}$/),
  timestamptz: z.string().regex(MOMENT).refine(isOnTheCalendar),
  uuid: z.guid(),
} as const;

/** What is compared: never null, and as its index says it. */
export interface SortKey {
  readonly value: RawBuilder<unknown>;
  readonly type: keyof typeof types;
}

/** Orders by text. */
export const byText = (value: RawBuilder<unknown>): SortKey => ({ value, type: 'text' });
/** Orders by a whole number. */
export const byInteger = (value: RawBuilder<unknown>): SortKey => ({ value, type: 'integer' });
/** Orders by a moment. */
export const byTime = (value: RawBuilder<unknown>): SortKey => ({ value, type: 'timestamptz' });
/** Orders by an id, which for ours is the order in which they were made (UUIDv7). */
export const byId = (value: RawBuilder<unknown>): SortKey => ({ value, type: 'uuid' });

/** An order as the parts of a statement. */
interface Order {
  /** Selected with each row, and told to `pageOf`: where the row stands. */
  readonly position: RawBuilder<readonly string[]>;
  readonly orderBy: RawBuilder<unknown>;
  /** The same, of rows that were selected with their `position`: for merging lists. */
  readonly byPosition: RawBuilder<unknown>;
  /** Whether a row comes after the cursor; true where there is none. */
  readonly after: RawBuilder<boolean>;
}

const list = (parts: readonly RawBuilder<unknown>[]) => sql.join(parts);

function afterCursor(keys: readonly SortKey[], descending: boolean, position: readonly string[]) {
  if (position.length !== keys.length) throw badCursor();
  const bounds = keys.map(({ type }, at) => {
    const bound = types[type].safeParse(position[at]);
    if (!bound.success) throw badCursor();
    return sql`${bound.data}::${sql.raw(type)}`;
  });
  const than = descending ? sql`<` : sql`>`;
  return sql<boolean>`(${list(keys.map(({ value }) => value))}) ${than} (${list(bounds)})`;
}

const isOrder = <Field extends string>(keys: Readonly<Record<Field, unknown>>, name: string): name is Field =>
  Object.hasOwn(keys, name);

/** The order that `sort` names among `keys`. Throws a `Problem` for a cursor that is of another order, or none of ours. */
export function orderOf<Field extends string>(
  keys: Readonly<Record<Field, readonly SortKey[]>>,
  sort: Sort<Field>,
  cursor: string | undefined,
): Order {
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  if (!isOrder(keys, field)) throw new Error(`There is no order by ${field}.`);
  const chosen = keys[field];
  const direction = descending ? sql`DESC` : sql`ASC`;
  const [order, ...position] = cursor === undefined ? [sort] : decodeCursor(cursor);
  if (order !== sort) throw badCursor();
  return {
    position: sql`ARRAY[${list([sql`${sort}::text`, ...chosen.map(({ value }) => sql`(${value})::text`)])}]`,
    orderBy: list(chosen.map(({ value }) => sql`${value} ${direction}`)),
    byPosition: list(
      chosen.map(({ type }, at) => sql`position[${sql.raw(String(at + 2))}]::${sql.raw(type)} ${direction}`),
    ),
    after: cursor === undefined ? sql<boolean>`true` : afterCursor(chosen, descending, position),
  };
}
