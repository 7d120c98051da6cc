/**
 * Creates that are under way (R42). A lost answer must be asked for and never repeated blindly, so what is about to be
 * created is written down before it is sent: users of a lane in one row, because there are thousands of them a second, groups on
 * their links, because those must exist only while the group is bound.
 */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { holdLane, LeaseLost, type ConnectionState, type Lease } from './lanes.ts';

/** A create that is about to be sent. */
export interface Create {
  readonly id: string;
  /** What people call the record. */
  readonly name: string;
  /** The `userName` or group name that is sent. */
  readonly sentAs: string;
}

/**
 * Writes all the creates of users that are under way in a lane, in place of those written before. Answers the state of the
 * connection, which an administrator may have stopped. Throws LeaseLost.
 */
export async function writeUserCreates(
  db: Handle,
  lease: Lease,
  creates: readonly Create[],
): Promise<ConnectionState> {
  const rows = creates.map(({ id, name, sentAs }) => ({ id, name, sent_as: sentAs }));
  const written = await sql<{ idm_state: ConnectionState }>`
    UPDATE lanes l SET creating = ${JSON.stringify(rows)}::json FROM applications a
    WHERE a.id = l.application_id AND l.application_id = ${lease.applicationId} AND l.owner = ${lease.owner} AND l.epoch = ${lease.epoch}
    RETURNING a.idm_state`.execute(db);
  const row = written.rows[0];
  if (row === undefined) throw new LeaseLost(lease);
  return row.idm_state;
}

/**
 * What a process left under way when it died: each such user gets the name on their link, which makes the plan ask the
 * target first, and is looked at again.
 */
export async function recoverUserCreates(db: Handle, lease: Lease): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await holdLane(tx, lease);
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, key, in_flight)
      SELECT l.application_id, 'user', r.id, r.name, 'absent', lower(r.sent_as), r.sent_as
      FROM lanes l, json_to_recordset(coalesce(l.creating, '[]')) AS r(id uuid, name text, sent_as text)
      WHERE l.application_id = ${lease.applicationId}
      ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET in_flight = excluded.in_flight, key = excluded.key
        WHERE links.remote_id IS NULL`.execute(tx);
    await sql`
      INSERT INTO pending (application_id, kind, subject_id, priority)
      SELECT l.application_id, 'user', r.id, 1 FROM lanes l, json_to_recordset(coalesce(l.creating, '[]')) AS r(id uuid)
      WHERE l.application_id = ${lease.applicationId}
      ON CONFLICT (application_id, kind, subject_id) DO NOTHING`.execute(tx);
    await sql`UPDATE lanes SET creating = NULL WHERE application_id = ${lease.applicationId}`.execute(tx);
  });
}

/** Writes creates of groups on their links. Answers which: none of a stopped connection, and no group that was unbound meanwhile (R24). */
export async function writeGroupCreates(
  db: Handle,
  lease: Lease,
  creates: readonly Create[],
): Promise<ReadonlySet<string>> {
  return db.transaction().execute(async (tx) => {
    if ((await holdLane(tx, lease)) !== 'active') return new Set<string>();
    return insertGroupCreates(tx, lease.applicationId, creates);
  });
}

async function insertGroupCreates(
  tx: Tx,
  applicationId: string,
  creates: readonly Create[],
): Promise<ReadonlySet<string>> {
  const rows = creates.map(({ id, name, sentAs }) => ({ id, name, sent_as: sentAs }));
  const written = await sql<{ subject_id: string }>`
    INSERT INTO links (application_id, kind, subject_id, subject_name, state, key, in_flight)
    SELECT ag.application_id, 'group', r.id, r.name, 'absent', lower(r.sent_as), r.sent_as
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r(id uuid, name text, sent_as text)
    JOIN application_groups ag ON ag.application_id = ${applicationId} AND ag.group_id = r.id
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET in_flight = excluded.in_flight, key = excluded.key
    RETURNING subject_id`.execute(tx);
  return new Set(written.rows.map((row) => row.subject_id));
}
