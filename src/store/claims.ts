/**
 * Claims: the records of one lane that are due, together with everything that decides about them, in one statement a
 * batch. A claim writes nothing: the lane is ours, and its settle deletes a mark only at the generation claimed here.
 */
import { sql } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type {
  DirectoryUser,
  GroupFacts,
  Member,
  UserFacts,
  UserLink,
  NotAccepted,
  Values,
} from '../provisioning/types.ts';
import type { Handle } from './database.ts';
import type { Lease } from './lanes.ts';

/** The mark that a claim stands for. */
export interface Mark {
  readonly generation: string;
  readonly attempts: number;
  readonly priority: number;
  readonly approved: boolean;
  readonly cause: Cause | null;
}

export interface ClaimedUser {
  readonly mark: Mark;
  readonly facts: UserFacts;
}

export interface ClaimedGroup {
  readonly mark: Mark & { readonly whole: boolean };
  readonly facts: Omit<GroupFacts, 'add' | 'remove'>;
}

interface MarkRow {
  subject_id: string;
  generation: string;
  attempts: number;
  priority: number;
  approved: boolean;
  cause: Cause | null;
}

interface LinkColumns {
  subject_name: string | null;
  remote_id: string | null;
  link_state: UserLink['state'] | null;
  accepted: Values | null;
  not_accepted: Record<string, NotAccepted> | null;
  in_flight: string | null;
  managed: boolean | null;
  kept: boolean | null;
  moving: boolean | null;
  troubled: boolean | null;
}

interface UserRow extends LinkColumns {
  subject_id: string;
  user_id: string | null;
  username: string;
  email: string | null;
  firstname: string | null;
  lastname: string | null;
  displayname: string | null;
  state: DirectoryUser['state'];
  attributes: Record<string, unknown>;
  bound: boolean;
}

const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`;

const LINK_COLUMNS = sql`
  l.subject_name, l.remote_id, l.state AS link_state, l.accepted, l.not_accepted, l.in_flight, l.managed, l.kept, l.moving,
  l.error IS NOT NULL AS troubled`;

const USER_COLUMNS = sql`
  u.id AS user_id, u.username, u.email, u.firstname, u.lastname, u.displayname, u.state, u.attributes`;

/**
 * The link of `s.subject_id`. LATERAL with OFFSET 0 is one look-up by the whole primary key, whatever the planner believes: on
 * a table that has just grown and has no statistics yet, it would read all links of the application for each record.
 */
const linkOf = (applicationId: string, kind: 'user' | 'group') => sql`
  LEFT JOIN LATERAL (
    SELECT * FROM links WHERE application_id = ${applicationId} AND kind = ${kind} AND subject_id = s.subject_id OFFSET 0) AS l ON true`;

/** Whether `s.subject_id` is a member of a group that is bound to the application. */
const isBound = (applicationId: string) => sql`EXISTS (
  SELECT 1 FROM group_members gm WHERE gm.user_id = s.subject_id
  AND (gm.group_id IN (SELECT group_id FROM application_groups WHERE application_id = ${applicationId})) IS TRUE)`;

/**
 * Nothing is claimed under settings that have changed since the lane was taken: what they marked would be planned by the
 * old ones, and its marks answered.
 */
const isUnchanged = ({ applicationId, version }: Lease) => sql`EXISTS (
  SELECT 1 FROM applications WHERE id = ${applicationId} AND version = ${version})`;

/**
 * Users that are due, leavers first, at most `limit`, without those that the lane is busy with.
 * `leaversOnly` looks at nothing else, for the moment when one arrives behind a long backlog (R45).
 */
export async function claimUsers(
  db: Handle,
  lease: Lease,
  options: { readonly limit: number; readonly busy: readonly string[]; readonly leaversOnly: boolean },
): Promise<ClaimedUser[]> {
  const { applicationId } = lease;
  const rows = await sql<UserRow & MarkRow>`
    WITH s AS (
      SELECT subject_id, generation, attempts, priority, approved, cause, due_at FROM pending
      WHERE application_id = ${applicationId} AND kind = 'user' AND hold_id IS NULL AND due_at <= now()
        AND ${isUnchanged(lease)} AND priority <= ${options.leaversOnly ? 0 : 1} AND subject_id <> ALL (${uuids(options.busy)})
      ORDER BY priority, due_at, subject_id LIMIT ${options.limit})
    SELECT s.*, ${USER_COLUMNS}, ${LINK_COLUMNS}, ${isBound(applicationId)} AS bound
    FROM s LEFT JOIN users u ON u.id = s.subject_id
    ${linkOf(applicationId, 'user')}
    ORDER BY s.priority, s.due_at, s.subject_id`.execute(db);
  return rows.rows.map((row) => ({ mark: markOf(row), facts: userFacts(row) }));
}

/** The facts of users by id, or of every user that the application could concern, in order of id after `after`. */
export async function loadUserFacts(
  db: Handle,
  applicationId: string,
  select: { readonly ids: readonly string[] } | { readonly after: string; readonly limit: number },
): Promise<UserFacts[]> {
  const subjects =
    'ids' in select
      ? sql`SELECT id AS subject_id FROM unnest(${uuids(select.ids)}) AS id`
      : sql`
        (SELECT DISTINCT gm.user_id AS subject_id FROM group_members gm
         WHERE gm.user_id > ${select.after}
           AND gm.group_id IN (SELECT group_id FROM application_groups WHERE application_id = ${applicationId})
         ORDER BY 1 LIMIT ${select.limit})
        UNION
        (SELECT subject_id FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id > ${select.after}
         ORDER BY 1 LIMIT ${select.limit})
        ORDER BY 1 LIMIT ${select.limit}`;
  const rows = await sql<UserRow>`
    WITH s AS (${subjects})
    SELECT s.subject_id, ${USER_COLUMNS}, ${LINK_COLUMNS}, ${isBound(applicationId)} AS bound
    FROM s LEFT JOIN users u ON u.id = s.subject_id
    ${linkOf(applicationId, 'user')}
    ORDER BY s.subject_id`.execute(db);
  return rows.rows.map(userFacts);
}

function markOf(row: MarkRow): Mark {
  return {
    generation: row.generation,
    attempts: row.attempts,
    priority: row.priority,
    approved: row.approved,
    cause: row.cause,
  };
}

function userFacts(row: UserRow): UserFacts {
  const user: DirectoryUser | null =
    row.user_id === null
      ? null
      : {
          id: row.user_id,
          username: row.username,
          email: row.email,
          firstname: row.firstname,
          lastname: row.lastname,
          displayname: row.displayname,
          state: row.state,
          attributes: row.attributes,
        };
  const name = user === null ? (row.subject_name ?? row.subject_id) : nameOf(user);
  return { id: row.subject_id, name, user, bound: row.bound, link: userLink(row) };
}

/** What to call a user in a sentence: their name where the directory has one, and the username always. */
export function nameOf(
  user: Pick<DirectoryUser, 'username' | 'firstname' | 'lastname' | 'displayname'>,
): string {
  const full =
    user.displayname ??
    [user.firstname, user.lastname].filter((part) => part !== null && part !== '').join(' ');
  return full === '' ? user.username : `${full} (${user.username})`;
}

function userLink(row: LinkColumns): UserLink | null {
  if (row.link_state === null) return null;
  return {
    remoteId: row.remote_id,
    state: row.link_state,
    accepted: row.accepted ?? {},
    notAccepted: row.not_accepted ?? {},
    inFlight: row.in_flight,
    managed: row.managed ?? true,
    kept: row.kept ?? false,
    moving: row.moving ?? false,
    troubled: row.troubled ?? false,
  };
}

interface GroupRow extends LinkColumns {
  subject_id: string;
  group_id: string | null;
  group_name: string;
  bound: boolean;
  populated: boolean;
  holder_id: string | null;
  holder_name: string | null;
}

const groupColumns = (applicationId: string) => sql`
  g.id AS group_id, g.name AS group_name, ${LINK_COLUMNS},
  EXISTS (SELECT 1 FROM application_groups ag WHERE ag.application_id = ${applicationId} AND ag.group_id = g.id) AS bound,
  (l.remote_id IS NOT NULL OR EXISTS (
    SELECT 1 FROM group_members gm JOIN users u ON u.id = gm.user_id AND u.state = 'active' WHERE gm.group_id = g.id)) AS populated,
  holder.subject_id AS holder_id, holder.subject_name AS holder_name`;

const groupJoins = (applicationId: string) => sql`
  LEFT JOIN groups g ON g.id = s.subject_id
  ${linkOf(applicationId, 'group')}
  LEFT JOIN LATERAL (
    SELECT o.subject_id, o.subject_name FROM links o WHERE o.application_id = ${applicationId} AND o.kind = 'group'
    AND o.key = lower(g.name) AND o.subject_id <> g.id LIMIT 1) AS holder ON true`;

/**
 * Groups that are due and whose own members are not still waiting for their first attempt: a group waits for its members,
 * not for everybody's, and so needs one request and not one for each member.
 */
export async function claimGroups(
  db: Handle,
  lease: Lease,
  options: { readonly limit: number; readonly busy: readonly string[] },
): Promise<ClaimedGroup[]> {
  const { applicationId } = lease;
  const waits = (userId: ReturnType<typeof sql>) => sql`LATERAL (
    SELECT 1 FROM pending p WHERE p.application_id = ${applicationId} AND p.kind = 'user' AND p.subject_id = ${userId}
    AND p.attempts = 0 AND p.due_at <= now() AND coalesce(p.hold_id, p.subject_id) = p.subject_id OFFSET 0) AS waiting`;
  const rows = await sql<GroupRow & MarkRow & { whole: boolean }>`
    WITH s AS (
      SELECT subject_id, generation, attempts, priority, approved, cause, whole, due_at FROM pending q
      WHERE application_id = ${applicationId} AND kind = 'group' AND hold_id IS NULL AND due_at <= now()
        AND ${isUnchanged(lease)} AND subject_id <> ALL (${uuids(options.busy)})
        AND NOT (whole AND EXISTS (
          SELECT 1 FROM group_members gm, ${waits(sql`gm.user_id`)} WHERE gm.group_id = q.subject_id))
        AND NOT EXISTS (
          SELECT 1 FROM pending_members pm, ${waits(sql`pm.user_id`)} WHERE pm.application_id = ${applicationId} AND pm.group_id = q.subject_id)
      ORDER BY priority, due_at, subject_id LIMIT ${options.limit})
    SELECT s.*, ${groupColumns(applicationId)} FROM s ${groupJoins(applicationId)}
    ORDER BY s.priority, s.due_at, s.subject_id`.execute(db);
  return rows.rows.map((row) => ({ mark: { ...markOf(row), whole: row.whole }, facts: groupFacts(row) }));
}

/** The facts of groups by id, or of every group that the application could concern, in order of id after `after`. */
export async function loadGroupFacts(
  db: Handle,
  applicationId: string,
  select: { readonly ids: readonly string[] } | { readonly after: string; readonly limit: number },
): Promise<ClaimedGroup['facts'][]> {
  const subjects =
    'ids' in select
      ? sql`SELECT id AS subject_id FROM unnest(${uuids(select.ids)}) AS id`
      : sql`
        SELECT subject_id FROM (
          SELECT group_id AS subject_id FROM application_groups WHERE application_id = ${applicationId}
          UNION SELECT subject_id FROM links WHERE application_id = ${applicationId} AND kind = 'group') AS every
        WHERE subject_id > ${select.after} ORDER BY subject_id LIMIT ${select.limit}`;
  const rows = await sql<GroupRow>`
    WITH s AS (${subjects})
    SELECT s.subject_id, ${groupColumns(applicationId)} FROM s ${groupJoins(applicationId)} ORDER BY s.subject_id`.execute(
    db,
  );
  return rows.rows.map(groupFacts);
}

function groupFacts(row: GroupRow): ClaimedGroup['facts'] {
  const displayName = row.accepted?.['displayName'];
  return {
    id: row.subject_id,
    name: row.group_id === null ? (row.subject_name ?? row.subject_id) : row.group_name,
    group: row.group_id === null ? null : { id: row.group_id, name: row.group_name },
    bound: row.bound,
    populated: row.populated,
    link:
      row.link_state === null
        ? null
        : {
            remoteId: row.remote_id,
            state: row.link_state,
            displayName: typeof displayName === 'string' ? displayName : null,
            notAccepted: row.not_accepted ?? {},
            inFlight: row.in_flight,
            troubled: row.troubled ?? false,
          },
    nameHeldBy: row.holder_id === null ? null : { id: row.holder_id, name: row.holder_name ?? row.holder_id },
  };
}

/** Links that claim one of these `userName` keys: for each key who holds it, the departed left out (R17). */
export async function loadKeyHolders(
  db: Handle,
  applicationId: string,
  keys: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const holders = new Map<string, { id: string; name: string }[]>();
  if (keys.length === 0) return holders;
  const rows = await sql<{ key: string; id: string; name: string }>`
    SELECT l.key, l.subject_id AS id, l.subject_name AS name FROM links l
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.key = ANY (${[...keys]}::text[])
      AND (l.state = 'active' OR l.in_flight IS NOT NULL OR EXISTS (SELECT 1 FROM users u WHERE u.id = l.subject_id))`.execute(
    db,
  );
  for (const { key, id, name } of rows.rows) holders.set(key, [...(holders.get(key) ?? []), { id, name }]);
  return holders;
}

/** Memberships of one group to look at: what is wanted against what the target accepted. */
export interface MemberPair {
  readonly member: Member;
  readonly generation: string;
  readonly action: 'add' | 'remove' | 'none';
}

/** Turns "compare the whole membership" into the pairs that differ, once, so that each request after it costs what it sends. */
export const differingPairs = (applicationId: string, groupId: string) => sql`
  WITH members AS (
    SELECT gm.user_id, u.active FROM group_members gm
    CROSS JOIN LATERAL (SELECT state = 'active' AS active FROM users WHERE id = gm.user_id OFFSET 0) AS u
    WHERE gm.group_id = ${groupId}),
  staying AS (
    SELECT m.user_id FROM members m WHERE m.active OR EXISTS (
      SELECT 1 FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = m.user_id AND state = 'active' OFFSET 0)),
  have AS (
    SELECT user_id FROM link_members WHERE application_id = ${applicationId} AND group_id = ${groupId} AND error IS NULL)
  SELECT ${applicationId}::uuid AS application_id, ${groupId}::uuid AS group_id, user_id FROM (
    (SELECT user_id FROM members WHERE active EXCEPT SELECT user_id FROM have)
    UNION ALL
    (SELECT user_id FROM have EXCEPT SELECT user_id FROM staying)) AS differing`;

/**
 * A member who is not active any more keeps their membership for as long as their account is left to them: while the brake
 * holds them, or where the connection leaves accounts as they are. It goes with the account.
 */
const PAIR_COLUMNS = sql`
  SELECT s.user_id, s.generation, l.remote_id, l.state AS link_state, coalesce(l.subject_name, u.username, s.user_id::text) AS name,
    ((u.state = 'active' OR (l.state = 'active' AND lm.user_id IS NOT NULL AND lm.error IS NULL))
      AND EXISTS (SELECT 1 FROM group_members gm WHERE gm.group_id = s.group_id AND gm.user_id = s.user_id)) AS wanted,
    (lm.user_id IS NOT NULL AND lm.error IS NULL) AS have
  FROM s LEFT JOIN users u ON u.id = s.user_id
  LEFT JOIN LATERAL (
    SELECT * FROM links WHERE application_id = s.application_id AND kind = 'user' AND subject_id = s.user_id OFFSET 0) AS l ON true
  LEFT JOIN LATERAL (
    SELECT * FROM link_members WHERE application_id = s.application_id AND group_id = s.group_id AND user_id = s.user_id OFFSET 0) AS lm ON true`;

interface PairRow {
  user_id: string;
  generation: string;
  remote_id: string | null;
  link_state: string | null;
  name: string;
  wanted: boolean | null;
  have: boolean;
}

/**
 * The next marked memberships of a group, at most `limit`. `sayAgain` where it is not known what became of those that were
 * sent last: each is then added or removed as it should be, whatever the target accepted before (R42).
 */
export async function loadPairs(
  db: Handle,
  applicationId: string,
  groupId: string,
  { limit, sayAgain }: { readonly limit: number; readonly sayAgain: boolean },
): Promise<MemberPair[]> {
  const rows = await sql<PairRow>`
    WITH s AS (SELECT * FROM pending_members WHERE application_id = ${applicationId} AND group_id = ${groupId}
               ORDER BY user_id LIMIT ${limit})
    ${PAIR_COLUMNS} ORDER BY s.user_id`.execute(db);
  return rows.rows.map((row) => memberPair(row, sayAgain));
}

/** What the membership of a whole group lacks and has too much, for a plan; at most `limit`. */
export async function loadDifferingMembers(
  db: Handle,
  applicationId: string,
  groupId: string,
  limit: number,
): Promise<MemberPair[]> {
  const rows = await sql<PairRow>`
    WITH d AS (${differingPairs(applicationId, groupId)}),
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
