/** Leavers as the brake counts them: users of one application who would be deactivated now (R46). */
import { sql } from 'kysely';
import type { LeaverCounts } from '../provisioning/brake.ts';
import type { Handle } from './database.ts';

/** Marks of users who would be deactivated now, without those that an administrator has let pass. */
export const leavers = (applicationId: string) => sql`
  SELECT p.subject_id FROM pending p
  JOIN links l ON l.application_id = p.application_id AND l.kind = 'user' AND l.subject_id = p.subject_id
  WHERE p.application_id = ${applicationId} AND p.kind = 'user' AND p.priority = 0 AND p.hold_id IS NULL AND NOT p.approved
    AND l.state = 'active' AND l.managed AND NOT l.kept
    AND NOT EXISTS (
      SELECT 1 FROM users u JOIN group_members gm ON gm.user_id = u.id
      JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = ${applicationId}
      WHERE u.id = p.subject_id AND u.state = 'active')`;

/**
 * Users whose deactivation may have been done without an answer (R42), or is being sent, whatever is wanted of them by now. What a lane
 * says that it sends may have ended since: of whoever came back meanwhile there is a mark, and an account that is not known to be gone.
 */
const maybeGone = (applicationId: string) => sql`
  SELECT r.id AS subject_id FROM lane_sending s, json_to_recordset(s.steps) AS r(id uuid, sent_as text)
  JOIN pending p ON p.application_id = ${applicationId} AND p.kind = 'user' AND p.subject_id = r.id AND NOT p.approved
  JOIN links l ON l.application_id = p.application_id AND l.kind = 'user' AND l.subject_id = r.id AND l.state = 'active' AND NOT l.moving
  WHERE s.application_id = ${applicationId} AND r.sent_as IN ('deactivateUser', 'deleteUser')
  UNION
  SELECT l.subject_id FROM links l
  WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.in_flight IN ('deactivateUser', 'deleteUser')
    AND NOT l.moving AND NOT EXISTS (
      SELECT 1 FROM pending p WHERE p.application_id = l.application_id AND p.kind = 'user' AND p.subject_id = l.subject_id AND p.approved)`;

/** A leaver at hand, as it was claimed. */
export interface Leaver {
  readonly id: string;
  readonly generation: string;
}

/**
 * What the brake decides on: those who have left within the last hour, or may have; those at hand, those that are marked, and those that
 * are held already, because a plan that was too large does not become small by being held. How many are provisioned is counted only where more than `number` leave,
 * because that count follows the directory and not the change. Whoever is not managed is none of them: nothing is ever taken from them
 * (R34), and with thousands of them no share of the others would be too large.
 */
export async function countLeavers(
  db: Handle,
  applicationId: string,
  number: number,
  atHand: readonly Leaver[],
): Promise<LeaverCounts> {
  const counted = await sql<{ left: number; maybeGone: number; waiting: number }>`
    WITH waiting AS (
      ${leavers(applicationId)}
      UNION SELECT unnest(${atHand.map(({ id }) => id)}::uuid[])
      UNION SELECT p.subject_id FROM holds h JOIN pending p ON p.hold_id = h.id
        WHERE h.application_id = ${applicationId} AND h.state = 'open'),
    left_already AS (
      SELECT DISTINCT e.subject_id FROM events e
      WHERE e.application_id = ${applicationId} AND e.deactivation AND e.at > now() - interval '1 hour' AND NOT EXISTS (
        SELECT 1 FROM links l WHERE l.application_id = e.application_id AND l.kind = 'user' AND l.subject_id = e.subject_id
        AND l.state = 'active')),
    maybe_gone AS (${maybeGone(applicationId)} EXCEPT SELECT subject_id FROM waiting)
    SELECT (SELECT count(*)::int FROM left_already) AS "left", (SELECT count(*)::int FROM maybe_gone) AS "maybeGone",
      (SELECT count(*)::int FROM waiting) AS waiting`.execute(db);
  const { left, maybeGone: perhaps, waiting } = counted.rows[0] ?? { left: 0, maybeGone: 0, waiting: 0 };
  const recent = left + perhaps;
  if (recent + waiting <= number) return { recent, waiting, provisioned: Infinity };
  const active = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM links
    WHERE application_id = ${applicationId} AND kind = 'user' AND remote_id IS NOT NULL AND state = 'active' AND managed`.execute(
    db,
  );
  return { recent, waiting, provisioned: left + (active.rows[0]?.count ?? 0) };
}
