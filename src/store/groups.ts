/** Groups of the directory. */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { patchedGroup, type Group, type GroupInput, type GroupPatch } from '../directory/group.ts';
import { notFound, taken } from '../errors.ts';
import type { Handle, Tx } from './database.ts';
import { markGroupDeletion, markGroups } from './mark-groups.ts';
import { byInteger, byText, byTime, type Sort } from './order.ts';
import { pageInOrder } from './page-in-order.ts';
import { containing, type Page, type PageRequest } from './page.ts';
import { lockDirectoryShared } from './scope.ts';
import { checkVersion, setVersion, type Edit, type Expected } from './version.ts';

/** A group in a list: its version is asked for one at a time, as it is worked out from all members. */
type ListedGroup = Omit<Group, 'version'>;

interface CountedRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly members: string;
}

interface GroupRow extends CountedRow {
  readonly version: string;
  /** Stands for who is a member. */
  readonly who: string;
}

function toListed(row: CountedRow): ListedGroup {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    memberCount: Number(row.members),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

const memberCount = sql<string>`(SELECT count(*) FROM group_members gm WHERE gm.group_id = groups.id)`;

const groupsWithCount = (handle: Handle) =>
  handle.selectFrom('groups').selectAll('groups').select(memberCount.as('members'));

const toGroup = (row: GroupRow): Group => ({ ...toListed(row), version: `${row.version}-${row.who}` });

/** The group of that id. Throws a `Problem` when there is none. */
export async function getGroup(handle: Handle, id: string): Promise<Group> {
  const { rows } = await sql<GroupRow>`
    SELECT g.*, m.members, m.who FROM groups g CROSS JOIN LATERAL (
      SELECT count(*) AS members, ${setVersion(sql`user_id`)} AS who FROM group_members WHERE group_id = g.id) m
    WHERE g.id = ${id}`.execute(handle);
  const [row] = rows;
  if (row === undefined) throw notFound('This group');
  return toGroup(row);
}

export const groupSorts = ['name', 'memberCount', 'createdAt'] as const;

type GroupSort = Sort<(typeof groupSorts)[number]>;

const groupName = byText(sql`lower(groups.name)`);

const groupKeys = {
  name: [groupName],
  memberCount: [byInteger(memberCount), groupName],
  createdAt: [byTime(sql`groups.created_at`), groupName],
};

/** What to narrow a list of groups to. */
interface GroupFilter extends PageRequest {
  readonly sort: GroupSort;
  /** Only the group of this name, compared without case. */
  readonly name?: string | undefined;
  /** Only the groups that this user is a member of. */
  readonly userId?: string;
  /** Only the groups that are bound to this application. */
  readonly applicationId?: string;
}

/** A page of the groups: all, those of a user, or those that are bound to an application. */
export async function listGroups(handle: Handle, filter: GroupFilter): Promise<Page<ListedGroup>> {
  const { applicationId, name, search, userId } = filter;
  let matching = groupsWithCount(handle);
  if (name !== undefined) matching = matching.where(sql`lower(name)`, '=', sql`lower(${name})`);
  if (search !== undefined) matching = matching.where(sql`lower(name)`, 'like', containing(search));
  if (userId !== undefined) {
    matching = matching.where('id', 'in', (inner) =>
      inner.selectFrom('group_members').select('group_id').where('user_id', '=', userId),
    );
  }
  if (applicationId !== undefined) {
    matching = matching.where('id', 'in', (inner) =>
      inner.selectFrom('application_groups').select('group_id').where('application_id', '=', applicationId),
    );
  }
  return pageInOrder(handle, matching, groupKeys, filter, toListed);
}

async function refuseTaken(tx: Tx, name: string, id?: string): Promise<void> {
  const other = await tx
    .selectFrom('groups')
    .select('name')
    .where(sql`lower(name)`, '=', sql`lower(${name})`)
    .$if(id !== undefined, (query) => query.where('id', '<>', id ?? ''))
    .executeTakeFirst();
  if (other === undefined) return;
  throw taken(
    'name',
    `The name "${name}" belongs to the group "${other.name}" already. Choose another one, or rename that group.`,
  );
}

/** Makes an empty group. Throws a `Problem` when the name is taken, compared without case. */
export async function createGroup(tx: Tx, input: GroupInput): Promise<Group> {
  await lockDirectoryShared(tx);
  const row = await tx
    .insertInto('groups')
    .values({ id: uuidv7(), name: input.name, description: input.description ?? null })
    .onConflict((conflicting) => conflicting.expression(sql`lower(name)`).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row !== undefined) return getGroup(tx, row.id);
  await refuseTaken(tx, input.name);
  throw taken('name', `The name "${input.name}" was taken at this moment. Try again.`);
}

/** Reads a group, and keeps it as it is until the transaction ends. Throws a `Problem` when there is none, or another one. */
export async function lockGroup(tx: Tx, id: string, expected: Expected): Promise<Group> {
  const locked = await tx
    .selectFrom('groups')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (locked === undefined) throw notFound('This group');
  const group = await getGroup(tx, id);
  checkVersion(`The group "${group.name}"`, group.version, expected);
  return group;
}

/**
 * Changes a group's name or description; a new name marks it where it is bound (R23). Throws a `Problem` when there is
 * no such group, when somebody else changed it meanwhile, or when the name is taken.
 */
export async function updateGroup(
  tx: Tx,
  id: string,
  patch: GroupPatch,
  { expected, cause }: Edit,
): Promise<{ before: Group; after: Group }> {
  await lockDirectoryShared(tx);
  const before = await lockGroup(tx, id, expected);
  const after = patchedGroup(before, patch);
  if (after.name === before.name && after.description === before.description)
    return { before, after: before };
  await refuseTaken(tx, after.name, id);
  await tx
    .updateTable('groups')
    .set({ ...after, version: sql`version + 1`, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  if (after.name !== before.name) await markGroups(tx, [id], { ...cause, group: { id, name: after.name } });
  return { before, after: await getGroup(tx, id) };
}

/** Deletes a group; marks it and its members first, while it can be seen where it was bound (R25). */
export async function deleteGroup(tx: Tx, id: string, { expected, cause }: Edit): Promise<Group> {
  await lockDirectoryShared(tx);
  const group = await lockGroup(tx, id, expected);
  await markGroupDeletion(tx, id, { ...cause, group: { id, name: group.name } });
  await tx.deleteFrom('groups').where('id', '=', id).execute();
  return group;
}
