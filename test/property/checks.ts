/** What a property looks at in the end: the target against the model. */
import { expect } from 'vitest';
import type { Model, ModelUser } from './model.ts';
import type { TargetState } from './target.ts';
import type { LinkRow } from './world.ts';

/** The ids of accounts by their names. */
export function accountsOf(userNames: readonly string[], { members }: TargetState): Set<string> {
  return new Set(members.filter(({ userName }) => userNames.includes(userName)).map(({ id }) => id));
}

const remoteIdsOf = (links: readonly LinkRow[]): Map<string, string | null> =>
  new Map(links.map((link) => [link.subject_id, link.remote_id]));

/** R10, R12, R17: the members of the workspace are the assigned users, each with an account of their own, and `others`. */
export function checkMembers(
  model: Model,
  { members }: TargetState,
  links: readonly LinkRow[],
  others: ReadonlySet<string>,
): void {
  const remoteIds = remoteIdsOf(links);
  const wanted = model.assigned().map((user) => remoteIds.get(user.id));
  const ours = members.filter(({ id }) => wanted.includes(id) || !others.has(id));
  expect(ours.map((member) => member.id).sort(), 'members of the workspace').toEqual(wanted.sort());
}

/** What the target lets become of the names of an account. */
export interface Naming {
  readonly userUpdates: 'ignore' | 'reject' | 'apply';
  /** Whoever comes back may be given their account anew, with the display name that it had. */
  readonly joinsAgain: boolean;
}

/** R11, R15: the account of everybody who is assigned shows what the directory says, or what the target keeps instead. */
export function checkAccounts(
  { userUpdates, joinsAgain }: Naming,
  model: Model,
  { members }: TargetState,
  links: readonly LinkRow[],
): void {
  const remoteIds = remoteIdsOf(links);
  for (const user of model.assigned()) {
    const member = members.find((one) => one.id === remoteIds.get(user.id));
    if (userUpdates === 'apply') expect(member).toMatchObject(shownOf(user, joinsAgain));
    else expect(user.userNames).toContain(member?.userName);
  }
}

/** An account that somebody had before keeps the name that it had (segment.md). */
function shownOf(user: ModelUser, joinsAgain: boolean): Record<string, string> {
  const displayName = `${user.firstname} Test`;
  return user.inherited || joinsAgain
    ? { userName: user.userName }
    : { userName: user.userName, displayName };
}

/** Every bound group that has members is there once, under its name, with exactly its members, and perhaps some of `others`. */
export function checkGroups(
  model: Model,
  state: TargetState,
  links: readonly LinkRow[],
  others: ReadonlySet<string> = new Set(),
): void {
  const remoteIds = remoteIdsOf(links);
  for (const { group, members } of model.boundGroups()) {
    const remoteId = remoteIds.get(group.id);
    if (members.length === 0 && remoteId == null) continue;
    const named = state.groups.filter(({ displayName }) => displayName === group.name);
    expect(
      named.map(({ id }) => id),
      `groups named ${group.name}`,
    ).toEqual([remoteId]);
    const wanted = members.map((user) => remoteIds.get(user.id));
    const ours = named[0]?.members.map(({ id }) => id).filter((id) => wanted.includes(id) || !others.has(id));
    expect(ours?.sort(), `members of ${group.name}`).toEqual(wanted.sort());
  }
}
