/** Names of groups, for assertions. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';

/** The names of a user's groups: those bound to the application where one is given, else all. */
export async function listGroupNames(
  handle: Handle,
  userId: string,
  applicationId: string | null,
): Promise<string[]> {
  const bound = sql`AND EXISTS (
    SELECT FROM application_groups b WHERE b.group_id = g.id AND b.application_id = ${applicationId})`;
  const { rows } = await sql<{ name: string }>`
    SELECT g.name FROM group_members m JOIN groups g ON g.id = m.group_id
    WHERE m.user_id = ${userId} ${applicationId === null ? sql`` : bound}
    ORDER BY lower(g.name)`.execute(handle);
  return rows.map(({ name }) => name);
}
