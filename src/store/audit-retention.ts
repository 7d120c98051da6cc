/**
 * Shortening the audit trail, where it is not kept for good. The entry that says so carries the number and the hash of the last
 * entry that is gone: the chain goes on from there, and whoever cuts off more is noticed.
 */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { auditEntry } from '../access/audit-entry.ts';
import { CHAIN_START, type ChainHead } from '../access/chain.ts';
import { asProgram } from '../access/principal.ts';
import { writeAudit } from './audit.ts';
import type { Handle, Tx } from './database.ts';
import { AUDIT, dropMonths, monthAfter, monthsOver, takeTurn } from './months.ts';

const SHORTENED = 'auditTrail.shortened';

const ROLLCALL = asProgram('Rollcall');

interface Last extends ChainHead {
  /** An entry from later than that time stands before it in the chain, because a clock was set back. */
  readonly mixed: boolean;
}

/** The last entry from before a time. */
async function lastBefore(tx: Tx, time: Date): Promise<Last | undefined> {
  const { rows } = await sql<Omit<Last, 'seq'> & { seq: string }>`
    SELECT seq, encode(hash, 'hex') AS hash,
      EXISTS (SELECT 1 FROM audit later WHERE later.at >= ${time} AND later.seq < a.seq) AS mixed
    FROM audit a WHERE at < ${time} ORDER BY seq DESC LIMIT 1`.execute(tx);
  return rows[0] && { ...rows[0], seq: Number(rows[0].seq) };
}

async function noteShortened(tx: Tx, { hash, seq }: ChainHead): Promise<void> {
  const subject = { kind: 'audit-trail', id: null, name: `the entries up to ${seq}` };
  const origin = { address: null, userAgent: null, requestId: uuidv7() };
  const entry = auditEntry(SHORTENED, ROLLCALL, origin, { subject, after: { seq, sha256: hash } });
  if (entry !== null) await writeAudit(tx, entry);
}

/**
 * Drops the months of the trail that ended `days` ago or more, and says so in it. Answers how many. What cannot be taken from
 * the beginning of the chain alone stays until it can.
 */
export async function shortenAudit(db: Handle, days: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await takeTurn(tx, AUDIT);
    const over = await monthsOver(tx, AUDIT, days);
    const newest = over.at(-1);
    if (newest === undefined) return 0;
    // Before the lock of the chain, as whoever adds an entry takes the two.
    await sql`LOCK TABLE audit IN ACCESS EXCLUSIVE MODE`.execute(tx);
    const last = await lastBefore(tx, monthAfter(newest.begins, 1));
    if (last?.mixed) return 0;
    if (last !== undefined) await noteShortened(tx, last);
    await dropMonths(tx, over);
    return over.length;
  });
}

/** After which entry the trail begins. */
export async function auditBeginning(handle: Handle): Promise<ChainHead> {
  const { rows } = await sql<{ seq: number; hash: string }>`
    SELECT (content -> 'after' ->> 'seq')::float8 AS seq, content -> 'after' ->> 'sha256' AS hash
    FROM audit WHERE action = ${SHORTENED} ORDER BY audit.seq DESC LIMIT 1`.execute(handle);
  return rows[0] ?? CHAIN_START;
}
