/** Looking for what the target already holds: by filter where it can be trusted, otherwise page by page. */
import { recordKey } from '../name-key.ts';
import { USER_NAME } from '../provisioning/desired.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import { userNameKey } from '../provisioning/user-name-key.ts';
import {
  findGroupRequest,
  judgeFindGroup,
  judgeGroupPage,
  listGroupsRequest,
} from '../scim/client/groups.ts';
import { findUserRequest, judgeFindUser, judgeUserPage, listUsersRequest } from '../scim/client/users.ts';
import type { RemoteGroup, RemoteUser } from '../scim/client/remote.ts';
import { theAccount } from './account.ts';
import type { Answer, Conversation } from './conversation.ts';
import { askBelievably, isMissing } from './missing.ts';
import { readPages } from './pages.ts';
import { readNamed, thoseNamed, thoseSurelyNamed, type NamedRecords } from './read-named.ts';

/** The account with that `userName`, or null, as the target's filter finds it. */
export async function lookUpUser(talk: Conversation, userName: string): Promise<Answer<RemoteUser | null>> {
  return theAccount(userName, await filterUsers(talk, userName));
}

/** Every account with that `userName`, compared without case, that the target's filter finds. */
export function filterUsers(talk: Conversation, userName: string): Promise<Answer<RemoteUser[]>> {
  return nobodyWhereMissing(talk, 'user', () =>
    talk.ask(findUserRequest(userName), (reply) => judgeFindUser(reply, userName)),
  );
}

/** Reads the list of users for these `userName`s: for targets whose filter misses what they hold. */
export function readUsersNamed(
  talk: Conversation,
  userNames: readonly string[],
): Promise<Answer<NamedRecords<RemoteUser>>> {
  const pages = () => readPages(talk, listUsersRequest, judgeUserPage, talk.target.behaviour.pageSize);
  return readNamed({ pages, keyOf: ({ resource }) => userNameKey(resource[USER_NAME]) }, userNames);
}

/** Every group of that name, compared without case: two of them cannot be told apart (R21). */
export async function lookUpGroups(
  talk: Conversation,
  displayName: string,
): Promise<Answer<readonly RemoteGroup[]>> {
  return talk.target.behaviour.filter
    ? filterGroups(talk, displayName)
    : thoseNamed(displayName, await readGroupsNamed(talk, [displayName]));
}

/**
 * Every group of a name that the target says is taken: either way of looking may miss what the other shows, be it a filter
 * that compares with case or a list that is cut off.
 */
export async function lookUpTakenGroups(
  talk: Conversation,
  displayName: string,
): Promise<Answer<readonly RemoteGroup[]>> {
  const filtered = await filterGroups(talk, displayName);
  const trusted = talk.target.behaviour.filter;
  if (filtered.ok ? filtered.value.length > 0 : trusted) return filtered;
  return thoseSurelyNamed(displayName, await readGroupsNamed(talk, [displayName]));
}

/** Reads the list of groups for these names. */
export function readGroupsNamed(
  talk: Conversation,
  names: readonly string[],
): Promise<Answer<NamedRecords<RemoteGroup>>> {
  const pages = () => readPages(talk, listGroupsRequest, judgeGroupPage, talk.target.behaviour.pageSize);
  return readNamed({ pages, keyOf: ({ displayName }) => recordKey(displayName) }, names);
}

async function filterGroups(talk: Conversation, displayName: string): Promise<Answer<RemoteGroup[]>> {
  return nobodyWhereMissing(talk, 'group', () =>
    talk.ask(findGroupRequest(displayName), (reply) => judgeFindGroup(reply, displayName)),
  );
}

/** A target may answer 404 where its filter finds nothing. */
async function nobodyWhereMissing<T>(
  talk: Conversation,
  kind: RecordKind,
  ask: () => Promise<Answer<T[]>>,
): Promise<Answer<T[]>> {
  const answer = await askBelievably(talk, kind, ask);
  return !answer.ok && isMissing(answer.setback) ? { ok: true, value: [] } : answer;
}
