/** Memberships to look at: what the directory wants of a group against what the target accepted. */
import { sql, type RawBuilder } from 'kysely';
import type { Member } from '../provisioning/types.ts';
import type { Handle } from './database.ts';

/** Memberships of one group to look at: what is wanted against what the target accepted. */
export interface MemberPair {
  readonly member: Member;
  readonly generation: string;
  readonly action: 'add' | 'remove' | 'none';
}

/** Turns "compare the whole membership" into the pairs that differ, once, so that each request after it costs what it sends. */
export const differingPairs = (applicationId: string, groupId: RawBuilder<unknown>) => sql`
  WITH members AS (
    SELECT gm.user_id, u.active FROM group_members gm
    CROSS JOIN LATERAL (SELECT state = 'active' AS active FROM users WHERE id = gm.user_id OFFSET 0) AS u
    WHERE gm.group_id = ${groupId}),
  staying AS (
    SELECT m.user_id FROM members m WHERE m.active OR EXISTS (
      SELECT 1 FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = m.user_id AND state = 'active' OFFSET 0)),
  have AS (
    SELECT user_id FROM link_members WHERE application_id = ${applicationId} AND group_id = ${groupId} AND error IS NULL)
  SELECT ${applicationId}::uuid AS application_id, ${groupId} AS group_id, user_id FROM (
    (SELECT user_id FROM members WHERE active EXCEPT SELECT user_id FROM have)
    UNION ALL
    (SELECT user_id FROM have EXCEPT SELECT user_id FROM staying)) AS differing`;

/**
 * A member who is not active any more keeps their membership for as long as their account is left to them: while the brake
 * holds them, or where the connection leaves accounts as they are. It goes with the account. `OFFSET 0` makes each a look-up by its key.
 */
const PAIR_COLUMNS = sql`
  SELECT s.group_id, s.user_id, s.generation, l.remote_id, l.state AS link_state, coalesce(l.subject_name, u.username, s.user_id::text) AS name,
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

interface PairRow {
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
export interface PairsRequest {
  readonly groupId: string;
  /**
   * Where it is not known what became of those that were sent last: each is then added or removed as it should be,
   * whatever the target accepted before (R42).
   */
  readonly sayAgain: boolean;
}

/** The next marked memberships of each of these groups, at most `limit` of a group. */
export async function loadPairs(
  db: Handle,
  applicationId: string,
  requests: readonly PairsRequest[],
  limit: number,
): Promise<MemberPair[][]> {
  const ids = requests.map((request) => request.groupId);
  const rows = await sql<PairRow>`
    WITH s AS (SELECT m.* FROM unnest(${ids}::uuid[]) AS g(id), LATERAL (
      SELECT * FROM pending_members WHERE application_id = ${applicationId} AND group_id = g.id
      ORDER BY user_id LIMIT ${limit}) AS m)
    ${PAIR_COLUMNS} ORDER BY s.user_id`.execute(db);
  const pairs = new Map(requests.map(({ groupId }): [string, MemberPair[]] => [groupId, []]));
  const again = new Set(requests.flatMap(({ groupId, sayAgain }) => (sayAgain ? [groupId] : [])));
  for (const row of rows.rows) pairs.get(row.group_id)?.push(memberPair(row, again.has(row.group_id)));
  return ids.map((id) => pairs.get(id) ?? []);
}

/** What the membership of a whole group lacks and has too much, for a plan; at most `limit`. */
export async function loadDifferingMembers(
  db: Handle,
  applicationId: string,
  groupId: string,
  limit: number,
): Promise<MemberPair[]> {
  const rows = await sql<PairRow>`
    WITH d AS (${differingPairs(applicationId, sql`${groupId}::uuid`)}),
    s AS (SELECT d.*, '0' AS generation FROM d ORDER BY user_id LIMIT ${limit})
    ${PAIR_COLUMNS}
    WHERE lm.error IS NULL ORDER BY s.user_id`.execute(db);
  return rows.rows.map((row) => memberPair(row, false));
}

function memberPair(row: PairRow, sayAgain: boolean): MemberPair {
  const remoteId = row.link_state === 'active' ? row.remote_id : null;
  const wanted = row.wanted === true;
  const action = wanted === row.have && !sayAgain ? 'none' : wanted ? 'add' : 'remove';
  return {
    member: { userId: row.user_id, name: row.name, remoteId: action === 'remove' ? row.remote_id : remoteId },
    generation: row.generation,
    action,
  };
}
