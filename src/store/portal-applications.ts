/** What a person's portal shows. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';

export interface Tile {
  readonly applicationId: string;
  readonly label: string;
  readonly description: string | null;
  readonly logo: string | null;
}

/** The applications that a user may sign in to: with SSO, and bound to a group of theirs; by label. */
export async function listTiles(handle: Handle, userId: string): Promise<Tile[]> {
  const { rows } = await sql<Tile>`
    SELECT a.id AS "applicationId", a.label, a.description, a.logo FROM applications a
    WHERE (a.sso ->> 'enabled')::boolean AND EXISTS (
      SELECT FROM application_groups b JOIN group_members m ON m.group_id = b.group_id
      WHERE b.application_id = a.id AND m.user_id = ${userId})
    ORDER BY lower(a.label), a.id`.execute(handle);
  return rows;
}
