/** Who somebody says that they are, and the hash of what they know. Hashing is `sign-in/password-hash.ts`. */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';

/** Somebody who may sign in. */
export interface Person {
  readonly userId: string;
  readonly username: string;
  readonly email: string | null;
  /** Null where they have no password yet. */
  readonly hash: string | null;
  /** When they were given the password, which tells it from a later one; exact, as the database writes it. */
  readonly passwordSince: string | null;
}

const people = (handle: Handle) =>
  handle
    .selectFrom('users')
    .leftJoin('passwords', 'passwords.user_id', 'users.id')
    .select(['users.id as userId', 'users.username', 'users.email', 'passwords.hash'])
    .select(sql<string | null>`passwords.changed_at::text`.as('passwordSince'))
    .where('users.state', '=', 'active');

/** The active user whom a username names, or else an email address that is nobody else's; case does not count. */
export async function findPerson(handle: Handle, name: string): Promise<Person | undefined> {
  // PostgreSQL fails by it, and no name has it (`directory/text.ts`).
  if (name.includes('\u0000')) return undefined;
  const named = await people(handle)
    .where(sql`lower(users.username)`, '=', sql`lower(${name})`)
    .executeTakeFirst();
  if (named !== undefined) return named;
  const addressed = await people(handle)
    .where(sql`lower(users.email)`, '=', sql`lower(${name})`)
    .limit(2)
    .execute();
  return addressed.length === 1 ? addressed[0] : undefined;
}

/** The active user of that id. */
export function findPersonById(handle: Handle, userId: string): Promise<Person | undefined> {
  return people(handle).where('users.id', '=', userId).executeTakeFirst();
}

/** Whether the user is active; if so, nobody suspends them before this transaction ends. */
export async function keepActive(tx: Tx, userId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where('state', '=', 'active')
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the password is the one from then; if so, nobody changes it before this transaction ends. */
export async function keepPassword(tx: Tx, userId: string, since: string): Promise<boolean> {
  const row = await tx
    .selectFrom('passwords')
    .select('user_id')
    .where('user_id', '=', userId)
    .where(sql<boolean>`changed_at = ${since}::timestamptz`)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Puts a password's hash in the place of the one that was. */
export async function writePassword(handle: Handle, userId: string, hash: string): Promise<void> {
  await handle
    .insertInto('passwords')
    .values({ user_id: userId, hash })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ hash, changed_at: sql`now()` }))
    .execute();
}

/** Puts another hash of the same password in the place of one that nobody changed meanwhile. */
export async function replaceHash(handle: Handle, userId: string, old: string, hash: string): Promise<void> {
  await handle
    .updateTable('passwords')
    .set({ hash })
    .where('user_id', '=', userId)
    .where('hash', '=', old)
    .execute();
}
