/** The part of a settle that has accounts looked for which the target refused as members and does not show. */
import { sql } from 'kysely';
import type { Settlement } from '../provisioning/settlement.ts';
import type { UserStep } from '../provisioning/steps.ts';
import type { Tx } from './database.ts';
import { LOOK_AGAIN } from './marks.ts';
import { rowset } from './rowset.ts';

/** What finds out of an account whether it is there: gone, it is made again; inactive, it is brought back; groups follow (R13). */
const ASKS: UserStep['kind'] = 'reactivateUser';

/**
 * Has each account said again what it should be, as if an answer had been lost: its user's own step settles what the target says (R16). Not
 * where that was done since the change that the group was looked at for: a target that shows no account would be asked for ever.
 */
export async function doubtAccounts(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const rows = batch.flatMap(({ subjectId, members }) =>
    (members?.refused ?? []).flatMap(({ userId, doubted }) =>
      doubted === undefined ? [] : [{ group_id: subjectId, user_id: userId, remote_id: doubted }],
    ),
  );
  if (rows.length === 0) return;
  await sql`
    WITH doubted AS (
      UPDATE links l SET in_flight = ${ASKS}
      FROM ${rowset(rows, 'group_id uuid, user_id uuid, remote_id text')}, LATERAL (
        SELECT cause FROM pending WHERE application_id = ${applicationId} AND kind = 'group' AND subject_id = r.group_id OFFSET 0) AS mark
      WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = r.user_id AND l.remote_id = r.remote_id
        AND l.state = 'active' AND l.in_flight IS NULL AND l.updated_at < (mark.cause ->> 'at')::timestamptz
      RETURNING l.subject_id, mark.cause)
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT ${applicationId}::uuid, 'user', subject_id, 1, cause FROM doubted ORDER BY subject_id
    ${LOOK_AGAIN}`.execute(tx);
}
