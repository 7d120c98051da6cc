/** Records that the target refused for good: they wait for a change, or for somebody to have them looked at again (R44). */
import { sql, type RawBuilder } from 'kysely';
import type { RecordError } from '../provisioning/settlement.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import type { Handle } from './database.ts';
import { uuids } from './rowset.ts';

/** Whether the link of that record says so. */
export const isRefused = (
  applicationId: RawBuilder<unknown>,
  kind: RawBuilder<unknown>,
  subjectId: RawBuilder<unknown>,
) => sql`EXISTS (
  SELECT 1 FROM links refused WHERE refused.application_id = ${applicationId} AND refused.kind = ${kind}
  AND refused.subject_id = ${subjectId} AND refused.error ->> 'retrying' = 'false' OFFSET 0)`;

/**
 * Why each of these records was refused; those that are to be looked at now, or are held, are left out. A user who
 * waits until somebody else gives an account up (R17) is looked at now and then, and counts as refused in between.
 */
export async function loadRefusals(
  db: Handle,
  applicationId: string,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, RecordError>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; error: RecordError }>`
    SELECT l.subject_id AS id, l.error FROM links l
    WHERE l.application_id = ${applicationId} AND l.kind = ${kind} AND l.subject_id = ANY (${uuids(ids)})
      AND l.error ->> 'retrying' = 'false' AND NOT EXISTS (
        SELECT 1 FROM pending p WHERE p.application_id = l.application_id AND p.kind = l.kind AND p.subject_id = l.subject_id
        AND (p.due_at <= now() OR p.hold_id IS NOT NULL))`.execute(db);
  return new Map(rows.rows.map(({ id, error }) => [id, error]));
}
