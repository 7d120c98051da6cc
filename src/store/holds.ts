/** Holds: leavers whom the brake keeps until an administrator has seen them (R46). */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { LeaverCounts } from '../provisioning/brake.ts';
import { count } from '../count.ts';
import { conflict, notFound } from '../errors.ts';
import type { Cause, EventWrite } from '../provisioning/settlement.ts';
import type { Handle, Tx } from './database.ts';
import { insertEvents } from './events.ts';
import { getApplication } from './applications.ts';
import { failAnew } from './failing.ts';
import { lockLane, wakeLane } from './lanes.ts';
import { holdLane, type Lease } from './lease.ts';
import { leavers, type Leaver } from './leavers.ts';
import { oweNotices } from './notices.ts';
import { wakeShared } from './settle-pending.ts';

export const holdStates = ['open', 'approved', 'rejected', 'closed'] as const;
export type HoldState = (typeof holdStates)[number];

/**
 * The state of hold `h` as people know it: one that nobody has decided is not open any more, but closed, which the table writes as
 * `rejected` by nobody.
 */
export const HOLD_STATE = sql<HoldState>`
  CASE WHEN h.state = 'rejected' AND h.decided_by IS NULL THEN 'closed' ELSE h.state END`;

/** Why leavers are held, on what that was decided, and those at hand. */
interface Braked {
  readonly reason: string;
  readonly counts: LeaverCounts;
  readonly atHand: readonly Leaver[];
}

/**
 * Holds every leaver that is marked or at hand, in the hold that is open already or in a new one; one at hand who has
 * changed since they were claimed is left to be looked at again. Administrators are told of a new one. Answers how many.
 */
export async function holdLeavers(
  db: Handle,
  lease: Lease,
  { reason, counts, atHand }: Braked,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await holdLane(tx, lease);
    const { applicationId } = lease;
    const open = await sql<{
      id: string;
    }>`SELECT id FROM holds WHERE application_id = ${applicationId} AND state = 'open'`.execute(tx);
    const id = open.rows[0]?.id ?? uuidv7();
    await sql`
      INSERT INTO holds (id, application_id, state, reason, detail)
      VALUES (${id}, ${applicationId}, 'open', ${reason}, ${JSON.stringify(counts)}::jsonb)
      ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, detail = excluded.detail`.execute(tx);
    const held = await sql`
      UPDATE pending SET hold_id = ${id} WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id IN (
        ${leavers(applicationId)}
        UNION SELECT p.subject_id FROM json_to_recordset(${JSON.stringify(atHand)}::json) AS r(id uuid, generation bigint)
          JOIN pending p ON p.application_id = ${applicationId} AND p.kind = 'user' AND p.subject_id = r.id
          AND p.generation = r.generation AND p.hold_id IS NULL AND NOT p.approved)`.execute(tx);
    await failAnew(tx, applicationId, id);
    const number = Number(held.numAffectedRows ?? 0n);
    const isNew = open.rows.length === 0;
    // Meanwhile all of them came back, or the connection was deactivated.
    if (isNew && number === 0) await sql`DELETE FROM holds WHERE id = ${id}`.execute(tx);
    else if (isNew) {
      const sentence = `Held ${deactivations(number)}: ${reason}`;
      await logHold(tx, applicationId, { operation: 'holdLeavers', outcome: 'stopped', sentence });
      await oweNotices(tx, applicationId, 'held');
    }
    return number;
  });
}

/**
 * Closes an open hold that nobody waits in any more, because all of them belong to the application again. Throws LeaseLost: a successor
 * may be putting leavers into it.
 */
export async function closeEmptyHold(db: Handle, lease: Lease): Promise<void> {
  const { applicationId } = lease;
  await db.transaction().execute(async (tx) => {
    await holdLane(tx, lease);
    const closed = await sql`
      UPDATE holds h SET state = 'rejected', decided_at = now(),
        reason = reason || ' Nobody waits in it any more, so it was closed.'
      WHERE application_id = ${applicationId} AND state = 'open' AND NOT EXISTS (SELECT 1 FROM pending p WHERE p.hold_id = h.id)`.execute(
      tx,
    );
    if (closed.numAffectedRows === 0n) return;
    const sentence = 'Closed a hold, because nobody waits in it any more';
    await logHold(tx, applicationId, { operation: 'closeHold', outcome: 'done', sentence });
  });
}

/**
 * Closes the open hold of a connection that is deactivated; whoever waits in it is forgotten with all that is pending. Nobody has
 * decided on them: where the connection is activated again, they are looked at anew.
 */
export async function closeOpenHold(tx: Tx, applicationId: string): Promise<void> {
  await sql`
    UPDATE holds SET state = 'rejected', decided_at = now(),
      reason = reason || ' The connection was deactivated, so it was closed, and nobody has decided.'
    WHERE application_id = ${applicationId} AND state = 'open'`.execute(tx);
}

interface HoldEvent extends Pick<EventWrite, 'outcome' | 'sentence' | 'cause'> {
  readonly operation: 'holdLeavers' | 'approveHold' | 'rejectHold' | 'closeHold';
}

/** A hold in the log of its application (R48). */
async function logHold(tx: Tx, applicationId: string, event: HoldEvent): Promise<void> {
  const { label: name } = await getApplication(tx, applicationId);
  const subject = { kind: 'application', id: applicationId, name } as const;
  await insertEvents(tx, applicationId, [{ ...event, subject }]);
}

const deactivations = (number: number): string => count(number, 'deactivation');

/** Writes what was decided of an open hold. Throws a `Problem` where it is not open any more. */
async function decide(
  tx: Tx,
  { applicationId, holdId }: { readonly applicationId: string; readonly holdId: string },
  state: 'approved' | 'rejected',
  { actor }: Cause,
): Promise<void> {
  await lockLane(tx, applicationId);
  const found = await sql<{ state: string }>`
    SELECT ${HOLD_STATE} AS state FROM holds h WHERE id = ${holdId} AND application_id = ${applicationId} FOR UPDATE`.execute(
    tx,
  );
  const hold = found.rows[0];
  if (hold === undefined) throw notFound('This hold');
  if (hold.state !== 'open') throw conflict(`This hold has been ${hold.state} already.`);
  await sql`UPDATE holds SET state = ${state}, decided_at = now(), decided_by = ${actor} WHERE id = ${holdId}`.execute(
    tx,
  );
}

/** Lets the held leavers pass, and answers how many. Throws a `Problem` where the hold is not open any more. */
export async function approveHold(
  tx: Tx,
  applicationId: string,
  holdId: string,
  cause: Cause,
): Promise<number> {
  await decide(tx, { applicationId, holdId }, 'approved', cause);
  const passed =
    await sql`UPDATE pending SET hold_id = NULL, approved = true, due_at = now() WHERE hold_id = ${holdId}`.execute(
      tx,
    );
  const number = Number(passed.numAffectedRows ?? 0n);
  const sentence = `Approved ${deactivations(number)} that had been held`;
  await logHold(tx, applicationId, { operation: 'approveHold', outcome: 'done', sentence, cause });
  await wakeLane(tx, applicationId);
  return number;
}

/** Leaves the held users' accounts as they are, until each is assigned again; answers how many. Throws a `Problem` as {@link approveHold} does. */
export async function rejectHold(
  tx: Tx,
  applicationId: string,
  holdId: string,
  cause: Cause,
): Promise<number> {
  await decide(tx, { applicationId, holdId }, 'rejected', cause);
  await sql`
    UPDATE links SET kept = true, updated_at = now() WHERE application_id = ${applicationId} AND kind = 'user'
    AND subject_id IN (SELECT subject_id FROM pending WHERE hold_id = ${holdId})`.execute(tx);
  const stayed = await sql`DELETE FROM pending WHERE hold_id = ${holdId}`.execute(tx);
  // Of those who are kept, some may have departed by it.
  await wakeShared(tx, applicationId);
  await wakeLane(tx, applicationId);
  const number = Number(stayed.numAffectedRows ?? 0n);
  const sentence = `Rejected ${deactivations(number)} that had been held; the accounts stay as they are`;
  await logHold(tx, applicationId, { operation: 'rejectHold', outcome: 'done', sentence, cause });
  return number;
}
