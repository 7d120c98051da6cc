/** How a change of a group's members is sent: as a difference, or as the whole group. */
import type { Member } from '../provisioning/facts.ts';
import type { ChangeMembers } from '../provisioning/steps.ts';
import { changeMembersRequest, judgeUpdatedGroup } from '../scim/client/groups.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { Answer, Conversation } from './conversation.ts';
import type { LinkLookups } from './link-lookups.ts';
import { replaceGroup, stayingMembers } from './whole-group.ts';

/** One membership with what is to become of it. */
export interface Move {
  readonly member: Member;
  readonly remoteId: string;
  readonly action: 'add' | 'remove';
}

/** Sends such moves of one group in one request. Of a target that takes whole groups, it remembers who is in. */
export type Sender = (moves: readonly Move[]) => Promise<Answer<RemoteGroup | undefined>>;

function idsOf(moves: readonly Move[], action: Move['action']): string[] {
  return moves.filter((move) => move.action === action).map((move) => move.remoteId);
}

/** The way in which the target takes changes of this group; a setback where it could not be told who stays in it. */
export async function senderFor(
  talk: Conversation,
  step: ChangeMembers,
  groupId: string,
  links: LinkLookups,
): Promise<Answer<Sender>> {
  if (talk.target.behaviour.groups.update === 'patch') return { ok: true, value: patchSender(talk, groupId) };
  const staying = await stayingMembers(talk, { id: step.subject.id, remoteId: groupId }, links);
  if (!staying.ok) return staying;
  const group = { id: groupId, displayName: links.displayName || step.subject.name };
  return { ok: true, value: putSender(talk, group, staying.value, links) };
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
  { id, displayName }: Pick<RemoteGroup, 'id' | 'displayName'>,
  staying: readonly string[],
  links: LinkLookups,
): Sender {
  const held = new Set(staying);
  return async (moves) => {
    const next = new Set(held);
    for (const move of moves) {
      if (move.action === 'add') next.add(move.remoteId);
      else next.delete(move.remoteId);
    }
    const answer = await replaceGroup(talk, id, { displayName, members: [...next] }, links);
    if (answer.ok) {
      held.clear();
      for (const id of next) held.add(id);
    }
    return answer;
  };
}
