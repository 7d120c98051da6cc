/**
 * Links that were made at another address or with another token. What answers now may be another target, in which the same id is
 * somebody else's: nothing is written by a link before the target has been read (R10, R17).
 */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { INVENTORY_CAUSE, type Reading } from './inventory.ts';
import { markApplication } from './marks.ts';
import type { RecordKind } from './tables.ts';

/** The address or the token changes: links are unsure from now on, and what was read for import is forgotten (R30). */
export async function doubtLinks(tx: Tx, applicationId: string): Promise<void> {
  await sql`DELETE FROM rosters WHERE application_id = ${applicationId}`.execute(tx);
  await sql`DELETE FROM remote_resources WHERE application_id = ${applicationId}`.execute(tx);
  await sql`
    UPDATE lanes SET unsure = true WHERE application_id = ${applicationId}
    AND EXISTS (SELECT 1 FROM links l WHERE l.application_id = lanes.application_id)`.execute(tx);
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

/** The record of that id has the name that is known of it. */
const IS_SHOWN = (reading: Reading) => sql`EXISTS (
  SELECT 1 FROM remote_resources r WHERE r.application_id = l.application_id AND r.kind = l.kind AND r.remote_id = l.remote_id
    AND r.key = l.key AND r.run = ${reading.id}::uuid)`;

/**
 * Whether this is another target than that of the links: less than half of the active accounts are there by id and name. A few who
 * are not may have been deleted or renamed there.
 */
export async function isElsewhere(db: Handle, reading: Reading): Promise<boolean> {
  const { rows } = await sql<{ shown: number; total: number }>`
    SELECT count(*) FILTER (WHERE ${IS_SHOWN(reading)})::int AS shown, count(*)::int AS total
    FROM links l WHERE l.application_id = ${reading.applicationId} AND l.kind = 'user' AND l.state = 'active'`.execute(
    db,
  );
  const { shown = 0, total = 0 } = rows[0] ?? {};
  return shown === 0 || shown * 2 < total;
}

/** Forgets the links of that kind but those to records that are there by id and name; everybody is matched by name anew. */
export async function forgetElsewhere(tx: Tx, reading: Reading, kind: RecordKind): Promise<void> {
  const member = kind === 'user' ? sql`user_id` : sql`group_id`;
  await sql`
    WITH gone AS (
      DELETE FROM links l WHERE l.application_id = ${reading.applicationId} AND l.kind = ${kind} AND NOT ${IS_SHOWN(reading)}
      RETURNING l.subject_id)
    DELETE FROM link_members WHERE application_id = ${reading.applicationId} AND ${member} IN (SELECT subject_id FROM gone)`.execute(
    tx,
  );
  await markApplication(tx, reading.applicationId, INVENTORY_CAUSE);
}
