/** The part of a settle that writes memberships, and marks those that have to be looked at again. */
import { sql, type RawBuilder } from 'kysely';
import type { MemberWrites, RecordError, Settlement } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { idRows, rowset, uuids } from './rowset.ts';
import { runTogether, type Part } from './together.ts';

interface MemberRow {
  readonly group_id: string;
  readonly user_id: string;
}

interface Written {
  /** Groups of which everything that was accepted before is replaced. */
  readonly fresh: readonly string[];
  readonly removed: readonly MemberRow[];
  readonly added: readonly MemberRow[];
  readonly refused: readonly (MemberRow & { readonly error: RecordError })[];
  readonly answered: readonly (MemberRow & { readonly generation: string })[];
  readonly marked: readonly MemberRow[];
}

const MEMBER = [
  ['group_id', 'uuid'],
  ['user_id', 'uuid'],
] as const;

/** What the target accepted or refused, and the marks that are done with. A batch has a group once at most. */
export async function writeMembers(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const { fresh, removed, added, refused, answered, marked } = writtenOf(batch);
  if (fresh.length > 0)
    await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND group_id = ANY (${uuids(fresh)})`.execute(
      tx,
    );
  if (removed.length > 0) await deleteRows(tx, sql`link_members`, applicationId, idRows(removed, MEMBER));
  if (added.length > 0) await insertMembers(tx, applicationId, idRows(added, MEMBER), sql`NULL`);
  if (refused.length > 0) {
    const rows = rowset(refused, 'group_id uuid, user_id uuid, error jsonb');
    await insertMembers(tx, applicationId, rows, sql`r.error`);
  }
  if (answered.length > 0) {
    const rows = idRows(answered, [...MEMBER, ['generation', 'bigint']]);
    await deleteRows(tx, sql`pending_members`, applicationId, rows, sql`AND p.generation = r.generation`);
  }
  if (marked.length > 0) await markMembers(tx, applicationId, idRows(marked, MEMBER));
}

/** A group that was unbound meanwhile has no link any more, and holds nobody (R24). */
const isLinked = (applicationId: string) => sql`EXISTS (
  SELECT 1 FROM links l WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = r.group_id)`;

async function insertMembers(
  tx: Tx,
  applicationId: string,
  rows: RawBuilder<unknown>,
  error: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    INSERT INTO link_members (application_id, group_id, user_id, error)
    SELECT ${applicationId}::uuid, r.group_id, r.user_id, ${error} FROM ${rows}
    WHERE ${isLinked(applicationId)}
    ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET error = excluded.error`.execute(tx);
}

async function markMembers(tx: Tx, applicationId: string, rows: RawBuilder<unknown>): Promise<void> {
  await sql`
    INSERT INTO pending_members (application_id, group_id, user_id)
    SELECT ${applicationId}::uuid, r.group_id, r.user_id FROM ${rows}
    WHERE ${isLinked(applicationId)}
    ON CONFLICT (application_id, group_id, user_id) DO NOTHING`.execute(tx);
}

function writtenOf(batch: readonly Settlement[]): Written {
  const written = batch.flatMap(({ subjectId, members }) =>
    members === undefined ? [] : [{ groupId: subjectId, members }],
  );
  const rows = <Row extends object>(of: (members: MemberWrites) => readonly Row[]) =>
    written.flatMap(({ groupId, members }) => of(members).map((row) => ({ group_id: groupId, ...row })));
  const users = (ids: readonly string[]) => ids.map((id) => ({ user_id: id }));
  return {
    fresh: written.filter(({ members }) => members.fresh === true).map(({ groupId }) => groupId),
    removed: rows(({ removed }) => users(removed)),
    added: rows(({ added }) => users(added)),
    refused: rows(({ refused }) => refused.map(({ userId, error }) => ({ user_id: userId, error }))),
    answered: rows(({ answered }) =>
      answered.map(({ userId, generation }) => ({ user_id: userId, generation })),
    ),
    marked: rows(({ marked }) => users(marked ?? [])),
  };
}

/** By row and not by join: without statistics, a join would read every membership of the application. */
async function deleteRows(
  tx: Tx,
  table: RawBuilder<unknown>,
  applicationId: string,
  rows: RawBuilder<unknown>,
  condition = sql``,
): Promise<void> {
  await sql`
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
      SELECT row.ctid FROM ${rows}, LATERAL (
        SELECT p.ctid FROM ${table} p WHERE p.application_id = ${applicationId} AND p.group_id = r.group_id
          AND p.user_id = r.user_id ${condition} OFFSET 0) AS row))`.execute(tx);
}

/**
 * Whether membership `lm` is of the application: `IS TRUE` keeps the planner from looking through all of the application's for a user's
 * while it does not know how many there are.
 */
const isOf = (applicationId: string) => sql`(lm.application_id = ${applicationId}) IS TRUE`;

/**
 * A user who came into the target, new or back: whatever the target held of their memberships may be gone (R13), so each
 * of their bound groups looks at them again; groups whose whole membership is still to be compared need no mark. It may also be
 * there still, where the answer to their leaving was lost (R42): groups that they are not in any more have yet to take
 * them out, and must not forget it.
 */
export function joinedParts(applicationId: string, batch: readonly Settlement[]): Part[] {
  const ids = batch
    .filter((one) => one.joined === true && typeof one.link === 'object')
    .map((one) => one.subjectId);
  if (ids.length === 0) return [];
  const joined = sql`unnest(${uuids(ids)}) AS joined(user_id)`;
  // Sets that are read once for all of them: `IS TRUE` keeps the planner from looking them up again for each user.
  const memberships = sql`
    SELECT member.group_id, joined.user_id FROM ${joined}, LATERAL (
      SELECT group_id FROM group_members WHERE user_id = joined.user_id OFFSET 0) AS member
    WHERE (member.group_id IN (SELECT group_id FROM application_groups WHERE application_id = ${applicationId})) IS TRUE
      AND (member.group_id IN (
        SELECT subject_id FROM pending WHERE application_id = ${applicationId} AND kind = 'group' AND whole AND differing IS NULL)) IS NOT TRUE`;
  const dropped = sql`
    DELETE FROM link_members WHERE ctid = ANY (ARRAY(
      SELECT held.ctid FROM ${joined}, LATERAL (
        SELECT lm.ctid FROM link_members lm WHERE lm.user_id = joined.user_id AND ${isOf(applicationId)} AND (
          lm.error IS NOT NULL OR EXISTS (
            SELECT 1 FROM group_members gm WHERE gm.group_id = lm.group_id AND gm.user_id = lm.user_id))
        OFFSET 0) AS held))`;
  return [{ name: 'dropped', statement: dropped }, ...membershipParts(applicationId, memberships)];
}

/**
 * A user who left the target: their memberships went with them, or are taken out one by one. A group that may be adding
 * them in this moment, because of a mark or of a comparison that has not been settled, looks at them again (R12).
 */
export async function markMembershipsOfLeft(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const idsOf = (how: 'dropped' | 'kept'): string[] =>
    batch.filter((one) => one.left === how).map((one) => one.subjectId);
  const [dropped, kept] = [idsOf('dropped'), idsOf('kept')];
  if (dropped.length > 0) {
    await sql`DELETE FROM link_members lm WHERE lm.user_id = ANY (${uuids(dropped)}) AND ${isOf(applicationId)}`.execute(
      tx,
    );
  }
  const left = [...dropped, ...kept];
  if (left.length === 0) return;
  const memberships = sql`
    SELECT group_id, user_id FROM link_members lm WHERE lm.user_id = ANY (${uuids(kept)}) AND ${isOf(applicationId)}
    UNION
    SELECT p.subject_id, listed.user_id FROM pending p, LATERAL unnest(p.differing) AS listed(user_id)
    WHERE p.application_id = ${applicationId} AND p.kind = 'group' AND p.differing IS NOT NULL AND listed.user_id = ANY (${uuids(left)})
    UNION
    SELECT marked.group_id, marked.user_id FROM pending p, LATERAL (
      SELECT group_id, user_id FROM pending_members
      WHERE application_id = p.application_id AND group_id = p.subject_id AND user_id = ANY (${uuids(left)}) OFFSET 0) AS marked
    WHERE p.application_id = ${applicationId} AND p.kind = 'group'`;
  await runTogether(tx, membershipParts(applicationId, memberships));
}

/** Marks memberships and, for each of them, its group: because of what one of its users was looked at for. */
export function membershipParts(applicationId: string, memberships: RawBuilder<unknown>): Part[] {
  const members = sql`
    INSERT INTO pending_members (application_id, group_id, user_id)
    SELECT ${applicationId}::uuid, group_id, user_id FROM memberships
    ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET generation = excluded.generation`;
  const groups = sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, cause)
    SELECT ${applicationId}::uuid, 'group', group_id, 1, (
      SELECT cause FROM pending u WHERE u.application_id = ${applicationId} AND u.kind = 'user' AND u.subject_id = (array_agg(user_id))[1])
    FROM memberships GROUP BY group_id
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET generation = excluded.generation, due_at = least(pending.due_at, now())`;
  return [
    { name: 'memberships', statement: memberships },
    { name: 'marked_members', statement: members },
    { name: 'marked_groups', statement: groups },
  ];
}
