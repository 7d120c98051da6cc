/** The list of the directory's users: in any order, narrowed, a page at a time. */
import { sql } from 'kysely';
import type { User, UserState } from '../directory/user.ts';
import type { Handle } from './database.ts';
import { byText, byTime, type Sort, type SortKey } from './order.ts';
import { pageInOrder } from './page-in-order.ts';
import { containing, type Page, type PageRequest } from './page.ts';
import { userText } from './user-text.ts';
import { toUser } from './users.ts';

/** What people can be sorted by; a name is last name, first name. */
export const userSorts = ['username', 'name', 'state', 'createdAt'] as const;

export type UserSort = Sort<(typeof userSorts)[number]>;

/** What each sort compares in a table of users of that name; migrations/0006_console.sql has an index for each. */
export function userKeys(users: string): Record<(typeof userSorts)[number], readonly SortKey[]> {
  const column = (name: string) => sql.ref(`${users}.${name}`);
  const word = (name: string) => byText(sql`lower(coalesce(${column(name)}, ''))`);
  const username = byText(sql`lower(${column('username')})`);
  return {
    username: [username],
    name: [word('lastname'), word('firstname'), username],
    state: [byText(column('state')), username],
    createdAt: [byTime(column('created_at')), username],
  };
}

interface UserFilter extends PageRequest {
  readonly state?: UserState | undefined;
  /** Only the user of this username, compared without case. */
  readonly username?: string | undefined;
  readonly sort: UserSort;
}

/** The search looks in username, email and names. */
export async function listUsers(handle: Handle, filter: UserFilter): Promise<Page<User>> {
  const { search, state, username } = filter;
  let matching = handle.selectFrom('users').selectAll();
  if (state !== undefined) matching = matching.where('state', '=', state);
  if (username !== undefined) matching = matching.where(sql`lower(username)`, '=', sql`lower(${username})`);
  if (search !== undefined) matching = matching.where(userText('users'), 'like', containing(search));
  return pageInOrder(handle, matching, userKeys('users'), filter, toUser);
}
