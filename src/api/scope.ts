/** Keeping a request to one user or one group of an application. */
import type { z } from 'zod';
import { Problem } from '../errors.ts';
import { idSchema } from '../http/contract.ts';
import type { PlanScope } from '../reconcile/planner.ts';
import type { Handle } from '../store/database.ts';
import { findGroupLink } from '../store/group-links.ts';
import { findUserLink } from '../store/user-links.ts';

/** The fields of a query or a body by which a caller does so. */
export const scopeFields = {
  user: idSchema.optional().describe('Only this user.'),
  group: idSchema.optional().describe('Only this group, its whole membership.'),
} satisfies Record<keyof PlanScope, z.ZodType>;

const nobody = (path: keyof PlanScope, message: string): Problem =>
  new Problem('not-found', `${path} ${message}`, [{ path, message }]);

async function userName(db: Handle, applicationId: string, id: string): Promise<string> {
  const user = await findUserLink(db, applicationId, id);
  if (user === undefined) throw nobody('user', `is the id of no user: ${id}.`);
  return user.name;
}

async function groupName(db: Handle, applicationId: string, id: string): Promise<string> {
  const group = await findGroupLink(db, applicationId, id);
  if (group === undefined)
    throw nobody('group', `is the id of no group that is bound to this application or known there: ${id}.`);
  return group.name;
}

/** The names of the user and the group whose ids a scope has. Throws a `Problem` with the field whose id is nobody's. */
export async function namesOf(
  db: Handle,
  applicationId: string,
  { user, group }: PlanScope,
): Promise<PlanScope> {
  return {
    ...(user !== undefined && { user: await userName(db, applicationId, user) }),
    ...(group !== undefined && { group: await groupName(db, applicationId, group) }),
  };
}
