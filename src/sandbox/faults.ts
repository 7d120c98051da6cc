/** What goes wrong on purpose: too many requests, errors, lost answers, slowness. */
import type { Behaviour } from './toggles.ts';

/** A token bucket that holds one second's worth of requests. */
export class RateLimiter {
  private tokens = 0;
  private rate = 0;
  private at = 0;

  /**
   * Takes one request, at `rate` requests a second (0: no limit) and `now` in milliseconds that only grow. Answers how many seconds
   * to wait, for `Retry-After`; 0 where the request may go on.
   */
  take(rate: number, now: number): number {
    if (rate === 0) return 0;
    const full = Math.max(1, rate);
    const refill = rate === this.rate ? this.tokens + ((now - this.at) / 1000) * rate : full;
    this.tokens = Math.min(full, refill);
    this.rate = rate;
    this.at = now;
    if (this.tokens < 1) return Math.max(1, Math.ceil((1 - this.tokens) / rate));
    this.tokens--;
    return 0;
  }
}

interface Misfortune {
  /** The status of an error in place of the answer, or null. */
  readonly error: number | null;
  /** Whether the work is done all the same. */
  readonly works: boolean;
  readonly dropped: boolean;
}

const NONE: Misfortune = { error: null, works: true, dropped: false };

const strikes = (share: number): boolean => share > 0 && Math.random() < share;

/** Draws what happens to one request. */
export function misfortune(behaviour: Behaviour): Misfortune {
  if (strikes(behaviour.errorRate)) {
    return { error: behaviour.errorStatus, works: behaviour.errorAfterWork, dropped: false };
  }
  return strikes(behaviour.dropRate) ? { error: null, works: true, dropped: true } : NONE;
}
