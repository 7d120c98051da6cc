/** Imports: which accounts, by whom, what became of each, and the message that says so (R31–R33). */
import { sql, type RawBuilder, type Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { badInput, conflict, notFound, type FieldError } from '../errors.ts';
import { importedPersonSchema, type ImportedPerson } from '../provisioning/imported-person.ts';
import type { Cause } from '../provisioning/settlement.ts';
import { importable, type CandidateChoice } from './candidates.ts';
import type { Handle, Tx } from './database.ts';
import { insertEvents } from './events.ts';
import { byId, byText, orderOf, type Sort } from './order.ts';
import { containing, pageOf, type Page, type PageRequest } from './page.ts';
import { lockRoster } from './roster.ts';
import { rowset } from './rowset.ts';
import type { ImportsTable } from './tables.ts';

export const importOutcomes = ['created', 'linked', 'unchanged', 'failed'] as const;

export type ImportOutcome = (typeof importOutcomes)[number];

/** Whoever works on imports listens here; the payload is the import's id. */
export const IMPORTS_CHANNEL = 'rollcall_imports';

/** What an administrator sets of a person before they are imported; null takes a value away. */
export type PersonChange = { readonly [Field in keyof ImportedPerson]?: ImportedPerson[Field] | undefined };

export interface ImportCounts extends Readonly<Record<ImportOutcome, number>> {
  readonly total: number;
  readonly waiting: number;
}

/** One import and how far it is. */
export interface Import {
  readonly id: string;
  readonly applicationId: string;
  readonly state: 'running' | 'done';
  /** What the users that are made begin as. */
  readonly userState: 'staged' | 'active';
  readonly background: boolean;
  readonly counts: ImportCounts;
  readonly startedBy: string;
  readonly mail: {
    readonly to: string;
    readonly state: 'none' | 'owed' | 'sent' | 'failed';
    readonly message: string | null;
  } | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

export interface ImportItem {
  readonly remoteId: string;
  readonly person: ImportedPerson;
  readonly outcome: ImportOutcome | 'waiting';
  readonly userId: string | null;
  readonly errors: readonly FieldError[];
}

/** Which accounts an import is of. */
export type Selection = { readonly remoteIds: readonly string[] } | { readonly all: CandidateChoice };

export interface NewImport {
  readonly applicationId: string;
  readonly selection: Selection;
  readonly overrides: Readonly<Record<string, PersonChange>>;
  readonly userState: 'staged' | 'active';
  readonly cause: Cause;
  /** Whom its end is told, where it goes on in the background. */
  readonly mail: { readonly to: string; readonly link: (importId: string) => string } | null;
}

/** Up to so many are done while the caller waits (R32). */
export const AT_ONCE = 100;

const NO_CHANGE = sql`'{}'::jsonb`;

/** The items of a selection, without their corrections. */
function selected(applicationId: string, selection: Selection): RawBuilder<unknown> {
  if ('all' in selection) return importable(applicationId, selection.all);
  return sql`
    SELECT r.remote_id, r.person FROM remote_resources r WHERE r.application_id = ${applicationId} AND r.kind = 'user'
      AND r.person IS NOT NULL AND r.remote_id = ANY (${[...new Set(selection.remoteIds)]}::text[])`;
}

async function writeItems(
  tx: Tx,
  importId: string,
  { applicationId, overrides, selection }: NewImport,
): Promise<number> {
  const changes = Object.entries(overrides).map(([remote_id, change]) => ({ remote_id, change }));
  const { numAffectedRows } = await sql`
    INSERT INTO import_items (import_id, remote_id, person)
    SELECT ${importId}::uuid, s.remote_id, s.person || coalesce(c.change, ${NO_CHANGE})
    FROM (${selected(applicationId, selection)}) AS s
    LEFT JOIN (SELECT * FROM ${rowset(changes, 'remote_id text, change jsonb')}) AS c ON c.remote_id = s.remote_id`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
}

/** Throws a `Problem` that names the ids which the application's list does not have. */
async function refuseUnknown(tx: Tx, importId: string, selection: Selection): Promise<void> {
  if ('all' in selection) return;
  const { rows } = await sql<{ at: number }>`
    SELECT (n.at - 1)::int AS at FROM unnest(${[...selection.remoteIds]}::text[]) WITH ORDINALITY AS n(remote_id, at)
    WHERE NOT EXISTS (SELECT 1 FROM import_items WHERE import_id = ${importId} AND remote_id = n.remote_id)
    ORDER BY at LIMIT 100`.execute(tx);
  const message = 'is no user of the application, as its users were last read. Read them again.';
  const errors = rows.map(({ at }) => ({ path: `remoteIds[${at}]`, message }));
  const [first] = errors;
  if (first !== undefined) throw badInput(`${first.path} ${message} Nothing was imported.`, errors);
}

/** Makes an import whose items all wait. Throws a `Problem` where the application holds no user of a given id. */
export async function createImport(tx: Tx, given: NewImport): Promise<Import> {
  const { applicationId, cause, mail, userState } = given;
  await lockRoster(tx, applicationId);
  const id = uuidv7();
  await tx
    .insertInto('imports')
    .values({
      id,
      application_id: applicationId,
      state: 'running',
      user_state: userState,
      background: false,
      cause: JSON.stringify(cause),
      mail_to: null,
      mail_link: null,
      mail_message: null,
    })
    .execute();
  const total = await writeItems(tx, id, given);
  await refuseUnknown(tx, id, given.selection);
  await putBehind(tx, id, total, mail);
  return getImport(tx, applicationId, id);
}

/** Many go on in the background; whoever works on imports is told once this commits. */
async function putBehind(tx: Tx, id: string, waiting: number, mail: NewImport['mail']): Promise<void> {
  const background = waiting > AT_ONCE;
  const [to, link] = background && mail !== null ? [mail.to, mail.link(id)] : [null, null];
  await sql`
    UPDATE imports SET background = ${background}, mail_to = ${to}, mail_link = ${link}, mail_state = 'none' WHERE id = ${id}`.execute(
    tx,
  );
  if (background) await sql`SELECT pg_notify(${IMPORTS_CHANNEL}, ${id})`.execute(tx);
}

/** Which items of an import are tried again, and how they are corrected. */
export interface Retry {
  readonly applicationId: string;
  readonly importId: string;
  /** All that failed where it is left out. */
  readonly remoteIds?: readonly string[] | undefined;
  readonly overrides: NewImport['overrides'];
  readonly mail: NewImport['mail'];
}

/** Lets items that failed wait again, corrected. Throws a `Problem` while the import runs, and where one of them did not fail. */
export async function retryImport(tx: Tx, retry: Retry): Promise<Import> {
  const { applicationId, importId, mail, overrides } = retry;
  await lockRoster(tx, applicationId);
  const { state } = await getImport(tx, applicationId, importId);
  if (state === 'running')
    throw conflict('The import is still running. Wait until it is done, then try again.');
  const ids = retry.remoteIds === undefined ? null : [...new Set(retry.remoteIds)];
  const changes = Object.entries(overrides).map(([remote_id, change]) => ({ remote_id, change }));
  const which = ids === null ? sql`true` : sql`i.remote_id = ANY (${ids}::text[])`;
  const { numAffectedRows } = await sql`
    UPDATE import_items i SET outcome = NULL, errors = NULL, user_id = NULL, person = i.person || coalesce(c.change, ${NO_CHANGE})
    FROM import_items f LEFT JOIN (SELECT * FROM ${rowset(changes, 'remote_id text, change jsonb')}) AS c ON c.remote_id = f.remote_id
    WHERE i.import_id = ${importId} AND f.import_id = i.import_id AND f.remote_id = i.remote_id AND i.outcome = 'failed' AND ${which}`.execute(
    tx,
  );
  const count = Number(numAffectedRows ?? 0n);
  if (ids !== null && count < ids.length) {
    const message = 'must name only items of this import that failed.';
    throw badInput(`remoteIds ${message}`, [{ path: 'remoteIds', message }]);
  }
  await sql`UPDATE imports SET state = 'running', finished_at = NULL WHERE id = ${importId}`.execute(tx);
  await putBehind(tx, importId, count, mail);
  return getImport(tx, applicationId, importId);
}

/** Nothing waits any more: the import is done, and the message about it is owed. */
export async function finishImport(
  tx: Tx,
  { applicationId, cause, id, label }: { id: string; applicationId: string; label: string; cause: Cause },
): Promise<void> {
  await sql`
    UPDATE imports SET state = 'done', finished_at = now(), mail_attempts = 0, mail_due_at = now(), mail_message = NULL,
      mail_state = CASE WHEN mail_to IS NULL THEN 'none' ELSE 'owed' END
    WHERE id = ${id}`.execute(tx);
  const { counts } = await getImport(tx, applicationId, id);
  await insertEvents(tx, applicationId, [
    {
      subject: { kind: 'application', id: applicationId, name: label },
      operation: 'import',
      outcome: 'done',
      sentence: `Import from ${label} is done: ${inWords(counts)}`,
      cause,
    },
  ]);
}

/** What came of an import, for people. */
export const inWords = ({ created, failed, linked, total, unchanged }: ImportCounts): string =>
  `${total} in all, ${created} made, ${linked} linked, ${unchanged} imported before, ${failed} failed`;

interface CountedRow extends Selectable<ImportsTable> {
  readonly total: number;
  readonly created: number;
  readonly linked: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly waiting: number;
  readonly actor: string;
  readonly position: readonly string[];
}

const COUNTS = sql`
  SELECT count(*)::int AS total, count(*) FILTER (WHERE outcome IS NULL)::int AS waiting,
    ${sql.join(importOutcomes.map((outcome) => sql`count(*) FILTER (WHERE outcome = ${outcome})::int AS ${sql.ref(outcome)}`))}
  FROM import_items WHERE import_id = i.id`;

function toImport(row: CountedRow): Import {
  const { created, failed, linked, total, unchanged, waiting } = row;
  return {
    id: row.id,
    applicationId: row.application_id,
    state: row.state,
    userState: row.user_state,
    background: row.background,
    counts: { total, waiting, created, linked, unchanged, failed },
    startedBy: row.actor,
    mail: row.mail_to === null ? null : { to: row.mail_to, state: row.mail_state, message: row.mail_message },
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  };
}

/** One import of an application. Throws a `Problem` where there is none of that id. */
export async function getImport(handle: Handle, applicationId: string, id: string): Promise<Import> {
  const { rows } = await sql<CountedRow>`
    SELECT i.*, i.cause ->> 'actor' AS actor, c.* FROM imports i CROSS JOIN LATERAL (${COUNTS}) AS c
    WHERE i.id = ${id} AND i.application_id = ${applicationId}`.execute(handle);
  const [row] = rows;
  if (row === undefined) throw notFound(`The import ${id}`);
  return toImport(row);
}

/** The imports of an application. */
export async function listImports(
  handle: Handle,
  applicationId: string,
  request: PageRequest & { readonly sort: Sort<'createdAt'> },
): Promise<Page<Import>> {
  // An id begins with its time.
  const { after, orderBy, position } = orderOf(
    { createdAt: [byId(sql`i.id`)] },
    request.sort,
    request.cursor,
  );
  const { rows } = await sql<CountedRow>`
    SELECT i.*, i.cause ->> 'actor' AS actor, c.*, ${position} AS position FROM imports i CROSS JOIN LATERAL (${COUNTS}) AS c
    WHERE i.application_id = ${applicationId} AND ${after} ORDER BY ${orderBy} LIMIT ${request.limit + 1}`.execute(
    handle,
  );
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM imports WHERE application_id = ${applicationId}`.execute(handle);
  return pageOf(rows, request, counted.rows[0]?.total ?? 0, (row) => row.position, toImport);
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

/** Ids of the imports that are not done, the oldest first. */
export async function runningImports(handle: Handle): Promise<string[]> {
  const rows = await handle
    .selectFrom('imports')
    .select('id')
    .where('state', '=', 'running')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
