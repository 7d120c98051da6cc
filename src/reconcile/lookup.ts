/** Looking for what the target already holds: by filter where it can be trusted, otherwise page by page. */
import { USER_NAME } from '../provisioning/desired.ts';
import type { Failure } from '../provisioning/settlement.ts';
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
import type { Answer, Conversation } from './conversation.ts';
import { askBelievably, isMissing } from './missing.ts';
import { onceAtRest, type Reading } from './at-rest.ts';
import { readPages } from './pages.ts';

/** The account with that `userName`, or null. */
export async function lookUpUser(talk: Conversation, userName: string): Promise<Answer<RemoteUser | null>> {
  const found = await lookUpUsers(talk, userName);
  return found.ok ? theAccount(userName, found.value) : found;
}

/** The account of a `userName` that the target has, or may have: either way of looking may miss what the other shows. */
export async function lookUpTakenUser(
  talk: Conversation,
  userName: string,
): Promise<Answer<RemoteUser | null>> {
  if (talk.target.behaviour.filter) {
    const found = await lookUpUser(talk, userName);
    if (!found.ok || found.value !== null) return found;
  }
  const scanned = await onceAtRest(() => readUsers(talk, userName));
  return scanned.ok ? theAccount(userName, scanned.value) : scanned;
}

/** Every account with that `userName`, compared without case. */
export async function lookUpUsers(
  talk: Conversation,
  userName: string,
): Promise<Answer<readonly RemoteUser[]>> {
  if (!talk.target.behaviour.filter) return foundIn(await readUsers(talk, userName));
  return nobodyWhereMissing(talk, 'user', () =>
    talk.ask(findUserRequest(userName), (reply) => judgeFindUser(reply, userName)),
  );
}

/** Reads the whole list of users: for targets whose filter misses what they hold. */
function readUsers(talk: Conversation, userName: string): Promise<Answer<Reading<RemoteUser>>> {
  const wanted = userNameKey(userName);
  const pages = readPages(talk, listUsersRequest, judgeUserPage, talk.target.behaviour.pageSize);
  return readFor(pages, ({ resource }) => userNameKey(resource[USER_NAME]) === wanted);
}

/** Reads a list to its end, and keeps what is wanted of it. */
async function readFor<T extends { readonly id: string }>(
  pages: AsyncIterable<Answer<readonly T[]>>,
  isWanted: (one: T) => boolean,
): Promise<Answer<Reading<T>>> {
  const found: T[] = [];
  const ids = new Set<string>();
  for await (const page of pages) {
    if (!page.ok) return page;
    found.push(...page.value.filter(isWanted));
    for (const { id } of page.value) ids.add(id);
  }
  return { ok: true, value: { found, ids } };
}

const foundIn = <T>(read: Answer<Reading<T>>): Answer<readonly T[]> =>
  read.ok ? { ok: true, value: read.value.found } : read;

/**
 * Some targets show accounts of the past beside the one that is in use. Of two that are active, one would stay so when its
 * person leaves, and nobody would know.
 */
function theAccount(userName: string, found: readonly RemoteUser[]): Answer<RemoteUser | null> {
  const accounts = new Map(found.map((user) => [user.id, user]));
  const active = [...accounts.values()].filter((user) => user.active !== false);
  if (active.length > 1)
    return { ok: false, setback: { kind: 'refused', failure: twoAccounts(userName, active) } };
  return { ok: true, value: active[0] ?? found[0] ?? null };
}

function twoAccounts(userName: string, active: readonly RemoteUser[]): Failure {
  const ids = active.map(({ id }) => id).join(' and ');
  const message = `The application has ${active.length} accounts named "${userName}": ${ids}. Rename or deactivate all but one there, then retry.`;
  return { code: 'account-ambiguous', message };
}

/** Every group of that name, compared without case: two of them cannot be told apart (R21). */
export async function lookUpGroups(
  talk: Conversation,
  displayName: string,
): Promise<Answer<readonly RemoteGroup[]>> {
  return talk.target.behaviour.filter
    ? filterGroups(talk, displayName)
    : foundIn(await readGroups(talk, displayName));
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
  return onceAtRest(() => readGroups(talk, displayName));
}

function readGroups(talk: Conversation, displayName: string): Promise<Answer<Reading<RemoteGroup>>> {
  const wanted = displayName.toLowerCase();
  const pages = readPages(talk, listGroupsRequest, judgeGroupPage, talk.target.behaviour.pageSize);
  return readFor(pages, (group) => group.displayName.toLowerCase() === wanted);
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
