/** Users of the directory. A change is written with the marks that follow from it. */
import { sql, type Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import {
  attributesFault,
  isReaddressed,
  newUser,
  patchedUser,
  personName,
  sameUser,
  stopsBeingActive,
  type PersonNames,
  type User,
  type UserFields,
  type UserInput,
  type UserPatch,
} from '../directory/user.ts';
import type { Role } from '../access/roles.ts';
import { badInput, notFound, taken } from '../errors.ts';
import type { Handle, Tx } from './database.ts';
import { guardPerson } from './guarded-person.ts';
import { keepAnAdministrator } from './last-administrator.ts';
import { markUsers } from './mark-users.ts';
import { endResetLinks } from './one-time-links.ts';
import { lockDirectoryShared } from './scope.ts';
import { refuseAddress } from './sign-in-names.ts';
import { endSignIns } from './sign-in-retention.ts';
import type { UsersTable } from './tables/directory.ts';
import { checkVersion, type Edit, type Expected } from './version.ts';

const attributesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A row as the rest of the server knows it. */
export function toUser(row: Selectable<UsersTable>): User {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    firstname: row.firstname,
    lastname: row.lastname,
    displayname: row.displayname,
    state: row.state,
    attributes: attributesSchema.parse(row.attributes),
    version: Number(row.version),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** A user's columns, for an insert or an update. */
export function toUserRow(user: UserFields) {
  return {
    username: user.username,
    email: user.email,
    firstname: user.firstname,
    lastname: user.lastname,
    displayname: user.displayname,
    state: user.state,
    attributes: JSON.stringify(user.attributes),
  };
}

/** The user of that id, or undefined. */
export async function findUser(handle: Handle, id: string): Promise<User | undefined> {
  const row = await handle.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toUser(row);
}

/** The user of that username, compared without case, or undefined. */
export async function findUserNamed(handle: Handle, username: string): Promise<User | undefined> {
  const row = await handle
    .selectFrom('users')
    .selectAll()
    .where(sql`lower(username)`, '=', sql`lower(${username})`)
    .executeTakeFirst();
  return row && toUser(row);
}

const MOST_NAMESAKES = 100;

/** Others than `id` whose username or email is that name, compared without case; a hundred at most. */
export async function listNamesakes(handle: Handle, name: string, id: string): Promise<User[]> {
  const rows = await handle
    .selectFrom('users')
    .selectAll()
    .where('id', '<>', id)
    .where(sql<boolean>`(lower(username) = lower(${name}) OR lower(email) = lower(${name}))`)
    .limit(MOST_NAMESAKES)
    .execute();
  return rows.map(toUser);
}

/** One of {@link listNamesakes}, or undefined. */
export const findNamesake = async (handle: Handle, name: string, id: string): Promise<User | undefined> =>
  (await listNamesakes(handle, name, id))[0];

/** The user of that id. Throws a `Problem` when there is none. */
export async function getUser(handle: Handle, id: string): Promise<User> {
  const user = await findUser(handle, id);
  if (user === undefined) throw notFound('This user');
  return user;
}

const isRenamed = (before: UserFields, after: UserFields): boolean =>
  before.username.toLowerCase() !== after.username.toLowerCase();

/** Says who has a username, compared without case. Throws a `Problem` when somebody other than `id` has it. */
async function refuseTaken(tx: Tx, username: string, id?: string): Promise<void> {
  const other = await tx
    .selectFrom('users')
    .select(['username', 'firstname', 'lastname', 'displayname'])
    .where(sql`lower(username)`, '=', sql`lower(${username})`)
    .$if(id !== undefined, (query) => query.where('id', '<>', id ?? ''))
    .executeTakeFirst();
  if (other !== undefined) throw taken('username', takenSentence(username, other));
}

/** What to say to someone who wants a username that another user has. */
export function takenSentence(username: string, other: PersonNames): string {
  return `The username "${username}" belongs to ${personName(other)} already. Choose another one, or change that user.`;
}

/** Makes a user. They are in no group yet, so nobody needs to look at them. Throws a `Problem` when the username is taken. */
export async function createUser(tx: Tx, input: UserInput): Promise<User> {
  await lockDirectoryShared(tx);
  const row = await tx
    .insertInto('users')
    .values({ id: uuidv7(), ...toUserRow(newUser(input)) })
    .onConflict((conflicting) => conflicting.expression(sql`lower(username)`).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) {
    await refuseTaken(tx, input.username);
    throw taken('username', `The username "${input.username}" was taken at this moment. Try again.`);
  }
  await refuseAddress(tx, row.username, row.id);
  return toUser(row);
}

/** Locks a user against a membership that is being added: its foreign key waits for this lock. */
async function lockUser(tx: Tx, id: string, expected: Expected): Promise<User> {
  const row = await tx.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw notFound('This user');
  const user = toUser(row);
  checkVersion(`The user "${user.username}"`, user.version, expected);
  return user;
}

/** Throws a `Problem` where a change would give a user too many attributes. */
function refuseAttributes(before: UserFields, after: UserFields): void {
  const message = attributesFault(before.attributes, after.attributes);
  if (message !== undefined) throw badInput(`attributes ${message}`, [{ path: 'attributes', message }]);
}

/** What a change of a user comes with. */
interface UserEdit extends Edit {
  /** The role of the one who asks. */
  readonly by: Role | null;
}

/**
 * Changes a user, and marks them where something really changed. Throws a `Problem` when there is no such user, when
 * somebody else changed them meanwhile, when the username is taken, when they would have too many attributes, or when a role protects them from the one who asks.
 */
export async function updateUser(
  tx: Tx,
  id: string,
  patch: UserPatch,
  { expected, cause, by }: UserEdit,
): Promise<{ before: User; after: User }> {
  await lockDirectoryShared(tx);
  const before = await lockUser(tx, id, expected);
  const role = await guardPerson(tx, before, by);
  const after = patchedUser(before, patch);
  if (sameUser(before, after)) return { before, after: before };
  refuseAttributes(before, after);
  if (role === 'administrator' && stopsBeingActive(before, after)) await keepAnAdministrator(tx, [id]);
  await refuseTaken(tx, after.username, id);
  if (isRenamed(before, after)) await refuseAddress(tx, after.username, id);
  const row = await tx
    .updateTable('users')
    .set({ ...toUserRow(after), version: before.version + 1, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (isReaddressed(before, after)) await endResetLinks(tx, [id]);
  if (stopsBeingActive(before, after)) await endSignIns(tx, [id]);
  await markUsers(tx, [id], stopsBeingActive(before, after) ? 'leavers' : 'others', cause);
  return { before, after: toUser(row) };
}

/**
 * Deletes a user and their memberships; marks them first, while it can be seen where they belonged (R12). Throws a
 * `Problem` as {@link updateUser} does.
 */
export async function deleteUser(tx: Tx, id: string, { expected, cause, by }: UserEdit): Promise<User> {
  await lockDirectoryShared(tx);
  const user = await lockUser(tx, id, expected);
  const role = await guardPerson(tx, user, by);
  if (role === 'administrator' && user.state === 'active') await keepAnAdministrator(tx, [id]);
  await markUsers(tx, [id], 'leavers', cause);
  await tx.deleteFrom('users').where('id', '=', id).execute();
  return user;
}
