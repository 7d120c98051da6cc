/**
 * Names that sign somebody in: a username, or else an email address that is nobody else's. A username that is somebody
 * else's address would shut them out, so nobody new gets one.
 */
import { sql } from 'kysely';
import { taken } from '../errors.ts';
import type { Tx } from './database.ts';

/** Whose email address a name is. */
export interface Addressee {
  readonly id: string;
  readonly username: string;
}

/** Of these names, in lower case, those that are email addresses of users other than `except`, with whose. */
export async function addresseesOf(
  tx: Tx,
  names: readonly string[],
  except: string | null = null,
): Promise<Map<string, Addressee>> {
  const { rows } = await sql<Addressee & { address: string }>`
    SELECT DISTINCT ON (lower(email)) lower(email) AS address, id, username FROM users
    WHERE lower(email) IN (SELECT lower(name) FROM unnest(${[...names]}::text[]) AS name)
      AND id IS DISTINCT FROM ${except}::uuid
    ORDER BY lower(email), id`.execute(tx);
  return new Map(rows.map(({ address, id, username }) => [address, { id, username }]));
}

/** What to say to someone who wants a username that is another user's email address. */
export function addressSentence(username: string, { username: other }: Addressee): string {
  return `The username "${username}" is the email address of the user "${other}", and people sign in by either. Choose another one, or change the address of that user.`;
}

/** Throws a `Problem` where the username is the email address of somebody other than `id`. */
export async function refuseAddress(tx: Tx, username: string, id: string): Promise<void> {
  const [addressee] = (await addresseesOf(tx, [username], id)).values();
  if (addressee !== undefined) throw taken('username', addressSentence(username, addressee));
}
