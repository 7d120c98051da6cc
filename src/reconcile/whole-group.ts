/** Groups of a target that takes them whole: each change tells it of everybody who is to stay in one. */
import {
  getGroupRequest,
  judgeGroup,
  judgeUpdatedGroup,
  replaceGroupRequest,
  type GroupContent,
} from '../scim/client/groups.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import type { Answer, Conversation } from './conversation.ts';
import type { LinkLookups } from './link-lookups.ts';
import { isMissing } from './missing.ts';

/**
 * The remote ids of the members that the target accepted and who have not left, and of those whom Rollcall does not know where they
 * are to be kept (R21). The target is asked for these: nobody has written them down.
 */
export async function stayingMembers(
  talk: Conversation,
  { id, remoteId }: { readonly id: string; readonly remoteId: string },
  links: LinkLookups,
): Promise<Answer<readonly string[]>> {
  const staying = await links.stayingRemoteIds(id);
  const { membersReadable, unknownMembers } = talk.target.behaviour.groups;
  if (unknownMembers === 'remove' || !membersReadable) return { ok: true, value: staying };
  const read = await talk.ask(getGroupRequest(remoteId), judgeGroup);
  if (!read.ok) return read;
  const held = read.value.members ?? [];
  const known = await links.knownMembers(held);
  return { ok: true, value: [...staying, ...held.filter((one) => !known.has(one))] };
}

/**
 * Sends a group whole. A target may refuse it because of somebody who left while it was on its way: that says nothing of the
 * change, which is tried again without them.
 */
export async function replaceGroup(
  talk: Conversation,
  remoteId: string,
  whole: GroupContent & { readonly members: readonly string[] },
  links: LinkLookups,
): Promise<Answer<RemoteGroup | undefined>> {
  const answer = await talk.ask(replaceGroupRequest(remoteId, whole), judgeUpdatedGroup);
  if (answer.ok || !(answer.setback.kind === 'refused' || isMissing(answer.setback))) return answer;
  if (!(await links.haveAnyLeft(whole.members))) return answer;
  const { failure } = answer.setback;
  return { ok: false, setback: { kind: 'later', failure, retryAfterMs: 0, uncertain: false } };
}
