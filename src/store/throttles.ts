/** Failed attempts, counted in the database so that every process knows of them. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { isAddress, remembered, waitSeconds, type Remembered, type Throttled } from '../people/throttle.ts';
import type { Database, Handle } from './database.ts';
import { transact } from './transact.ts';

const keyOf = (what: Throttled, whom: string): Buffer =>
  createHash('sha256').update(`${what} ${whom}`).digest();

interface Counted extends Remembered {
  readonly wait: number;
}

/**
 * Makes the row where there is none, and locks it. Measured once it has the lock, and not by `now()`, when the transaction
 * began: what one that began later wrote meanwhile would lie in the future, and so be a wait.
 */
async function lockCount(tx: Handle, key: Buffer): Promise<Counted | undefined> {
  const { rows } = await sql<Counted>`
    INSERT INTO throttles AS t (key, failures, failed_at, wait_until) VALUES (${key}, 0, now(), now())
    ON CONFLICT (key) DO UPDATE SET failures = t.failures
    RETURNING failures, extract(epoch FROM clock_timestamp() - failed_at)::float8 AS age,
      ceil(extract(epoch FROM wait_until - clock_timestamp()))::int AS wait`.execute(tx);
  return rows[0];
}

/**
 * Begins an attempt. Answers 0, and counts it as failed until {@link forgive} says otherwise, so that many attempts at
 * one moment are no way around; or answers how many seconds to wait, and counts nothing.
 */
export function beginAttempt(database: Database, what: Throttled, whom: string): Promise<number> {
  const key = keyOf(what, whom);
  return transact(database, async (tx) => {
    const { failures = 0, age = 0, wait = 0 } = (await lockCount(tx, key)) ?? {};
    if (wait > 0) return wait;
    const before = remembered(what, { failures, age });
    const now = before.failures + 1;
    // An attempt that succeeds leaves this as it is: what went before goes on being forgotten.
    await sql`UPDATE throttles SET failures = ${now}, failed_at = clock_timestamp() - make_interval(secs => ${before.age}),
      wait_until = clock_timestamp() + make_interval(secs => ${waitSeconds(what, now)}) WHERE key = ${key}`.execute(
      tx,
    );
    return 0;
  });
}

/** The attempt succeeded: an account begins anew; of an address only this attempt is taken back, others may try there too. */
export async function forgive(handle: Handle, what: Throttled, whom: string): Promise<void> {
  const key = keyOf(what, whom);
  if (isAddress(what))
    await sql`UPDATE throttles SET failures = greatest(failures - 1, 0), wait_until = now() WHERE key = ${key}`.execute(
      handle,
    );
  else await handle.deleteFrom('throttles').where('key', '=', key).execute();
}
