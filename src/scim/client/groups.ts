/** Groups of a target: each request, and what its answer means (RFC 7644 §3). */
import type { JsonObject } from '../json.ts';
import { urn, type JsonValue, type PatchOperation } from '../resources.ts';
import * as collection from './collection.ts';
import type { PageRequest } from './collection.ts';
import { groupNameOf, readGroup, type Page, type RemoteGroup } from './remote.ts';
import type { ScimReply, ScimRequest, Verdict } from './verdict.ts';

const endpoint = '/Groups';
/** Members are left out where nobody needs them: a group may have 100,000. */
const WITHOUT_MEMBERS = { excludedAttributes: 'members' };

/** A group as it is sent. Members are remote ids of users. */
export interface GroupContent {
  readonly displayName: string;
  readonly members?: readonly string[] | undefined;
}

/** Asks for the groups with that `displayName`, without their members (RFC 7644 §3.4.2.2). */
export function findGroupRequest(displayName: string): ScimRequest {
  const filter = collection.equalsFilter('displayName', displayName);
  return collection.queryRequest(endpoint, { filter, ...WITHOUT_MEMBERS });
}

/** The groups whose `displayName` equals without case; names need not be unique in a target (R21). */
export function judgeFindGroup(reply: ScimReply, displayName: string): Verdict<RemoteGroup[]> {
  return collection.judgeFound(
    reply,
    { endpoint, attribute: 'displayName', value: displayName, textOf: groupNameOf },
    readGroup,
  );
}

/** Asks for a page of all groups, without their members. */
export function listGroupsRequest(page: PageRequest): ScimRequest {
  return collection.queryRequest(endpoint, { ...page, ...WITHOUT_MEMBERS });
}

/** A page of groups. */
export function judgeGroupPage(reply: ScimReply): Verdict<Page<RemoteGroup>> {
  return collection.judgePage(reply, endpoint, readGroup);
}

/** Creates a group (RFC 7644 §3.3). */
export function createGroupRequest(group: GroupContent): ScimRequest {
  return { method: 'POST', path: endpoint, body: body(group) };
}

/** The group as made. `again`/`taken` also where the target accepted it but did not show its id. */
export function judgeCreatedGroup(reply: ScimReply): Verdict<RemoteGroup> {
  return collection.judgeCreated(reply, readGroup);
}

/** Asks for one group, with its members unless nobody needs them. */
export function getGroupRequest(
  id: string,
  { withoutMembers = false }: { readonly withoutMembers?: boolean } = {},
): ScimRequest {
  return collection.queryRequest(collection.recordPath(endpoint, id), withoutMembers ? WITHOUT_MEMBERS : {});
}

/** The group that was asked for. */
export function judgeGroup(reply: ScimReply): Verdict<RemoteGroup> {
  return collection.judgeRecord(reply, readGroup);
}

/** Renames with PATCH, which leaves the members alone (R23). */
export function renameGroupRequest(id: string, displayName: string): ScimRequest {
  return patch(id, [{ op: 'replace', path: 'displayName', value: displayName }]);
}

/** PUT: the whole group. **Without `members` a target empties it** (RFC 7644 §3.5.1). */
export function replaceGroupRequest(id: string, group: GroupContent): ScimRequest {
  return { method: 'PUT', path: collection.recordPath(endpoint, id), body: { ...body(group), id } };
}

/**
 * One PATCH that takes members out and puts members in. RFC 7644 §3.5.2.2 knows only the `filter` form of a removal,
 * one operation for each member; read strictly, the `array` form removes everybody, yet some targets know no other.
 */
export function changeMembersRequest(
  id: string,
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  removal: 'filter' | 'array',
): ScimRequest {
  const add: PatchOperation[] =
    change.add.length === 0 ? [] : [{ op: 'add', path: 'members', value: memberValues(change.add) }];
  return patch(id, [...removals(change.remove, removal), ...add]);
}

/** The group as it is now, or undefined where the answer does not show it. */
export function judgeUpdatedGroup(reply: ScimReply): Verdict<RemoteGroup | undefined> {
  return collection.judgeUpdated(reply, readGroup);
}

/** Deletes a group (RFC 7644 §3.6). */
export function deleteGroupRequest(id: string): ScimRequest {
  return { method: 'DELETE', path: collection.recordPath(endpoint, id) };
}

function removals(ids: readonly string[], removal: 'filter' | 'array'): PatchOperation[] {
  if (removal === 'filter') {
    return ids.map((id) => ({ op: 'remove', path: `members[${collection.equalsFilter('value', id)}]` }));
  }
  return ids.length === 0 ? [] : [{ op: 'remove', path: 'members', value: memberValues(ids) }];
}

function memberValues(ids: readonly string[]): JsonValue {
  return ids.map((value) => ({ value }));
}

function patch(id: string, operations: readonly PatchOperation[]): ScimRequest {
  return {
    method: 'PATCH',
    path: collection.recordPath(endpoint, id),
    body: collection.patchBody(operations),
  };
}

function body({ displayName, members }: GroupContent): JsonObject {
  return {
    schemas: [urn.group],
    displayName,
    ...(members === undefined ? {} : { members: memberValues(members) }),
  };
}
