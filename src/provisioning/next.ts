/** What happens to a record's mark after its step. */

/**
 * `done`: it is deleted. `continue`: there is more to do at once. `again`: the record is looked at afresh. `later`: what failed is
 * tried again after a wait.
 */
export type Next =
  { readonly do: 'done' | 'continue' } | { readonly do: 'again' | 'later'; readonly delayMs: number };

const TRIES_AT_ONCE = 3;
const LONGEST_WAIT_S = 300;

/**
 * Looked at afresh: at once the first times and then ever more slowly, so that a target that contradicts itself is not asked
 * for ever. `attempts` counts those before. At once too where the one before had `failed`: that has been waited for, and this
 * answer is the first since.
 */
export function again(attempts: number, failed = false): Next {
  const seconds = failed || attempts < TRIES_AT_ONCE ? 0 : Math.min(LONGEST_WAIT_S, 2 ** attempts);
  return { do: 'again', delayMs: 1000 * seconds };
}

/** A step's circumstances, as far as they say when its record is looked at next. */
interface Tried {
  readonly attempts: number;
  readonly facts: { readonly link: { readonly troubled: boolean } | null };
}

/** {@link again}, for a record whose link tells whether the step before failed. */
export const afresh = ({ attempts, facts }: Tried): Next => again(attempts, facts.link?.troubled);
