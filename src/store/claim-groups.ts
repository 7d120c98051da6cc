/** Claims of groups: those of one lane that are due and whose own members do not still wait for their first attempt. */
import { sql } from 'kysely';
import type { GroupFacts } from '../provisioning/facts.ts';
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
import type { Handle } from './database.ts';
import type { Lease } from './lease.ts';
import { loadNameChains, type NameChain } from './name-chains.ts';
import { uuids } from './rowset.ts';

/** The mark of a group. */
export interface GroupMark extends Mark {
  /** Its whole membership is to be compared. */
  readonly whole: boolean;
  /** It has the list of a comparison that was not settled. */
  readonly hasOldList: boolean;
}

export interface ClaimedGroup {
  readonly mark: GroupMark;
  readonly facts: Omit<GroupFacts, 'add' | 'remove' | 'whole'>;
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

export interface GroupClaim {
  readonly limit: number;
  /** Groups that are being worked on. */
  readonly busy: readonly string[];
  /** Each change of a group tells the target of everybody who stays in it. */
  readonly sentWhole: boolean;
}

/**
 * Groups that are due and whose own members are not still waiting for their first attempt: a group waits for its members,
 * not for everybody's, and so needs one request and not one for each member. One that is sent whole waits for all who are in it: the
 * target may refuse it because of a leaver who has just gone.
 */
export async function claimGroups(
  db: Handle,
  lease: Lease,
  { limit, busy, sentWhole }: GroupClaim,
): Promise<ClaimedGroup[]> {
  const { applicationId } = lease;
  const waits = (userId: ReturnType<typeof sql>) => sql`LATERAL (
    SELECT 1 FROM pending p WHERE p.application_id = ${applicationId} AND p.kind = 'user' AND p.subject_id = ${userId}
    AND p.attempts = 0 AND p.due_at <= now() AND coalesce(p.hold_id, p.subject_id) = p.subject_id OFFSET 0) AS waiting`;
  const rows = await sql<GroupRow & MarkRow & { whole: boolean; has_old_list: boolean }>`
    WITH s AS (
      SELECT subject_id, generation, attempts, priority, approved, cause, whole, differing IS NOT NULL AS has_old_list, due_at FROM pending q
      WHERE application_id = ${applicationId} AND kind = 'group' AND hold_id IS NULL AND due_at <= now()
        AND ${isUnchanged(lease)} AND subject_id <> ALL (${uuids(busy)})
        AND NOT (whole AND EXISTS (
          SELECT 1 FROM group_members gm, ${waits(sql`gm.user_id`)} WHERE gm.group_id = q.subject_id))
        AND NOT EXISTS (
          SELECT 1 FROM pending_members pm, ${waits(sql`pm.user_id`)} WHERE pm.application_id = ${applicationId} AND pm.group_id = q.subject_id)
        AND NOT (${sentWhole} AND EXISTS (
          SELECT 1 FROM link_members lm, ${waits(sql`lm.user_id`)} WHERE lm.application_id = ${applicationId} AND lm.group_id = q.subject_id))
      ORDER BY priority, due_at, subject_id LIMIT ${limit})
    SELECT ${MARK_COLUMNS}, s.whole, s.has_old_list, ${groupColumns(applicationId)} FROM s ${groupJoins(applicationId)}
    ORDER BY s.priority, s.due_at, s.subject_id`.execute(db);
  const chains = await chainsOf(db, applicationId, rows.rows);
  return rows.rows.map((row) => ({
    mark: { ...markOf(row), whole: row.whole, hasOldList: row.has_old_list },
    facts: groupFacts(row, chains),
  }));
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
  const chains = await chainsOf(db, applicationId, rows.rows);
  return rows.rows.map((row) => groupFacts(row, chains));
}

/** Which of these groups are marked for a comparison of their whole membership. */
export async function wholeMarks(
  db: Handle,
  applicationId: string,
  groupIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ subject_id: string }>`
    SELECT subject_id FROM pending
    WHERE application_id = ${applicationId} AND kind = 'group' AND subject_id = ANY (${uuids(groupIds)}) AND whole`.execute(
    db,
  );
  return new Set(rows.map((row) => row.subject_id));
}

/** What is behind those names that others have; hardly ever are there any. */
function chainsOf(
  db: Handle,
  applicationId: string,
  rows: readonly GroupRow[],
): Promise<ReadonlyMap<string, NameChain>> {
  const waiting = rows.flatMap(({ subject_id: id, holder_id: holderId }) =>
    holderId === null ? [] : [{ id, holderId }],
  );
  return loadNameChains(db, applicationId, waiting);
}

function groupFacts(row: GroupRow, chains: ReadonlyMap<string, NameChain>): ClaimedGroup['facts'] {
  const chain = chains.get(row.subject_id);
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
            takeOver: row.take_over ?? false,
            troubled: row.troubled ?? false,
          },
    nameHeldBy:
      row.holder_id === null || chain === undefined
        ? null
        : { id: row.holder_id, name: row.holder_name ?? row.holder_id, ...chain },
  };
}
