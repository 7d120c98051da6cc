/**
 * Settling: what came of a batch of steps, written in one transaction. It begins by locking the lane under the lease's
 * epoch, so that a process that lost its lease writes nothing (R43).
 */
import type { Settlement } from '../provisioning/settlement.ts';
import type { Handle, Tx } from './database.ts';
import { eventParts, tellWatchers } from './events.ts';
import { holdLane, type ConnectionState, type Lease } from './lanes.ts';
import { endChoices, forgetLinks, userLinkParts, writeGroupLinks } from './settle-links.ts';
import { joinedParts, markMembershipsOfLeft, writeMembers } from './settle-members.ts';
import { wakeRefused, writePending } from './settle-pending.ts';
import { refuseSharedAccounts } from './shared-accounts.ts';
import { runTogether } from './together.ts';
import { sqlState } from './transact.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Writes a batch. Answers the state of the connection, which an administrator may have stopped. Throws LeaseLost.
 *
 * That two records would share an account is rare and is known from the unique index; only then is it worked out which.
 */
export async function settle(
  db: Handle,
  lease: Lease,
  batch: readonly Settlement[],
): Promise<ConnectionState> {
  try {
    return await db.transaction().execute((tx) => write(tx, lease, batch));
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    return db.transaction().execute(async (tx) => {
      await holdLane(tx, lease);
      return write(tx, lease, await refuseSharedAccounts(tx, lease.applicationId, batch));
    });
  }
}

async function write(tx: Tx, lease: Lease, batch: readonly Settlement[]): Promise<ConnectionState> {
  const { applicationId } = lease;
  const state = await holdLane(tx, lease);
  await forgetLinks(tx, applicationId, batch);
  await writeGroupLinks(tx, applicationId, batch);
  await writeMembers(tx, applicationId, batch);
  await runTogether(
    tx,
    [
      ...userLinkParts(applicationId, batch),
      ...joinedParts(applicationId, batch),
      ...eventParts(
        applicationId,
        batch.flatMap((one) => one.event ?? []),
      ),
    ],
    tellWatchers(applicationId),
  );
  await endChoices(tx, applicationId, batch);
  await markMembershipsOfLeft(tx, applicationId, batch);
  await writePending(tx, applicationId, batch);
  await wakeRefused(tx, applicationId, batch);
  return state;
}
