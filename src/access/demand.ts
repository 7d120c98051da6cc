/** What a route asks for, and what is said to somebody who may not. */
import { Problem } from '../errors.ts';
import type { Principal } from './principal.ts';
import { allows, permissions, roles, type Permission, type Role } from './roles.ts';

/** A permission; `self`: any person who is signed in, for what is their own; `public`: nobody need say who they are. */
export type Demand = Permission | 'self' | 'public';

/** What each permission is for, as it goes on after "may" and "is to". */
const purposes: Readonly<Record<Permission, string>> = {
  read: 'look at everything that is no secret',
  directory: 'change people, groups, memberships and bindings',
  credentials: 'reset passwords, factors and sessions',
  retry: 'try a failed record again',
  administer:
    'change applications, connections, roles, API keys and settings, and look at keys and the audit trail',
};

export const roleNames: Readonly<Record<Role, string>> = {
  administrator: 'Administrator',
  manager: 'Manager',
  'help-desk': 'Help desk',
  'read-only': 'Read-only',
};

/** The roles that include a permission. */
export const rolesWith = (permission: Permission): Role[] => roles.filter((role) => allows(role, permission));

/** `A`, `A or B`, `A, B or C`. */
const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

/** `May look at everything that is no secret; try a failed record again.` */
export const whatRoleMay = (role: Role): string => `May ${purposesOf(role)}.`;

const purposesOf = (role: Role): string =>
  permissions
    .filter((permission) => allows(role, permission))
    .map((permission) => purposes[permission])
    .join('; ');

function whatIsAllowed(role: Role | null): string {
  if (role === null) return 'You have no role in Rollcall, so only what is your own is open to you.';
  return `The role ${roleNames[role]} may ${purposesOf(role)}.`;
}

function forbidden(role: Role | null, permission: Permission): Problem {
  const enough = either(rolesWith(permission).map((each) => roleNames[each]));
  return new Problem(
    'forbidden',
    `${whatIsAllowed(role)} To ${purposes[permission]} takes the role ${enough}; an administrator can give it.`,
    [],
    { permission },
  );
}

const NOBODY =
  'The request has no API key and no session. Send an API key as "Authorization: Bearer rc_…" (`rollcall api-keys create` makes one), or sign in.';

const NO_PERSON = 'This is for people, for what is their own; an API key has nothing of its own. Sign in.';

/** Throws a `Problem` where the one who asks may not have what is demanded: `unauthorized` where nobody says who they are. */
export function checkDemand(demand: Demand, principal: Principal | null): void {
  if (demand === 'public') return;
  if (principal === null) throw new Problem('unauthorized', NOBODY);
  if (demand === 'self') {
    if (principal.userId === null) throw new Problem('forbidden', NO_PERSON);
  } else if (!allows(principal.role, demand)) throw forbidden(principal.role, demand);
}
