/** What a group's steps ask of the links, because a target names members by its own ids. */
import type { RemoteGroup } from '../scim/client/remote.ts';

export interface LinkLookups {
  /** The group's name as the target last accepted it; null where it holds none yet. */
  readonly displayName: string | null;
  /** Of the members of a group, the directory users behind those whom Rollcall knows. */
  readonly knownMembers: (remoteIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The remote ids of all members that the target accepted; for targets that only take whole groups. */
  readonly acceptedRemoteIds: (groupId: string) => Promise<readonly string[]>;
  /** The remote ids of members whom the target lacks, as many as one request takes; for targets that create a group with them. */
  readonly missingRemoteIds: (groupId: string) => Promise<readonly string[]>;
  /** Whether any of these groups of the target is managed already. */
  readonly areManaged: (remoteIds: readonly string[]) => Promise<boolean>;
  /** Groups of that name, where the lane has read the target's list already. */
  readonly knownGroups: (displayName: string) => readonly RemoteGroup[] | undefined;
  /** An earlier change of this group's members was sent, and no answer came. */
  readonly mayHaveChanged: boolean;
}
