/**
 * The roster: an application's users as they were last read, for import (R30). The users are rows of `remote_resources`,
 * which every reading fills, an inventory's too; this is how the reading goes, and when it is due.
 */
import { sql } from 'kysely';
import type { RecordKind } from '../provisioning/facts.ts';
import { MOST_MISSING } from '../provisioning/implausible.ts';
import type { Handle, Tx } from './database.ts';
import { forgetGone } from './gone.ts';
import { forgetUnseen, storePage, unshownUsers, type Reading, type RemoteRecord } from './inventory.ts';
import { holdLane, type Lease } from './lease.ts';
import { wakeLane } from './lanes.ts';

export interface Roster {
  /** `never`: nobody has read the application's users yet. */
  readonly state: 'never' | 'reading' | 'read' | 'failed';
  /** Read so far, or when it ended. */
  readonly seen: number;
  /** Why it failed. */
  readonly message: string | null;
  readonly startedAt: string | null;
  /** When a reading last came to its end: from then is the list. */
  readonly readAt: string | null;
}

const NEVER: Roster = { state: 'never', seen: 0, message: null, startedAt: null, readAt: null };

/** How the reading of an application's users stands; a roster that nobody read yet is empty. */
export async function getRoster(handle: Handle, applicationId: string): Promise<Roster> {
  const row = await handle
    .selectFrom('rosters')
    .selectAll()
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
  if (row === undefined || row.state === 'never') return NEVER;
  const [startedAt, readAt] = [row.started_at.toISOString(), row.read_at?.toISOString() ?? null];
  return { state: row.state, seen: row.seen, message: row.message, startedAt, readAt };
}

/** Asks for a reading now; one that is under way is not begun again. */
export async function requestRoster(tx: Tx, applicationId: string): Promise<void> {
  await beginRoster(tx, applicationId);
  await sql`UPDATE lanes SET roster_due_at = least(roster_due_at, now()) WHERE application_id = ${applicationId}`.execute(
    tx,
  );
  await wakeLane(tx, applicationId);
}

/** Whether somebody asked to read the application's users, and nobody has begun. */
export async function isRosterDue(db: Handle, applicationId: string): Promise<boolean> {
  const due =
    await sql`SELECT 1 FROM lanes WHERE application_id = ${applicationId} AND roster_due_at <= now()`.execute(
      db,
    );
  return due.rows.length > 0;
}

/** A reading begins. */
export async function beginRoster(handle: Handle, applicationId: string): Promise<void> {
  await sql`
    INSERT INTO rosters (application_id, state) VALUES (${applicationId}, 'reading')
    ON CONFLICT (application_id) DO UPDATE SET state = 'reading', seen = 0, message = NULL,
      started_at = CASE WHEN rosters.state = 'reading' THEN rosters.started_at ELSE now() END`.execute(
    handle,
  );
}

/**
 * Locks the roster, before the lane: imports of one application take turns on it, and its list is not exchanged under them. It is
 * made where nobody has read the users yet: a row that is not there locks nobody out.
 */
export async function lockRoster(tx: Tx, applicationId: string): Promise<void> {
  await sql`
    INSERT INTO rosters (application_id, state) VALUES (${applicationId}, 'never')
    ON CONFLICT (application_id) DO NOTHING`.execute(tx);
  await sql`SELECT 1 FROM rosters WHERE application_id = ${applicationId} FOR UPDATE`.execute(tx);
}

/**
 * Keeps a page of a reading. Throws LeaseLost: whoever lost the lane would make their own what the reading of a successor shows, which
 * then forgets it.
 */
export async function keepPage(
  db: Handle,
  lease: Lease,
  reading: Reading,
  kind: RecordKind,
  page: readonly RemoteRecord[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (kind === 'user') await lockRoster(tx, reading.applicationId);
    await holdLane(tx, lease);
    await storePage(tx, reading, kind, page);
    if (kind === 'user') await countRead(tx, reading.applicationId, page.length);
  });
}

/** So many more users were read. */
async function countRead(handle: Handle, applicationId: string, more: number): Promise<void> {
  await sql`UPDATE rosters SET seen = seen + ${more} WHERE application_id = ${applicationId}`.execute(handle);
}

/** How many users the reading has shown so far, each once. */
export async function countSeen(handle: Handle, reading: Reading): Promise<number> {
  const { rows } = await sql<{ seen: number }>`
    SELECT count(*)::int AS seen FROM remote_resources
    WHERE application_id = ${reading.applicationId} AND kind = 'user' AND run = ${reading.id}::uuid`.execute(
    handle,
  );
  return rows[0]?.seen ?? 0;
}

const NO_LONGER_DUE = (applicationId: string) =>
  sql`UPDATE lanes SET roster_due_at = 'infinity' WHERE application_id = ${applicationId}`;

/** Remote ids of accounts that are linked and not managed, and that the reading does not show; at most `limit`. */
export function missingUnmanaged(handle: Handle, reading: Reading, limit: number): Promise<string[]> {
  return unshownUsers(handle, reading, sql`NOT l.managed`, limit);
}

/**
 * The reading came to its end: what it did not show is not there any more. Links to it that are not managed are forgotten, each of
 * which was asked for by id; where there were too many to ask for, none is, because a person would become two (R31).
 */
export async function finishRoster(tx: Tx, reading: Reading): Promise<void> {
  await NO_LONGER_DUE(reading.applicationId).execute(tx);
  await forgetUnseen(tx, reading, 'user');
  await sql`
    UPDATE rosters SET state = 'read', seen = ${await countSeen(tx, reading)}, message = NULL, read_at = now()
    WHERE application_id = ${reading.applicationId}`.execute(tx);
  const missing = await missingUnmanaged(tx, reading, MOST_MISSING + 1);
  if (missing.length <= MOST_MISSING) await forgetGone(tx, reading.applicationId, sql`NOT l.managed`);
  // Only the columns by which users are found: a table that has just grown is taken for a small one until it is analyzed.
  await sql`ANALYZE (SKIP_LOCKED) remote_resources (application_id, kind, remote_id, key)`.execute(tx);
}

/** The reading ended before the list did; what was known before stays. */
export async function failRoster(handle: Handle, applicationId: string, message: string): Promise<void> {
  await NO_LONGER_DUE(applicationId).execute(handle);
  await sql`
    UPDATE rosters SET state = 'failed', message = ${message} WHERE application_id = ${applicationId} AND state = 'reading'`.execute(
    handle,
  );
}
