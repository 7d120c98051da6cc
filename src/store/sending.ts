/**
 * What is under way (R42). A request whose answer is lost may have been done: a create is then asked for and never repeated
 * blindly, anything else is said again, whatever is wanted by then. So it is written down before it is sent: users of a lane
 * in one row of `lane_sending`, because there are thousands of them a second, groups on their links, because those must exist only while the
 * group is bound.
 */
import { sql, type RawBuilder } from 'kysely';
import { userNameKey } from '../provisioning/user-name-key.ts';
import type { Handle, Tx } from './database.ts';
import { holdLane, LeaseLost, stateFor, type LaneState, type Lease } from './lease.ts';
import { rowset } from './rowset.ts';

/** A step that is about to be sent. */
export interface Sending {
  readonly id: string;
  /** What people call the record. */
  readonly name: string;
  readonly creates: boolean;
  /** The `userName` or group name of a create; the kind of any other step. */
  readonly sentAs: string;
}

/** The same of a group. */
export interface SendingGroup extends Omit<Sending, 'sentAs'> {
  /** Null where it is only looked for: nothing is made under its name. */
  readonly sentAs: string | null;
}

/** As it is stored. */
interface SendingRow {
  readonly id: string;
  readonly name: string;
  readonly creates: boolean;
  readonly sent_as: string;
}

const COLUMNS = sql`id uuid, name text, creates boolean, sent_as text`;

function rowsOf(sending: readonly SendingGroup[]): string {
  return JSON.stringify(
    sending.map(({ id, name, creates, sentAs }) => ({ id, name, creates, sent_as: sentAs })),
  );
}

/**
 * Writes all the steps of users that are under way in a lane, in place of those that its epoch wrote before. Answers the
 * state of the connection, which an administrator may have stopped. Throws LeaseLost. It waits for nobody: where the lease
 * is lost between the look and the write, the successor finds a row more, and the sender sends nothing (`Target.maySend`).
 */
export async function writeSendingUsers(
  db: Handle,
  lease: Lease,
  sending: readonly Sending[],
): Promise<LaneState> {
  const written = await sql<{ idm_state: LaneState }>`
    WITH held AS (
      SELECT l.application_id, l.epoch, ${stateFor(lease)} AS idm_state FROM lanes l JOIN applications a ON a.id = l.application_id
      WHERE l.application_id = ${lease.applicationId} AND l.owner = ${lease.owner} AND l.epoch = ${lease.epoch}),
    written AS (
      INSERT INTO lane_sending (application_id, epoch, steps) SELECT application_id, epoch, ${rowsOf(sending)}::json FROM held
      ON CONFLICT (application_id, epoch) DO UPDATE SET steps = excluded.steps)
    SELECT idm_state FROM held`.execute(db);
  const row = written.rows[0];
  if (row === undefined) throw new LeaseLost(lease);
  return row.idm_state;
}

/**
 * What processes left under way when they died: each such user gets it on their link, which makes the plan ask the target
 * first, or say it again, and is looked at again.
 */
export async function recoverSendingUsers(db: Handle, lease: Lease): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const state = await holdLane(tx, lease);
    const { applicationId } = lease;
    const left = await leftUnderWay(tx, applicationId);
    await leaveOldAccounts(tx, applicationId, left);
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, key, in_flight)
      SELECT ${applicationId}::uuid, 'user', id, name, 'absent', key, sent_as FROM ${left} WHERE creates
      ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET in_flight = excluded.in_flight, key = excluded.key
        WHERE links.remote_id IS NULL`.execute(tx);
    await sql`
      UPDATE links l SET in_flight = r.sent_as FROM ${left}
      WHERE NOT r.creates AND l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = r.id
        AND l.remote_id IS NOT NULL`.execute(tx);
    if (state !== 'inactive') await markLeft(tx, applicationId, left);
    await sql`DELETE FROM lane_sending WHERE application_id = ${applicationId}`.execute(tx);
  });
}

/** While a connection is inactive nothing is marked: activating it looks at everybody. */
async function markLeft(tx: Tx, applicationId: string, left: RawBuilder<unknown>): Promise<void> {
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority)
    SELECT ${applicationId}::uuid, 'user', id, CASE WHEN creates THEN 1 ELSE 0 END FROM ${left}
    ON CONFLICT (application_id, kind, subject_id) DO NOTHING`.execute(tx);
}

/** A create beside an account that was left before, in a move (R15), may have made the new one: the old one is given up. */
async function leaveOldAccounts(tx: Tx, applicationId: string, left: RawBuilder<unknown>): Promise<void> {
  await sql`
    WITH given_up AS (
      UPDATE links l SET remote_id = NULL, state = 'absent', accepted = '{}', not_accepted = '{}', moving = false FROM ${left}
      WHERE r.creates AND l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = r.id
        AND l.moving AND l.state = 'inactive' AND l.remote_id IS NOT NULL AND l.in_flight IS NULL
      RETURNING l.subject_id)
    DELETE FROM link_members m USING given_up g WHERE m.application_id = ${applicationId} AND m.user_id = g.subject_id`.execute(
    tx,
  );
}

/** The last step of each user that was under way, each with the key of the `userName` that it may have made. */
async function leftUnderWay(tx: Tx, applicationId: string): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<SendingRow>`
    SELECT DISTINCT ON (r.id) r.* FROM lane_sending s, json_to_recordset(s.steps) AS r(${COLUMNS})
    WHERE s.application_id = ${applicationId} ORDER BY r.id, s.epoch DESC`.execute(tx);
  const keyed = rows.map((row) => ({ ...row, key: row.creates ? userNameKey(row.sent_as) : null }));
  return rowset(keyed, 'id uuid, name text, creates boolean, sent_as text, key text');
}

/**
 * Writes steps of groups on their links. Answers which: none of a stopped connection, and no group that was unbound
 * meanwhile (R24).
 */
export async function writeSendingGroups(
  db: Handle,
  lease: Lease,
  sending: readonly SendingGroup[],
): Promise<ReadonlySet<string>> {
  return db.transaction().execute(async (tx) => {
    if ((await holdLane(tx, lease)) !== 'active') return new Set<string>();
    const creates = sending.filter((one) => one.creates);
    const others = sending.filter((one) => !one.creates);
    return new Set([
      ...(await insertCreates(tx, lease.applicationId, creates)),
      ...(await updateLinks(tx, lease.applicationId, others)),
    ]);
  });
}

async function insertCreates(
  tx: Tx,
  applicationId: string,
  creates: readonly SendingGroup[],
): Promise<readonly string[]> {
  if (creates.length === 0) return [];
  const written = await sql<{ subject_id: string }>`
    INSERT INTO links (application_id, kind, subject_id, subject_name, state, key, in_flight)
    SELECT ag.application_id, 'group', r.id, r.name, 'absent', lower(r.sent_as), r.sent_as
    FROM json_to_recordset(${rowsOf(creates)}::json) AS r(${COLUMNS})
    JOIN application_groups ag ON ag.application_id = ${applicationId} AND ag.group_id = r.id
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET in_flight = excluded.in_flight, key = excluded.key
    RETURNING subject_id`.execute(tx);
  return written.rows.map((row) => row.subject_id);
}

async function updateLinks(
  tx: Tx,
  applicationId: string,
  steps: readonly SendingGroup[],
): Promise<readonly string[]> {
  if (steps.length === 0) return [];
  const written = await sql<{ subject_id: string }>`
    UPDATE links l SET in_flight = r.sent_as FROM json_to_recordset(${rowsOf(steps)}::json) AS r(${COLUMNS})
    WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = r.id
    RETURNING l.subject_id`.execute(tx);
  return written.rows.map((row) => row.subject_id);
}

/** A group's step that was written and then not sent: its link says again what it said before, unless it was given up meanwhile. */
export async function unwriteSendingGroup(
  db: Handle,
  lease: Lease,
  group: { readonly id: string; readonly remoteId: string | null; readonly inFlight: string | null },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await holdLane(tx, lease);
    await sql`
      UPDATE links SET in_flight = ${group.inFlight}::text,
        key = CASE WHEN remote_id IS NULL THEN lower(${group.inFlight}::text) ELSE key END
      WHERE application_id = ${lease.applicationId} AND kind = 'group' AND subject_id = ${group.id}
        AND remote_id IS NOT DISTINCT FROM ${group.remoteId}::text`.execute(tx);
  });
}
