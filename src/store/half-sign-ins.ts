/** What is remembered of a browser between two steps: whose password was right there, and what a passkey has to sign. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import type { Person } from './passwords.ts';
import { tokenHash } from './tokens.ts';

const inTenMinutes = sql<Date>`now() + interval '10 minutes'`;
const notOver = sql<boolean>`expires_at > now()`;

/**
 * The password was right in the browser with that cookie; the second factor is still to come. False, and nothing begins, where
 * the password was changed since it was looked at: a change under way is waited for, and ends what began before it. The person is locked
 * before their password, as they are where it is changed: neither waits for the other in a circle.
 */
export async function beginHalfSignIn(
  handle: Handle,
  cookie: string,
  { passwordSince, userId }: Pick<Person, 'passwordSince' | 'userId'>,
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    WITH person AS (SELECT id FROM users WHERE id = ${userId} FOR KEY SHARE)
    INSERT INTO half_sign_ins (browser, user_id, expires_at)
    SELECT ${tokenHash(cookie)}, p.user_id, ${inTenMinutes} FROM person JOIN passwords p ON p.user_id = person.id
    WHERE p.changed_at = ${passwordSince}::timestamptz FOR SHARE OF p
    ON CONFLICT (browser) DO UPDATE SET user_id = excluded.user_id, expires_at = excluded.expires_at`.execute(
    handle,
  );
  return numAffectedRows === 1n;
}

/** Whose second factor is awaited in that browser; they may have been suspended meanwhile. */
export function findHalfSignIn(
  handle: Handle,
  cookie: string,
): Promise<{ userId: string; username: string } | undefined> {
  return handle
    .selectFrom('half_sign_ins')
    .innerJoin('users', 'users.id', 'half_sign_ins.user_id')
    .select(['users.id as userId', 'users.username'])
    .where('browser', '=', tokenHash(cookie))
    .where('users.state', '=', 'active')
    .where(notOver)
    .executeTakeFirst();
}

/** In this browser nobody's second factor is awaited any more. Answers whose was. */
export async function endHalfSignIn(handle: Handle, cookie: string): Promise<string | undefined> {
  const row = await handle
    .deleteFrom('half_sign_ins')
    .where('browser', '=', tokenHash(cookie))
    .where(notOver)
    .returning('user_id')
    .executeTakeFirst();
  return row?.user_id;
}

/** In no browser is the second factor of that person awaited any more: what was right there may not be theirs now. */
export async function endHalfSignIns(handle: Handle, userId: string): Promise<void> {
  await handle.deleteFrom('half_sign_ins').where('user_id', '=', userId).execute();
}

/** What a passkey in this browser has to sign, for ten minutes; the one before counts no more. */
export async function writeChallenge(handle: Handle, cookie: string, challenge: string): Promise<void> {
  const values = { challenge, expires_at: inTenMinutes };
  await handle
    .insertInto('passkey_challenges')
    .values({ browser: tokenHash(cookie), ...values })
    .onConflict((conflict) => conflict.column('browser').doUpdateSet(values))
    .execute();
}

/** The challenge of that browser, which is used up by asking. */
export async function takeChallenge(handle: Handle, cookie: string): Promise<string | undefined> {
  const row = await handle
    .deleteFrom('passkey_challenges')
    .where('browser', '=', tokenHash(cookie))
    .where(notOver)
    .returning('challenge')
    .executeTakeFirst();
  return row?.challenge;
}
