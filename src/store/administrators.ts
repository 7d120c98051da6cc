/** To whom a role in Rollcall was given. Locks go in this order: the user's row, then the table of roles. */
import { sql } from 'kysely';
import type { Role } from '../access/roles.ts';
import type { UserState } from '../directory/user.ts';
import { notFound } from '../errors.ts';
import type { Handle, Tx } from './database.ts';
import { lockPerson } from './guarded-person.ts';
import { IN_CHARGE, isOnly, keepAnAdministrator, SIGNING_IN } from './last-administrator.ts';
import { endLinks } from './one-time-links.ts';
import { byText, byTime, orderOf, type Sort } from './order.ts';
import { containing, pageOf, type Page, type PageRequest } from './page.ts';
import { userText } from './user-text.ts';

/** A person who holds a role. */
export interface Administrator {
  readonly userId: string;
  readonly username: string;
  readonly displayname: string | null;
  readonly email: string | null;
  /** Only an active user may sign in. */
  readonly state: UserState;
  readonly role: Role;
  /** Of whom they are the only one, so that the role stays: who is active and may do everything, or who can sign in of those. */
  readonly onlyOne: 'in charge' | 'signing in' | null;
  readonly givenAt: string;
}

interface Row extends Omit<Administrator, 'givenAt'> {
  readonly created_at: Date;
}

const COLUMNS = sql`
  a.user_id AS "userId", u.username, u.displayname, u.email, u.state, a.role, a.created_at,
  CASE WHEN ${isOnly(IN_CHARGE)} THEN 'in charge' WHEN ${isOnly(SIGNING_IN)} THEN 'signing in' END AS "onlyOne"`;
const HOLDERS = sql`FROM administrators a JOIN users u ON u.id = a.user_id`;

const toAdministrator = ({
  created_at,
  userId,
  username,
  displayname,
  email,
  state,
  role,
  onlyOne,
}: Row): Administrator => ({
  userId,
  username,
  displayname,
  email,
  state,
  role,
  onlyOne,
  givenAt: created_at.toISOString(),
});

export const administratorSorts = ['username', 'role', 'givenAt'] as const;

const username = byText(sql`lower(u.username)`);

const administratorKeys = {
  username: [username],
  role: [byText(sql`a.role`), username],
  givenAt: [byTime(sql`a.created_at`), username],
};

/** Everybody who holds a role; the search looks in username, email and names. */
export async function listAdministrators(
  handle: Handle,
  request: PageRequest & { readonly sort: Sort<(typeof administratorSorts)[number]> },
): Promise<Page<Administrator>> {
  const { cursor, limit, search, sort } = request;
  const found = search === undefined ? sql`true` : sql`${userText('u')} LIKE ${containing(search)}`;
  const { after, orderBy, position } = orderOf(administratorKeys, sort, cursor);
  const { rows } = await sql<Row & { readonly position: readonly string[] }>`
    SELECT ${COLUMNS}, ${position} AS position ${HOLDERS} WHERE ${found} AND ${after}
    ORDER BY ${orderBy} LIMIT ${limit + 1}`.execute(handle);
  const counted = await sql<{
    total: number;
  }>`SELECT count(*)::int AS total ${HOLDERS} WHERE ${found}`.execute(handle);
  return pageOf(rows, request, counted.rows[0]?.total ?? 0, (row) => row.position, toAdministrator);
}

/** Every role that was given, by the user's id. */
export async function rolesByUser(handle: Handle): Promise<ReadonlyMap<string, Role>> {
  const rows = await handle.selectFrom('administrators').select(['user_id', 'role']).execute();
  return new Map(rows.map((row) => [row.user_id, row.role]));
}

async function getAdministrator(tx: Tx, userId: string): Promise<Administrator | null> {
  const { rows } = await sql<Row>`SELECT ${COLUMNS} ${HOLDERS} WHERE a.user_id = ${userId}`.execute(tx);
  const [row] = rows;
  return row === undefined ? null : toAdministrator(row);
}

/** The person before and after; `before` is null where they held no role. */
interface ChangedRole {
  readonly before: Administrator | null;
  readonly after: Administrator;
}

/**
 * A role is no way in for whoever has a link from before it: the help desk made links for the person while it might, and the
 * link for the first administrator stands in the log of a server, which has an administrator now.
 */
async function endOlderLinks(
  tx: Tx,
  userId: string,
  before: Administrator | null,
  role: Role,
): Promise<void> {
  if (before === null) await endLinks(tx, 'password-reset', userId);
  if (role === 'administrator') await endLinks(tx, 'first-administrator', null);
}

/**
 * Gives a person a role in place of the one that they hold; links from before it end. Throws a `Problem` where it would take the
 * last administrator away.
 */
export async function giveRole(tx: Tx, userId: string, role: Role): Promise<ChangedRole> {
  const { state } = await lockPerson(tx, userId);
  const before = await getAdministrator(tx, userId);
  if (before?.role === 'administrator' && role !== 'administrator' && state === 'active')
    await keepAnAdministrator(tx, [userId]);
  await tx
    .insertInto('administrators')
    .values({ user_id: userId, role })
    .onConflict((conflicting) =>
      conflicting.column('user_id').doUpdateSet({ role, created_at: sql<Date>`now()` }),
    )
    .execute();
  await endOlderLinks(tx, userId, before, role);
  const after = await getAdministrator(tx, userId);
  if (after === null) throw notFound('This user');
  return { before, after };
}

/** Takes a person's role away. Throws a `Problem` where they hold none, or are the last administrator. */
export async function takeRole(tx: Tx, userId: string): Promise<Administrator> {
  const { state } = await lockPerson(tx, userId);
  const before = await getAdministrator(tx, userId);
  if (before === null) throw notFound('A role of this user');
  if (before.role === 'administrator' && state === 'active') await keepAnAdministrator(tx, [userId]);
  await tx.deleteFrom('administrators').where('user_id', '=', userId).execute();
  return before;
}
