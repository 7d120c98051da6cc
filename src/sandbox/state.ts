/** What Segment would hold: accounts that live outside the workspace, its members and its groups. In memory, found by index. */
import { randomUUID } from 'node:crypto';

/** Every new member and group starts with this; roles are given in Segment's own pages only. */
export const STARTING_ROLE = 'Minimal Workspace Access';

export type Id = string | number;

/** `outside`: never joined, or deleted. `deactivated`: taken out with `active: false`. */
export type Standing = 'member' | 'deactivated' | 'outside';

export interface Account {
  id: Id;
  email: string;
  displayName: string;
  standing: Standing;
  /** Whether it was taken out of the workspace since it last joined. */
  removed: boolean;
  readonly groups: Set<Group>;
}

export interface Group {
  readonly id: Id;
  displayName: string;
  readonly members: Set<Account>;
}

/** Emails and group names are compared without case (RFC 7643 §4.1.1, §4.2: caseExact false). */
const keyOf = (text: string): string => text.toLowerCase();

/** A set that is also read page by page: its array is made again only after a change. */
class Listed<T> {
  private readonly held = new Set<T>();
  private listed: readonly T[] | undefined;

  add(item: T): void {
    this.held.add(item);
    this.listed = undefined;
  }

  delete(item: T): void {
    this.held.delete(item);
    this.listed = undefined;
  }

  all(): readonly T[] {
    return (this.listed ??= [...this.held]);
  }

  get size(): number {
    return this.held.size;
  }
}

/** One workspace. Names and addresses are compared without case. */
export class Workspace {
  private readonly accountsById = new Map<string, Account>();
  private readonly accountsByEmail = new Map<string, Account>();
  private readonly membersListed = new Listed<Account>();
  private readonly groupsById = new Map<string, Group>();
  private readonly groupsByName = new Map<string, Set<Group>>();
  private readonly groupsListed = new Listed<Group>();
  private serial = 1000;

  /** A new id: opaque text, or the next number. */
  newId(kind: 'string' | 'number'): Id {
    return kind === 'number' ? ++this.serial : randomUUID().replaceAll('-', '');
  }

  account(id: string): Account | undefined {
    return this.accountsById.get(id);
  }

  accountByEmail(email: string): Account | undefined {
    return this.accountsByEmail.get(keyOf(email));
  }

  accounts(): Iterable<Account> {
    return this.accountsById.values();
  }

  get accountCount(): number {
    return this.accountsById.size;
  }

  members(): readonly Account[] {
    return this.membersListed.all();
  }

  get memberCount(): number {
    return this.membersListed.size;
  }

  /** An account that nobody has added to the workspace. The caller has checked that the email is free. */
  addAccount(id: Id, email: string, displayName: string): Account {
    const account: Account = {
      id,
      email,
      displayName,
      standing: 'outside',
      removed: false,
      groups: new Set(),
    };
    this.accountsById.set(String(id), account);
    this.accountsByEmail.set(keyOf(email), account);
    return account;
  }

  changeEmail(account: Account, email: string): void {
    this.accountsByEmail.delete(keyOf(account.email));
    account.email = email;
    this.accountsByEmail.set(keyOf(email), account);
  }

  changeId(account: Account, id: Id): void {
    this.accountsById.delete(String(account.id));
    account.id = id;
    this.accountsById.set(String(id), account);
  }

  /** Puts the account into the workspace, in no group: the ones it had are not remembered. */
  join(account: Account): void {
    account.standing = 'member';
    account.removed = false;
    this.membersListed.add(account);
  }

  /** Takes the account out of the workspace and out of every group; the account itself survives. */
  leave(account: Account, standing: 'deactivated' | 'outside'): void {
    account.standing = standing;
    account.removed = true;
    this.membersListed.delete(account);
    for (const group of account.groups) group.members.delete(account);
    account.groups.clear();
  }

  group(id: string): Group | undefined {
    return this.groupsById.get(id);
  }

  groupsNamed(displayName: string): readonly Group[] {
    return [...(this.groupsByName.get(keyOf(displayName)) ?? [])];
  }

  groups(): readonly Group[] {
    return this.groupsListed.all();
  }

  addGroup(id: Id, displayName: string): Group {
    const group: Group = { id, displayName, members: new Set() };
    this.groupsById.set(String(id), group);
    this.groupsListed.add(group);
    this.indexName(group);
    return group;
  }

  renameGroup(group: Group, displayName: string): void {
    this.unindexName(group);
    group.displayName = displayName;
    this.indexName(group);
  }

  /** Deletes the group; its members stay in the workspace. */
  deleteGroup(group: Group): void {
    this.clearGroup(group);
    this.unindexName(group);
    this.groupsListed.delete(group);
    this.groupsById.delete(String(group.id));
  }

  addToGroup(group: Group, account: Account): void {
    group.members.add(account);
    account.groups.add(group);
  }

  removeFromGroup(group: Group, account: Account): void {
    group.members.delete(account);
    account.groups.delete(group);
  }

  clearGroup(group: Group): void {
    for (const account of group.members) account.groups.delete(group);
    group.members.clear();
  }

  private indexName(group: Group): void {
    const named = this.groupsByName.get(keyOf(group.displayName));
    if (named) named.add(group);
    else this.groupsByName.set(keyOf(group.displayName), new Set([group]));
  }

  private unindexName(group: Group): void {
    const named = this.groupsByName.get(keyOf(group.displayName));
    named?.delete(group);
    if (named?.size === 0) this.groupsByName.delete(keyOf(group.displayName));
  }
}
