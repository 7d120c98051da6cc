/**
 * What administrators are to be told by mail: that a connection was paused (R44), or that leavers wait for them (R46). It is
 * owed from the transaction in which it happens until the mail server has taken it, or until it is not so any more.
 */
import { sql } from 'kysely';
import { IN_CHARGE } from './last-administrator.ts';
import type { Handle, Tx } from './database.ts';
import { nextAttempt } from './mail-attempts.ts';

/** The channel on which the jobs hear that something is to be told. */
export const NOTICES_CHANNEL = 'rollcall_notices';

type NoticeKind = 'paused' | 'held';

/** A message to one administrator. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly to: string;
  readonly application: { readonly id: string; readonly label: string };
  /** Why, in words that name nobody. */
  readonly reason: string;
  /** How many leavers wait. */
  readonly held: number;
}

/** Nobody hears of what was so for longer than this without a mail having gone out. */
const KEPT = sql`interval '1 day'`;

/** Owes it to everybody who can act on it. What was owed of an earlier pause or hold is out of date. */
export async function oweNotices(tx: Tx, applicationId: string, kind: NoticeKind): Promise<void> {
  await sql`DELETE FROM notices WHERE application_id = ${applicationId} AND kind = ${kind}`.execute(tx);
  await sql`
    INSERT INTO notices (application_id, user_id, kind)
    SELECT ${applicationId}::uuid, user_id, ${kind} FROM (${IN_CHARGE}) AS administrator`.execute(tx);
  await sql`SELECT pg_notify(${NOTICES_CHANNEL}, '')`.execute(tx);
}

interface Row extends Omit<Notice, 'application'> {
  readonly application_id: string;
  readonly label: string;
}

/** Due, still so, and to somebody who can still be told. */
const DUE = sql`
  SELECT n.id, n.kind, u.email AS to, a.id AS application_id, a.label,
    coalesce(h.reason, a.idm_reason ->> 'message', '') AS reason,
    (SELECT count(*)::int FROM pending p WHERE p.hold_id = h.id) AS held
  FROM notices n JOIN applications a ON a.id = n.application_id
    JOIN users u ON u.id = n.user_id AND u.state = 'active' AND u.email IS NOT NULL
    LEFT JOIN holds h ON n.kind = 'held' AND h.application_id = a.id AND h.state = 'open'
  WHERE n.due_at <= now() AND (h.id IS NOT NULL OR n.kind = 'paused' AND a.idm_state = 'paused')
  ORDER BY n.due_at LIMIT 1 FOR UPDATE OF n SKIP LOCKED`;

/** Takes the next message that is due; nobody else takes it before its next attempt is. */
export async function takeNotice(db: Handle): Promise<Notice | null> {
  const { rows } = await sql<Row>`
    UPDATE notices SET attempts = attempts + 1, due_at = ${nextAttempt(sql`attempts`)}
    FROM (${DUE}) AS due WHERE notices.id = due.id RETURNING due.*`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { application_id: id, label, ...notice } = row;
  return { ...notice, application: { id, label } };
}

/** It has gone out. */
export async function noticeSent(db: Handle, { id }: Notice): Promise<void> {
  await sql`DELETE FROM notices WHERE id = ${id}`.execute(db);
}

/** Forgets what could not be told for too long, or is not so any more. */
export async function deleteOldNotices(db: Handle): Promise<void> {
  await sql`DELETE FROM notices WHERE created_at < now() - ${KEPT}`.execute(db);
}
