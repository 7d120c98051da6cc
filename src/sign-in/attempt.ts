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

type Throttles = Pick<SignInDeps, 'database'>;

async function forgiveAll({ database }: Throttles, targets: readonly Target[]): Promise<void> {
  for (const target of targets) await forgive(database.db, ...target);
}

/**
 * Counts an attempt for each target, and answers 0. Where one of them has to wait, nothing is tried: it is counted for none, and
 * answered is for how many seconds.
 */
export async function countAttempt(deps: Throttles, targets: readonly Target[]): Promise<number> {
  for (const [at, target] of targets.entries()) {
    const seconds = await beginAttempt(deps.database, ...target);
    if (seconds === 0) continue;
    await forgiveAll(deps, targets.slice(0, at));
    return seconds;
  }
  return 0;
}

/**
 * Runs `check` unless one has to wait, first for the address: who is slowed down there costs no account anything, nor does
 * whoever waits for an account slow their address down. Throws a `Problem` of kind `too-many`. An answer of undefined is a
 * failure, and goes on counting.
 */
export async function attempt<T>(
  deps: Throttles,
  targets: readonly Target[],
  check: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const seconds = await countAttempt(deps, targets);
  if (seconds > 0) throw tooMany(seconds);
  const answer = await check();
  if (answer !== undefined) await forgiveAll(deps, targets);
  return answer;
}
