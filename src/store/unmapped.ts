/** Whom the mapping refuses among people who would get an account: the one count for which each of them has to be looked at. */
import { sql, type RawBuilder } from 'kysely';
import type { AttributeMapping } from '../connectors/connector.ts';
import { compileMapping, desiredValues } from '../provisioning/desired.ts';
import type { DirectoryUser } from '../provisioning/facts.ts';
import type { Handle } from './database.ts';

/** So many are looked at in the time that a page takes. */
export const LOOKED_AT = 5_000;

/** How many of the users `user_id` of a query, {@link LOOKED_AT} at most, the mapping refuses. */
export async function countUnmapped(
  handle: Handle,
  people: RawBuilder<unknown>,
  mapping: readonly AttributeMapping[],
): Promise<number> {
  const { rows } = await sql<DirectoryUser>`
    SELECT id, username, email, firstname, lastname, displayname, state, attributes FROM users
    WHERE id IN (SELECT user_id FROM (${people}) AS people LIMIT ${LOOKED_AT})`.execute(handle);
  const compiled = compileMapping(mapping);
  return rows.filter((user) => 'refusal' in desiredValues(user, compiled)).length;
}
