/**
 * Changing a group's members: one request for the difference where the target takes it, and where it refuses, halves until
 * the member it refuses is found, so that one does not hold up the others (R26).
 */
import type { RefusedMember } from '../provisioning/members-changed.ts';
import type { GroupOutcome } from '../provisioning/outcome-group.ts';
import type { Failure } from '../provisioning/settlement.ts';
import type { Member } from '../provisioning/facts.ts';
import type { ChangeMembers } from '../provisioning/steps.ts';
import { getGroupRequest, judgeGroup } from '../scim/client/groups.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { Conversation, Setback } from './conversation.ts';
import type { LinkLookups } from './link-lookups.ts';
import { STILL_MEMBER, stillIn } from './member-removal.ts';
import { believable, isMissing } from './missing.ts';
import { senderFor, type Move, type Sender } from './member-sender.ts';
import { onlyAsked, outcomeOf, type StepResult } from './setback-outcome.ts';
import { askForUser, notChangeable } from './shown.ts';

/** Sends the difference in membership. Members whom the target does not hold yet are left out. */
export async function changeMembers(
  talk: Conversation,
  step: ChangeMembers,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  if (step.remoteId === null) throw new Error('The group does not exist in the target yet');
  const sender = await senderFor(talk, step, step.remoteId, links);
  if (!sender.ok) return outcomeOf(talk, await believable(talk, onlyAsked(sender.setback), 'group'));
  const changed: Collected = { added: [], removed: [], refused: [], stuck: [] };
  const wanted = movesOf(step);
  const moves = links.mayHaveChanged ? await stillToDo(talk, step.remoteId, wanted) : wanted;
  const open = new Set(moves);
  collect(
    wanted.filter((move) => !open.has(move)),
    changed,
  );
  const changing = { talk, groupId: step.remoteId, send: sender.value, changed };
  const setback = moves.length === 0 ? null : await sendHalving(changing, moves);
  // A membership that cannot be sent, because the target holds no such account, is settled as it is.
  changed.removed.push(
    ...step.remove.filter((member) => member.remoteId === null).map((member) => member.userId),
  );
  if (setback === null) return { kind: 'members', changed };
  const interrupted = outcomeOf(talk, setback);
  if (interrupted.kind === 'stop' || interrupted.kind === 'unsent') return interrupted;
  return { kind: 'members', changed, interrupted };
}

function movesOf(step: ChangeMembers): Move[] {
  const moves = (members: readonly Member[], action: Move['action']): Move[] =>
    members.flatMap((member) =>
      member.remoteId === null ? [] : [{ member, remoteId: member.remoteId, action }],
    );
  return [...moves(step.remove, 'remove'), ...moves(step.add, 'add')];
}

/**
 * Where an answer was lost, the work may be done. By RFC 7644 §3.5.2.1 an `add` may be repeated, and yet there are targets
 * that then hold the member twice: where the group shows its members, only what it lacks is said again.
 */
async function stillToDo(
  talk: Conversation,
  groupId: string,
  moves: readonly Move[],
): Promise<readonly Move[]> {
  const { update, membersReadable } = talk.target.behaviour.groups;
  if (update === 'put' || !membersReadable) return moves;
  const read = await talk.ask(getGroupRequest(groupId), judgeGroup);
  if (!read.ok || read.value.members === undefined) return moves;
  const held = new Set(read.value.members);
  return moves.filter((move) => held.has(move.remoteId) !== (move.action === 'add'));
}

interface Collected {
  added: string[];
  removed: string[];
  refused: RefusedMember[];
  stuck: RefusedMember[];
}

/** A group whose members are being changed, and what has come of it so far. */
interface Changing {
  readonly talk: Conversation;
  readonly groupId: string;
  readonly send: Sender;
  readonly changed: Collected;
}

/** Null when every move was accepted or refused by itself; otherwise what stopped it half-way. */
async function sendHalving(changing: Changing, moves: readonly Move[]): Promise<Setback | null> {
  const answer = await changing.send(moves);
  if (answer.ok) {
    await collectShown(changing, moves, answer.value);
    return null;
  }
  if (!isRefusal(answer.setback)) return answer.setback;
  const [only, second] = moves;
  if (only !== undefined && second === undefined) return refuseOne(changing, only, answer.setback);
  const half = Math.ceil(moves.length / 2);
  return (
    (await sendHalving(changing, moves.slice(0, half))) ?? (await sendHalving(changing, moves.slice(half)))
  );
}

function collect(moves: readonly Move[], changed: Collected): void {
  for (const move of moves)
    (move.action === 'add' ? changed.added : changed.removed).push(move.member.userId);
}

/** Silence is consent; a target that shows somebody who was to go says that they are in the group still. */
async function collectShown(
  { talk, groupId, changed }: Changing,
  moves: readonly Move[],
  group: RemoteGroup | undefined,
): Promise<void> {
  const removed = moves.flatMap(({ action, remoteId }) => (action === 'remove' ? [remoteId] : []));
  const shown = await stillIn(talk, groupId, removed, group);
  const isStill = ({ action, remoteId }: Move): boolean => action === 'remove' && shown.has(remoteId);
  collect(
    moves.filter((move) => !isStill(move)),
    changed,
  );
  for (const { member } of moves.filter(isStill))
    changed.stuck.push({ userId: member.userId, name: member.name, failure: STILL_MEMBER });
}

function isRefusal(setback: Setback): setback is Setback & { kind: 'refused' | 'again' } {
  return setback.kind === 'refused' || (setback.kind === 'again' && setback.reason !== 'changed');
}

/** A 404 may mean the member or the group: the group is asked for, so that a lost group is not taken for a bad member. */
async function refuseOne(
  { talk, groupId, changed }: Changing,
  move: Move,
  setback: Setback & { kind: 'refused' | 'again' },
): Promise<Setback | null> {
  const { userId, name } = move.member;
  const refused = (failure: Failure): RefusedMember => ({ userId, name, failure });
  const refuse = async (failure: Failure): Promise<void> => {
    changed.refused.push({ ...refused(failure), ...(await doubtOf(talk, move.remoteId)) });
  };
  if (!isMissing(setback)) {
    // Who could not be removed is still in, and that must not be forgotten.
    if (move.action === 'add') await refuse(setback.failure);
    else changed.stuck.push(refused(setback.failure));
    return null;
  }
  const group = await talk.ask(getGroupRequest(groupId), judgeGroup);
  if (!group.ok) return believable(talk, group.setback, 'group');
  if (move.action === 'add') await refuse(memberMissing(setback.failure));
  else if (group.value.members?.includes(move.remoteId) === true)
    changed.stuck.push(refused(notChangeable(setback, 'group').failure));
  else changed.removed.push(userId);
  return null;
}

/** Whether the account of a member whom the target refused may be gone, or inactive: its user's own step makes sure of that (R16). */
async function doubtOf(talk: Conversation, remoteId: string): Promise<Pick<RefusedMember, 'doubted'>> {
  const asked = await askForUser(talk, remoteId);
  const isSeen = asked.ok ? asked.value.active !== false : !isMissing(asked.setback);
  return isSeen ? {} : { doubted: remoteId };
}

function memberMissing(failure: Failure): Failure {
  const message =
    'The application shows the group, but answered as if it or this member were not there. Check whether it has an account of theirs, then retry.';
  return { ...failure, code: 'member-missing', message };
}
