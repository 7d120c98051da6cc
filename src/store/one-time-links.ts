/** Links that work once, for a while. Only a hash of the token is kept. */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { uuids } from './rowset.ts';
import type { OneTimeLinksTable } from './tables/sign-in.ts';
import { newToken, tokenHash } from './tokens.ts';

type Purpose = OneTimeLinksTable['purpose'];

interface OneTimeLink {
  /** Whose password it sets; null for the first administrator, who may be nobody yet. */
  readonly userId: string | null;
}

const sameUser = (userId: string | null) => sql<boolean>`user_id IS NOT DISTINCT FROM ${userId}::uuid`;

/** Makes a link, and ends those that were made before for the same. Answers its token, this once. */
export async function makeLink(
  tx: Tx,
  purpose: Purpose,
  userId: string | null,
  seconds: number,
): Promise<string> {
  await endLinks(tx, purpose, userId);
  const token = newToken();
  await tx
    .insertInto('one_time_links')
    .values({
      token_hash: tokenHash(token),
      purpose,
      user_id: userId,
      expires_at: sql`now() + make_interval(secs => ${seconds})`,
    })
    .execute();
  return token;
}

/** Ends a user's links for that purpose, used or not; null: those that were made for nobody in particular. */
export async function endLinks(handle: Handle, purpose: Purpose, userId: string | null): Promise<void> {
  await handle.deleteFrom('one_time_links').where('purpose', '=', purpose).where(sameUser(userId)).execute();
}

/** Ends the links by which these users could set a password. */
export async function endResetLinks(handle: Handle, userIds: readonly string[]): Promise<void> {
  await handle
    .deleteFrom('one_time_links')
    .where('purpose', '=', 'password-reset')
    .where(sql<boolean>`user_id = ANY(${uuids(userIds)})`)
    .execute();
}

/** The link of that token where it still works; it goes on working. */
export async function findLink(
  handle: Handle,
  purpose: Purpose,
  token: string,
): Promise<OneTimeLink | undefined> {
  return handle
    .selectFrom('one_time_links')
    .select('user_id as userId')
    .where('token_hash', '=', tokenHash(token))
    .where('purpose', '=', purpose)
    .where(sql<boolean>`expires_at > now()`)
    .executeTakeFirst();
}

/** Uses a link up. Of several who try at once, one gets it. */
export async function takeLink(tx: Tx, purpose: Purpose, token: string): Promise<OneTimeLink | undefined> {
  return tx
    .deleteFrom('one_time_links')
    .where('token_hash', '=', tokenHash(token))
    .where('purpose', '=', purpose)
    .where(sql<boolean>`expires_at > now()`)
    .returning('user_id as userId')
    .executeTakeFirst();
}
