/** People who hold a role are changed by administrators alone. */
import { roleNames } from './demand.ts';
import { allows, type Role } from './roles.ts';

/**
 * Why somebody with the role `by` may not touch a person who holds `held`, as it goes on after their name; null where they
 * may. Whoever changes an administrator's email, or resets their password, is one a minute later.
 */
export function personRefusal(by: Role | null, held: Role | null): string | null {
  if (held === null || allows(by, 'administer')) return null;
  return `holds the role ${roleNames[held]} in Rollcall, so only an administrator may change, suspend or delete them, or reset how they sign in.`;
}
