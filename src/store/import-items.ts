/** What became of each account of an import: a page, or all for a file. */
import { sql } from 'kysely';
import type { FieldError } from '../errors.ts';
import { importedPersonSchema, type ImportedPerson } from '../provisioning/imported-person.ts';
import type { Handle } from './database.ts';
import type { ImportOutcome } from './imports.ts';
import { byText, orderOf, type Sort } from './order.ts';
import { containing, pageOf, type Page, type PageRequest } from './page.ts';

export interface ImportItem {
  readonly remoteId: string;
  readonly person: ImportedPerson;
  readonly outcome: ImportOutcome | 'waiting';
  readonly userId: string | null;
  readonly errors: readonly FieldError[];
}

export interface ItemFilter extends PageRequest {
  readonly outcome?: ImportOutcome | 'waiting' | undefined;
  readonly sort: Sort<'username'>;
}

interface ItemRow {
  readonly remote_id: string;
  readonly person: object;
  readonly outcome: ImportOutcome | null;
  readonly user_id: string | null;
  readonly errors: readonly FieldError[] | null;
  readonly position: readonly string[];
}

const toItem = (row: ItemRow): ImportItem => ({
  remoteId: row.remote_id,
  person: importedPersonSchema.parse(row.person),
  outcome: row.outcome ?? 'waiting',
  userId: row.user_id,
  errors: row.errors ?? [],
});

/** What became of each account of an import. */
export async function listItems(
  handle: Handle,
  importId: string,
  filter: ItemFilter,
): Promise<Page<ImportItem>> {
  const { cursor, limit, outcome, search, sort } = filter;
  const parts = [sql`import_id = ${importId}`];
  if (outcome !== undefined)
    parts.push(outcome === 'waiting' ? sql`outcome IS NULL` : sql`outcome = ${outcome}`);
  if (search !== undefined)
    parts.push(
      sql`lower(concat_ws(' ', person ->> 'username', person ->> 'email', person ->> 'displayname')) LIKE ${containing(search)}`,
    );
  const matching = sql.join(parts, sql` AND `);
  const keys = {
    username: [byText(sql`lower(coalesce(person ->> 'username', ''))`), byText(sql`remote_id`)],
  };
  const { after, orderBy, position } = orderOf(keys, sort, cursor);
  const { rows } = await sql<ItemRow>`
    SELECT *, ${position} AS position FROM import_items WHERE ${matching} AND ${after} ORDER BY ${orderBy} LIMIT ${limit + 1}`.execute(
    handle,
  );
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM import_items WHERE ${matching}`.execute(handle);
  return pageOf(rows, filter, counted.rows[0]?.total ?? 0, (row) => row.position, toItem);
}

/** All items that match, batch by batch, for a file. */
export async function* readItems(
  handle: Handle,
  importId: string,
  filter: Omit<ItemFilter, 'limit' | 'cursor'>,
  limit: number,
): AsyncGenerator<readonly ImportItem[]> {
  let cursor: string | undefined;
  do {
    const page: Page<ImportItem> = await listItems(handle, importId, { ...filter, limit, cursor });
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
