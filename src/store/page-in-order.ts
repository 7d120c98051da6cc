/** A page of one query's rows, in an order that the caller chooses. */
import { sql, type SelectQueryBuilder } from 'kysely';
import type { Handle } from './database.ts';
import { orderOf, type Sort, type SortKey } from './order.ts';
import { pageOf, type Page, type PageRequest } from './page.ts';

interface Positioned {
  readonly position: readonly string[];
}

/** What of `matching` stands on the page, and how many rows there are on all. Throws a `Problem` for a cursor of another list. */
export async function pageInOrder<DB, TB extends keyof DB, Row, Field extends string, T>(
  handle: Handle,
  matching: SelectQueryBuilder<DB, TB, Row>,
  keys: Readonly<Record<Field, readonly SortKey[]>>,
  request: PageRequest & { readonly sort: Sort<Field> },
  toItem: (row: Row) => T,
): Promise<Page<T>> {
  const { after, orderBy, position } = orderOf(keys, request.sort, request.cursor);
  const page = matching
    .select(position.as('position'))
    .where(after)
    .orderBy(orderBy)
    .limit(request.limit + 1)
    .$castTo<Row & Positioned>();
  const count = matching.clearSelect().select(sql<number>`count(*)::int`.as('total'));
  const { rows } = await handle.executeQuery(page);
  const counted = await handle.executeQuery(count.$castTo<{ readonly total: number }>());
  return pageOf(rows, request, counted.rows[0]?.total ?? 0, (row) => row.position, toItem);
}
