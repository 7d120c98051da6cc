/** Turning a connection off: nothing is sent any more, and what would have been is forgotten; links stay (R5). */
import { sql } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type { Application } from './applications.ts';
import { logConnection, requireUnchanged, setState } from './connection-state.ts';
import type { Tx } from './database.ts';
import { markDiffering } from './differing.ts';
import { closeOpenHold } from './holds.ts';
import { lockLane, notifyLane } from './lanes.ts';
import { failRoster, lockRoster } from './roster.ts';
import { lockScope } from './scope.ts';

/** The first statements of a transaction. Throws a `Problem` where the connection is not in the state of `application` any more. */
export async function deactivateConnection(tx: Tx, application: Application, cause: Cause): Promise<void> {
  const { id, label } = application;
  await lockScope(tx);
  await lockRoster(tx, id);
  await requireUnchanged(tx, application);
  await lockLane(tx, id);
  await setState(tx, id, 'inactive');
  await stopLane(tx, id);
  await failRoster(tx, id, 'The connection was deactivated while the users were read.');
  await dropMarks(tx, id);
  await closeOpenHold(tx, id);
  await notifyLane(tx, id);
  const sentence = `Deactivated the connection of ${label}; what the application holds stays as it is`;
  await logConnection(tx, application, {
    operation: 'deactivateConnection',
    outcome: 'done',
    sentence,
    cause,
  });
}

/** Nothing of the lane is due. */
async function stopLane(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE lanes SET due_at = 'infinity', inventory_due_at = 'infinity' WHERE application_id = ${applicationId}`.execute(
    tx,
  );
}

/**
 * Nothing is pending in an inactive connection: not by what is settled after it was deactivated either, which activation looks at anyway.
 * The members of a group whose last request has no answer yet keep theirs: they are made sure of after the next activation (R42).
 */
export async function dropMarks(tx: Tx, applicationId: string): Promise<void> {
  await markDiffering(tx, applicationId);
  await sql`DELETE FROM pending WHERE application_id = ${applicationId}`.execute(tx);
  await sql`
    DELETE FROM pending_members p WHERE application_id = ${applicationId} AND NOT EXISTS (
      SELECT 1 FROM links l WHERE l.application_id = p.application_id AND l.kind = 'group' AND l.subject_id = p.group_id
      AND l.in_flight IS NOT NULL)`.execute(tx);
}
