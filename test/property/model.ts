/**
 * What the target should hold, as simply as it can be said: no links, no marks, no requests, only who belongs where. Property
 * tests play the same changes on it as on the directory, and compare in the end. Pure.
 */

export interface ModelUser {
  readonly id: string;
  /** Their email address as well. */
  userName: string;
  firstname: string;
  active: boolean;
  /** Every `userName` that they ever had: a target that ignores changes keeps an earlier one. */
  readonly userNames: Set<string>;
  /** Somebody before them had the `userName`, so that the target may keep that one's display name. */
  readonly inherited: boolean;
}

export interface ModelGroup {
  readonly id: string;
  name: string;
  bound: boolean;
  readonly members: Set<string>;
  /** Every name that the group ever had: the target may hold it under any of them when it is left alone. */
  readonly names: Set<string>;
  /** It was left in the target once, with whoever was in it. */
  left: boolean;
}

export class Model {
  readonly users = new Map<string, ModelUser>();
  readonly groups = new Map<string, ModelGroup>();
  groupManagement = true;
  active = false;
  /** Names of groups that were left in the target: nobody else can have them there. */
  readonly leftNames = new Set<string>();
  /** How many groups that are deleted by now were left in the target: those that nobody comes back to. */
  leftBehind = 0;

  addUser(id: string, userName: string, firstname: string, inherited: boolean): void {
    const userNames = new Set([userName]);
    this.users.set(id, { id, userName, firstname, active: true, userNames, inherited });
  }

  renameUser(id: string, userName: string): void {
    const user = this.user(id);
    user.userName = userName;
    user.userNames.add(userName);
  }

  deleteUser(id: string): void {
    this.users.delete(id);
    for (const group of this.groups.values()) group.members.delete(id);
  }

  addGroup(id: string, name: string): void {
    this.groups.set(id, { id, name, bound: false, members: new Set(), names: new Set([name]), left: false });
  }

  renameGroup(id: string, name: string): void {
    const group = this.group(id);
    group.name = name;
    group.names.add(name);
  }

  /** Whether two groups may exchange names without meeting a group that was left in the target. */
  canSwap(one: ModelGroup, other: ModelGroup): boolean {
    const isFree = (group: ModelGroup): boolean => group.bound && !this.leftNames.has(group.name);
    return one !== other && isFree(one) && isFree(other);
  }

  /** Whether the group can be left in the target, under whichever name it has there, without being in another's way. */
  canLeave(group: ModelGroup): boolean {
    return [...this.groups.values()].every((other) => other === group || !group.names.has(other.name));
  }

  unbind(group: ModelGroup): void {
    group.bound = false;
    group.left = true;
    for (const name of group.names) this.leftNames.add(name);
  }

  deleteGroup(group: ModelGroup): void {
    if (group.bound && !this.groupManagement) this.unbind(group);
    if (group.left && !group.bound) this.leftBehind += 1;
    this.groups.delete(group.id);
  }

  /** How many groups the target may hold at most: one for each that was ever bound (R24, R42). */
  mostGroups(): number {
    return [...this.groups.values()].filter(({ bound, left }) => bound || left).length + this.leftBehind;
  }

  user(id: string): ModelUser {
    const user = this.users.get(id);
    if (user === undefined) throw new Error(`The model has no user ${id}`);
    return user;
  }

  group(id: string): ModelGroup {
    const group = this.groups.get(id);
    if (group === undefined) throw new Error(`The model has no group ${id}`);
    return group;
  }

  /** R10, R12: active, and a member of a bound group. */
  assigned(): ModelUser[] {
    const bound = [...this.groups.values()].filter((group) => group.bound);
    return [...this.users.values()].filter(
      (user) => user.active && bound.some((group) => group.members.has(user.id)),
    );
  }

  /** R20: bound groups, each with the members that count. */
  boundGroups(): { group: ModelGroup; members: ModelUser[] }[] {
    return [...this.groups.values()]
      .filter((group) => group.bound)
      .map((group) => ({
        group,
        members: [...group.members].map((id) => this.user(id)).filter((user) => user.active),
      }));
  }
}
