/** Marks for users whose attributes, state or memberships changed. */
import { sql } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { wakeLanes } from './lanes.ts';
import { manageAssigned } from './managed.ts';
import {
  because,
  isLive,
  LIVE,
  markGroupRows,
  ON_CONFLICT,
  priorityOf,
  wakeConcerned,
  wakeLanesOf,
  type MarkedAs,
} from './marks.ts';
import { uuids } from './rowset.ts';

/** Users whose attributes or state changed, or who are about to be deleted. */
export async function markUsers(
  tx: Tx,
  userIds: readonly string[],
  as: MarkedAs,
  cause: Cause,
): Promise<void> {
  if (userIds.length === 0) return;
  const { all, live } = await wakeConcerned(
    tx,
    sql`
      SELECT a.id, ${LIVE} AS live FROM applications a WHERE
        EXISTS (SELECT 1 FROM links l WHERE l.application_id = a.id AND l.kind = 'user' AND l.subject_id = ANY(${uuids(userIds)}))
        OR EXISTS (SELECT 1 FROM application_groups ag JOIN group_members gm ON gm.group_id = ag.group_id
                   WHERE ag.application_id = a.id AND gm.user_id = ANY(${uuids(userIds)}))`,
  );
  if (as === 'others') {
    await manageAssigned(tx, all, userIds);
    await markMissingMemberships(tx, live, userIds, cause);
  }
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT a.id, 'user', u.id, ${priorityOf(as)}, ${because(cause)}
    FROM unnest(${uuids(live)}) AS a(id) CROSS JOIN unnest(${uuids(userIds)}) AS u(id)
    WHERE EXISTS (SELECT 1 FROM links l WHERE l.application_id = a.id AND l.kind = 'user' AND l.subject_id = u.id)
       OR EXISTS (SELECT 1 FROM group_members gm JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = a.id
                  WHERE gm.user_id = u.id)
    ORDER BY 1, 3
    ${ON_CONFLICT}`.execute(tx);
}

/** Assigned users whose accounts an import has just linked: they, and the memberships that waited for them (R26). */
export async function markLinked(
  tx: Tx,
  applicationId: string,
  userIds: readonly string[],
  cause: Cause,
): Promise<void> {
  if (userIds.length === 0 || !(await isLive(tx, applicationId))) return;
  await wakeLanes(tx, [applicationId]);
  await markMissingMemberships(tx, [applicationId], userIds, cause);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT ${applicationId}::uuid, 'user', id, 0, ${because(cause)} FROM unnest(${uuids(userIds)}) AS id ORDER BY 3
    ${ON_CONFLICT}`.execute(tx);
}

/**
 * Memberships of these users that a target does not have: they were left out while the user did not count, and a user who
 * became active may be the first member of their group that does (R13, R20).
 */
async function markMissingMemberships(
  tx: Tx,
  applications: readonly string[],
  userIds: readonly string[],
  cause: Cause,
): Promise<void> {
  const missing = sql`
    SELECT ag.application_id, gm.group_id, gm.user_id
    FROM group_members gm JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = ANY(${uuids(applications)})
    WHERE gm.user_id = ANY(${uuids(userIds)}) AND NOT EXISTS (
      SELECT 1 FROM link_members lm
      WHERE lm.application_id = ag.application_id AND lm.group_id = gm.group_id AND lm.user_id = gm.user_id)`;
  await sql`
    WITH missing AS (${missing}),
    members AS (
      INSERT INTO pending_members (application_id, group_id, user_id) SELECT * FROM missing ORDER BY 1, 2, 3
      ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET generation = excluded.generation)
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT DISTINCT application_id, 'group', group_id, 1, false, ${because(cause)} FROM missing ORDER BY 1, 3
    ${ON_CONFLICT}`.execute(tx);
}

/**
 * Users who joined or left one group: the users themselves, their memberships and the group, in each application that the
 * group is bound to. Call it after the rows of `group_members` have changed.
 */
export async function markMemberships(
  tx: Tx,
  { groupId, userIds }: { readonly groupId: string; readonly userIds: readonly string[] },
  as: MarkedAs,
  cause: Cause,
): Promise<void> {
  if (userIds.length === 0) return;
  const { all, live } = await wakeLanesOf(tx, groupId);
  if (as === 'others') await manageAssigned(tx, all, userIds);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT a.id, 'user', u.id, ${priorityOf(as)}, ${because(cause)}
    FROM unnest(${uuids(live)}) AS a(id) CROSS JOIN unnest(${uuids(userIds)}) AS u(id)
    ORDER BY 1, 3
    ${ON_CONFLICT}`.execute(tx);
  await markEachMembership(tx, live, groupId, userIds);
  await markGroupRows(tx, live, { groupIds: [groupId], whole: false }, cause);
}

async function markEachMembership(
  tx: Tx,
  applications: readonly string[],
  groupId: string,
  userIds: readonly string[],
): Promise<void> {
  await sql`
    INSERT INTO pending_members (application_id, group_id, user_id)
    SELECT a.id, ${groupId}::uuid, u.id
    FROM unnest(${uuids(applications)}) AS a(id) CROSS JOIN unnest(${uuids(userIds)}) AS u(id)
    ORDER BY 1, 3
    ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET generation = excluded.generation`.execute(
    tx,
  );
}
