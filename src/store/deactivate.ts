/** Turning a connection off: nothing is sent any more, and what would have been is forgotten; links stay (R5). */
import { sql } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type { Application } from './applications.ts';
import { logConnection, requireUnchanged, setState } from './connection-state.ts';
import type { Tx } from './database.ts';
import { dropMarks } from './drop-marks.ts';
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
