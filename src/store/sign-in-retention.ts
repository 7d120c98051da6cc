/** Ending what signs people in: when its time is over, and when somebody may not sign in any more. */
import { sql } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { uuids } from './rowset.ts';

const EXPIRING = ['sessions', 'half_sign_ins', 'passkey_challenges', 'one_time_links'] as const;

/** Deletes what is over, and failures that nobody remembers: none of it counts any more. */
export async function deleteExpiredSignIns(handle: Handle): Promise<void> {
  for (const table of EXPIRING)
    await sql`DELETE FROM ${sql.table(table)} WHERE expires_at < now()`.execute(handle);
  await sql`DELETE FROM throttles WHERE failed_at < now() - interval '2 days'`.execute(handle);
}

const SIGNING_IN = ['sessions', 'half_sign_ins', 'one_time_links'] as const;

/** Ends whatever signs these users in, now or by a link: it must not come back with somebody who is suspended for a while. */
export async function endSignIns(tx: Tx, userIds: readonly string[]): Promise<void> {
  for (const table of SIGNING_IN)
    await sql`DELETE FROM ${sql.table(table)} WHERE user_id = ANY(${uuids(userIds)})`.execute(tx);
}
