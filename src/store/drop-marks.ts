/** What becomes of the marks of a connection that is deactivated. */
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { markDiffering } from './differing.ts';

/**
 * Nothing is pending in an inactive connection: not by what is settled after it was deactivated either, which activation looks at anyway.
 * The members of a group whose last request has no answer yet keep theirs: they are made sure of after the next activation (R42).
 */
export async function dropMarks(tx: Tx, applicationId: string): Promise<void> {
  await markDiffering(tx, applicationId);
  await sql`DELETE FROM pending WHERE application_id = ${applicationId}`.execute(tx);
  await sql`
    DELETE FROM pending_members p WHERE application_id = ${applicationId} AND NOT EXISTS (
      SELECT 1 FROM links l WHERE l.application_id = p.application_id AND l.kind = 'group' AND l.subject_id = p.group_id
      AND l.in_flight IS NOT NULL)`.execute(tx);
}
