/** What a property looks at in the end: the target against the model. */
import { expect } from 'vitest';
import type { Model, ModelGroup, ModelUser } from './model.ts';
import type { Journal, TargetState } from './target.ts';
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

/** An account that somebody had before keeps the name that it had, as Segment's do. */
function shownOf(user: ModelUser, joinsAgain: boolean): Record<string, string> {
  const displayName = `${user.firstname} Test`;
  return user.inherited || joinsAgain
    ? { userName: user.userName }
    : { userName: user.userName, displayName };
}

/** Every bound group that has members is there once, under its name, with exactly its members, and perhaps some of `besides`. */
export function checkGroups(
  model: Model,
  state: TargetState,
  links: readonly LinkRow[],
  besides: (group: ModelGroup) => ReadonlySet<string>,
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
    const others = besides(group);
    const ours = named[0]?.members.map(({ id }) => id).filter((id) => wanted.includes(id) || !others.has(id));
    expect(ours?.sort(), `members of ${group.name}`).toEqual(wanted.sort());
  }
}

/**
 * R25: every group of the target is bound, or was left there, or is one of `theirs`; whatever it is called for the time being. R24, R42:
 * none is there twice.
 */
export function checkNoOtherGroups(model: Model, { groups }: TargetState, theirs: readonly string[]): void {
  const bound = model.boundGroups().map(({ group }) => group.name);
  const known = new Set([...theirs, ...model.leftNames, ...bound]);
  const names = groups.map(({ displayName }) => displayName.replace(/ \(renaming .*\)$/, ''));
  expect(
    names.filter((name) => !known.has(name)),
    'groups that should have gone',
  ).toEqual([]);
  expect(groups.length - theirs.length, 'groups that were made twice').toBeLessThanOrEqual(
    model.mostGroups(),
  );
}

/** People of the target of whom the directory knows nothing are where they were, and in their group. */
export function checkStrangers({ members, groups }: TargetState, strangers: readonly string[]): void {
  expect(members.map(({ userName }) => userName)).toEqual(expect.arrayContaining([...strangers]));
  const theirs = groups.find(({ displayName }) => displayName === 'Theirs');
  expect(namesIn(theirs)).toEqual(strangers);
}

/** R21: strangers are in the group that was taken over for as long as that one is there. */
export function checkTakenOver(
  { groups }: TargetState,
  takenOver: string | undefined,
  strangers: readonly string[],
): void {
  const group = groups.find(({ id }) => id === takenOver);
  if (group !== undefined)
    expect(namesIn(group), 'taken over').toEqual(expect.arrayContaining([...strangers]));
}

function namesIn(group: TargetState['groups'][number] | undefined): string[] | undefined {
  return group?.members.map(({ userName }) => userName).sort();
}

/** R46: whoever has lost an account by now was let go, of whom there may be so many and no more before somebody approves. */
export function checkBrake({ accounts }: TargetState, mayLeave: number): void {
  const out = accounts.filter(({ standing }) => standing !== 'member');
  expect(out.length, 'let go without approval').toBeLessThanOrEqual(mayLeave);
}

/** R42: no create is repeated blindly, so none ever meets the account that an earlier one made. */
export function checkCreates({ journal }: Journal): void {
  const creates = journal.filter(({ route }) => route === 'POST /Users');
  expect(creates.filter(({ status }) => status === 409)).toEqual([]);
}
