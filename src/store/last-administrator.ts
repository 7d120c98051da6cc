/**
 * The last administrator: somebody who is active, may do everything and can sign in always remains, unless nobody can as it is.
 * Locks go in this order: the user's row, then the table of roles, then whatever somebody signs in by.
 */
import { sql, type RawBuilder } from 'kysely';
import { conflict, type Problem } from '../errors.ts';
import type { Handle, Tx } from './database.ts';
import { uuids } from './rowset.ts';

/** Who is active and may do everything, by `user_id`. */
export const IN_CHARGE = sql`
  SELECT a.user_id FROM administrators a JOIN users u ON u.id = a.user_id WHERE a.role = 'administrator' AND u.state = 'active'`;

/** The email addresses of those of {@link IN_CHARGE}. */
export async function addressesInCharge(handle: Handle): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    SELECT email FROM users WHERE id IN (${IN_CHARGE}) AND email IS NOT NULL ORDER BY lower(email)`.execute(
    handle,
  );
  return rows.map(({ email }) => email);
}

/** Whether a user has something to sign in by, apart from one passkey: a password, a passkey, or a link that sets a password. */
const hasWayIn = (userId: RawBuilder<unknown>, exceptPasskey: string | null = null) => sql<boolean>`(
  EXISTS (SELECT FROM passwords WHERE user_id = ${userId})
  OR EXISTS (SELECT FROM factors WHERE user_id = ${userId} AND kind = 'passkey' AND id IS DISTINCT FROM ${exceptPasskey}::uuid)
  OR EXISTS (SELECT FROM one_time_links
    WHERE user_id = ${userId} AND purpose = 'password-reset' AND expires_at > now()))`;

/** Those of {@link IN_CHARGE} who can sign in. */
export const SIGNING_IN = sql`${IN_CHARGE} AND ${hasWayIn(sql`a.user_id`)}`;

/** Whether `a.user_id` alone is in a list of people. */
export const isOnly = (people: RawBuilder<unknown>) =>
  sql`(SELECT array_agg(user_id) FROM (${people} LIMIT 2) AS two) = ARRAY[a.user_id]`;

/** Whether anybody is active who may do everything, apart from these. */
async function hasAdministrator(handle: Handle, except: readonly string[]): Promise<boolean> {
  const { rows } = await sql`${IN_CHARGE} AND a.user_id <> ALL(${uuids(except)}) LIMIT 1`.execute(handle);
  return rows.length > 0;
}

/** One at a time: two administrators who remove each other would both see the other remain. */
const lockAdministrators = (tx: Tx) => sql`LOCK TABLE administrators IN SHARE ROW EXCLUSIVE MODE`.execute(tx);

/** Whether anybody can sign in who may do everything. */
export async function canAnybodyAdminister(handle: Handle): Promise<boolean> {
  return (await sql`${SIGNING_IN} LIMIT 1`.execute(handle)).rows.length > 0;
}

/** Whether anybody was given the role that may do everything, whatever became of them. */
export async function hasFirstAdministrator(handle: Handle): Promise<boolean> {
  const { rows } = await sql`SELECT FROM administrators WHERE role = 'administrator' LIMIT 1`.execute(handle);
  return rows.length > 0;
}

/** Of the people who can sign in and may do everything: whether one of these is there, and whether anybody else is. */
async function whoSignsIn(tx: Tx, userIds: readonly string[]): Promise<{ these: boolean; others: boolean }> {
  const { rows } = await sql<{ these: boolean; others: boolean }>`
    SELECT coalesce(bool_or(user_id = ANY(${uuids(userIds)})), false) AS these,
      coalesce(bool_or(user_id <> ALL(${uuids(userIds)})), false) AS others
    FROM (${SIGNING_IN}) AS people`.execute(tx);
  return rows[0] ?? { these: false, others: false };
}

const nobodySignsIn = (): Problem =>
  conflict(
    'Nobody would be left who can sign in and administer Rollcall: no other active Administrator has a password, a passkey, or a link that sets a password. Let one of them set a password first.',
  );

/**
 * Throws a `Problem` where nobody who is active would be an administrator apart from these users, and where they are the last
 * ones who can sign in. Where nobody can as it is, programs do it all, and nothing is lost.
 */
export async function keepAnAdministrator(tx: Tx, except: readonly string[]): Promise<void> {
  await lockAdministrators(tx);
  if (!(await hasAdministrator(tx, except)))
    throw conflict(
      'Nobody would be left who can administer Rollcall. Give the role Administrator to another active person first.',
    );
  const { these, others } = await whoSignsIn(tx, except);
  if (these && !others) throw nobodySignsIn();
}

/** Throws a `Problem` where a factor is all by which the last administrator signs in who can. Ask before anything is locked. */
export async function keepWayIn(tx: Tx, userId: string, factorId: string): Promise<void> {
  const { rows: held } = await sql`${IN_CHARGE} AND a.user_id = ${userId}`.execute(tx);
  if (held.length === 0) return;
  await lockAdministrators(tx);
  const { rows } = await sql<{ remains: boolean }>`
    SELECT ${hasWayIn(sql`${userId}::uuid`, factorId)} AS remains`.execute(tx);
  const { these, others } = await whoSignsIn(tx, [userId]);
  if (rows[0]?.remains !== true && these && !others) throw nobodySignsIn();
}
