/** Taking members out of a group, and who is in it still afterwards. */
import type { Failure } from '../provisioning/settlement.ts';
import {
  changeMembersRequest,
  getGroupRequest,
  judgeGroup,
  judgeUpdatedGroup,
  replaceGroupRequest,
} from '../scim/client/groups.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { ScimRequest } from '../scim/client/verdict.ts';
import type { Answer, Conversation } from './conversation.ts';

/**
 * Those who were to go and are in the group still. An answer may show it as it was before: the group is asked for before one that
 * shows them is believed.
 */
export async function stillIn(
  talk: Conversation,
  groupId: string,
  removed: readonly string[],
  answered: RemoteGroup | undefined,
): Promise<ReadonlySet<string>> {
  const inAnswer = stayed(removed, answered);
  if (inAnswer.size === 0 || !talk.target.behaviour.groups.membersReadable) return inAnswer;
  const read = await talk.ask(getGroupRequest(groupId), judgeGroup);
  return read.ok ? stayed(removed, read.value) : inAnswer;
}

function stayed(removed: readonly string[], group: RemoteGroup | undefined): ReadonlySet<string> {
  const shown = new Set(group?.members);
  return new Set(removed.filter((id) => shown.has(id)));
}

export const STILL_MEMBER: Failure = {
  code: 'still-member',
  message:
    'The application answered success, but shows them as still in the group. Take them out there, or, where it may not know this way to remove members, choose another one in the connection’s settings; then retry.',
};

/**
 * Takes members out of a group by their remote ids, of those that it has held, in requests of the size that the target takes. Where one
 * of these is refused, the others are sent all the same.
 */
export async function removeMembers(
  talk: Conversation,
  group: Pick<RemoteGroup, 'id' | 'displayName'>,
  remoteIds: readonly string[],
  held: readonly string[],
): Promise<Answer<unknown>> {
  const { update, memberRemoval, membersPerRequest } = talk.target.behaviour.groups;
  if (remoteIds.length === 0) return { ok: true, value: undefined };
  if (update === 'put') {
    const leaving = new Set(remoteIds);
    const stay = held.filter((id) => !leaving.has(id));
    const whole = { displayName: group.displayName, members: stay };
    return removeSome(talk, group.id, remoteIds, replaceGroupRequest(group.id, whole));
  }
  let all: Answer<unknown> = { ok: true, value: undefined };
  for (let start = 0; start < remoteIds.length; start += membersPerRequest) {
    const remove = remoteIds.slice(start, start + membersPerRequest);
    const request = changeMembersRequest(group.id, { add: [], remove }, memberRemoval);
    const answer = await removeSome(talk, group.id, remove, request);
    if (!answer.ok && answer.setback.kind !== 'refused') return answer;
    if (all.ok) all = answer;
  }
  return all;
}

/** One request that takes members out; refused also where they are in the group still. */
async function removeSome(
  talk: Conversation,
  groupId: string,
  remoteIds: readonly string[],
  request: ScimRequest,
): Promise<Answer<unknown>> {
  const answer = await talk.ask(request, judgeUpdatedGroup);
  if (!answer.ok) return answer;
  const still = await stillIn(talk, groupId, remoteIds, answer.value);
  return still.size === 0 ? answer : { ok: false, setback: { kind: 'refused', failure: STILL_MEMBER } };
}
