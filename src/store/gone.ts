/** Links to accounts that are gone: written before the application's users were last read, which did not show them (R30). */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from './database.ts';
import { forgetUserLinks } from './departed.ts';

/** Another account has the userName that is known of link `l`, and no two have one: that of the link is gone. */
const IS_REPLACED = sql`EXISTS (
  SELECT 1 FROM remote_resources n WHERE n.application_id = l.application_id AND n.kind = 'user' AND n.key = l.key)`;

/**
 * Forgets those links `l` of which `which` is true, so that an account that came in the place of one can be linked. A list may miss
 * an account that is there: whoever is managed and active keeps theirs, unless another one has its name now. So does whoever is about
 * to be looked at. Of both, the lane finds out by itself (R16). The lane is locked.
 */
export async function forgetGone(tx: Tx, applicationId: string, which: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT l.subject_id AS id FROM links l
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.remote_id IS NOT NULL AND l.in_flight IS NULL AND ${which}
      AND (NOT l.managed OR l.state <> 'active' OR ${IS_REPLACED})
      AND l.updated_at < (SELECT started_at FROM rosters WHERE application_id = ${applicationId} AND state = 'read')
      AND NOT EXISTS (SELECT 1 FROM remote_resources r
        WHERE r.application_id = l.application_id AND r.kind = 'user' AND r.remote_id = l.remote_id)
      AND NOT EXISTS (SELECT 1 FROM pending p
        WHERE p.application_id = l.application_id AND p.kind = 'user' AND p.subject_id = l.subject_id)`.execute(
    tx,
  );
  await forgetUserLinks(
    tx,
    applicationId,
    rows.map(({ id }) => id),
  );
}
