/** The audit trail: written in the transaction of the act, read the newest first. The database links the entries (0004). */
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { AuditEntry } from '../access/audit-entry.ts';
import { canonicalJson } from '../access/canonical.ts';
import type { ChainedEntry } from '../access/chain.ts';
import type { Handle, Tx } from './database.ts';
import { decodeCursor, encodeCursor, containing, type Page, type PageRequest } from './page.ts';
import { badInput } from '../errors.ts';

export interface LoggedAct extends AuditEntry {
  readonly seq: number;
  readonly at: string;
}

export interface AuditFilter {
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

const seqSchema = z.coerce.number().int().positive();

function seqOf(cursor: string): number {
  const seq = seqSchema.safeParse(decodeCursor(cursor));
  if (seq.success) return seq.data;
  const message = 'must be the nextCursor of an earlier answer.';
  throw badInput(`cursor ${message}`, [{ path: 'cursor', message }]);
}

async function readPage(
  handle: Handle,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<LoggedAct[]> {
  const older = before === null ? sql`true` : sql`seq < ${before}`;
  const { rows } = await sql<Row>`
    SELECT seq, at, content FROM audit WHERE ${matching(filter)} AND ${older} ORDER BY seq DESC LIMIT ${limit}`.execute(
    handle,
  );
  return rows.map(toAct);
}

/** The newest first. */
export async function listAudit(handle: Handle, filter: AuditFilter & PageRequest): Promise<Page<LoggedAct>> {
  const { cursor, limit } = filter;
  const found = await readPage(handle, filter, cursor === undefined ? null : seqOf(cursor), limit + 1);
  const counted = await sql<{ total: string }>`
    SELECT count(*) AS total FROM (SELECT 1 FROM audit WHERE ${matching(filter)} LIMIT ${COUNTED_ACTS}) AS matching`.execute(
    handle,
  );
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = found.length > limit && last !== undefined ? encodeCursor(String(last.seq)) : null;
  return { items, nextCursor, total: Number(counted.rows[0]?.total ?? 0) };
}

/** Everything that matches, the newest first, in batches. */
export async function* readAudit(
  handle: Handle,
  filter: AuditFilter,
  batch: number,
): AsyncGenerator<readonly LoggedAct[]> {
  for (let before: number | null = null; ;) {
    const acts: LoggedAct[] = await readPage(handle, filter, before, batch);
    if (acts.length > 0) yield acts;
    if (acts.length < batch) return;
    before = acts.at(-1)?.seq ?? 0;
  }
}

/** The entries after that one, the oldest first, as they were linked. */
export async function readChain(handle: Handle, after: number, limit: number): Promise<ChainedEntry[]> {
  const { rows } = await sql<Omit<ChainedEntry, 'seq' | 'at'> & { seq: string; at: Date }>`
    SELECT seq, at, content::text AS content, encode(previous, 'hex') AS previous, encode(hash, 'hex') AS hash
    FROM audit WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`.execute(handle);
  return rows.map((row) => ({ ...row, seq: Number(row.seq), at: row.at.toISOString() }));
}
