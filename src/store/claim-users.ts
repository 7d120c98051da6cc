/**
 * Claims: the users of one lane that are due, together with everything that decides about them, in one statement a batch. A
 * claim writes nothing: the lane is ours, and its settle deletes a mark only at the generation claimed here.
 */
import { sql } from 'kysely';
import { personName, type UserFields, type UserState } from '../directory/user.ts';
import type { DirectoryUser, UserFacts, UserLink } from '../provisioning/facts.ts';
import {
  isUnchanged,
  linkOf,
  LINK_COLUMNS,
  MARK_COLUMNS,
  markOf,
  type LinkColumns,
  type Mark,
  type MarkRow,
} from './claim-rows.ts';
import type { Application } from './applications.ts';
import type { Handle } from './database.ts';
import { departed } from './departed.ts';
import type { Lease } from './lease.ts';
import { jsonRows, uuids } from './rowset.ts';

export interface ClaimedUser {
  readonly mark: Mark;
  readonly facts: UserFacts;
}

interface UserRow extends LinkColumns {
  subject_id: string;
  user_id: string | null;
  username: string;
  email: string | null;
  firstname: string | null;
  lastname: string | null;
  displayname: string | null;
  state: UserState;
  attributes: UserFields['attributes'];
  bound: boolean;
}

const USER_COLUMNS = sql`
  u.id AS user_id, u.username, u.email, u.firstname, u.lastname, u.displayname, u.state, u.attributes`;

/** Both are looked up for each subject: `OFFSET 0` keeps the planner from reading every user or member once for all of them. */
const USER = sql`
  LEFT JOIN LATERAL (SELECT * FROM users WHERE id = s.subject_id OFFSET 0) AS u ON true`;

/**
 * Of the subjects `s`, those who are in a group that is bound to the application. Each of their few groups is looked up by key,
 * and once for all who share it.
 */
const boundOf = (applicationId: string) => sql`
  memberships AS MATERIALIZED (
    SELECT s.subject_id, gm.group_id FROM s, LATERAL (
      SELECT group_id FROM group_members WHERE user_id = s.subject_id OFFSET 0) AS gm),
  bound AS MATERIALIZED (
    SELECT g.group_id FROM (SELECT DISTINCT group_id FROM memberships) AS g, LATERAL (
      SELECT 1 FROM application_groups WHERE application_id = ${applicationId} AND group_id = g.group_id OFFSET 0) AS binding)`;

const IS_BOUND = sql`
  s.subject_id IN (SELECT subject_id FROM memberships WHERE group_id IN (SELECT group_id FROM bound)) AS bound`;

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
  const rows = await jsonRows<UserRow & MarkRow>(
    db,
    sql`
    WITH s AS MATERIALIZED (
      SELECT subject_id, generation, attempts, priority, approved, cause, due_at FROM pending
      WHERE application_id = ${applicationId} AND kind = 'user' AND hold_id IS NULL AND due_at <= now()
        AND ${isUnchanged(lease)} AND priority <= ${options.leaversOnly ? 0 : 1} AND subject_id <> ALL (${uuids(options.busy)})
      ORDER BY priority, due_at, subject_id LIMIT ${options.limit}),
    ${boundOf(applicationId)}
    SELECT ${MARK_COLUMNS}, ${USER_COLUMNS}, ${LINK_COLUMNS}, ${IS_BOUND}
    FROM s ${USER}
    ${linkOf(applicationId, 'user')}
    ORDER BY s.priority, s.due_at, s.subject_id`,
  );
  return rows.map((row) => ({ mark: markOf(row), facts: userFacts(row) }));
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
  const rows = await jsonRows<UserRow>(
    db,
    sql`
    WITH s AS MATERIALIZED (${subjects}), ${boundOf(applicationId)}
    SELECT s.subject_id, ${USER_COLUMNS}, ${LINK_COLUMNS}, ${IS_BOUND}
    FROM s ${USER}
    ${linkOf(applicationId, 'user')}
    ORDER BY s.subject_id`,
  );
  return rows.map(userFacts);
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
  const name = user === null ? (row.subject_name ?? row.subject_id) : personName(user);
  return { id: row.subject_id, name, user, bound: row.bound, link: userLink(row) };
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

/** Whose link claims a `userName`. */
export interface LinkedKey {
  readonly id: string;
  readonly name: string;
  /** Waits in a hold. */
  readonly held: boolean;
}

/** Links that claim one of these `userName` keys: for each key who holds it, the departed left out (R17). */
export async function loadKeyHolders(
  db: Handle,
  application: Application,
  keys: readonly string[],
): Promise<Map<string, LinkedKey[]>> {
  const holders = new Map<string, LinkedKey[]>();
  if (keys.length === 0) return holders;
  const rows = await sql<LinkedKey & { key: string }>`
    SELECT l.key, l.subject_id AS id, l.subject_name AS name, EXISTS (
      SELECT 1 FROM pending p WHERE p.application_id = l.application_id AND p.kind = 'user' AND p.subject_id = l.subject_id
        AND p.hold_id IS NOT NULL) AS held
    FROM links l
    WHERE l.application_id = ${application.id} AND l.kind = 'user' AND l.key = ANY (${[...keys]}::text[])
      AND NOT ${departed(application)}`.execute(db);
  for (const { key, ...holder } of rows.rows) holders.set(key, [...(holders.get(key) ?? []), holder]);
  return holders;
}
