/** Sending a group's step: which requests it takes with this target, and what their answers mean for the group. */
import type { Failure } from '../provisioning/outcome-user.ts';
import type { GroupOutcome } from '../provisioning/outcome-group.ts';
import type { CreateGroup, FindGroup, GroupStep, RenameGroup } from '../provisioning/types.ts';
import {
  createGroupRequest,
  deleteGroupRequest,
  getGroupRequest,
  judgeCreatedGroup,
  judgeGroup,
  judgeUpdatedGroup,
  renameGroupRequest,
  replaceGroupRequest,
} from '../scim/client/groups.ts';
import { judgeDeleted } from '../scim/client/collection.ts';
import type { ScimRequest } from '../scim/client/verdict.ts';
import { asideName } from '../provisioning/plan-group.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import { waitAfter, type Answer, type Conversation, type Setback } from './conversation.ts';
import { lookUpGroups, lookUpTakenGroups } from './lookup.ts';
import { changeMembers, removeMembers } from './member-steps.ts';
import { onlyAsked, unseen, type Sent } from './user-steps.ts';

/** A name that is taken and that no group has may have become free this moment; so often it is believed. */
const TRIES_WHERE_NOBODY_HAS_IT = 4;

/** What a group's steps ask of the links, because a target names members by its own ids. */
export interface Memberships {
  /** The directory users behind these remote ids. */
  readonly usersByRemoteId: (remoteIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The remote ids of all members that the target accepted; for targets that only take whole groups. */
  readonly acceptedRemoteIds: (groupId: string) => Promise<readonly string[]>;
  /** Whether any of these groups of the target is managed already. */
  readonly areManaged: (remoteIds: readonly string[]) => Promise<boolean>;
  /** Groups of that name, where the lane has read the target's list already. */
  readonly knownGroups: (displayName: string) => readonly RemoteGroup[] | undefined;
  /** An earlier change of this group's members was sent, and no answer came. */
  readonly mayHaveChanged: boolean;
}

/** Sends a group's step. `attempts` counts the failures so far, for the length of the next wait. */
export async function sendGroupStep(
  talk: Conversation,
  step: GroupStep,
  links: Memberships,
  attempts: number,
): Promise<Sent<GroupOutcome>> {
  switch (step.kind) {
    case 'createGroup':
      return neverMissing(await createGroup(talk, step, links, attempts));
    case 'findGroup':
      return neverMissing(await findGroup(talk, step, attempts));
    case 'renameGroup':
      return renameGroup(talk, step, links, attempts);
    case 'changeMembers':
      return changeMembers(talk, step, links, (setback) => unfinishedGroup(talk, setback, attempts));
    case 'deleteGroup': {
      const deleted = await talk.ask(deleteGroupRequest(step.remoteId), judgeDeleted);
      return deleted.ok ? { kind: 'deleted' } : unfinishedGroup(talk, deleted.setback, attempts);
    }
  }
}

/** Where no group was named by id, a 404 means that the endpoint is not there. */
function neverMissing(outcome: Sent<GroupOutcome>): Sent<GroupOutcome> {
  return outcome.kind === 'missing' ? { kind: 'refused', failure: outcome.failure } : outcome;
}

async function createGroup(
  talk: Conversation,
  step: CreateGroup,
  links: Memberships,
  attempts: number,
): Promise<Sent<GroupOutcome>> {
  const known = links.knownGroups(step.displayName);
  const found: Answer<readonly RemoteGroup[]> =
    known === undefined ? await lookUpGroups(talk, step.displayName) : { ok: true, value: known };
  if (!found.ok) return unfinishedGroup(talk, onlyAsked(found.setback), attempts);
  if (found.value.length > 0) return join(talk, step, found.value, links, attempts);
  const created = await talk.ask(createGroupRequest({ displayName: step.displayName }), judgeCreatedGroup);
  if (!created.ok) return notCreated(talk, step, created.setback, links, attempts);
  return {
    kind: 'linked',
    how: 'created',
    remoteId: created.value.id,
    displayName: created.value.displayName,
    members: [],
    strangers: 0,
  };
}

/** A name that is taken is looked for once more: the first look may have missed what the target holds. */
async function notCreated(
  talk: Conversation,
  step: CreateGroup,
  setback: Setback,
  links: Memberships,
  attempts: number,
): Promise<Sent<GroupOutcome>> {
  if (setback.kind !== 'again' || setback.reason !== 'taken') return unfinishedGroup(talk, setback, attempts);
  const found = await lookUpTakenGroups(talk, step.displayName);
  if (!found.ok) return unfinishedGroup(talk, onlyAsked(found.setback), attempts);
  if (found.value.length > 0) return join(talk, step, found.value, links, attempts);
  const advice = 'Look for it there, and rename or delete it, or rename the group here.';
  return { kind: 'refused', failure: unseen(setback.failure, step.displayName, advice) };
}

/** The one group of that name is taken over; two cannot be told apart (R21). */
async function join(
  talk: Conversation,
  step: CreateGroup,
  found: readonly RemoteGroup[],
  links: Memberships,
  attempts: number,
): Promise<Sent<GroupOutcome>> {
  const [group, second] = found;
  if (group === undefined || second !== undefined)
    return { kind: 'refused', failure: twoOfThatName(step.displayName, found) };
  if (await links.areManaged([group.id])) return untilFree(talk, heldByAnother(step.displayName), attempts);
  return takeOver(talk, step, group, links, attempts);
}

/** R21: the group's membership becomes the directory's; members that Rollcall does not know go, unless they are to be kept. */
async function takeOver(
  talk: Conversation,
  step: CreateGroup,
  group: RemoteGroup,
  links: Memberships,
  attempts: number,
): Promise<Sent<GroupOutcome>> {
  const linked = {
    kind: 'linked',
    how: 'found',
    remoteId: group.id,
    displayName: group.displayName,
  } as const;
  const { membersReadable, unknownMembers } = talk.target.behaviour.groups;
  if (!membersReadable) return { ...linked, members: [], strangers: 0 };
  const read = await talk.ask(getGroupRequest(group.id), judgeGroup);
  if (!read.ok) return unfinishedGroup(talk, onlyAsked(read.setback), attempts);
  const held = read.value.members ?? [];
  const users = await links.usersByRemoteId(held);
  const strangers = unknownMembers === 'remove' ? held.filter((id) => !users.has(id)) : [];
  const removed = await removeMembers(talk, group.id, step.displayName, strangers, held);
  if (!removed.ok) return unfinishedGroup(talk, onlyAsked(removed.setback), attempts);
  return { ...linked, members: [...users.values()], strangers: strangers.length };
}

function heldByAnother(displayName: string): Failure {
  return {
    code: 'name-held',
    message: `The name "${displayName}" still belongs to another group that Rollcall manages in the application. It is taken as soon as that one has been renamed there.`,
  };
}

function twoOfThatName(displayName: string, groups: readonly RemoteGroup[]): Failure {
  const ids = groups.map((group) => `"${group.displayName}" (${group.id})`).join(' and ');
  return {
    code: 'group-ambiguous',
    message: `The application has ${groups.length} groups named "${displayName}": ${ids}. Rename or delete all but one there, then retry.`,
  };
}

async function findGroup(talk: Conversation, step: FindGroup, attempts: number): Promise<Sent<GroupOutcome>> {
  const found = await lookUpGroups(talk, step.displayName);
  if (!found.ok) return unfinishedGroup(talk, onlyAsked(found.setback), attempts);
  const group = found.value[0];
  if (group === undefined) return { kind: 'absent' };
  return {
    kind: 'linked',
    how: 'found',
    remoteId: group.id,
    displayName: group.displayName,
    members: [],
    strangers: 0,
  };
}

async function renameRequest(
  talk: Conversation,
  step: RenameGroup,
  displayName: string,
  links: Memberships,
): Promise<ScimRequest> {
  if (talk.target.behaviour.groups.update === 'patch') return renameGroupRequest(step.remoteId, displayName);
  const members = await links.acceptedRemoteIds(step.subject.id);
  return replaceGroupRequest(step.remoteId, { displayName, members });
}

async function renameGroup(
  talk: Conversation,
  step: RenameGroup,
  links: Memberships,
  attempts: number,
): Promise<Sent<GroupOutcome>> {
  const renamed = await talk.ask(await renameRequest(talk, step, step.after, links), judgeUpdatedGroup);
  if (renamed.ok) return { kind: 'renamed', displayName: renamed.value?.displayName };
  return isTaken(renamed.setback)
    ? nameTaken(talk, step, links, renamed.setback, attempts)
    : unfinishedGroup(talk, renamed.setback, attempts);
}

function isTaken(setback: Setback): setback is Setback & { kind: 'again' } {
  return setback.kind === 'again' && setback.reason === 'taken';
}

/**
 * The links know of nobody who has the name, and the target does: where it is one of our own groups, a rename of that one was
 * done and never answered (R42). Then this group steps aside, once, so that the two cannot wait for each other (R23).
 */
async function nameTaken(
  talk: Conversation,
  step: RenameGroup,
  links: Memberships,
  taken: Setback & { kind: 'again' },
  attempts: number,
): Promise<Sent<GroupOutcome>> {
  const found = await lookUpGroups(talk, step.after);
  if (!found.ok) return unfinishedGroup(talk, onlyAsked(found.setback), attempts);
  const isFreeNow = found.value.length === 0 && attempts < TRIES_WHERE_NOBODY_HAS_IT;
  if (isFreeNow) return untilFree(talk, taken.failure, attempts);
  if (!(await links.areManaged(found.value.map((group) => group.id))))
    return unfinishedGroup(talk, taken, attempts);
  const aside = asideName(step.subject.id, step.after);
  if (step.before === aside) return untilFree(talk, taken.failure, attempts);
  const stepped = await talk.ask(await renameRequest(talk, step, aside, links), judgeUpdatedGroup);
  return stepped.ok
    ? { kind: 'renamed', displayName: stepped.value?.displayName, sent: aside }
    : unfinishedGroup(talk, stepped.setback, attempts);
}

function untilFree(talk: Conversation, failure: Failure, attempts: number): GroupOutcome {
  const delayMs = waitAfter(attempts, talk.target.backoffMs, 0);
  return { kind: 'later', failure, delayMs, uncertain: false };
}

/** A setback as the group's outcome. */
export function unfinishedGroup(talk: Conversation, setback: Setback, attempts: number): Sent<GroupOutcome> {
  switch (setback.kind) {
    case 'later':
      return {
        kind: 'later',
        failure: setback.failure,
        delayMs: waitAfter(attempts, talk.target.backoffMs, setback.retryAfterMs),
        uncertain: setback.uncertain,
      };
    case 'again':
      if (setback.reason === 'missing') return { kind: 'missing', failure: setback.failure };
      if (setback.reason === 'taken') return { kind: 'refused', failure: setback.failure };
      return {
        kind: 'later',
        failure: setback.failure,
        delayMs: waitAfter(attempts, talk.target.backoffMs, 0),
        uncertain: false,
      };
    case 'refused':
      return { kind: 'refused', failure: setback.failure };
    case 'stop':
      return { kind: 'stop', setback };
    case 'unsent':
      return { kind: 'unsent' };
  }
}
