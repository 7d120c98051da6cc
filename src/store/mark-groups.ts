/** Marks for groups that were renamed, bound, unbound or deleted, and for their members. */
import { sql } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { wakeLanes } from './lanes.ts';
import { linkLeft, rememberLeft } from './left-groups.ts';
import { manageAssigned } from './managed.ts';
import {
  because,
  isLive,
  LIVE,
  markGroupRows,
  ON_CONFLICT,
  priorityOf,
  wakeLanesOf,
  type MarkedAs,
} from './marks.ts';
import { uuids } from './rowset.ts';

/** Groups whose name changed. */
export async function markGroups(tx: Tx, groupIds: readonly string[], cause: Cause): Promise<void> {
  for (const groupId of groupIds) {
    const { live } = await wakeLanesOf(tx, groupId);
    await markGroupRows(tx, live, { groupIds: [groupId], whole: false }, cause);
  }
}

/**
 * Groups that were bound to an application: their members and their whole memberships. Whoever is active in one is looked after
 * from now on; what was left of one in the target is taken over again (R24). Call it after the binding.
 */
export async function markBound(
  tx: Tx,
  applicationId: string,
  groupIds: readonly string[],
  cause: Cause,
): Promise<void> {
  if (groupIds.length === 0) return;
  await wakeLanes(tx, [applicationId]);
  await linkLeft(tx, applicationId, groupIds);
  await manageAssigned(tx, [applicationId]);
  if (!(await isLive(tx, applicationId))) return;
  await markMembersOf(tx, { applicationId, groupIds }, 'others', cause);
  await markGroupRows(tx, [applicationId], { groupIds, whole: true }, cause);
}

/**
 * Groups that were unbound: forgotten at once, left in the target as they are (R24); their members may leave.
 * Call it after the binding is gone.
 */
export async function markUnbound(
  tx: Tx,
  applicationId: string,
  groupIds: readonly string[],
  cause: Cause,
): Promise<void> {
  if (groupIds.length === 0) return;
  await wakeLanes(tx, [applicationId]);
  await rememberLeft(tx, applicationId, groupIds);
  await forgetGroups(tx, [applicationId], groupIds);
  if (await isLive(tx, applicationId)) await markMembersOf(tx, { applicationId, groupIds }, 'leavers', cause);
}

/**
 * A group that is about to be deleted: deleted in each application that manages it (R25), forgotten where group
 * management is off (R7); its members may leave. Call it while the group and its members still exist.
 */
export async function markGroupDeletion(tx: Tx, groupId: string, cause: Cause): Promise<void> {
  const bound = await sql<{ id: string; group_management: boolean; live: boolean }>`
    SELECT a.id, a.group_management, ${LIVE} AS live
    FROM applications a JOIN application_groups ag ON ag.application_id = a.id WHERE ag.group_id = ${groupId}`.execute(
    tx,
  );
  const rows = bound.rows;
  await wakeLanes(
    tx,
    rows.map((row) => row.id),
  );
  await forgetGroups(
    tx,
    rows.filter((row) => !row.group_management).map((row) => row.id),
    [groupId],
  );
  for (const row of rows.filter((row) => row.live))
    await markMembersOf(tx, { applicationId: row.id, groupIds: [groupId] }, 'leavers', cause);
  const managed = rows.filter((row) => row.live && row.group_management).map((row) => row.id);
  await markGroupRows(tx, managed, { groupIds: [groupId], whole: false }, cause);
}

/**
 * Drops links and accepted memberships of groups that Rollcall no longer looks after. Their marks stay, with a new
 * generation, and are answered with nothing: a sync that began before does not answer them.
 */
async function forgetGroups(
  tx: Tx,
  applications: readonly string[],
  groupIds: readonly string[],
): Promise<void> {
  await sql`
    UPDATE pending SET generation = nextval('generations'), whole = false, differing = NULL, attempts = 0, due_at = now()
    WHERE application_id = ANY(${uuids(applications)}) AND kind = 'group' AND subject_id = ANY(${uuids(groupIds)})`.execute(
    tx,
  );
  await sql`DELETE FROM pending_members WHERE application_id = ANY(${uuids(applications)}) AND group_id = ANY(${uuids(groupIds)})`.execute(
    tx,
  );
  await sql`DELETE FROM link_members WHERE application_id = ANY(${uuids(applications)}) AND group_id = ANY(${uuids(groupIds)})`.execute(
    tx,
  );
  await sql`DELETE FROM links WHERE application_id = ANY(${uuids(applications)}) AND kind = 'group' AND subject_id = ANY(${uuids(groupIds)})`.execute(
    tx,
  );
}

async function markMembersOf(
  tx: Tx,
  { applicationId, groupIds }: { readonly applicationId: string; readonly groupIds: readonly string[] },
  as: MarkedAs,
  cause: Cause,
): Promise<void> {
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT DISTINCT ${applicationId}::uuid, 'user', gm.user_id, ${priorityOf(as)}, ${because(cause)}
    FROM group_members gm WHERE gm.group_id = ANY(${uuids(groupIds)})
    ORDER BY 3
    ${ON_CONFLICT}`.execute(tx);
}
