/** What is known of each group in one application, and how many of its members the target accepted and refused. */
import { sql, type RawBuilder } from 'kysely';
import { notFound } from '../errors.ts';
import type { RecordError } from '../provisioning/settlement.ts';
import type { Handle } from './database.ts';
import {
  groupStateColumns,
  groupStateJoins,
  refusals,
  toGroupState,
  type GroupState,
  type GroupStateRow,
} from './group-state.ts';
import type { LinkFilter } from './user-link-list.ts';
import { byId, byText, byTime, orderOf, type Sort } from './order.ts';
import { containing, every, pageOf, type Page } from './page.ts';

interface MemberWithError {
  readonly userId: string;
  readonly name: string;
  readonly error: RecordError;
}

/** One group in one application. */
export interface GroupInApplication extends GroupState {
  readonly groupId: string;
  readonly name: string;
  /** What the target calls it. */
  readonly remoteName: string | null;
  readonly bound: boolean;
  /** The first of those that were refused. */
  readonly refusedMembers: readonly MemberWithError[];
  readonly updatedAt: string | null;
}

export const groupLinkSorts = ['name', 'state', 'updatedAt'] as const;

interface GroupLinkFilter extends LinkFilter {
  readonly sort: Sort<(typeof groupLinkSorts)[number]>;
}

const REFUSED_SHOWN = 100;

interface Row extends GroupStateRow {
  readonly subject_id: string;
  readonly position: readonly string[];
  readonly name: string;
  readonly remote_name: string | null;
  readonly bound: boolean;
  readonly refused_members: MemberWithError[] | null;
  readonly updated_at: Date | null;
}

const toGroupInApplication = (row: Row): GroupInApplication => ({
  groupId: row.subject_id,
  name: row.name,
  remoteName: row.remote_name,
  bound: row.bound,
  ...toGroupState(row),
  refusedMembers: row.refused_members ?? [],
  updatedAt: row.updated_at?.toISOString() ?? null,
});

/** Groups that are bound or known. */
const subjects = (applicationId: string) => sql`
  SELECT e.id AS subject_id, coalesce(g.name, l.subject_name) AS name, coalesce(l.state, 'absent') AS state, l.error, l.drift, l.updated_at
  FROM (SELECT group_id AS id FROM application_groups WHERE application_id = ${applicationId}
        UNION SELECT subject_id FROM links WHERE application_id = ${applicationId} AND kind = 'group') AS e
  LEFT JOIN groups g ON g.id = e.id
  LEFT JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = e.id`;

const byName = [byText(sql`lower(s.name)`), byId(sql`s.subject_id`)];

const groupLinkKeys = {
  name: byName,
  state: [byText(sql`s.state`), ...byName],
  updatedAt: [byTime(sql`coalesce(s.updated_at, 'epoch')`), ...byName],
};

const ofSubject = (applicationId: string) => ({
  applicationId: sql`${applicationId}`,
  groupId: sql`s.subject_id`,
});

const firstRefused = (applicationId: string) => sql`
  SELECT json_agg(json_build_object('userId', r.user_id, 'name', coalesce(l.subject_name, u.username, r.user_id::text), 'error', r.error)) AS refused_members
  FROM (SELECT lm.user_id, lm.error ${refusals(ofSubject(applicationId))} ORDER BY lm.user_id LIMIT ${REFUSED_SHOWN}) AS r
  LEFT JOIN users u ON u.id = r.user_id
  LEFT JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = r.user_id`;

const rowsOf = (applicationId: string, from: RawBuilder<unknown>, orderBy: RawBuilder<unknown>) => sql<Row>`
  WITH s AS (${from})
  SELECT s.subject_id, s.position, s.name, l.accepted ->> 'displayName' AS remote_name, l.updated_at, ag.group_id IS NOT NULL AS bound,
    refused.refused_members, ${groupStateColumns(ofSubject(applicationId))}
  FROM s ${groupStateJoins(ofSubject(applicationId))}
  LEFT JOIN application_groups ag ON ag.application_id = ${applicationId} AND ag.group_id = s.subject_id
  CROSS JOIN LATERAL (${firstRefused(applicationId)}) AS refused
  ORDER BY ${orderBy}`;

const inTrouble = (applicationId: string) =>
  sql`(s.error IS NOT NULL OR EXISTS (SELECT 1 ${refusals(ofSubject(applicationId))}))`;

function conditionsOf(
  applicationId: string,
  { state, trouble, drift, search }: GroupLinkFilter,
): RawBuilder<unknown>[] {
  return [
    sql`s.name IS NOT NULL`,
    ...(state === undefined ? [] : [sql`s.state = ${state}`]),
    ...(trouble ? [inTrouble(applicationId)] : []),
    ...(drift ? [sql`s.drift IS NOT NULL`] : []),
    ...(search === undefined ? [] : [sql`lower(s.name) LIKE ${containing(search)}`]),
  ];
}

/** Groups of an application: the bound ones, and those that the target still holds. */
export async function listGroupLinks(
  handle: Handle,
  applicationId: string,
  filter: GroupLinkFilter,
): Promise<Page<GroupInApplication>> {
  const { cursor, limit, sort } = filter;
  const wanted = conditionsOf(applicationId, filter);
  const { after, byPosition, orderBy, position } = orderOf(groupLinkKeys, sort, cursor);
  const from = sql`
    SELECT s.*, ${position} AS position FROM (${subjects(applicationId)}) AS s
    WHERE ${every([...wanted, after])} ORDER BY ${orderBy} LIMIT ${limit + 1}`;
  const { rows } = await rowsOf(applicationId, from, byPosition).execute(handle);
  const counted = await sql<{
    total: number;
  }>`SELECT count(*)::int AS total FROM (${subjects(applicationId)}) AS s WHERE ${every(wanted)}`.execute(
    handle,
  );
  return pageOf(rows, filter, counted.rows[0]?.total ?? 0, (row) => row.position, toGroupInApplication);
}

/** One group in one application; undefined where it is neither bound nor known there. */
export async function findGroupLink(
  handle: Handle,
  applicationId: string,
  groupId: string,
): Promise<GroupInApplication | undefined> {
  const from = sql`
    SELECT *, ARRAY[]::text[] AS position FROM (${subjects(applicationId)}) AS s WHERE s.subject_id = ${groupId}`;
  const { rows } = await rowsOf(applicationId, from, sql`s.subject_id`).execute(handle);
  const row = rows[0];
  return row && toGroupInApplication(row);
}

/** The same. Throws a `Problem` when it is neither bound nor known there. */
export async function getGroupLink(
  handle: Handle,
  applicationId: string,
  groupId: string,
): Promise<GroupInApplication> {
  const group = await findGroupLink(handle, applicationId, groupId);
  if (group === undefined) throw notFound('This group in this application');
  return group;
}
