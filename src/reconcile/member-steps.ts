/**
 * Changing a group's members: one request for the difference where the target takes it, and where it refuses, halves until
 * the member it refuses is found, so that one does not hold up the others (R26).
 */
import type { RefusedMember } from '../provisioning/members-changed.ts';
import type { GroupOutcome } from '../provisioning/outcome-group.ts';
import type { ChangeMembers, Member } from '../provisioning/types.ts';
import {
  changeMembersRequest,
  getGroupRequest,
  judgeGroup,
  judgeUpdatedGroup,
  replaceGroupRequest,
} from '../scim/client/groups.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import type { LinkLookups } from './link-lookups.ts';
import { onlyAsked, outcomeOf, type StepResult } from './setback-outcome.ts';
import { stayingMembers } from './whole-group.ts';

/** One membership with what is to become of it. */
interface Move {
  readonly member: Member;
  readonly remoteId: string;
  readonly action: 'add' | 'remove';
}

type Sender = (moves: readonly Move[]) => Promise<Answer<unknown>>;

/** Sends the difference in membership. Members whom the target does not hold yet are left out. */
export async function changeMembers(
  talk: Conversation,
  step: ChangeMembers,
  links: LinkLookups,
): Promise<StepResult<GroupOutcome>> {
  if (step.remoteId === null) throw new Error('The group does not exist in the target yet');
  const sender = await senderFor(talk, step, step.remoteId, links);
  if (!sender.ok) return outcomeOf(talk, onlyAsked(sender.setback));
  const changed: Collected = { added: [], removed: [], refused: [], stuck: [] };
  const wanted = movesOf(step);
  const moves = links.mayHaveChanged ? await stillToDo(talk, step.remoteId, wanted) : wanted;
  collect(
    wanted.filter((move) => !moves.includes(move)),
    changed,
  );
  const setback =
    moves.length === 0 ? null : await sendHalving(talk, step.remoteId, moves, sender.value, changed);
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

function idsOf(moves: readonly Move[], action: Move['action']): string[] {
  return moves.filter((move) => move.action === action).map((move) => move.remoteId);
}

async function senderFor(
  talk: Conversation,
  step: ChangeMembers,
  groupId: string,
  links: LinkLookups,
): Promise<Answer<Sender>> {
  if (talk.target.behaviour.groups.update === 'patch') return { ok: true, value: patchSender(talk, groupId) };
  const staying = await stayingMembers(talk, { id: step.subject.id, remoteId: groupId }, links);
  if (!staying.ok) return staying;
  return { ok: true, value: putSender(talk, groupId, links.displayName || step.subject.name, staying.value) };
}

function patchSender(talk: Conversation, groupId: string): Sender {
  const removal = talk.target.behaviour.groups.memberRemoval;
  return (moves) => {
    const change = { add: idsOf(moves, 'add'), remove: idsOf(moves, 'remove') };
    return talk.ask(changeMembersRequest(groupId, change, removal), judgeUpdatedGroup);
  };
}

/** A target without PATCH takes the whole group each time, under the name that it has: a new one is a step of its own (R23). */
function putSender(
  talk: Conversation,
  groupId: string,
  displayName: string,
  staying: readonly string[],
): Sender {
  const held = new Set(staying);
  return async (moves) => {
    const next = new Set(held);
    for (const move of moves) {
      if (move.action === 'add') next.add(move.remoteId);
      else next.delete(move.remoteId);
    }
    const answer = await talk.ask(
      replaceGroupRequest(groupId, { displayName, members: [...next] }),
      judgeUpdatedGroup,
    );
    if (answer.ok) {
      held.clear();
      for (const id of next) held.add(id);
    }
    return answer;
  };
}

interface Collected {
  added: string[];
  removed: string[];
  refused: RefusedMember[];
  stuck: RefusedMember[];
}

/** Null when every move was accepted or refused by itself; otherwise what stopped it half-way. */
async function sendHalving(
  talk: Conversation,
  groupId: string,
  moves: readonly Move[],
  send: Sender,
  changed: Collected,
): Promise<Setback | null> {
  const answer = await send(moves);
  if (answer.ok) {
    collect(moves, changed);
    return null;
  }
  if (!isRefusal(answer.setback)) return answer.setback;
  const [only, second] = moves;
  if (only !== undefined && second === undefined)
    return refuseOne(talk, groupId, only, answer.setback, changed);
  const half = Math.ceil(moves.length / 2);
  return (
    (await sendHalving(talk, groupId, moves.slice(0, half), send, changed)) ??
    (await sendHalving(talk, groupId, moves.slice(half), send, changed))
  );
}

function collect(moves: readonly Move[], changed: Collected): void {
  for (const move of moves)
    (move.action === 'add' ? changed.added : changed.removed).push(move.member.userId);
}

function isRefusal(setback: Setback): setback is Setback & { kind: 'refused' | 'again' } {
  return setback.kind === 'refused' || (setback.kind === 'again' && setback.reason !== 'changed');
}

/** A 404 may mean the member or the group: the group is asked for, so that a lost group is not taken for a bad member. */
async function refuseOne(
  talk: Conversation,
  groupId: string,
  move: Move,
  setback: Setback & { kind: 'refused' | 'again' },
  changed: Collected,
): Promise<Setback | null> {
  const isMissing = setback.kind === 'again' && setback.reason === 'missing';
  if (isMissing) {
    const group = await talk.ask(getGroupRequest(groupId), judgeGroup);
    if (!group.ok) return group.setback;
  }
  const { userId, name } = move.member;
  // Who is not there needs no removal; who could not be removed is still in, and that must not be forgotten.
  if (move.action === 'add') changed.refused.push({ userId, name, failure: setback.failure });
  else if (isMissing) changed.removed.push(userId);
  else changed.stuck.push({ userId, name, failure: setback.failure });
  return null;
}

/** Takes members out by their remote ids, in requests of the size that the target takes. */
export async function removeMembers(
  talk: Conversation,
  groupId: string,
  displayName: string,
  remoteIds: readonly string[],
  held: readonly string[],
): Promise<Answer<unknown>> {
  const { update, memberRemoval, membersPerRequest } = talk.target.behaviour.groups;
  if (remoteIds.length === 0) return { ok: true, value: undefined };
  if (update === 'put') {
    const stay = held.filter((id) => !remoteIds.includes(id));
    return talk.ask(replaceGroupRequest(groupId, { displayName, members: stay }), judgeUpdatedGroup);
  }
  for (let start = 0; start < remoteIds.length; start += membersPerRequest) {
    const change = { add: [], remove: remoteIds.slice(start, start + membersPerRequest) };
    const answer = await talk.ask(changeMembersRequest(groupId, change, memberRemoval), judgeUpdatedGroup);
    if (!answer.ok) return answer;
  }
  return { ok: true, value: undefined };
}
