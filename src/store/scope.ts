/**
 * Who may change what at the same time, so that no mark is missed (R41).
 *
 * A directory change marks the applications that it sees; binding a group or activating a connection marks the
 * records that it sees. Run at the same moment, neither would see the other, and the change would be lost to that
 * application. So directory changes share this lock, and whatever changes *who is asked about what* takes it alone.
 * Either is the first statement of its transaction: before any row is read or locked.
 */
import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** "rollcall" in ASCII, so that it meets no other program's lock in the same database. */
const LOCK = sql.lit('8245928655518264428');

/** Taken for changes to users, groups and memberships: any number at once. */
export async function lockDirectoryShared(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock_shared(${LOCK}::bigint)`.execute(tx);
}

/** Taken for changes to bindings, and to the state and settings of a connection: one at a time, with no directory change beside it. */
export async function lockScope(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`.execute(tx);
}
