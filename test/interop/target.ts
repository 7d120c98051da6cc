/** What the scenarios need of a service provider, whoever wrote it. */
import type { ConnectionPatch } from '../../src/api/connection-change.ts';

/** An account as the provider itself holds it, not as it shows it. */
export interface SeenUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string | undefined;
  readonly email: string | undefined;
  readonly active: boolean;
}

export interface SeenGroup {
  readonly id: string;
  readonly displayName: string;
  /** Ids of accounts, sorted, each as often as it is stored. */
  readonly members: readonly string[];
}

/** What happens in an application behind Rollcall's back. */
export interface Backdoor {
  /** Answers the id. */
  addUser(userName: string): Promise<string> | string;
  /** Names need not be unique. Answers the id. */
  addGroup(displayName: string, memberIds: readonly string[]): Promise<string> | string;
  editUser(
    id: string,
    change: { readonly displayName?: string; readonly active?: boolean },
  ): Promise<void> | void;
  removeUser(id: string): Promise<void> | void;
  removeMember(groupId: string, memberId: string): Promise<void> | void;
}

/** One tenant of a provider: empty at first, with an address and a token of its own. */
export interface World extends Backdoor {
  readonly baseUrl: string;
  readonly token: string;
  readonly users: () => readonly SeenUser[];
  readonly groups: () => readonly SeenGroup[];
}

export type Behaviour = NonNullable<ConnectionPatch['behaviour']>;

/** A running service provider. */
export interface Provider {
  readonly open: () => Promise<World>;
  readonly close: () => Promise<void>;
}

/** A service provider under test, with the settings that it needs and what it cannot do. */
export interface Target {
  readonly name: string;
  readonly start: () => Promise<Provider>;
  /** What an administrator sets over the generic connector. */
  readonly behaviour: Behaviour;
  /** GET /Groups/{id} shows the members. */
  readonly membersReadable: boolean;
  /** PATCH `remove` with a path like `emails[type eq "work"]` does it, and does not only say so. */
  readonly patchRemovesEmails: boolean;
  /** How it takes changes of a group's members. */
  readonly updatesGroupsBy: readonly ('put' | 'patch')[];
}
