/** Imports: which accounts, by whom, what became of each, and the message that says so (R31–R33). */
import { sql, type Selectable } from 'kysely';
import { notFound } from '../errors.ts';
import type { Handle } from './database.ts';
import { byId, orderOf, type Sort } from './order.ts';
import { containing, pageOf, type Page, type PageRequest } from './page.ts';
import type { ImportsTable } from './tables/imports.ts';

export const importOutcomes = ['created', 'linked', 'unchanged', 'failed', 'cancelled'] as const;

export type ImportOutcome = (typeof importOutcomes)[number];

/** Whoever works on imports listens here; the payload is the import's id. */
export const IMPORTS_CHANNEL = 'rollcall_imports';

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

interface CountedRow extends Selectable<ImportsTable>, ImportCounts {
  readonly actor: string;
  readonly position: readonly string[];
}

const COUNTS = sql`
  SELECT count(*)::int AS total, count(*) FILTER (WHERE outcome IS NULL)::int AS waiting,
    ${sql.join(importOutcomes.map((outcome) => sql`count(*) FILTER (WHERE outcome = ${outcome})::int AS ${sql.ref(outcome)}`))}
  FROM import_items WHERE import_id = i.id`;

function toImport(row: CountedRow): Import {
  const { cancelled, created, failed, linked, total, unchanged, waiting } = row;
  return {
    id: row.id,
    applicationId: row.application_id,
    state: row.state,
    userState: row.user_state,
    background: row.background,
    counts: { total, waiting, created, linked, unchanged, failed, cancelled },
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

/** The imports of an application; `search` looks in who started them. */
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
  const wanted = sql`i.application_id = ${applicationId}
    AND lower(coalesce(i.cause ->> 'actor', '')) LIKE ${containing(request.search ?? '')}`;
  const { rows } = await sql<CountedRow>`
    SELECT i.*, i.cause ->> 'actor' AS actor, c.*, ${position} AS position FROM imports i CROSS JOIN LATERAL (${COUNTS}) AS c
    WHERE ${wanted} AND ${after} ORDER BY ${orderBy} LIMIT ${request.limit + 1}`.execute(handle);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total FROM imports i WHERE ${wanted}`.execute(handle);
  return pageOf(rows, request, counted.rows[0]?.total ?? 0, (row) => row.position, toImport);
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
