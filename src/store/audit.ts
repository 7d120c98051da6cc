/** The audit trail: written in the transaction of the act, and read. The database links each entry to the one before it (`migrations/0004_access.sql`). */
import { sql, type RawBuilder } from 'kysely';
import type { AuditEntry } from '../access/audit-entry.ts';
import { canonicalJson } from '../access/canonical.ts';
import type { ChainedEntry } from '../access/chain.ts';
import type { Handle, Tx } from './database.ts';
import { byInteger, orderOf, type Sort } from './order.ts';
import { containing, pageOf, type Page, type PageRequest } from './page.ts';

export interface LoggedAct extends AuditEntry {
  readonly seq: number;
  readonly at: string;
}

interface AuditFilter {
  /** As the entry names them. */
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  /** The id of whom or what it was done to. */
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  /** Not this moment itself. */
  readonly to?: string | undefined;
  /** Part of the subject's name, of the actor's or of the action. */
  readonly search?: string | undefined;
}

/** The trail may hold millions: a list says how many match up to this many. */
export const COUNTED_ACTS = 10_000;

/**
 * Adds an entry. The last statement of its transaction: whoever adds one waits for those that were added before to commit,
 * and nothing may be waited for meanwhile (docs/decisions/0006-audit-lock-comes-last.md).
 */
export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await sql`INSERT INTO audit (content) VALUES (${canonicalJson(entry)}::json)`.execute(tx);
}

/** Whether so many entries of that act, or more, are from the last hour. */
export async function isOften(handle: Handle, action: string, times: number): Promise<boolean> {
  const { rows } = await sql<{ lately: boolean }>`
    SELECT at > now() - interval '1 hour' AS lately FROM audit
    WHERE action = ${action} ORDER BY seq DESC OFFSET ${times - 1} LIMIT 1`.execute(handle);
  return rows[0]?.lately ?? false;
}

/** Writes down an act in its own transaction, as the last statement: for whoever has an act done by others. */
export type Witness = (tx: Tx) => Promise<void>;

/** For an act of nobody's. */
export const noWitness: Witness = () => Promise.resolve();

interface Row {
  readonly seq: string;
  readonly position: readonly string[];
  readonly at: Date;
  readonly content: AuditEntry;
}

const toAct = ({ at, content, seq }: Row): LoggedAct => ({
  ...content,
  seq: Number(seq),
  at: at.toISOString(),
});

function matching({ action, actor, from, search, subject, to }: AuditFilter): RawBuilder<unknown> {
  const conditions = [
    ...(action === undefined ? [] : [sql`action = ${action}`]),
    ...(actor === undefined ? [] : [sql`actor = ${actor}`]),
    ...(subject === undefined ? [] : [sql`subject_id = ${subject}`]),
    ...(from === undefined ? [] : [sql`at >= ${from}`]),
    ...(to === undefined ? [] : [sql`at < ${to}`]),
    ...(search === undefined
      ? []
      : [sql`lower(concat_ws(' ', subject_name, actor, action)) LIKE ${containing(search)}`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

const auditKeys = { at: [byInteger(sql`seq`)] };

const NEWEST_FIRST = sql`seq DESC`;

const acts = (
  where: RawBuilder<unknown>,
  orderBy: RawBuilder<unknown>,
  limit: number,
  position: RawBuilder<unknown> = sql`ARRAY[]::text[]`,
) => sql<Row>`
  SELECT seq, at, content, ${position} AS position FROM audit WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit}`;

/** `total` counts no further than {@link COUNTED_ACTS}. */
export async function listAudit(
  handle: Handle,
  filter: AuditFilter & PageRequest & { readonly sort: Sort<'at'> },
): Promise<Page<LoggedAct>> {
  const { cursor, limit, sort } = filter;
  const { after, orderBy, position } = orderOf(auditKeys, sort, cursor);
  const where = sql`${matching(filter)} AND ${after}`;
  const { rows } = await acts(where, orderBy, limit + 1, position).execute(handle);
  const counted = await sql<{ total: string }>`
    SELECT count(*) AS total FROM (SELECT 1 FROM audit WHERE ${matching(filter)} LIMIT ${COUNTED_ACTS}) AS matching`.execute(
    handle,
  );
  return pageOf(rows, filter, Number(counted.rows[0]?.total ?? 0), (row) => row.position, toAct);
}

/** Everything that matches, the newest first, in batches. */
export async function* readAudit(
  handle: Handle,
  filter: AuditFilter,
  batch: number,
): AsyncGenerator<readonly LoggedAct[]> {
  for (let older = sql`true`; ;) {
    const { rows } = await acts(sql`${matching(filter)} AND ${older}`, NEWEST_FIRST, batch).execute(handle);
    const last = rows.at(-1);
    if (last !== undefined) yield rows.map(toAct);
    if (last === undefined || rows.length < batch) return;
    older = sql`seq < ${last.seq}`;
  }
}

/** The entries after that one, the oldest first, as they were linked. */
export async function readChain(handle: Handle, after: number, limit: number): Promise<ChainedEntry[]> {
  const { rows } = await sql<Omit<ChainedEntry, 'seq' | 'at'> & { seq: string; at: Date }>`
    SELECT seq, at, content::text AS content, encode(previous, 'hex') AS previous, encode(hash, 'hex') AS hash
    FROM audit WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`.execute(handle);
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: row.at.toISOString() }));
}
