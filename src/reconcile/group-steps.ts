/** Sending a group's step: which requests it takes with this target, and what their answers mean for the group. */
import type { GroupOutcome, GroupRefused } from '../provisioning/outcome-group.ts';
import { asideName, nameBefore } from '../provisioning/group-name.ts';
import type { Failure } from '../provisioning/settlement.ts';
import type { DeleteGroup, GroupStep, RenameGroup } from '../provisioning/steps.ts';
import type { Unfinished } from '../provisioning/unfinished.ts';
import { judgeDeleted } from '../scim/client/collection.ts';
import { deleteGroupRequest, judgeUpdatedGroup, renameGroupRequest } from '../scim/client/groups.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import { createGroup, findGroup, takeOverGroup } from './group-create.ts';
import { lookUpGroups } from './lookup.ts';
import { changeMembers } from './member-steps.ts';
import type { LinkLookups } from './link-lookups.ts';
import { isAnswer, isMissing } from './missing.ts';
import {
  neverMissing,
  onlyAsked,
  outcomeOf,
  triedAgain,
  unseen,
  type StepResult,
} from './setback-outcome.ts';
import { askForGroup, findShownGroup, notChangeable, unlessShown } from './shown.ts';
import { replaceGroup, stayingMembers } from './whole-group.ts';

/** A name that is taken and that no group has may have become free this moment; so often it is believed. */
const TRIES_WHERE_NOBODY_HAS_IT = 4;

/** Sends a group's step. */
export async function sendGroupStep(
  talk: Conversation,
  step: GroupStep,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  switch (step.kind) {
    case 'createGroup':
      return neverMissing(await createGroup(talk, step, links));
    case 'takeOverGroup':
      return takeOverGroup(talk, step, links);
    case 'findGroup':
      return neverMissing(await findGroup(talk, step, links));
    case 'renameGroup':
      return renameGroup(talk, step, links);
    case 'changeMembers':
      return changeMembers(talk, step, links);
    case 'deleteGroup':
      return deleteGroup(talk, step);
  }
}

/** Gone is gone, whether by this request or before it. */
async function deleteGroup(talk: Conversation, { remoteId }: DeleteGroup): Promise<StepResult<GroupOutcome>> {
  const deleted = await talk.ask(deleteGroupRequest(remoteId), judgeDeleted);
  if (deleted.ok) return { kind: 'deleted' };
  const outcome = await notChanged(talk, remoteId, deleted.setback);
  return outcome.kind === 'missing' ? { kind: 'deleted' } : outcome;
}

/** A change that the target did not make; a group of which it says that it is not there is asked for. */
async function notChanged(
  talk: Conversation,
  remoteId: string,
  setback: Setback,
): Promise<StepResult<Unfinished>> {
  if (!isMissing(setback)) return outcomeOf(talk, setback);
  const shown = await findShownGroup(talk, remoteId);
  return unlessShown(talk, setback, shown, () => notChangeable(setback, 'group'));
}

async function rename(
  talk: Conversation,
  { remoteId, subject }: RenameGroup,
  displayName: string,
  links: LinkLookups,
): Promise<Answer<RemoteGroup | undefined>> {
  if (talk.target.behaviour.groups.update === 'patch')
    return talk.ask(renameGroupRequest(remoteId, displayName), judgeUpdatedGroup);
  const staying = await stayingMembers(talk, { id: subject.id, remoteId }, links);
  if (!staying.ok) return { ok: false, setback: onlyAsked(staying.setback) };
  return replaceGroup(talk, remoteId, { displayName, members: staying.value }, links);
}

async function renameGroup(
  talk: Conversation,
  step: RenameGroup,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  const outcome = await tryToRename(talk, step, links);
  return outcome.kind === 'refused' ? calledNow(talk, step, outcome) : outcome;
}

/** An earlier rename may have been done whose answer was lost, also where this one is refused: the target says what the group is called (R42). */
async function calledNow(
  talk: Conversation,
  { after, before, remoteId }: RenameGroup,
  refused: GroupRefused,
): Promise<StepResult<GroupOutcome>> {
  const shown = await askForGroup(talk, remoteId);
  if (!shown.ok) return isAnswer(shown.setback) ? refused : outcomeOf(talk, onlyAsked(shown.setback));
  const displayName = nameIn(shown.value);
  if (displayName === undefined || displayName === before) return refused;
  return displayName === after ? { kind: 'renamed', displayName } : { ...refused, displayName };
}

async function tryToRename(
  talk: Conversation,
  step: RenameGroup,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  const renamed = await rename(talk, step, step.after, links);
  if (renamed.ok) return { kind: 'renamed', displayName: nameIn(renamed.value) };
  return isTaken(renamed.setback)
    ? nameTaken(talk, step, links, renamed.setback)
    : notChanged(talk, step.remoteId, renamed.setback);
}

/** The name that an answer shows: undefined where it shows none. */
function nameIn(group: RemoteGroup | undefined): string | undefined {
  return group?.displayName || undefined;
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
  links: LinkLookups,
  taken: Setback & { kind: 'again' },
): Promise<StepResult<GroupOutcome>> {
  const found = await lookUpGroups(talk, step.after);
  if (!found.ok) return outcomeOf(talk, onlyAsked(found.setback));
  const isFreeNow = found.value.length === 0 && talk.attempts < TRIES_WHERE_NOBODY_HAS_IT;
  if (isFreeNow) return triedAgain(talk, taken.failure);
  if (!(await links.areManaged(found.value.map((group) => group.id))))
    return { kind: 'refused', failure: takenByStranger(taken.failure, step.after, found.value.length > 0) };
  const { id } = step.subject;
  if (nameBefore(id, step.before) !== null) return triedAgain(talk, taken.failure);
  const aside = asideName(id, step.before);
  const stepped = await rename(talk, step, aside, links);
  return stepped.ok
    ? { kind: 'renamed', displayName: nameIn(stepped.value), sent: aside }
    : outcomeOf(talk, stepped.setback);
}

function takenByStranger(failure: Failure, name: string, isSeen: boolean): Failure {
  const advice = 'Rename or delete that one there, or rename the group here, then retry.';
  if (!isSeen) return unseen(failure, name, advice);
  const message = `The application has another group named "${name}" already. ${advice}`;
  return { ...failure, code: 'name-taken', message };
}
