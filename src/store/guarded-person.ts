/** What protects a person who holds a role: nobody with a lesser one may change them, or what they sign in with. */
import { personRefusal } from '../access/people.ts';
import type { Role } from '../access/roles.ts';
import type { UserState } from '../directory/user.ts';
import { notFound, Problem } from '../errors.ts';
import type { Handle, Tx } from './database.ts';

/** The role of a user, or null. */
export async function roleOf(handle: Handle, userId: string): Promise<Role | null> {
  const row = await handle
    .selectFrom('administrators')
    .select('role')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.role ?? null;
}

/**
 * Throws a `Problem` where somebody with the role `by` may not change this person; answers the role that the person holds.
 * The caller has locked the user's row, so that no role is given meanwhile.
 */
export async function guardPerson(
  tx: Tx,
  user: { readonly id: string; readonly username: string },
  by: Role | null,
): Promise<Role | null> {
  const held = await roleOf(tx, user.id);
  const refusal = personRefusal(by, held);
  if (refusal !== null) throw new Problem('forbidden', `${user.username} ${refusal}`);
  return held;
}

/** A user who is locked. */
interface LockedPerson {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly state: UserState;
}

/** Locks a user against being changed or deleted. Throws a `Problem` when there is none. */
export async function lockPerson(tx: Tx, userId: string): Promise<LockedPerson> {
  const row = await tx
    .selectFrom('users')
    .select(['id', 'username', 'email', 'state'])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound('This user');
  return row;
}

/** Locks a user whose credentials somebody with the role `by` is to change. Throws a `Problem` as {@link guardPerson} does. */
export async function lockGuarded(tx: Tx, userId: string, by: Role | null): Promise<LockedPerson> {
  const person = await lockPerson(tx, userId);
  await guardPerson(tx, person, by);
  return person;
}
