/** Looking for what the target already holds: by filter where it can be trusted, otherwise page by page. */
import { USER_NAME } from '../provisioning/desired.ts';
import type { RecordKind } from '../provisioning/types.ts';
import { userNameKey } from '../provisioning/user-name-key.ts';
import {
  findGroupRequest,
  judgeFindGroup,
  judgeGroupPage,
  listGroupsRequest,
} from '../scim/client/groups.ts';
import { findUserRequest, judgeFindUser, judgeUserPage, listUsersRequest } from '../scim/client/users.ts';
import type { RemoteGroup, RemoteUser } from '../scim/client/remote.ts';
import type { Answer, Conversation } from './conversation.ts';
import { readPages } from './pages.ts';
import { believable, isMissing } from './shown.ts';

/** The account with that `userName`, compared without case, or null. */
export async function lookUpUser(
  talk: Conversation,
  userName: string,
  trustFilter: boolean,
): Promise<Answer<RemoteUser | null>> {
  if (!trustFilter) return scanUsers(talk, userName);
  const answer = await talk.ask(findUserRequest(userName), (reply) => judgeFindUser(reply, userName));
  const found = await nobodyWhereMissing(talk, answer, 'user');
  return found.ok ? { ok: true, value: found.value[0] ?? null } : found;
}

/** Reads the list of users until it shows that `userName`: for targets whose filter misses what they hold. */
async function scanUsers(talk: Conversation, userName: string): Promise<Answer<RemoteUser | null>> {
  const wanted = userNameKey(userName);
  const pages = readPages(talk, listUsersRequest, judgeUserPage, talk.target.behaviour.pageSize);
  for await (const page of pages) {
    if (!page.ok) return page;
    const match = page.value.find(({ resource }) => userNameKey(resource[USER_NAME]) === wanted);
    if (match !== undefined) return { ok: true, value: match };
  }
  return { ok: true, value: null };
}

/** Every group of that name, compared without case: two of them cannot be told apart (R21). */
export async function lookUpGroups(talk: Conversation, displayName: string): Promise<Answer<RemoteGroup[]>> {
  return talk.target.behaviour.filter ? filterGroups(talk, displayName) : scanGroups(talk, displayName);
}

/**
 * Every group of a name that the target says is taken: either way of looking may miss what the other shows, be it a filter
 * that compares with case or a list that is cut off.
 */
export async function lookUpTakenGroups(
  talk: Conversation,
  displayName: string,
): Promise<Answer<RemoteGroup[]>> {
  const filtered = await filterGroups(talk, displayName);
  const trusted = talk.target.behaviour.filter;
  if (filtered.ok ? filtered.value.length > 0 : trusted) return filtered;
  return scanGroups(talk, displayName);
}

async function filterGroups(talk: Conversation, displayName: string): Promise<Answer<RemoteGroup[]>> {
  const answer = await talk.ask(findGroupRequest(displayName), (reply) => judgeFindGroup(reply, displayName));
  return nobodyWhereMissing(talk, answer, 'group');
}

/** A target may answer 404 where its filter finds nothing. */
async function nobodyWhereMissing<T>(
  talk: Conversation,
  answer: Answer<T[]>,
  kind: RecordKind,
): Promise<Answer<T[]>> {
  if (answer.ok) return answer;
  const setback = await believable(talk, answer.setback, kind);
  return isMissing(setback) ? { ok: true, value: [] } : { ok: false, setback };
}

async function scanGroups(talk: Conversation, displayName: string): Promise<Answer<RemoteGroup[]>> {
  const read = await readGroupNames(talk, [displayName]);
  return read.ok ? { ok: true, value: [...read.value.values()].flat() } : read;
}

/** Reads the list of groups once and keeps only the wanted names, each with the groups that have it (none: an empty list). */
export async function readGroupNames(
  talk: Conversation,
  names: readonly string[],
): Promise<Answer<ReadonlyMap<string, readonly RemoteGroup[]>>> {
  const found = new Map<string, RemoteGroup[]>(names.map((name) => [name.toLowerCase(), []]));
  const pages = readPages(talk, listGroupsRequest, judgeGroupPage, talk.target.behaviour.pageSize);
  for await (const page of pages) {
    if (!page.ok) return page;
    for (const group of page.value) found.get(group.displayName.toLowerCase())?.push(group);
  }
  return { ok: true, value: found };
}
