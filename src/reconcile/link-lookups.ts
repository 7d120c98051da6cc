/** What a group's steps ask of the links, because a target names members by its own ids. */
import { recordKey } from '../name-key.ts';
import { mayHaveChangedMembers } from '../provisioning/plan-group.ts';
import type { GroupFacts } from '../provisioning/facts.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { Handle } from '../store/database.ts';
import { loadDifferingMembers } from '../store/differing.ts';
import type { Lease } from '../store/lease.ts';
import { areManagedGroups, haveAnyLeft, knownMembers, stayingRemoteIds } from '../store/remote-ids.ts';
import type { Connection } from './connection.ts';
import { differenceOf } from './group-members.ts';
import type { NamedRecords } from './read-named.ts';

export interface LinkLookups {
  /** The group's name as the target last accepted it; null where it holds none yet. */
  readonly displayName: string | null;
  /** Of the members of a group, the directory users behind those whom Rollcall knows. */
  readonly knownMembers: (remoteIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The remote ids of all members that the target accepted, without leavers; for targets that only take whole groups. */
  readonly stayingRemoteIds: (groupId: string) => Promise<readonly string[]>;
  /** The remote ids of members whom the target lacks, as many as one request takes; for targets that create a group with them. */
  readonly missingRemoteIds: (groupId: string) => Promise<readonly string[]>;
  /** Whether any of these groups of the target is managed already. */
  readonly areManaged: (remoteIds: readonly string[]) => Promise<boolean>;
  /** Whether any of these accounts, active a moment ago, is being deactivated, or is not active or there any more. */
  readonly haveAnyLeft: (remoteIds: readonly string[]) => Promise<boolean>;
  /** Groups of that name, where the lane has read the target's list already. */
  readonly knownGroups: (displayName: string) => readonly RemoteGroup[] | undefined;
  /** An earlier change of this group's members was sent, and no answer came. */
  readonly mayHaveChanged: boolean;
}

/** Groups of the target, where a claim has read its list. */
export type KnownGroups = NamedRecords<RemoteGroup>['named'];

interface Lookup {
  readonly db: Handle;
  readonly lease: Lease;
  readonly connection: Connection;
}

/** What the steps of one group may ask. */
export function linkLookupsOf(
  { link }: GroupFacts,
  known: KnownGroups,
  { db, lease: { applicationId }, connection }: Lookup,
): LinkLookups {
  const { membersPerRequest: atOnce, unknownMembers } = connection.behaviour.groups;
  return {
    displayName: link?.displayName ?? null,
    knownMembers: (remoteIds) => knownMembers(db, applicationId, remoteIds, unknownMembers),
    areManaged: (remoteIds) => areManagedGroups(db, applicationId, remoteIds),
    haveAnyLeft: (remoteIds) => haveAnyLeft(db, applicationId, remoteIds, unknownMembers),
    stayingRemoteIds: (groupId) => stayingRemoteIds(db, applicationId, groupId),
    missingRemoteIds: async (groupId) => {
      const differing = await loadDifferingMembers(db, applicationId, groupId, atOnce);
      return differenceOf(differing).add.flatMap(({ remoteId }) => remoteId ?? []);
    },
    knownGroups: (displayName) => known.get(recordKey(displayName)),
    mayHaveChanged: mayHaveChangedMembers(link),
  };
}
