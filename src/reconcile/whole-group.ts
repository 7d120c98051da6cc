/** Whom a target that takes groups whole is to be told of with each change: everybody who is to stay in one. */
import { getGroupRequest, judgeGroup } from '../scim/client/groups.ts';
import type { Answer, Conversation } from './conversation.ts';
import type { LinkLookups } from './link-lookups.ts';

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
