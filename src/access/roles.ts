/**
 * Access: who may do what in Rollcall itself. This folder owns the roles, what each may do, and who is asking. It leaves
 * proving who somebody is to `http/`, and to whom a role was given to `store/`.
 */

/** What a route asks for; every route of the API names one. */
export const permissions = [
  /** Look at everything that is no secret. */
  'read',
  /** People, groups, memberships, imports and bindings. */
  'directory',
  /** Passwords, factors and sessions of people who have no role. */
  'credentials',
  /** Look at a failed record again now. */
  'retry',
  /** Everything else: applications, connections, SSO, roles, API keys, settings, the audit trail. */
  'administer',
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ['administrator', 'manager', 'help-desk', 'read-only'] as const;

export type Role = (typeof roles)[number];

const GRANTS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  administrator: new Set(permissions),
  manager: new Set<Permission>(['read', 'directory', 'retry']),
  'help-desk': new Set<Permission>(['read', 'credentials', 'retry']),
  'read-only': new Set<Permission>(['read']),
};

/** Whether a role includes a permission. Nobody's role (null) includes none. */
export function allows(role: Role | null, permission: Permission): boolean {
  return role !== null && GRANTS[role].has(permission);
}
