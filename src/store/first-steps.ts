/** What has been set up so far, for somebody who begins; each question ends at the first row that it finds. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';

/** In the order in which they are taken. */
export const firstSteps = ['people', 'groups', 'application', 'activation', 'binding'] as const;

type FirstStep = (typeof firstSteps)[number];

/** Whether each was done. People are those who hold no role: whoever set Rollcall up is in the directory too. */
export async function readFirstSteps(handle: Handle): Promise<Readonly<Record<FirstStep, boolean>>> {
  const { rows } = await sql<Record<FirstStep, boolean>>`
    SELECT EXISTS (SELECT 1 FROM users u WHERE NOT EXISTS (SELECT 1 FROM administrators a WHERE a.user_id = u.id)) AS people,
      EXISTS (SELECT 1 FROM groups) AS groups,
      EXISTS (SELECT 1 FROM applications) AS application,
      EXISTS (SELECT 1 FROM applications WHERE idm_state <> 'inactive') AS activation,
      EXISTS (SELECT 1 FROM application_groups) AS binding`.execute(handle);
  const [found] = rows;
  if (found === undefined) throw new Error('A question without a table answered no row.');
  return found;
}
