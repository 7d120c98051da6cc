/**
 * Links that were made at another address or with another token. What answers now may be another target, in which the same id is
 * somebody else's: nothing is written by a link before the target has been read (R10, R17).
 */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { writeInventoryError } from './inventory-due.ts';
import { INVENTORY_CAUSE, unshownUsers, type Reading } from './inventory.ts';
import { forgetLeft } from './left-groups.ts';
import { markApplication } from './marks.ts';
import { IS_UNIQUE } from './unique-ids.ts';

/**
 * The address or the token changes: links are unsure from now on, and what was read is forgotten (R30). So is a link that
 * is not there yet: a request of the time before may still be answered.
 */
export async function doubtLinks(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE rosters SET state = 'never', read_at = NULL WHERE application_id = ${applicationId}`.execute(
    tx,
  );
  await sql`DELETE FROM remote_resources WHERE application_id = ${applicationId}`.execute(tx);
  await sql`
    UPDATE lanes SET unsure = true WHERE application_id = ${applicationId} AND epoch > 0`.execute(tx);
  await forgetLeft(tx, applicationId);
  await writeInventoryError(tx, applicationId, null);
}

/** Whether the target has still to be read before anything is written. */
export async function areLinksUnsure(db: Handle, applicationId: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM lanes WHERE application_id = ${applicationId} AND unsure`.execute(
    db,
  );
  return rows.length > 0;
}

/** The reading has come to its end. */
export async function makeLinksSure(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE lanes SET unsure = false WHERE application_id = ${applicationId} AND unsure`.execute(tx);
}

/**
 * The reading shows the id of link `l`, where that is proof enough; or with the name that is known of it, or that its user has in the
 * directory: a change to that one may have been done and not answered, and a leaver would keep the account (R12).
 */
const IS_SHOWN = (reading: Reading) => sql`EXISTS (
  SELECT 1 FROM remote_resources r WHERE r.application_id = l.application_id AND r.kind = l.kind AND r.remote_id = l.remote_id
    AND r.run = ${reading.id}::uuid AND (${IS_UNIQUE} OR r.key = l.key OR EXISTS (
      SELECT 1 FROM users u WHERE l.kind = 'user' AND u.id = l.subject_id AND r.key IN (lower(u.username), lower(u.email)))))`;

/** Remote ids of inactive users whom the list lacks, which may only hide them; at most `limit`, those first who left last. */
export function hiddenLinks(db: Handle, reading: Reading, limit: number): Promise<string[]> {
  return unshownUsers(db, reading, sql`l.state = 'inactive'`, limit);
}

/**
 * Gives up every id whose record is not here, or not known to be the same, however many others are, and answers how many: that
 * record may be somebody else's, or become it, where ids are numbers. Whoever is here by name is linked by it, leavers too, who would
 * keep the account otherwise (R12); the others are forgotten. Creates that are under way are asked for by name, and stay (R42). All
 * that was to be read has been, who is hidden by id; the lane is locked.
 */
export async function forgetUnshown(tx: Tx, reading: Reading): Promise<number> {
  const given = await sql`
    UPDATE links l SET remote_id = NULL, in_flight = NULL
    WHERE l.application_id = ${reading.applicationId} AND l.remote_id IS NOT NULL AND NOT ${IS_SHOWN(reading)}`.execute(
    tx,
  );
  const count = Number(given.numAffectedRows ?? 0n);
  if (count === 0) return 0;
  await linkByName(tx, reading);
  await sql`
    WITH gone AS (
      DELETE FROM links l WHERE l.application_id = ${reading.applicationId} AND l.remote_id IS NULL AND l.in_flight IS NULL
      RETURNING l.kind, l.subject_id)
    DELETE FROM link_members m USING gone g WHERE m.application_id = ${reading.applicationId}
      AND g.subject_id = CASE g.kind WHEN 'user' THEN m.user_id ELSE m.group_id END`.execute(tx);
  await markApplication(tx, reading.applicationId, INVENTORY_CAUSE);
  return count;
}

/**
 * It is another account: it is put into the groups of its user anew (R13), and groups that they have left have yet to take it out, where
 * it may be all the same.
 */
async function linkByName(tx: Tx, reading: Reading): Promise<void> {
  await sql`
    WITH linked AS (
      UPDATE links l SET remote_id = n.remote_id, accepted = n.representation -> 'values', error = NULL, drift = NULL, updated_at = now(),
        state = CASE WHEN (n.representation ->> 'active')::boolean THEN 'active' ELSE 'inactive' END
      FROM (
        SELECT DISTINCT ON (r.remote_id) r.remote_id, r.representation, o.subject_id
        FROM links o JOIN remote_resources r ON r.application_id = o.application_id AND r.kind = o.kind AND r.key = o.key
          AND r.run = ${reading.id}::uuid
        WHERE o.application_id = ${reading.applicationId} AND o.kind = 'user' AND o.remote_id IS NULL AND NOT EXISTS (
          SELECT 1 FROM links h WHERE h.application_id = o.application_id AND h.kind = 'user' AND h.remote_id = r.remote_id)
        ORDER BY r.remote_id, o.state, o.subject_id) AS n
      WHERE l.application_id = ${reading.applicationId} AND l.kind = 'user' AND l.subject_id = n.subject_id
      RETURNING l.subject_id)
    DELETE FROM link_members m USING linked
    WHERE m.application_id = ${reading.applicationId} AND m.user_id = linked.subject_id AND (m.error IS NOT NULL OR EXISTS (
      SELECT 1 FROM group_members gm WHERE gm.group_id = m.group_id AND gm.user_id = m.user_id))`.execute(tx);
}
