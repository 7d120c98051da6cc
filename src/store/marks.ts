/**
 * Pending marks: "look at this record in this application again". The functions of this file and of `mark-users.ts` and
 * `mark-groups.ts` are set-based SQL, called in the transaction of the directory change that they stand for, so that both
 * commit or neither does (R41).
 *
 * Order of locks, a part of the order in ARCHITECTURE.md: directory rows, then lanes (by id), then pending rows. The settle of a lane
 * takes its lane row first too, so that a change and a settle can never wait for each other.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import type { Tx } from './database.ts';
import { wakeLanes } from './lanes.ts';
import { isRefused } from './refusals.ts';
import { uuids } from './rowset.ts';

/** Connections that keep marks: an inactive one looks at everything when it is activated. */
export const LIVE = sql`a.idm_state <> 'inactive'`;

/** The cause as a mark keeps it: with the time of the change, from which a leaver's wait is counted. Worked out once a statement. */
export const because = (cause: Cause) => sql`(
  SELECT ${JSON.stringify(cause)}::jsonb ||
    jsonb_build_object('at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))`;

/** What a mark becomes that is there already. One of somebody who may be leaving already keeps the time at which that began. */
export const ON_CONFLICT = sql`
  ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET
    generation = excluded.generation, priority = least(pending.priority, excluded.priority), due_at = now(),
    attempts = 0, whole = pending.whole OR excluded.whole, hold_id = NULL, approved = false,
    cause = CASE WHEN pending.priority = 0 AND pending.cause ->> 'at' IS NOT NULL
      THEN excluded.cause || jsonb_build_object('at', pending.cause -> 'at') ELSE excluded.cause END`;

/**
 * What a mark becomes that is there already, where the engine found something to look at again. Nobody has changed a wish: so a
 * hold or an approval stays, attempts are counted on, and the cause is still the last change.
 */
export const LOOK_AGAIN = sql`
  ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET
    generation = excluded.generation, priority = least(pending.priority, excluded.priority), due_at = now(),
    whole = pending.whole OR excluded.whole`;

/** Users who may be leavers go first (R45); others may be assigned from now on. */
export type MarkedAs = 'leavers' | 'others';

/** The priority of marks, as a column: the lower goes first. */
export const priorityOf = (as: MarkedAs) => sql`${as === 'leavers' ? 0 : 1}::smallint`;

/** The applications that a change concerns. */
export interface Concerned {
  readonly all: readonly string[];
  /** Those that keep marks: see {@link LIVE}. */
  readonly live: readonly string[];
}

/**
 * Locks the lanes of the applications that a query finds, by id and whether they are live, and makes them due. Also those of
 * inactive ones, which nobody works on: an import may be linking accounts there at this moment.
 */
export async function wakeConcerned(
  tx: Tx,
  query: RawBuilder<{ id: string; live: boolean }>,
): Promise<Concerned> {
  const { rows } = await query.execute(tx);
  const all = rows.map(({ id }) => id);
  await wakeLanes(tx, all);
  return { all, live: rows.filter(({ live }) => live).map(({ id }) => id) };
}

/** The same of the applications that a group is bound to. */
export function wakeLanesOf(tx: Tx, groupId: string): Promise<Concerned> {
  return wakeConcerned(
    tx,
    sql`
      SELECT a.id, ${LIVE} AS live FROM applications a JOIN application_groups ag ON ag.application_id = a.id
      WHERE ag.group_id = ${groupId}`,
  );
}

/** Whether an application's connection keeps marks: see {@link LIVE}. */
export async function isLive(tx: Tx, applicationId: string): Promise<boolean> {
  const found = await sql`SELECT 1 FROM applications a WHERE a.id = ${applicationId} AND ${LIVE}`.execute(tx);
  return found.rows.length > 0;
}

/** Groups in each of these applications; `whole` compares their whole memberships. The lanes are locked already. */
export async function markGroupRows(
  tx: Tx,
  applications: readonly string[],
  { groupIds, whole }: { readonly groupIds: readonly string[]; readonly whole: boolean },
  cause: Cause,
): Promise<void> {
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT a.id, 'group', g.id, 1, ${whole}, ${because(cause)}
    FROM unnest(${uuids(applications)}) AS a(id) CROSS JOIN unnest(${uuids(groupIds)}) AS g(id)
    ORDER BY 1, 3
    ${ON_CONFLICT}`.execute(tx);
}

/** What becomes of what was refused for good: `withRefused` has it tried again. */
export interface Retrying {
  readonly withRefused: boolean;
}

/** One record, to be looked at again now. A group compares its whole membership. */
export async function markRecord(
  tx: Tx,
  applicationId: string,
  { kind, id }: { readonly kind: RecordKind; readonly id: string },
  cause: Cause,
  { withRefused }: Retrying = { withRefused: true },
): Promise<void> {
  await wakeLanes(tx, [applicationId]);
  const isLeftOut = withRefused
    ? sql`false`
    : isRefused(sql`${applicationId}::uuid`, sql`${kind}`, sql`${id}::uuid`);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT ${applicationId}::uuid, ${kind}, ${id}::uuid, ${kind === 'user' ? 0 : 1}::smallint, ${kind === 'group'}::boolean,
      ${because(cause)}
    WHERE NOT ${isLeftOut}
    ${ON_CONFLICT}`.execute(tx);
}

/** Everything that an application could have to look at: on activation, a changed mapping, a full sync. */
export async function markApplication(
  tx: Tx,
  applicationId: string,
  cause: Cause,
  { withRefused }: Retrying = { withRefused: true },
): Promise<void> {
  await wakeLanes(tx, [applicationId]);
  const of = (kind: RecordKind) =>
    withRefused ? sql`` : sql`WHERE NOT ${isRefused(sql`${applicationId}::uuid`, sql`${kind}`, sql`s.id`)}`;
  const why = because(cause);
  // To look for each one's mark takes a third of the time: not where there are none, as on activation.
  const onConflict = (await hasMarks(tx, applicationId)) ? ON_CONFLICT : sql``;
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
    ${of('user')}
    ORDER BY 3
    ${onConflict}`.execute(tx);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT ${applicationId}::uuid, 'group', s.id, 1, true, ${why}
    FROM (SELECT group_id AS id FROM application_groups WHERE application_id = ${applicationId}
          UNION SELECT subject_id FROM links WHERE application_id = ${applicationId} AND kind = 'group') AS s
    ${of('group')}
    ORDER BY 3
    ${onConflict}`.execute(tx);
}

/** The lane is locked: nobody else writes marks meanwhile. */
async function hasMarks(tx: Tx, applicationId: string): Promise<boolean> {
  const found = await sql`SELECT 1 FROM pending WHERE application_id = ${applicationId} LIMIT 1`.execute(tx);
  return found.rows.length > 0;
}
