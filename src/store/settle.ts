/**
 * Settling: what came of a batch of steps, written in one transaction. It begins by locking the lane under the lease's
 * epoch, so that a process that lost its lease writes nothing (R43).
 */
import type { Settlement } from '../provisioning/settlement.ts';
import type { Handle, Tx } from './database.ts';
import { doubtAccounts } from './doubted.ts';
import { dropMarks } from './drop-marks.ts';
import { eventParts, packEvents, tellWatchers } from './events.ts';
import { holdLane, type LaneState, type Lease } from './lease.ts';
import type { PackedRows } from './rowset.ts';
import {
  endChoices,
  endRemovalRefused,
  forgetLinks,
  packUserLinks,
  userLinkParts,
  writeGroupLinks,
  type PackedUserLinks,
} from './settle-links.ts';
import { joinedParts, markMembershipsOfLeft, writeMembers } from './settle-members.ts';
import { wakeRefused, writePending } from './settle-pending.ts';
import { refuseSharedAccounts } from './shared-accounts.ts';
import { runTogether } from './together.ts';
import { sqlState } from './transact.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Writes a batch. Answers the state of the connection, which an administrator may have stopped. Throws LeaseLost.
 *
 * That two records would share an account, or that somebody was linked by something else meanwhile, is rare and is known from
 * the unique indexes; only then is it worked out who.
 */
export async function settle(db: Handle, lease: Lease, batch: readonly Settlement[]): Promise<LaneState> {
  const packed = packBatch(batch, false);
  try {
    return await db.transaction().execute((tx) => write(tx, lease, batch, packed));
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    return db.transaction().execute(async (tx) => {
      await holdLane(tx, lease);
      const known = await refuseSharedAccounts(tx, lease.applicationId, batch);
      return write(tx, lease, known, packBatch(known, true));
    });
  }
}

/** The larger part of what is written. */
interface Packed {
  readonly links: PackedUserLinks;
  readonly events: PackedRows;
}

const packBatch = (batch: readonly Settlement[], merge: boolean): Packed => ({
  links: packUserLinks(batch, merge),
  events: packEvents(batch.flatMap((one) => one.event ?? [])),
});

async function write(
  tx: Tx,
  lease: Lease,
  batch: readonly Settlement[],
  { links, events }: Packed,
): Promise<LaneState> {
  const { applicationId } = lease;
  const state = await holdLane(tx, lease);
  await forgetLinks(tx, applicationId, batch);
  await writeGroupLinks(tx, applicationId, batch);
  await writeMembers(tx, applicationId, batch);
  await endRemovalRefused(tx, applicationId, batch);
  await doubtAccounts(tx, applicationId, batch);
  await runTogether(
    tx,
    [
      ...userLinkParts(applicationId, links),
      ...joinedParts(applicationId, batch),
      ...eventParts(applicationId, events),
    ],
    tellWatchers(applicationId),
  );
  await endChoices(tx, applicationId, batch);
  await markMembershipsOfLeft(tx, applicationId, batch);
  await writePending(tx, applicationId, batch);
  await wakeRefused(tx, applicationId, batch);
  if (state === 'inactive') await dropMarks(tx, applicationId);
  return state;
}
