/** Attempts at guessing something: counted, and slowed down. */
import { Problem } from '../errors.ts';
import type { Throttled } from '../people/throttle.ts';
import { beginAttempt, forgive } from '../store/throttles.ts';
import type { SignInDeps } from './deps.ts';

/** What an attempt is counted for: `['address', '192.0.2.7']`. */
type Target = readonly [what: Throttled, whom: string];

const tooMany = (seconds: number): Problem =>
  new Problem(
    'too-many',
    `Too many attempts failed. Wait ${seconds === 1 ? 'a second' : `${seconds} seconds`}, and try again.`,
    [],
    { retryAfter: seconds },
  );

/**
 * Runs `check` unless one has to wait, first for the address: who is slowed down there costs no account anything. Throws a
 * `Problem` of kind `too-many`. An answer of undefined is a failure, and goes on counting.
 */
export async function attempt<T>(
  { database }: Pick<SignInDeps, 'database'>,
  targets: readonly Target[],
  check: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const target of targets) {
    const seconds = await beginAttempt(database, ...target);
    if (seconds > 0) throw tooMany(seconds);
  }
  const answer = await check();
  if (answer === undefined) return undefined;
  for (const target of targets) await forgive(database.db, ...target);
  return answer;
}
