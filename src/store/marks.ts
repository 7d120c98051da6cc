/**
 * Pending marks: "look at this record in this application again". Each function is set-based SQL, called in the
 * transaction of the directory change that it stands for, so that both commit or neither does (R41).
 *
 * Order of locks, the same everywhere: directory rows, then lanes (by id), then pending rows. The settle of a lane
 * takes its lane row first too, so that a change and a settle can never wait for each other.
 */
import { sql } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { uuids } from './rowset.ts';

export type { Cause } from '../provisioning/settlement.ts';

/** The channel on which lanes hear of marks; the payload is the application's id. */
export const LANES_CHANNEL = 'rollcall_lanes';

/** Connections that keep marks: an inactive one looks at everything when it is activated. */
const LIVE = sql`a.idm_state <> 'inactive'`;

/** Locks the lanes of the applications in question, in order, and makes them due. */
async function wakeLanes(tx: Tx, applicationIds: readonly string[]): Promise<void> {
  if (applicationIds.length === 0) return;
  await sql`SELECT 1 FROM lanes WHERE application_id = ANY(${uuids(applicationIds)}) ORDER BY application_id FOR UPDATE`.execute(
    tx,
  );
  await sql`UPDATE lanes SET due_at = now() WHERE application_id = ANY(${uuids(applicationIds)}) AND due_at > now()`.execute(
    tx,
  );
  await sql`SELECT pg_notify(${LANES_CHANNEL}, id::text) FROM unnest(${uuids(applicationIds)}) AS id`.execute(
    tx,
  );
}

/** The cause as a mark keeps it: with the time of the change, from which a leaver's wait is counted. Worked out once a statement. */
const because = (cause: Cause) => sql`(
  SELECT ${JSON.stringify(cause)}::jsonb ||
    jsonb_build_object('at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))`;

/** A mark of somebody who may be leaving already keeps the time at which that began. */
const ON_CONFLICT = sql`
  ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET
    generation = pending.generation + 1, priority = least(pending.priority, excluded.priority), due_at = now(),
    attempts = 0, whole = pending.whole OR excluded.whole, hold_id = NULL, approved = false,
    cause = CASE WHEN pending.priority = 0 AND pending.cause ->> 'at' IS NOT NULL
      THEN excluded.cause || jsonb_build_object('at', pending.cause -> 'at') ELSE excluded.cause END`;

async function applicationIds(tx: Tx, query: ReturnType<typeof sql<{ id: string }>>): Promise<string[]> {
  return (await query.execute(tx)).rows.map((row) => row.id);
}

/** Users whose attributes or state changed, or who are about to be deleted. `mayLeave` puts them first (R45). */
export async function markUsers(
  tx: Tx,
  userIds: readonly string[],
  mayLeave: boolean,
  cause: Cause,
): Promise<void> {
  if (userIds.length === 0) return;
  const applications = await applicationIds(
    tx,
    sql<{ id: string }>`
      SELECT a.id FROM applications a WHERE ${LIVE} AND (
        EXISTS (SELECT 1 FROM links l WHERE l.application_id = a.id AND l.kind = 'user' AND l.subject_id = ANY(${uuids(userIds)}))
        OR EXISTS (SELECT 1 FROM application_groups ag JOIN group_members gm ON gm.group_id = ag.group_id
                   WHERE ag.application_id = a.id AND gm.user_id = ANY(${uuids(userIds)})))`,
  );
  await wakeLanes(tx, applications);
  if (!mayLeave) await markMissingMemberships(tx, applications, userIds, cause);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT a.id, 'user', u.id, ${mayLeave ? 0 : 1}, ${because(cause)}
    FROM unnest(${uuids(applications)}) AS a(id) CROSS JOIN unnest(${uuids(userIds)}) AS u(id)
    WHERE EXISTS (SELECT 1 FROM links l WHERE l.application_id = a.id AND l.kind = 'user' AND l.subject_id = u.id)
       OR EXISTS (SELECT 1 FROM group_members gm JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = a.id
                  WHERE gm.user_id = u.id)
    ORDER BY 1, 3
    ${ON_CONFLICT}`.execute(tx);
}

/** Users in bound groups whose accounts an import has just linked: they, and the memberships that waited for them (R26). */
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
      ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET generation = pending_members.generation + 1)
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
  groupId: string,
  userIds: readonly string[],
  mayLeave: boolean,
  cause: Cause,
): Promise<void> {
  if (userIds.length === 0) return;
  const applications = await applicationIds(
    tx,
    sql<{ id: string }>`
      SELECT a.id FROM applications a JOIN application_groups ag ON ag.application_id = a.id
      WHERE ag.group_id = ${groupId} AND ${LIVE}`,
  );
  await wakeLanes(tx, applications);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT a.id, 'user', u.id, ${mayLeave ? 0 : 1}, ${because(cause)}
    FROM unnest(${uuids(applications)}) AS a(id) CROSS JOIN unnest(${uuids(userIds)}) AS u(id)
    ORDER BY 1, 3
    ${ON_CONFLICT}`.execute(tx);
  await markPairs(tx, applications, groupId, userIds);
  await markGroupRows(tx, applications, [groupId], false, cause);
}

async function markPairs(
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
    ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET generation = pending_members.generation + 1`.execute(
    tx,
  );
}

async function markGroupRows(
  tx: Tx,
  applications: readonly string[],
  groupIds: readonly string[],
  whole: boolean,
  cause: Cause,
): Promise<void> {
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT a.id, 'group', g.id, 1, ${whole}, ${because(cause)}
    FROM unnest(${uuids(applications)}) AS a(id) CROSS JOIN unnest(${uuids(groupIds)}) AS g(id)
    ORDER BY 1, 3
    ${ON_CONFLICT}`.execute(tx);
}

/** Groups whose name changed. */
export async function markGroups(tx: Tx, groupIds: readonly string[], cause: Cause): Promise<void> {
  for (const groupId of groupIds) {
    const applications = await applicationIds(
      tx,
      sql<{ id: string }>`
        SELECT a.id FROM applications a JOIN application_groups ag ON ag.application_id = a.id
        WHERE ag.group_id = ${groupId} AND ${LIVE}`,
    );
    await wakeLanes(tx, applications);
    await markGroupRows(tx, applications, [groupId], false, cause);
  }
}

async function isLive(tx: Tx, applicationId: string): Promise<boolean> {
  const found = await sql`SELECT 1 FROM applications a WHERE a.id = ${applicationId} AND ${LIVE}`.execute(tx);
  return found.rows.length > 0;
}

async function markMembersOf(
  tx: Tx,
  applicationId: string,
  groupIds: readonly string[],
  mayLeave: boolean,
  cause: Cause,
): Promise<void> {
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT DISTINCT ${applicationId}::uuid, 'user', gm.user_id, ${mayLeave ? 0 : 1}::smallint, ${because(cause)}
    FROM group_members gm WHERE gm.group_id = ANY(${uuids(groupIds)})
    ORDER BY 3
    ${ON_CONFLICT}`.execute(tx);
}

/** Groups that were bound to an application: their members and their whole memberships. Call it after the binding. */
export async function markBound(
  tx: Tx,
  applicationId: string,
  groupIds: readonly string[],
  cause: Cause,
): Promise<void> {
  if (groupIds.length === 0 || !(await isLive(tx, applicationId))) return;
  await wakeLanes(tx, [applicationId]);
  await markMembersOf(tx, applicationId, groupIds, false, cause);
  await markGroupRows(tx, [applicationId], groupIds, true, cause);
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
  await forgetGroups(tx, [applicationId], groupIds);
  if (await isLive(tx, applicationId)) await markMembersOf(tx, applicationId, groupIds, true, cause);
}

/**
 * Drops links and accepted memberships of groups that Rollcall no longer looks after. Their marks stay, with a generation
 * more, and are answered with nothing: a mark that was deleted and made again would have the generation of the old one, and a
 * sync that began before would answer it.
 */
async function forgetGroups(
  tx: Tx,
  applications: readonly string[],
  groupIds: readonly string[],
): Promise<void> {
  await sql`
    UPDATE pending SET generation = generation + 1, whole = false, attempts = 0, due_at = now()
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
  for (const row of rows.filter((row) => row.live)) await markMembersOf(tx, row.id, [groupId], true, cause);
  const managed = rows.filter((row) => row.live && row.group_management).map((row) => row.id);
  await markGroupRows(tx, managed, [groupId], false, cause);
}

/** One record, to be looked at again now. A group compares its whole membership. */
export async function markRecord(
  tx: Tx,
  applicationId: string,
  kind: 'user' | 'group',
  id: string,
  cause: Cause,
): Promise<void> {
  await wakeLanes(tx, [applicationId]);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    VALUES (${applicationId}, ${kind}, ${id}, ${kind === 'user' ? 0 : 1}, ${kind === 'group'}, ${because(cause)})
    ${ON_CONFLICT}`.execute(tx);
}

/** Everything that an application could have to look at: on activation, a changed mapping, a full sync. */
export async function markApplication(tx: Tx, applicationId: string, cause: Cause): Promise<void> {
  await wakeLanes(tx, [applicationId]);
  const why = because(cause);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT ${applicationId}::uuid, 'user', s.id, CASE WHEN s.linked THEN 0 ELSE 1 END::smallint, ${why}
    FROM (
      SELECT id, bool_or(linked) AS linked FROM (
        SELECT gm.user_id AS id, false AS linked FROM application_groups ag JOIN group_members gm ON gm.group_id = ag.group_id
        WHERE ag.application_id = ${applicationId}
        UNION ALL
        SELECT l.subject_id, NOT EXISTS (
          SELECT 1 FROM users u JOIN group_members gm ON gm.user_id = u.id
          JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = l.application_id
          WHERE u.id = l.subject_id AND u.state = 'active')
        FROM links l WHERE l.application_id = ${applicationId} AND l.kind = 'user') AS every
      GROUP BY id) AS s
    ORDER BY 3
    ${ON_CONFLICT}`.execute(tx);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT ${applicationId}::uuid, 'group', s.id, 1, true, ${why}
    FROM (SELECT group_id AS id FROM application_groups WHERE application_id = ${applicationId}
          UNION SELECT subject_id FROM links WHERE application_id = ${applicationId} AND kind = 'group') AS s
    ORDER BY 3
    ${ON_CONFLICT}`.execute(tx);
}
