/** Recovery codes, as hashes. Each signs in once. */
import { createHash } from 'node:crypto';
import type { Handle, Tx } from './database.ts';

const hashOf = (code: string): Buffer => createHash('sha256').update(code).digest();

/** Puts new codes in the place of those that were. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, codes: readonly string[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id: userId, hash: hashOf(code) })))
    .execute();
}

/** Whether that was a code of the user; it is none any more. */
export async function takeRecoveryCode(handle: Handle, userId: string, code: string): Promise<boolean> {
  const { numDeletedRows } = await handle
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('hash', '=', hashOf(code))
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** How many codes a user has left. */
export async function countRecoveryCodes(handle: Handle, userId: string): Promise<number> {
  const row = await handle
    .selectFrom('recovery_codes')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
