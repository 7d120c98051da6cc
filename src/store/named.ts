/** The names of records that an act concerned, for the audit trail. */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from './database.ts';
import { uuids } from './rowset.ts';

/** A record as the audit trail names it among several. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** An act on more than so many is told by their number alone: the trail is kept for good, and a hundred thousand may join at once. */
const NAMED = 20;

async function named(tx: Tx, ids: readonly string[], query: RawBuilder<Named>): Promise<readonly Named[]> {
  return ids.length === 0 || ids.length > NAMED ? [] : (await query.execute(tx)).rows;
}

/** Users by their usernames, in the order of these; nobody where they are more than the audit trail names. */
export const namedUsers = (tx: Tx, ids: readonly string[]): Promise<readonly Named[]> =>
  named(
    tx,
    ids,
    sql`SELECT id, username AS name FROM users WHERE id = ANY(${uuids(ids)}) ORDER BY lower(username), id`,
  );

/** Groups by their names, in the order of these; none where they are more than the audit trail names. */
export const namedGroups = (tx: Tx, ids: readonly string[]): Promise<readonly Named[]> =>
  named(tx, ids, sql`SELECT id, name FROM groups WHERE id = ANY(${uuids(ids)}) ORDER BY lower(name), id`);
