/** Users of a target: each request, and what its answer means (RFC 7644 §3). */
import type { JsonObject, JsonValue } from '../json.ts';
import { urn, type PatchOperation } from '../resources.ts';
import * as collection from './collection.ts';
import type { PageRequest } from './collection.ts';
import { readUser, type Page, type RemoteUser } from './remote.ts';
import type { ScimReply, ScimRequest, Verdict } from './verdict.ts';

const endpoint = '/Users';

/** What is no text is no `userName` (RFC 7643 §4.1.1). */
const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Asks for the account with that `userName` (RFC 7644 §3.4.2.2). */
export function findUserRequest(userName: string): ScimRequest {
  return collection.queryRequest(endpoint, { filter: collection.equalsFilter('userName', userName) });
}

/** The accounts whose `userName` equals without case, whatever else the answer holds. */
export function judgeFindUser(reply: ScimReply, userName: string): Verdict<RemoteUser[]> {
  return collection.judgeFound(reply, { endpoint, attribute: 'userName', value: userName, textOf }, readUser);
}

/** Asks for a page of all accounts. */
export function listUsersRequest(page: PageRequest): ScimRequest {
  return collection.queryRequest(endpoint, { ...page });
}

/** A page of accounts. */
export function judgeUserPage(reply: ScimReply): Verdict<Page<RemoteUser>> {
  return collection.judgePage(reply, endpoint, readUser);
}

/** Creates an account (RFC 7644 §3.3). */
export function createUserRequest(resource: JsonObject): ScimRequest {
  return { method: 'POST', path: endpoint, body: withSchemas(resource) };
}

/** The account as made. `again`/`taken` also where the target accepted it but did not show its id. */
export function judgeCreatedUser(reply: ScimReply): Verdict<RemoteUser> {
  return collection.judgeCreated(reply, readUser);
}

/** Asks for one account. */
export function getUserRequest(id: string): ScimRequest {
  return { method: 'GET', path: collection.recordPath(endpoint, id) };
}

/** The account that was asked for. */
export function judgeUser(reply: ScimReply): Verdict<RemoteUser> {
  return collection.judgeRecord(reply, readUser);
}

/** PUT (RFC 7644 §3.5.1): what the resource leaves out may be cleared by the target. */
export function replaceUserRequest(id: string, resource: JsonObject): ScimRequest {
  return { method: 'PUT', path: collection.recordPath(endpoint, id), body: { ...withSchemas(resource), id } };
}

/** Changes attributes of an account (RFC 7644 §3.5.2). */
export function patchUserRequest(id: string, operations: readonly PatchOperation[]): ScimRequest {
  return {
    method: 'PATCH',
    path: collection.recordPath(endpoint, id),
    body: collection.patchBody(operations),
  };
}

/** The account as it is now, or undefined where the answer does not show it. */
export function judgeUpdatedUser(reply: ScimReply): Verdict<RemoteUser | undefined> {
  return collection.judgeUpdated(reply, readUser);
}

/** Deletes an account (RFC 7644 §3.6). */
export function deleteUserRequest(id: string): ScimRequest {
  return { method: 'DELETE', path: collection.recordPath(endpoint, id) };
}

function withSchemas(resource: JsonObject): JsonObject {
  return { schemas: [urn.user], ...resource };
}
