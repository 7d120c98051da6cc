/** Who has what a batch would link, and what becomes of those links: reads and writes for `provisioning/shared-accounts.ts`. */
import { sql } from 'kysely';
import type { Settlement } from '../provisioning/settlement.ts';
import { refuseShared, type LinkHolder } from '../provisioning/shared-accounts.ts';
import { getApplication, type Application } from './applications.ts';
import type { Tx } from './database.ts';
import { departed, forgetUserLinks } from './departed.ts';
import { LOOK_AGAIN } from './marks.ts';
import { idRows, uuids, rowset } from './rowset.ts';
import { membershipParts } from './settle-members.ts';
import { runTogether } from './together.ts';

/** The batch with nothing in it that another link has (R17). What the departed have is handed over; accounts that came back leave again. */
export async function refuseSharedAccounts(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<readonly Settlement[]> {
  const holders = await holdersOutside(tx, await getApplication(tx, applicationId), batch);
  const { settlements, departed, revived } = refuseShared(batch, holders);
  if (departed.length > 0) await handOver(tx, applicationId, departed);
  if (revived.length > 0) await lookAtRevived(tx, applicationId, revived);
  return settlements;
}

/** The links of other records that have what the batch would link. */
async function holdersOutside(
  tx: Tx,
  application: Application,
  batch: readonly Settlement[],
): Promise<readonly LinkHolder[]> {
  const rows = batch.flatMap(({ kind, subjectId, link }) =>
    typeof link === 'object' && link.remoteId !== null
      ? [{ kind, subject_id: subjectId, remote_id: link.remoteId }]
      : [],
  );
  const found = await sql<LinkHolder>`
    SELECT r.subject_id AS "subjectId", l.kind, l.subject_id AS "holderId", l.subject_name AS name, l.state,
      l.kind = 'user' AND ${departed(application)} AS departed
    FROM ${rowset(rows, 'kind text, subject_id uuid, remote_id text')}
    JOIN links l ON l.application_id = ${application.id} AND l.kind = r.kind AND l.remote_id = r.remote_id AND l.subject_id <> r.subject_id`.execute(
    tx,
  );
  return found.rows;
}

/** Asked for as those are whose return may have been done (R42): so the plan takes them out again. */
async function lookAtRevived(tx: Tx, applicationId: string, ids: readonly string[]): Promise<void> {
  const revived = uuids(ids);
  await sql`
    UPDATE links SET in_flight = 'reactivateUser'
    WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ANY (${revived})`.execute(tx);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority)
    SELECT ${applicationId}::uuid, 'user', id, 0 FROM unnest(${revived}) AS id
    ${LOOK_AGAIN}`.execute(tx);
}

/**
 * The departed are forgotten. What the target holds of their memberships is the new owner's from now on, and looked at: groups
 * that those are not in have yet to take the account out.
 */
async function handOver(tx: Tx, applicationId: string, departed: readonly LinkHolder[]): Promise<void> {
  const pairs = departed.map(({ holderId, subjectId }) => ({ holder_id: holderId, user_id: subjectId }));
  const columns = [
    ['holder_id', 'uuid'],
    ['user_id', 'uuid'],
  ] as const;
  const memberships = sql`
    INSERT INTO link_members (application_id, group_id, user_id)
    SELECT lm.application_id, lm.group_id, r.user_id FROM ${idRows(pairs, columns)}, LATERAL (
      SELECT * FROM link_members WHERE application_id = ${applicationId} AND user_id = r.holder_id AND error IS NULL OFFSET 0) AS lm
    ON CONFLICT (application_id, group_id, user_id) DO NOTHING RETURNING group_id, user_id`;
  await runTogether(tx, membershipParts(applicationId, memberships));
  const holders = departed.map(({ holderId }) => holderId);
  await forgetUserLinks(tx, applicationId, holders);
}
