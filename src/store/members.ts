/** Who is in which group. Changes are set-based: a hundred thousand members are a handful of statements. */
import { sql } from 'kysely';
import type { User } from '../directory/user.ts';
import { badInput, notFound, type FieldError } from '../errors.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Handle, Tx } from './database.ts';
import { lockGroup } from './groups.ts';
import { refuseBoth, type IdChange } from './id-change.ts';
import { markMemberships } from './mark-users.ts';
import { pageInOrder } from './page-in-order.ts';
import { containing, type Page, type PageRequest } from './page.ts';
import { uuids } from './rowset.ts';
import { lockDirectoryShared } from './scope.ts';
import { userKeys, type UserSort } from './user-list.ts';
import { userText } from './user-text.ts';
import { toUser } from './users.ts';
import type { Expected } from './version.ts';

/** The ids of those who really joined and left. */
interface MembersChanged {
  /** The group's name. */
  readonly group: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const MAX_ERRORS = 100;

/** The members of a group; none where there is no such group. */
export async function listMembers(
  handle: Handle,
  groupId: string,
  request: PageRequest & { readonly sort: UserSort },
): Promise<Page<User>> {
  const { search } = request;
  let matching = handle
    .selectFrom('group_members as gm')
    .innerJoin('users as u', 'u.id', 'gm.user_id')
    .where('gm.group_id', '=', groupId)
    .selectAll('u');
  if (search !== undefined) matching = matching.where(userText('u'), 'like', containing(search));
  return pageInOrder(handle, matching, userKeys('u'), request, toUser);
}

/** Keeps the users from being deleted until the members are in, and refuses ids that belong to nobody. */
async function lockUsers(tx: Tx, ids: readonly string[]): Promise<void> {
  const found = await sql<{ id: string }>`
    SELECT id FROM users WHERE id = ANY(${uuids(ids)}) ORDER BY id FOR KEY SHARE`.execute(tx);
  const known = new Set(found.rows.map((row) => row.id));
  const errors = ids.flatMap((id, at): FieldError[] =>
    known.has(id) ? [] : [{ path: `add[${at}]`, message: `is the id of no user: ${id}.` }],
  );
  const [first] = errors;
  if (first === undefined) return;
  const said = `${first.path} ${first.message}`;
  throw badInput(
    `${errors.length === 1 ? said : `${errors.length} of the users to add do not exist; the first: ${said}`} No member was changed.`,
    errors.slice(0, MAX_ERRORS),
  );
}

async function insertMembers(tx: Tx, groupId: string, ids: readonly string[]): Promise<string[]> {
  const added = await sql<{ user_id: string }>`
    INSERT INTO group_members (group_id, user_id)
    SELECT ${groupId}::uuid, id FROM unnest(${uuids(ids)}) AS id
    ON CONFLICT DO NOTHING RETURNING user_id`.execute(tx);
  return added.rows.map((row) => row.user_id);
}

async function deleteMembers(tx: Tx, groupId: string, ids: readonly string[]): Promise<string[]> {
  const removed = await sql<{ user_id: string }>`
    DELETE FROM group_members WHERE group_id = ${groupId} AND user_id = ANY(${uuids(ids)})
    RETURNING user_id`.execute(tx);
  return removed.rows.map((row) => row.user_id);
}

/**
 * Throws a `Problem` where there is no such group, or a user to add does not exist, naming `add[3]`; locks both against
 * deletion. Answers the group's name.
 */
export async function checkMembers(tx: Tx, groupId: string, change: IdChange): Promise<string> {
  refuseBoth(change, 'a user who is', 'Name them once.');
  const groups = await sql<{
    name: string;
  }>`SELECT name FROM groups WHERE id = ${groupId} FOR KEY SHARE`.execute(tx);
  const [group] = groups.rows;
  if (group === undefined) throw notFound('This group');
  await lockUsers(tx, change.add);
  return group.name;
}

/**
 * Adds and removes members, and marks those who really joined or left (R22). Changes nothing where `checkMembers` throws, or
 * where the group is another than the writer has seen. Those who do not say what they have seen change a group side by side.
 */
export async function changeMembers(
  tx: Tx,
  groupId: string,
  change: IdChange,
  cause: Cause,
  expected: Expected = 'any',
): Promise<MembersChanged> {
  await lockDirectoryShared(tx);
  if (expected !== 'any') await lockGroup(tx, groupId, expected);
  const group = await checkMembers(tx, groupId, change);
  const removed = await deleteMembers(tx, groupId, change.remove);
  const added = await insertMembers(tx, groupId, change.add);
  const why = { ...cause, group: { id: groupId, name: group } };
  await markMemberships(tx, { groupId, userIds: removed }, 'leavers', why);
  await markMemberships(tx, { groupId, userIds: added }, 'others', why);
  return { group, added, removed };
}
