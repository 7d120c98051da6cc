/** Reading whom a target's groups hold, one after another, and correcting or reporting where that is not what was accepted. */
import { getGroupRequest, judgeGroup } from '../scim/client/groups.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { Tx } from '../store/database.ts';
import {
  learnMembers,
  linkedGroups,
  reportMembers,
  type AskedGroup,
  type MemberDrift,
} from '../store/inventory-members.ts';
import type { Reading } from '../store/inventory.ts';
import { holdLane } from '../store/lease.ts';
import { acceptedRemoteIds, knownMembers } from '../store/remote-ids.ts';
import type { Answer, Setback } from './conversation.ts';
import { inBatches } from './in-batches.ts';
import { WindowConversation, type ReadingOptions } from './inventory-read.ts';

const GROUPS_AT_A_TIME = 100;

/** A group of the directory, and whom it holds in the target. */
interface ReadGroup extends AskedGroup {
  readonly members: readonly string[];
}

export const mayReadMembers = ({ application, behaviour }: ReadingOptions['connection']): boolean =>
  application.groupManagement && behaviour.groups.membersReadable;

/** Answers in how many groups members differ and are left as they are, or what kept it from reading them. */
export async function readMembers(options: ReadingOptions, reading: Reading): Promise<Setback | number> {
  let left = 0;
  const batches = inBatches(GROUPS_AT_A_TIME, (after, limit) =>
    linkedGroups(options.db, reading, after, limit),
  );
  for await (const groups of batches)
    for (const group of groups) {
      const differs = await readMembersOf(options, reading, group);
      if (typeof differs !== 'boolean') return differs;
      if (differs) left += 1;
    }
  return left;
}

/** Whether the group holds other members than were accepted, and is left so; or what kept it from being read. */
async function readMembersOf(
  options: ReadingOptions,
  reading: Reading,
  asked: AskedGroup,
): Promise<Setback | boolean> {
  const read: Answer<RemoteGroup> = await new WindowConversation(options).ask(
    getGroupRequest(asked.remoteId),
    judgeGroup,
  );
  if (!read.ok)
    return read.setback.kind === 'again' || read.setback.kind === 'refused' ? false : read.setback;
  const group = { ...asked, members: read.value.members ?? [] };
  if (options.connection.behaviour.drift !== 'correct') return report(options, reading, group);
  const { unknownMembers } = options.connection.behaviour.groups;
  await inLane(options, (tx) => learnMembers(tx, reading, { ...group, unknownMembers }));
  return false;
}

async function report(options: ReadingOptions, reading: Reading, group: ReadGroup): Promise<boolean> {
  const drift = await driftOf(options, group);
  return (await inLane(options, (tx) => reportMembers(tx, reading, group, drift))) ?? false;
}

/** Whoever is in a group besides counts only where a correction would take them out. */
async function driftOf(
  { connection, db, lease }: ReadingOptions,
  { id, members }: ReadGroup,
): Promise<MemberDrift | null> {
  const { unknownMembers } = connection.behaviour.groups;
  const held = new Set(members);
  const accepted = new Set(await acceptedRemoteIds(db, lease.applicationId, id));
  const missing = [...accepted].filter((one) => !held.has(one)).length;
  const others = [...held].filter((one) => !accepted.has(one));
  const extra =
    unknownMembers === 'remove'
      ? others.length
      : (await knownMembers(db, lease.applicationId, others, unknownMembers)).size;
  return missing + extra === 0 ? null : { missing, extra };
}

/** Null where the connection was stopped meanwhile: nothing is done then. */
async function inLane<T>({ db, lease }: ReadingOptions, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  return db.transaction().execute(async (tx) => ((await holdLane(tx, lease)) === 'active' ? work(tx) : null));
}
