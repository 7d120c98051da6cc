/** To whom a role was given. */
import type { Role } from '../access/roles.ts';
import type { Handle } from './database.ts';

/** Whether anybody can sign in who may do everything. */
export async function hasAdministrator(handle: Handle): Promise<boolean> {
  const found = await handle
    .selectFrom('administrators')
    .innerJoin('users', 'users.id', 'administrators.user_id')
    .select('users.id')
    .where('administrators.role', '=', 'administrator')
    .where('users.state', '=', 'active')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export async function giveRole(handle: Handle, userId: string, role: Role): Promise<void> {
  await handle
    .insertInto('administrators')
    .values({ user_id: userId, role })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ role }))
    .execute();
}

/** The role of a user, or null. */
export async function roleOf(handle: Handle, userId: string): Promise<Role | null> {
  const row = await handle
    .selectFrom('administrators')
    .select('role')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.role ?? null;
}
