/**
 * Settling: what came of a batch of steps, written in one transaction. It begins by locking the lane under the lease's
 * epoch, so that a process that lost its lease writes nothing (R43), and it deletes a mark only at the generation that was
 * worked on, so that a change made meanwhile is looked at again (R41).
 */
import { sql, type RawBuilder } from 'kysely';
import type { LinkWrite, MemberWrites, RecordError, Settlement } from '../provisioning/settlement.ts';
import { differingPairs } from './claims.ts';
import type { Tx, Handle } from './database.ts';
import { insertEvents } from './events.ts';
import { holdLane, type ConnectionState, type Lease } from './lanes.ts';

const rowset = (rows: readonly object[], columns: string): RawBuilder<unknown> =>
  sql`json_to_recordset(${JSON.stringify(rows)}::json) AS r(${sql.raw(columns)})`;

/** Writes a batch. Answers the state of the connection, which an administrator may have stopped. Throws LeaseLost. */
export async function settle(
  db: Handle,
  lease: Lease,
  batch: readonly Settlement[],
): Promise<ConnectionState> {
  return db.transaction().execute(async (tx) => {
    const state = await holdLane(tx, lease);
    const settled = await refuseTakenAccounts(tx, lease.applicationId, batch);
    await forgetLinks(tx, lease.applicationId, settled);
    await writeUserLinks(tx, lease.applicationId, settled);
    await writeGroupLinks(tx, lease.applicationId, settled);
    await writeMembers(tx, lease.applicationId, settled);
    await markMembershipsOfJoined(tx, lease.applicationId, settled);
    await markMembershipsOfLeft(tx, lease.applicationId, settled);
    await spreadMemberships(tx, lease.applicationId, settled);
    await writePending(tx, lease.applicationId, settled);
    await insertEvents(
      tx,
      lease.applicationId,
      settled.flatMap((one) => one.event ?? []),
    );
    return state;
  });
}

/**
 * Two directory users never share an account (R17): a newly found account that belongs to somebody else's link is
 * refused, naming both. The link of someone who left both the directory and the target gives its account up.
 */
async function refuseTakenAccounts(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<readonly Settlement[]> {
  const rows = batch
    .filter((one) => one.joined === true || one.kind === 'group')
    .flatMap((one) =>
      typeof one.link === 'object' && one.link.remoteId !== null
        ? [{ kind: one.kind, subject_id: one.subjectId, remote_id: one.link.remoteId }]
        : [],
    );
  if (rows.length === 0) return batch;
  const taken = await sql<{
    subject_id: string;
    holder_id: string;
    holder: string;
    departed: boolean;
    kind: string;
  }>`
    SELECT r.subject_id, l.subject_id AS holder_id, l.subject_name AS holder, r.kind,
      (l.kind = 'user' AND l.state <> 'active' AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = l.subject_id)) AS departed
    FROM ${rowset(rows, 'kind text, subject_id uuid, remote_id text')}
    CROSS JOIN LATERAL (
      SELECT * FROM links WHERE application_id = ${applicationId} AND kind = r.kind AND remote_id = r.remote_id OFFSET 0) AS l
    WHERE l.subject_id <> r.subject_id`.execute(tx);
  if (taken.rows.length === 0) return batch;
  const departed = taken.rows.filter((row) => row.departed).map((row) => row.holder_id);
  await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND user_id = ANY (${departed}::uuid[])`.execute(
    tx,
  );
  await sql`DELETE FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ANY (${departed}::uuid[])`.execute(
    tx,
  );
  const holders = new Map(
    taken.rows.filter((row) => !row.departed).map((row) => [row.subject_id, row.holder]),
  );
  return batch.map((one) => {
    const holder = holders.get(one.subjectId);
    return holder === undefined ? one : refuseTaken(one, holder);
  });
}

function refuseTaken(one: Settlement, holder: string): Settlement {
  if (typeof one.link !== 'object') return one;
  const thing = one.kind === 'user' ? 'account' : 'group';
  const error: RecordError = {
    code: one.kind === 'user' ? 'account-shared' : 'group-shared',
    message: `The ${thing} that the application holds for ${one.link.name} already belongs to ${holder}. Rollcall never shares one ${thing} between two records: give one of them another name.`,
    retrying: false,
  };
  const link: LinkWrite = {
    ...one.link,
    remoteId: null,
    state: 'absent',
    accepted: {},
    notAccepted: {},
    key: null,
    inFlight: null,
    error,
  };
  const event = one.event && { ...one.event, outcome: 'refused' as const, sentence: error.message };
  return {
    kind: one.kind,
    subjectId: one.subjectId,
    generation: one.generation,
    next: { do: 'done' },
    link,
    ...(event && { event }),
  };
}

async function forgetLinks(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  const forgotten = batch.filter((one) => one.link === 'forget');
  for (const kind of ['user', 'group'] as const) {
    const ids = forgotten.filter((one) => one.kind === kind).map((one) => one.subjectId);
    if (ids.length === 0) continue;
    await sql`DELETE FROM links WHERE application_id = ${applicationId} AND kind = ${kind} AND subject_id = ANY (${ids}::uuid[])`.execute(
      tx,
    );
    const column = kind === 'user' ? sql`user_id` : sql`group_id`;
    await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND ${column} = ANY (${ids}::uuid[])`.execute(
      tx,
    );
    await sql`DELETE FROM pending_members WHERE application_id = ${applicationId} AND ${column} = ANY (${ids}::uuid[])`.execute(
      tx,
    );
  }
}

const LINK_COLUMNS = `subject_id uuid, name text, remote_id text, state text, key text, accepted jsonb, not_accepted jsonb,
  error jsonb, attention jsonb, in_flight text, managed boolean, ends_kept boolean, ends_moving boolean`;

function linkRows(batch: readonly Settlement[], kind: Settlement['kind']): object[] {
  return batch.flatMap((one) =>
    one.kind === kind && typeof one.link === 'object' ? [linkRow(one.subjectId, one.link)] : [],
  );
}

function linkRow(subjectId: string, link: LinkWrite): object {
  return {
    subject_id: subjectId,
    name: link.name,
    remote_id: link.remoteId,
    state: link.state,
    key: link.key,
    accepted: link.accepted,
    not_accepted: link.notAccepted,
    error: link.error,
    attention: link.attention,
    in_flight: link.inFlight,
    managed: link.managed,
    ends_kept: link.endsKept,
    ends_moving: link.endsMoving,
  };
}

/** Merges, because a user who is refused before anything was sent has no link yet. */
async function writeUserLinks(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  const rows = linkRows(batch, 'user');
  if (rows.length === 0) return;
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted, not_accepted, error,
      attention, in_flight, managed)
    SELECT ${applicationId}::uuid, 'user', r.subject_id, r.name, r.remote_id, r.state, r.key, r.accepted, r.not_accepted, r.error,
      r.attention, r.in_flight, r.managed
    FROM ${rowset(rows, LINK_COLUMNS)}
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET
      subject_name = excluded.subject_name, remote_id = excluded.remote_id, state = excluded.state, key = excluded.key,
      accepted = excluded.accepted, not_accepted = excluded.not_accepted, error = excluded.error, attention = excluded.attention,
      in_flight = excluded.in_flight, managed = excluded.managed, updated_at = now()`.execute(tx);
  await endChoices(tx, applicationId, batch);
}

async function endChoices(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  const rows = batch.flatMap((one) =>
    typeof one.link === 'object' && (one.link.endsKept || one.link.endsMoving)
      ? [linkRow(one.subjectId, one.link)]
      : [],
  );
  if (rows.length === 0) return;
  await sql`
    UPDATE links l SET kept = l.kept AND NOT r.ends_kept, moving = l.moving AND NOT r.ends_moving
    FROM ${rowset(rows, LINK_COLUMNS)}
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = r.subject_id`.execute(
    tx,
  );
}

/** Only updates: a group that was unbound meanwhile has no link any more and must not get one back (R24). */
async function writeGroupLinks(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  const rows = linkRows(batch, 'group');
  if (rows.length === 0) return;
  await sql`
    UPDATE links l SET subject_name = r.name, remote_id = r.remote_id, state = r.state, key = r.key, accepted = r.accepted,
      not_accepted = r.not_accepted, error = r.error, attention = r.attention, in_flight = r.in_flight, updated_at = now()
    FROM ${rowset(rows, LINK_COLUMNS)}
    WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = r.subject_id`.execute(
    tx,
  );
}

async function writeMembers(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  for (const one of batch) {
    if (one.members !== undefined) await writeMembersOf(tx, applicationId, one.subjectId, one.members);
  }
}

async function writeMembersOf(
  tx: Tx,
  applicationId: string,
  groupId: string,
  members: MemberWrites,
): Promise<void> {
  const here = sql`application_id = ${applicationId} AND group_id = ${groupId}`;
  if (members.fresh === true) await sql`DELETE FROM link_members WHERE ${here}`.execute(tx);
  if (members.removed.length > 0) {
    await sql`DELETE FROM link_members WHERE ${here} AND user_id = ANY (${[...members.removed]}::uuid[])`.execute(
      tx,
    );
  }
  const kept = [
    ...members.added.map((userId) => ({ user_id: userId, error: null })),
    ...members.refused.map(({ userId, error }) => ({ user_id: userId, error })),
  ];
  if (kept.length > 0) {
    await sql`
      INSERT INTO link_members (application_id, group_id, user_id, error)
      SELECT ${applicationId}::uuid, ${groupId}::uuid, r.user_id, r.error
      FROM ${rowset(kept, 'user_id uuid, error jsonb')}
      WHERE EXISTS (SELECT 1 FROM links l WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = ${groupId})
      ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET error = excluded.error`.execute(tx);
  }
  if (members.pairs.length === 0) return;
  const pairs = members.pairs.map(({ userId, generation }) => ({ user_id: userId, generation }));
  await sql`
    DELETE FROM pending_members p USING ${rowset(pairs, 'user_id uuid, generation bigint')}
    WHERE p.application_id = ${applicationId} AND p.group_id = ${groupId} AND p.user_id = r.user_id AND p.generation = r.generation`.execute(
    tx,
  );
}

/**
 * A user who came into the target, new or back: whatever the target held of their memberships may be gone (R13), so each
 * of their bound groups looks at them again; groups that look at their whole membership anyway need no mark.
 */
async function markMembershipsOfJoined(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const ids = batch
    .filter((one) => one.joined === true && typeof one.link === 'object')
    .map((one) => one.subjectId);
  if (ids.length === 0) return;
  await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND user_id = ANY (${ids}::uuid[])`.execute(
    tx,
  );
  await markPairs(
    tx,
    applicationId,
    sql`
      SELECT gm.group_id, gm.user_id FROM group_members gm
      JOIN application_groups ag ON ag.group_id = gm.group_id AND ag.application_id = ${applicationId}
      WHERE gm.user_id = ANY (${ids}::uuid[]) AND NOT EXISTS (
        SELECT 1 FROM pending p WHERE p.application_id = ${applicationId} AND p.kind = 'group' AND p.subject_id = gm.group_id AND p.whole)`,
  );
}

async function markMembershipsOfLeft(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const idsOf = (how: 'dropped' | 'kept'): string[] =>
    batch.filter((one) => one.left === how).map((one) => one.subjectId);
  const dropped = idsOf('dropped');
  if (dropped.length > 0) {
    await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND user_id = ANY (${dropped}::uuid[])`.execute(
      tx,
    );
  }
  const kept = idsOf('kept');
  if (kept.length === 0) return;
  await markPairs(
    tx,
    applicationId,
    sql`SELECT group_id, user_id FROM link_members WHERE application_id = ${applicationId} AND user_id = ANY (${kept}::uuid[])`,
  );
}

/** Marks memberships and, for each of them, its group. */
async function markPairs(tx: Tx, applicationId: string, pairs: RawBuilder<unknown>): Promise<void> {
  await sql`
    WITH pairs AS (${pairs}),
    marked AS (
      INSERT INTO pending_members (application_id, group_id, user_id)
      SELECT ${applicationId}::uuid, group_id, user_id FROM pairs
      ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET generation = pending_members.generation + 1)
    INSERT INTO pending (application_id, kind, subject_id, priority)
    SELECT DISTINCT ${applicationId}::uuid, 'group', group_id, 1 FROM pairs
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET generation = pending.generation + 1, due_at = least(pending.due_at, now())`.execute(
    tx,
  );
}

/**
 * Turns "compare the whole membership" into marks for the members that differ, once, so that every request after it costs
 * what it sends and not what the group holds.
 */
async function spreadMemberships(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  for (const { subjectId } of batch.filter((one) => one.spread === true)) {
    await sql`
      INSERT INTO pending_members (application_id, group_id, user_id) ${differingPairs(applicationId, subjectId)}
      ON CONFLICT (application_id, group_id, user_id) DO NOTHING`.execute(tx);
  }
}

async function writePending(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  const rows = batch.map((one) => ({
    kind: one.kind,
    subject_id: one.subjectId,
    generation: one.generation,
    next: one.next.do,
    delay: one.next.do === 'later' ? one.next.delayMs / 1000 : 0,
    spread: one.spread ?? false,
  }));
  const done = rows.filter((row) => row.next === 'done');
  const kept = rows.filter((row) => row.next !== 'done');
  const columns =
    'kind text, subject_id uuid, generation bigint, next text, delay double precision, spread boolean';
  const same = sql`p.application_id = ${applicationId} AND p.kind = r.kind AND p.subject_id = r.subject_id`;
  if (done.length > 0) {
    // By row and not by join: without statistics, a join would read every mark of the application. The lane is locked, so
    // that nobody moves a row between the two.
    await sql`
      DELETE FROM pending WHERE ctid = ANY (ARRAY(
        SELECT mark.ctid FROM ${rowset(done, columns)}, LATERAL (
          SELECT p.ctid FROM pending p WHERE ${same} AND p.generation = r.generation OFFSET 0) AS mark))`.execute(
      tx,
    );
  }
  if (kept.length === 0) return;
  await sql`
    UPDATE pending p SET whole = p.whole AND NOT r.spread,
      due_at = CASE WHEN p.generation <> r.generation THEN p.due_at
        ELSE now() + make_interval(secs => CASE WHEN r.next = 'again' AND p.attempts >= 3 THEN least(300, 2 ^ p.attempts) ELSE r.delay END) END,
      attempts = CASE WHEN p.generation <> r.generation OR r.next = 'continue' THEN 0 ELSE p.attempts + 1 END
    FROM ${rowset(kept, columns)} WHERE ${same}`.execute(tx);
}
