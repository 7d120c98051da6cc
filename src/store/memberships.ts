/** Memberships to look at: what the directory wants of a group against what the target accepted. */
import { sql } from 'kysely';
import type { Member } from '../provisioning/facts.ts';
import type { Handle } from './database.ts';
import { jsonRows, uuids } from './rowset.ts';

/** Memberships of one group to look at: what is wanted against what the target accepted. */
export interface Membership {
  readonly member: Member;
  /** Of its mark; null where a comparison of the whole group put it on a list. */
  readonly generation: string | null;
  readonly action: 'add' | 'remove' | 'none';
}

/**
 * A member who is not active any more keeps their membership for as long as their account is left to them: while the brake
 * holds them, or where the connection leaves accounts as they are. It goes with the account. `OFFSET 0` makes each a look-up by its key.
 */
export const MEMBERSHIP_COLUMNS = sql`
  SELECT s.group_id, s.user_id, s.generation::text, l.remote_id, l.state AS link_state, coalesce(l.subject_name, u.username, s.user_id::text) AS name,
    ((u.state = 'active' OR (l.state = 'active' AND lm.user_id IS NOT NULL AND lm.error IS NULL))
      AND EXISTS (SELECT 1 FROM group_members gm WHERE gm.group_id = s.group_id AND gm.user_id = s.user_id OFFSET 0)) AS wanted,
    (lm.user_id IS NOT NULL AND lm.error IS NULL) AS have
  FROM s LEFT JOIN LATERAL (SELECT username, state FROM users WHERE id = s.user_id OFFSET 0) AS u ON true
  LEFT JOIN LATERAL (
    SELECT * FROM links WHERE application_id = s.application_id AND kind = 'user' AND subject_id = s.user_id OFFSET 0) AS l ON true
  LEFT JOIN LATERAL (
    SELECT * FROM link_members WHERE application_id = s.application_id AND group_id = s.group_id AND user_id = s.user_id OFFSET 0) AS lm ON true`;

/**
 * Whether the target refused the membership `lm`, and it is still wanted: the refusal of somebody who left meanwhile may stay
 * known, and is nobody's trouble.
 */
export const REFUSED_AND_WANTED = sql`
  lm.error IS NOT NULL AND EXISTS (
    SELECT 1 FROM group_members gm JOIN users u ON u.id = gm.user_id
    WHERE gm.group_id = lm.group_id AND gm.user_id = lm.user_id AND u.state = 'active')`;

/** A row of {@link MEMBERSHIP_COLUMNS}. */
export interface MembershipRow {
  group_id: string;
  user_id: string;
  generation: string;
  remote_id: string | null;
  link_state: string | null;
  name: string;
  wanted: boolean | null;
  have: boolean;
}

/** The marks of one group's memberships that are to be read. */
export interface MembershipsRequest {
  readonly groupId: string;
  /**
   * Where it is not known what became of those that were sent last: each is then added or removed as it should be,
   * whatever the target accepted before (R42).
   */
  readonly sayAgain: boolean;
}

/** What is to be looked at next of one group. */
export interface NextMemberships {
  readonly memberships: readonly Membership[];
  /** There may be others after these. */
  readonly more: boolean;
}

/** The next marked memberships of each of these groups, at most `limit` of a group. */
export async function loadMemberships(
  db: Handle,
  applicationId: string,
  requests: readonly MembershipsRequest[],
  limit: number,
): Promise<NextMemberships[]> {
  const ids = requests.map((request) => request.groupId);
  const rows = await jsonRows<MembershipRow>(
    db,
    sql`
    WITH s AS (SELECT m.* FROM unnest(${uuids(ids)}) AS g(id), LATERAL (
      SELECT * FROM pending_members WHERE application_id = ${applicationId} AND group_id = g.id
      ORDER BY user_id LIMIT ${limit}) AS m)
    ${MEMBERSHIP_COLUMNS} ORDER BY s.user_id`,
  );
  const memberships = new Map(ids.map((id): [string, Membership[]] => [id, []]));
  const again = new Set(requests.flatMap(({ groupId, sayAgain }) => (sayAgain ? [groupId] : [])));
  for (const row of rows) memberships.get(row.group_id)?.push(membershipOf(row, again.has(row.group_id)));
  return ids.map((id) => {
    const found = memberships.get(id) ?? [];
    return { memberships: found, more: found.length === limit };
  });
}

/** A membership of {@link MEMBERSHIP_COLUMNS}; `sayAgain` as in {@link MembershipsRequest}. */
export function membershipOf(row: MembershipRow, sayAgain: boolean): Membership {
  const remoteId = row.link_state === 'active' ? row.remote_id : null;
  const wanted = row.wanted === true;
  const action = wanted === row.have && !sayAgain ? 'none' : wanted ? 'add' : 'remove';
  return {
    member: { userId: row.user_id, name: row.name, remoteId: action === 'remove' ? row.remote_id : remoteId },
    generation: row.generation,
    action,
  };
}
