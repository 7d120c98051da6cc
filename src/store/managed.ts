/**
 * Which links Rollcall looks after. An import makes links that it leaves alone (R34), and an administrator has accounts kept (R46), until
 * their user is active in a bound group: from the transaction that makes it so, whatever becomes of them before their turn (R12, R41).
 */
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { uuids } from './rowset.ts';

/**
 * Links to assigned users become managed, and are kept no longer: of these users, or of anybody. Answers whose. The applications' lanes
 * are locked already. Reads the links that are left alone, by an index of theirs, of which there are few or none.
 */
export async function manageAssigned(
  tx: Tx,
  applications: readonly string[],
  userIds?: readonly string[],
): Promise<string[]> {
  if (applications.length === 0) return [];
  const among = userIds === undefined ? sql`true` : sql`l.subject_id = ANY(${uuids(userIds)})`;
  const { rows } = await sql<{ id: string }>`
    UPDATE links l SET managed = true, kept = false
    WHERE l.application_id = ANY(${uuids(applications)}) AND l.kind = 'user' AND (NOT l.managed OR l.kept) AND ${among}
      AND EXISTS (SELECT 1 FROM users WHERE id = l.subject_id AND state = 'active' OFFSET 0)
      AND EXISTS (
        SELECT 1 FROM group_members gm JOIN application_groups ag
          ON ag.group_id = gm.group_id AND ag.application_id = l.application_id
        WHERE gm.user_id = l.subject_id OFFSET 0)
    RETURNING l.subject_id AS id`.execute(tx);
  return rows.map(({ id }) => id);
}
