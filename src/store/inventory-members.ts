/** The inventory of memberships: what a target's groups really hold becomes what we know of them, or is shown on their links. */
import { sql } from 'kysely';
import type { Behaviour } from '../connectors/connector.ts';
import type { Handle, Tx } from './database.ts';
import { INVENTORY_CAUSE, type Reading } from './inventory.ts';
import { LOOK_AGAIN } from './marks.ts';
import { isKnownMember } from './remote-ids.ts';

/** Linked groups whose members can be read, in order of id. */
export async function linkedGroups(
  db: Handle,
  reading: Reading,
  after: string,
  limit: number,
): Promise<AskedGroup[]> {
  const rows = await sql<{ id: string; remote_id: string }>`
    SELECT subject_id AS id, remote_id FROM links
    WHERE application_id = ${reading.applicationId} AND kind = 'group' AND state = 'active' AND remote_id IS NOT NULL
      AND updated_at < ${reading.startedAt} AND subject_id > ${after}
    ORDER BY subject_id LIMIT ${limit}`.execute(db);
  return rows.rows.map((row) => ({ id: row.id, remoteId: row.remote_id }));
}

/** A group as it was asked for. */
export interface AskedGroup {
  readonly id: string;
  readonly remoteId: string;
}

/** How many members a group lacks, and how many others are in it. */
export interface MemberDrift {
  readonly missing: number;
  readonly extra: number;
}

/**
 * Whether what was read of a group still says something: not where it was settled meanwhile, where a request is under way that may
 * change it, or where it is another group of the target by now. The lane is locked, so that it stays so.
 */
async function isAsAsked(tx: Tx, reading: Reading, { id, remoteId }: AskedGroup): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM links WHERE application_id = ${reading.applicationId} AND kind = 'group' AND subject_id = ${id}
      AND remote_id = ${remoteId} AND updated_at < ${reading.startedAt} AND in_flight IS NULL`.execute(tx);
  return rows.length > 0;
}

/** Policy `report`: in how many members a group differs is shown on its link; null where it does not. Answers whether it is. */
export async function reportMembers(
  tx: Tx,
  reading: Reading,
  group: AskedGroup,
  members: MemberDrift | null,
): Promise<boolean> {
  if (!(await isAsAsked(tx, reading, group))) return false;
  const found = JSON.stringify(members === null ? {} : { members });
  await sql`
    UPDATE links SET drift = nullif((coalesce(drift, '{}') - 'members') || ${found}::jsonb, '{}')
    WHERE application_id = ${reading.applicationId} AND kind = 'group' AND subject_id = ${group.id}
      AND (drift ? 'members' OR ${members !== null})`.execute(tx);
  return members !== null;
}

/**
 * What a group's membership really is becomes what we know of it. A group with members that Rollcall does not know is
 * to be taken over again, where those are to go.
 */
export async function learnMembers(
  tx: Tx,
  reading: Reading,
  group: AskedGroup & {
    readonly members: readonly string[];
    readonly unknownMembers: Behaviour['groups']['unknownMembers'];
  },
): Promise<void> {
  if (!(await isAsAsked(tx, reading, group))) return;
  const held = sql`
    SELECT l.subject_id AS user_id FROM links l WHERE l.application_id = ${reading.applicationId} AND l.kind = 'user'
    AND l.remote_id = ANY (${[...group.members]}::text[]) AND ${isKnownMember(group.unknownMembers)}`;
  const here = sql`application_id = ${reading.applicationId} AND group_id = ${group.id}`;
  const gone =
    await sql`DELETE FROM link_members WHERE ${here} AND error IS NULL AND user_id NOT IN (${held})`.execute(
      tx,
    );
  const come = await sql`
    INSERT INTO link_members (application_id, group_id, user_id)
    SELECT ${reading.applicationId}::uuid, ${group.id}::uuid, user_id FROM (${held}) AS h
    ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET error = NULL WHERE link_members.error IS NOT NULL`.execute(
    tx,
  );
  const known = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (${held}) AS h`.execute(tx);
  const strangers = group.unknownMembers === 'remove' && group.members.length > (known.rows[0]?.count ?? 0);
  const differs = strangers || (gone.numAffectedRows ?? 0n) > 0n || (come.numAffectedRows ?? 0n) > 0n;
  if (differs) await lookAgain(tx, reading, group.id, strangers);
}

async function lookAgain(tx: Tx, reading: Reading, groupId: string, takeOver: boolean): Promise<void> {
  if (takeOver) {
    await sql`
      UPDATE links SET take_over = true
      WHERE application_id = ${reading.applicationId} AND kind = 'group' AND subject_id = ${groupId}`.execute(
      tx,
    );
  }
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    VALUES (${reading.applicationId}, 'group', ${groupId}, 1, true, ${JSON.stringify(INVENTORY_CAUSE)}::jsonb)
    ${LOOK_AGAIN}`.execute(tx);
}
