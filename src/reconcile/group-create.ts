/** Creating a group: looked for by name first, and taken over where the target has it already (R21); and finding one that may have been created (R42). */
import type { GroupOutcome } from '../provisioning/outcome-group.ts';
import { nameHeld } from '../provisioning/group-name.ts';
import type { Failure } from '../provisioning/settlement.ts';
import type { CreateGroup, FindGroup, TakeOverGroup } from '../provisioning/steps.ts';
import { createGroupRequest, getGroupRequest, judgeCreatedGroup, judgeGroup } from '../scim/client/groups.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import { lookUpGroups, lookUpTakenGroups } from './lookup.ts';
import { removeMembers } from './member-removal.ts';
import type { LinkLookups } from './link-lookups.ts';
import { askBelievably, believable } from './missing.ts';
import { askForGroup } from './shown.ts';
import {
  isAccepted,
  neverMissing,
  notSeen,
  onlyAsked,
  outcomeOf,
  triedAgain,
  unseen,
  type StepResult,
} from './setback-outcome.ts';

/** Sends the creation of a group. */
export async function createGroup(
  talk: Conversation,
  step: CreateGroup,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  const found = await lookUp(talk, step.displayName, links);
  if (!found.ok) return outcomeOf(talk, onlyAsked(found.setback));
  if (found.value.length > 0) return join(talk, step, found.value, links);
  const created = await create(talk, step, links);
  if (!created.ok) return notCreated(talk, step, created.setback, links);
  const { group, members } = created.value;
  return {
    kind: 'linked',
    how: 'created',
    remoteId: group.id,
    // Silence is consent.
    displayName: group.displayName || step.displayName,
    members,
    strangers: 0,
  };
}

/** Groups of that name, as the lane has read them already or as the target finds them. */
async function lookUp(
  talk: Conversation,
  displayName: string,
  links: LinkLookups,
): Promise<Answer<readonly RemoteGroup[]>> {
  const known = links.knownGroups(displayName);
  return known === undefined ? lookUpGroups(talk, displayName) : { ok: true, value: known };
}

/** Takes over a group that is there already: by its id, whatever it is called, or an empty one by its name, if there is one. */
export async function takeOverGroup(
  talk: Conversation,
  step: TakeOverGroup,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  const { remoteId, displayName } = step;
  if (remoteId !== null) {
    const shown = await askBelievably(talk, 'group', () => readToTakeOver(talk, remoteId));
    return shown.ok ? takeOver(talk, step, shown.value, links) : outcomeOf(talk, onlyAsked(shown.setback));
  }
  const found = await lookUp(talk, displayName, links);
  if (!found.ok) return neverMissing(outcomeOf(talk, onlyAsked(found.setback)));
  return found.value.length === 0
    ? { kind: 'absent' }
    : neverMissing(await join(talk, step, found.value, links));
}

/** A group by its id, with its members where the target shows them. */
const readToTakeOver = (talk: Conversation, id: string): Promise<Answer<RemoteGroup>> =>
  talk.target.behaviour.groups.membersReadable
    ? talk.ask(getGroupRequest(id), judgeGroup)
    : askForGroup(talk, id);

interface Created {
  readonly group: RemoteGroup;
  /** Directory users who are in it from the beginning. */
  readonly members: readonly string[];
}

/** With the first of its members, where the target takes them; one whom it refuses does not keep the group from being created (R26). */
async function create(talk: Conversation, step: CreateGroup, links: LinkLookups): Promise<Answer<Created>> {
  const members = mayCreateWithMembers(talk) ? await links.missingRemoteIds(step.subject.id) : [];
  if (members.length > 0) {
    const whole = await post(talk, step, members);
    if (whole.ok) return withMembers(talk, whole.value, links);
    if (!mayBeForMembers(whole.setback)) return whole;
  }
  const empty = await post(talk, step, undefined);
  return empty.ok ? { ok: true, value: { group: empty.value, members: [] } } : empty;
}

const post = (talk: Conversation, { displayName }: CreateGroup, members: readonly string[] | undefined) =>
  talk.ask(createGroupRequest({ displayName, members }), judgeCreatedGroup);

/** Whether the target may have refused a creation because of the members that came with it. */
function mayBeForMembers(setback: Setback): boolean {
  return setback.kind === 'refused' || (setback.kind === 'again' && setback.reason === 'missing');
}

/** Where the target does not show who is in a group, nobody could tell after a lost answer who came in with its creation. */
function mayCreateWithMembers({ target }: Conversation): boolean {
  const { createWithMembers, membersReadable } = target.behaviour.groups;
  return createWithMembers && membersReadable;
}

/** Only members whom the target shows are taken for added: one that drops them answers success all the same. */
async function withMembers(
  talk: Conversation,
  group: RemoteGroup,
  links: LinkLookups,
): Promise<Answer<Created>> {
  const members =
    group.members === undefined
      ? await membersOf(talk, group.id, links)
      : ({ ok: true, value: await usersOf(group.members, links) } as const);
  return members.ok
    ? { ok: true, value: { group, members: members.value } }
    : { ok: false, setback: isThere(members.setback) };
}

/** The directory users whom a group of the target holds. */
async function membersOf(
  talk: Conversation,
  id: string,
  links: LinkLookups,
): Promise<Answer<readonly string[]>> {
  const read = await talk.ask(getGroupRequest(id), judgeGroup);
  return read.ok ? { ok: true, value: await usersOf(read.value.members ?? [], links) } : read;
}

const usersOf = async (remoteIds: readonly string[], links: LinkLookups): Promise<readonly string[]> => [
  ...(await links.knownMembers(remoteIds)).values(),
];

/** The group was created, although what follows was not answered: it is looked for under its name, and taken over. */
function isThere(setback: Setback): Setback {
  if (setback.kind === 'stop' || setback.kind === 'unsent') return setback;
  const retryAfterMs = setback.kind === 'later' ? setback.retryAfterMs : 0;
  return { kind: 'later', failure: setback.failure, retryAfterMs, uncertain: true };
}

/** A create that may have gone through under another name: the group, and whoever came in with it. */
export async function findGroup(
  talk: Conversation,
  step: FindGroup,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  const found = await lookUpTakenGroups(talk, step.displayName);
  if (!found.ok) return outcomeOf(talk, onlyAsked(found.setback));
  const [group] = found.value;
  if (group === undefined) return { kind: 'absent' };
  const members: Answer<readonly string[]> = mayCreateWithMembers(talk)
    ? await membersOf(talk, group.id, links)
    : { ok: true, value: [] };
  if (!members.ok) return outcomeOf(talk, onlyAsked(members.setback));
  return {
    kind: 'linked',
    how: 'found',
    remoteId: group.id,
    displayName: group.displayName,
    members: members.value,
    strangers: 0,
  };
}

/** A name that is taken is looked for once more: the first look may have missed what the target holds. */
async function notCreated(
  talk: Conversation,
  step: CreateGroup,
  setback: Setback,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  if (setback.kind !== 'again' || setback.reason !== 'taken')
    return outcomeOf(talk, await believable(talk, setback, 'group'));
  const accepted = isAccepted(setback.failure);
  const found = await lookUpTakenGroups(talk, step.displayName);
  if (!found.ok) return outcomeOf(talk, (accepted ? isThere : onlyAsked)(found.setback));
  if (found.value.length > 0) {
    const joined = await join(talk, step, found.value, links);
    const isOpen = joined.kind === 'later' || joined.kind === 'refused';
    return accepted && isOpen ? { ...joined, uncertain: true } : joined;
  }
  const advice = 'Look for it there, and rename or delete it, or rename the group here.';
  const failure = unseen(setback.failure, step.displayName, advice);
  return accepted ? notSeen(talk, failure) : { kind: 'refused', failure };
}

/** The one group of that name is taken over; two cannot be told apart (R21). */
async function join(
  talk: Conversation,
  step: CreateGroup | TakeOverGroup,
  found: readonly RemoteGroup[],
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  const [group, second] = found;
  if (group === undefined || second !== undefined)
    return { kind: 'refused', failure: twoOfThatName(step.displayName, found) };
  if (await links.areManaged([group.id])) return triedAgain(talk, nameHeld(step.displayName));
  if (!talk.target.behaviour.groups.membersReadable) return takeOver(talk, step, group, links);
  const read = await readToTakeOver(talk, group.id);
  if (!read.ok) return outcomeOf(talk, onlyAsked(read.setback));
  return takeOver(talk, step, { ...group, members: read.value.members ?? [] }, links);
}

/** R21: the group's membership becomes the directory's; members that Rollcall does not know go, unless they are to be kept. */
async function takeOver(
  talk: Conversation,
  step: CreateGroup | TakeOverGroup,
  { id, members: held = [], ...group }: RemoteGroup,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  const displayName = group.displayName || step.displayName;
  const linked = { kind: 'linked', how: 'found', remoteId: id, displayName } as const;
  const { membersReadable, unknownMembers } = talk.target.behaviour.groups;
  if (!membersReadable) return { ...linked, members: [], strangers: 0 };
  const users = await links.knownMembers(held);
  const strangers = unknownMembers === 'remove' ? held.filter((one) => !users.has(one)) : [];
  const removed = await removeMembers(talk, { id, displayName }, strangers, held);
  const members = [...users.values()];
  if (removed.ok) return { ...linked, members, strangers: strangers.length };
  // Whoever is wanted gets in all the same (R26).
  if (removed.setback.kind === 'refused')
    return { ...linked, members, strangers: 0, stuck: removed.setback.failure };
  return outcomeOf(talk, onlyAsked(removed.setback));
}

function twoOfThatName(displayName: string, groups: readonly RemoteGroup[]): Failure {
  const ids = groups.map((group) => `"${group.displayName}" (${group.id})`).join(' and ');
  return {
    code: 'group-ambiguous',
    message: `The application has ${groups.length} groups named "${displayName}": ${ids}. Rename or delete all but one there, then retry.`,
  };
}
