/** Who has what a batch would link, and what becomes of those links: reads and writes for `provisioning/shared-accounts.ts`. */
import { sql } from 'kysely';
import type { Settlement } from '../provisioning/settlement.ts';
import { refuseShared, type Holder } from '../provisioning/shared-accounts.ts';
import type { Tx } from './database.ts';
import { LOOK_AGAIN } from './marks.ts';
import { rowset, uuids } from './rowset.ts';

/** The batch with nothing in it that another link has (R17). Links of the departed are dropped; accounts that came back leave again. */
export async function refuseSharedAccounts(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<readonly Settlement[]> {
  const holders = await holdersOutside(tx, applicationId, batch);
  const { settlements, departed, revived } = refuseShared(batch, holders);
  if (departed.length > 0) await forgetDeparted(tx, applicationId, departed);
  if (revived.length > 0) await lookAtRevived(tx, applicationId, revived);
  return settlements;
}

/** The links of other records that have what the batch would link. */
async function holdersOutside(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<readonly Holder[]> {
  const rows = batch.flatMap(({ kind, subjectId, link }) =>
    typeof link === 'object' && link.remoteId !== null
      ? [{ kind, subject_id: subjectId, remote_id: link.remoteId }]
      : [],
  );
  const found = await sql<Holder>`
    SELECT r.subject_id AS "subjectId", l.kind, l.subject_id AS "holderId", l.subject_name AS name, l.state,
      EXISTS (SELECT 1 FROM users u WHERE u.id = l.subject_id) AS "isUser"
    FROM ${rowset(rows, 'kind text, subject_id uuid, remote_id text')}
    JOIN links l ON l.application_id = ${applicationId} AND l.kind = r.kind AND l.remote_id = r.remote_id AND l.subject_id <> r.subject_id`.execute(
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

async function forgetDeparted(tx: Tx, applicationId: string, ids: readonly string[]): Promise<void> {
  const departed = uuids(ids);
  await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND user_id = ANY (${departed})`.execute(
    tx,
  );
  await sql`DELETE FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ANY (${departed})`.execute(
    tx,
  );
}
