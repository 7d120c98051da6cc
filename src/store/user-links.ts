/** What is known of each user in one application, together with what the directory says of them. */
import { sql, type RawBuilder } from 'kysely';
import { personName, type UserState } from '../directory/user.ts';
import { notFound } from '../errors.ts';
import type { Attention, RecordError } from '../provisioning/settlement.ts';
import type { LinkState, NotAccepted, Values } from '../provisioning/facts.ts';
import type { Handle } from './database.ts';

/** What an inventory found and left as it is. */
export interface Drift {
  readonly missing: boolean;
  readonly active: boolean;
  readonly values: Values | null;
}

export interface GroupName {
  readonly id: string;
  readonly name: string;
}

/** One user in one application. */
export interface UserInApplication {
  readonly userId: string;
  readonly name: string;
  /** Null once the user is deleted from the directory. */
  readonly username: string | null;
  readonly userState: UserState | null;
  readonly remoteId: string | null;
  readonly state: LinkState;
  readonly managed: boolean;
  readonly kept: boolean;
  readonly moving: boolean;
  readonly pending: boolean;
  /** When it is looked at; null where it is not to be. */
  readonly dueAt: string | null;
  readonly holdId: string | null;
  readonly error: RecordError | null;
  readonly attention: Attention | null;
  /** What the target last accepted, by SCIM path. */
  readonly accepted: Values;
  readonly notAccepted: Readonly<Record<string, NotAccepted>>;
  readonly drift: Drift | null;
  /** The bound groups through which the user is assigned, by name. */
  readonly via: readonly GroupName[];
  readonly updatedAt: string | null;
}

interface Row {
  readonly subject_id: string;
  readonly position: readonly string[];
  readonly subject_name: string | null;
  readonly username: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly displayname: string | null;
  readonly user_state: UserState | null;
  readonly remote_id: string | null;
  readonly state: LinkState | null;
  readonly managed: boolean | null;
  readonly kept: boolean | null;
  readonly moving: boolean | null;
  readonly marked: boolean;
  readonly due_at: Date | null;
  readonly hold_id: string | null;
  readonly error: RecordError | null;
  readonly attention: Attention | null;
  readonly accepted: Values | null;
  readonly not_accepted: Record<string, NotAccepted> | null;
  readonly drift: Drift | null;
  readonly via: GroupName[] | null;
  readonly updated_at: Date | null;
}

export function toUserInApplication(row: Row): UserInApplication {
  const { username, firstname, lastname, displayname } = row;
  const user = username === null ? null : { username, firstname, lastname, displayname };
  return {
    userId: row.subject_id,
    name: user === null ? (row.subject_name ?? row.subject_id) : personName(user),
    username,
    userState: row.user_state,
    remoteId: row.remote_id,
    state: row.state ?? 'absent',
    managed: row.managed ?? true,
    kept: row.kept ?? false,
    moving: row.moving ?? false,
    pending: row.marked && row.hold_id === null,
    dueAt: row.due_at?.toISOString() ?? null,
    holdId: row.hold_id,
    error: row.error,
    attention: row.attention,
    accepted: row.accepted ?? {},
    notAccepted: row.not_accepted ?? {},
    drift: row.drift,
    via: row.via ?? [],
    updatedAt: row.updated_at?.toISOString() ?? null,
  };
}

/** The bound groups through which a user is assigned to an application, by name. */
export const viaGroups = (applicationId: RawBuilder<unknown>, userId: RawBuilder<unknown>) => sql`
  SELECT json_agg(json_build_object('id', g.id, 'name', g.name) ORDER BY lower(g.name)) AS via
  FROM group_members gm JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = ${applicationId}
  JOIN groups g ON g.id = gm.group_id WHERE gm.user_id = ${userId}`;

/** Each record by its key, whatever the planner believes of tables that have just grown: hence OFFSET 0. */
const byKey = (record: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`LEFT JOIN LATERAL (${record} OFFSET 0)`;

export const rowsOf = (
  applicationId: string,
  subjects: RawBuilder<unknown>,
  orderBy: RawBuilder<unknown>,
) => sql<Row>`
  WITH s AS (${subjects})
  SELECT s.subject_id, s.position, l.subject_name, u.username, u.firstname, u.lastname, u.displayname, u.state AS user_state, l.remote_id,
    l.state, l.managed, l.kept, l.moving, p.subject_id IS NOT NULL AS marked, p.due_at, p.hold_id, l.error, l.attention, l.accepted, l.not_accepted,
    l.drift, groups.via, l.updated_at
  FROM s
  ${byKey(sql`SELECT * FROM users WHERE id = s.subject_id`)} AS u ON true
  ${byKey(sql`SELECT * FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = s.subject_id`)} AS l ON true
  ${byKey(sql`SELECT * FROM pending WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = s.subject_id`)} AS p ON true
  CROSS JOIN LATERAL (${viaGroups(sql`${applicationId}::uuid`, sql`s.subject_id`)}) AS groups
  ORDER BY ${orderBy}`;

/** One user in one application, also one who has nothing to do with it; undefined where nobody has that id. */
export async function findUserLink(
  handle: Handle,
  applicationId: string,
  userId: string,
): Promise<UserInApplication | undefined> {
  const { rows } = await rowsOf(
    applicationId,
    sql`SELECT ${userId}::uuid AS subject_id, ARRAY[]::text[] AS position`,
    sql`s.subject_id`,
  ).execute(handle);
  const row = rows[0];
  if (row === undefined || (row.username === null && row.state === null)) return undefined;
  return toUserInApplication(row);
}

/** The same. Throws a `Problem` when nobody has that id. */
export async function getUserLink(
  handle: Handle,
  applicationId: string,
  userId: string,
): Promise<UserInApplication> {
  const user = await findUserLink(handle, applicationId, userId);
  if (user === undefined) throw notFound('This user');
  return user;
}
