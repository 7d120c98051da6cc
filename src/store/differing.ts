/**
 * Comparing the membership of a whole group, once, so that every request after it costs what it sends and not what the group
 * holds. What differs is written down: in small groups as a list on the group's own mark, in large ones as a mark for each member.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { holdLane, type Lease } from './lease.ts';
import {
  membershipOf,
  MEMBERSHIP_COLUMNS,
  type Membership,
  type NextMemberships,
  type MembershipRow,
} from './memberships.ts';
import { jsonRows, uuids } from './rowset.ts';

/**
 * In larger groups each member who differs gets a mark: a change that comes while a list is sent has the whole group compared
 * again.
 */
const LONGEST_LIST = 500;

/**
 * Somebody who is not in the directory any more, and whose account is left to them: held by the brake (R46), kept, or on a connection
 * that leaves everybody. What they have in groups stays with it.
 */
const IS_LEFT_TO = (applicationId: string, userId: RawBuilder<unknown>) => sql`EXISTS (
  SELECT 1 FROM links l WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = ${userId}
    AND l.state = 'active' AND l.managed AND NOT EXISTS (SELECT 1 FROM users WHERE id = l.subject_id) OFFSET 0)`;

/** The memberships of a group in which the directory and what the target accepted differ, and whether each is wanted. */
const differingMemberships = (applicationId: string, groupId: RawBuilder<unknown>) => sql`
  WITH members AS (
    SELECT gm.user_id, u.active FROM group_members gm
    CROSS JOIN LATERAL (SELECT state = 'active' AS active FROM users WHERE id = gm.user_id OFFSET 0) AS u
    WHERE gm.group_id = ${groupId}),
  staying AS (
    SELECT m.user_id FROM members m WHERE m.active OR EXISTS (
      SELECT 1 FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = m.user_id AND state = 'active' OFFSET 0)),
  have AS (
    SELECT user_id FROM link_members WHERE application_id = ${applicationId} AND group_id = ${groupId} AND error IS NULL)
  SELECT ${applicationId}::uuid AS application_id, ${groupId} AS group_id, user_id, wanted FROM (
    SELECT user_id, true FROM (SELECT user_id FROM members WHERE active EXCEPT SELECT user_id FROM have) AS missing
    UNION ALL
    SELECT user_id, false FROM (SELECT user_id FROM have EXCEPT SELECT user_id FROM staying) AS extra
    WHERE NOT ${IS_LEFT_TO(applicationId, sql`extra.user_id`)}) AS differing(user_id, wanted)`;

/** Whether a target has somebody in a group who is to be in it no more. */
export const hasUnwanted = (applicationId: string, groupId: RawBuilder<unknown>) => sql`EXISTS (
  SELECT 1 FROM (${differingMemberships(applicationId, groupId)}) AS d WHERE NOT d.wanted)`;

/** What the membership of a whole group lacks and has too much, for a plan; at most `limit`. */
export async function loadDifferingMembers(
  db: Handle,
  applicationId: string,
  groupId: string,
  limit: number,
): Promise<Membership[]> {
  const rows = await sql<MembershipRow>`
    WITH d AS (${differingMemberships(applicationId, sql`${groupId}::uuid`)}),
    s AS (SELECT d.application_id, d.group_id, d.user_id, '0' AS generation FROM d ORDER BY user_id LIMIT ${limit})
    ${MEMBERSHIP_COLUMNS}
    WHERE lm.error IS NULL ORDER BY s.user_id`.execute(db);
  return rows.rows.map((row) => membershipOf(row, false));
}

/** A group that is to be compared. */
export interface Comparison {
  readonly groupId: string;
  /** Whether what differs may be written down as a list. */
  readonly asList: boolean;
}

interface DifferingRow {
  group_id: string;
  more: boolean;
  /** Null where nothing differs. */
  user_id: string | null;
  wanted: boolean;
  remote_id: string | null;
  link_state: string | null;
  name: string;
}

/**
 * Compares whole memberships. Answers what differs in each group that has a list now; in the other groups each
 * member who differs has a mark now. Throws LeaseLost.
 */
export async function compareMemberships(
  db: Handle,
  lease: Lease,
  comparisons: readonly Comparison[],
): Promise<Map<string, NextMemberships>> {
  const rows = await db.transaction().execute(async (tx) => {
    await holdLane(tx, lease);
    const { applicationId } = lease;
    return jsonRows<DifferingRow>(tx, writtenInOne(applicationId), comparison(applicationId, comparisons));
  });
  const compared = new Map<string, { memberships: Membership[]; more: boolean }>();
  for (const row of rows) {
    const group = compared.get(row.group_id) ?? { memberships: [], more: row.more };
    compared.set(row.group_id, group);
    if (row.user_id !== null) group.memberships.push(listed(row, row.user_id));
  }
  return compared;
}

function listed({ wanted, remote_id, link_state, name }: DifferingRow, userId: string): Membership {
  const remoteId = wanted && link_state !== 'active' ? null : remote_id;
  return { member: { userId, name, remoteId }, generation: null, action: wanted ? 'add' : 'remove' };
}

/** Compares, and writes what differs: as a list for those groups that are in `small` afterwards. */
const comparison = (applicationId: string, comparisons: readonly Comparison[]) => sql`
  WITH g AS (
    SELECT * FROM unnest(${uuids(comparisons.map((one) => one.groupId))}, ${comparisons.map((one) => one.asList)}::boolean[]) AS g(id, as_list)),
  differing AS MATERIALIZED (
    SELECT g.id AS group_id, d.user_id, d.wanted FROM g, LATERAL (${differingMemberships(applicationId, sql`g.id`)}) AS d),
  small AS MATERIALIZED (
    SELECT g.id, coalesce(array_agg(d.user_id) FILTER (WHERE d.user_id IS NOT NULL), '{}') AS user_ids
    FROM g LEFT JOIN differing d ON d.group_id = g.id
    WHERE g.as_list AND (SELECT count(*) FROM (SELECT 1 FROM group_members WHERE group_id = g.id LIMIT ${LONGEST_LIST + 1}) AS few) <= ${LONGEST_LIST}
    GROUP BY g.id HAVING count(d.user_id) <= ${LONGEST_LIST}),
  written AS (
    UPDATE pending p SET whole = s.id IS NOT NULL, differing = s.user_ids FROM g LEFT JOIN small s ON s.id = g.id
    WHERE p.application_id = ${applicationId} AND p.kind = 'group' AND p.subject_id = g.id),
  marked AS (
    INSERT INTO pending_members (application_id, group_id, user_id)
    SELECT ${applicationId}::uuid, group_id, user_id FROM differing WHERE group_id NOT IN (SELECT id FROM small)
    ON CONFLICT (application_id, group_id, user_id) DO NOTHING)`;

/** The members of groups of which {@link comparison} made a list, and each such group. */
const writtenInOne = (applicationId: string) => sql`
  SELECT s.id AS group_id, d.user_id, d.wanted, l.remote_id, l.state AS link_state,
    coalesce(l.subject_name, (SELECT username FROM users WHERE id = d.user_id), d.user_id::text) AS name,
    EXISTS (SELECT 1 FROM pending_members WHERE application_id = ${applicationId} AND group_id = s.id OFFSET 0) AS more
  FROM small s LEFT JOIN differing d ON d.group_id = s.id
  LEFT JOIN LATERAL (
    SELECT * FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = d.user_id OFFSET 0) AS l ON true
  ORDER BY d.user_id`;

/**
 * Lists that a slice did not come to settle: each of their members gets a mark, because a request may have been
 * sent with them (R42).
 */
export async function markOldLists(db: Handle, lease: Lease, groupIds: readonly string[]): Promise<void> {
  if (groupIds.length === 0) return;
  await db.transaction().execute(async (tx) => {
    await holdLane(tx, lease);
    await markDiffering(tx, lease.applicationId, groupIds);
  });
}

/** Gives each member who is on a list a mark of their own: of these groups, or of all. The lane is locked. */
export async function markDiffering(
  tx: Tx,
  applicationId: string,
  groupIds?: readonly string[],
): Promise<void> {
  const which = groupIds === undefined ? sql`true` : sql`subject_id = ANY (${uuids(groupIds)})`;
  const those = sql`application_id = ${applicationId} AND kind = 'group' AND ${which} AND differing IS NOT NULL`;
  await sql`
    INSERT INTO pending_members (application_id, group_id, user_id)
    SELECT application_id, subject_id, unnest(differing) FROM pending WHERE ${those}
    ON CONFLICT (application_id, group_id, user_id) DO NOTHING`.execute(tx);
  await sql`UPDATE pending SET differing = NULL WHERE ${those}`.execute(tx);
}
