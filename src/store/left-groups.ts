/**
 * What groups that were unbound are in their targets, where they are left as they are: bound again, each is that one, whatever either is
 * called by then (R24).
 */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from './database.ts';
import { uuids } from './rowset.ts';
import { IS_UNIQUE } from './unique-ids.ts';

/**
 * Keeps what these groups are, or the name of a create that may have made it; nothing that may be somebody else's by now, as after another
 * address. Call it while they are linked.
 */
export async function rememberLeft(
  tx: Tx,
  applicationId: string,
  groupIds: readonly string[],
): Promise<void> {
  await sql`
    INSERT INTO left_groups (application_id, group_id, remote_id, key, accepted, in_flight)
    SELECT l.application_id, l.subject_id, l.remote_id, l.key, l.accepted, CASE WHEN l.remote_id IS NULL THEN l.in_flight END FROM links l
    WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = ANY(${uuids(groupIds)})
      AND (l.remote_id IS NOT NULL OR l.in_flight IS NOT NULL)
      AND (${IS_UNIQUE} OR NOT EXISTS (SELECT 1 FROM lanes WHERE application_id = l.application_id AND unsure))
    ON CONFLICT (application_id, remote_id) DO UPDATE SET
      group_id = excluded.group_id, key = excluded.key, accepted = excluded.accepted`.execute(tx);
}

/**
 * What came of creates that were under way when their groups were unbound: `answered` are groups' links as they were settled, a table `r`.
 * The lane is locked.
 */
export async function settleLeft(
  tx: Tx,
  applicationId: string,
  answered: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    WITH settled AS (
      DELETE FROM left_groups l USING ${answered}
      WHERE l.application_id = ${applicationId} AND l.group_id = r.subject_id AND l.remote_id IS NULL
        AND (r.remote_id IS NOT NULL OR r.in_flight IS NULL)
      RETURNING l.group_id, r.remote_id, r.key, r.accepted)
    INSERT INTO left_groups (application_id, group_id, remote_id, key, accepted)
    SELECT ${applicationId}, group_id, remote_id, key, accepted FROM settled WHERE remote_id IS NOT NULL
    ON CONFLICT (application_id, remote_id) DO UPDATE SET
      group_id = excluded.group_id, key = excluded.key, accepted = excluded.accepted`.execute(tx);
}

/**
 * Links these groups to what was left of them, if anything, to be taken over before anything else: nobody knows what it holds by now. One
 * that may have been made is looked for first. Where another group has it meanwhile, by its name (R21), it stays that one's.
 */
export async function linkLeft(tx: Tx, applicationId: string, groupIds: readonly string[]): Promise<void> {
  await sql`
    WITH left_here AS (
      DELETE FROM left_groups WHERE application_id = ${applicationId} AND group_id = ANY(${uuids(groupIds)}) RETURNING *)
    INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted, in_flight, take_over)
    SELECT h.application_id, 'group', h.group_id, g.name, h.remote_id, CASE WHEN h.remote_id IS NULL THEN 'absent' ELSE 'active' END,
      h.key, h.accepted, h.in_flight, h.remote_id IS NOT NULL
    FROM left_here h JOIN groups g ON g.id = h.group_id
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** At another address or with another token: all that other targets may give as well is forgotten. */
export async function forgetLeft(tx: Tx, applicationId: string): Promise<void> {
  await sql`
    DELETE FROM left_groups l WHERE l.application_id = ${applicationId} AND (l.remote_id IS NULL OR NOT ${IS_UNIQUE})`.execute(
    tx,
  );
}
