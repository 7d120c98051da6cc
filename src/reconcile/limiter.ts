/**
 * How fast a lane may ask: a token bucket with the connector's rate, lowered when the target says so or answers ever more
 * slowly, raised again a little with each good answer (R44).
 */
import type { Clock } from '../clock.ts';

/** A target is called slow when its answers take this many times longer than its best. */
const SLOWER = 8;
/** Below this, in milliseconds, no answer is slow. */
const NEVER_SLOW = 500;
const SMOOTHING = 0.05;
const RECOVERY = 1.02;
const SLOWEST_PER_SECOND = 0.5;

/** The pace of one target. Times are in milliseconds, rates in requests per second. */
export class Limiter {
  readonly #clock: Clock;
  readonly #ceiling: number;
  readonly #burst: number;
  #perSecond: number;
  #tokens: number;
  #filledAt: number;
  #closedUntil = 0;
  #latency = 0;
  #lastAnswer = 0;
  #best = Infinity;
  #loweredAt = -Infinity;

  constructor(clock: Clock, requestsPerSecond: number) {
    this.#clock = clock;
    this.#ceiling = requestsPerSecond;
    this.#perSecond = requestsPerSecond;
    this.#burst = Math.max(1, requestsPerSecond / 10);
    this.#tokens = this.#burst;
    this.#filledAt = clock.monotonic();
  }

  /** Requests a second at this moment. */
  get perSecond(): number {
    return this.#perSecond;
  }

  /** How long the target took for its last good answer, in milliseconds; 0 before the first. */
  get lastAnswerMs(): number {
    return this.#lastAnswer;
  }

  /** Takes the right to send one request where there is one at this moment. */
  tryTake(): boolean {
    return this.#take() === 0;
  }

  /** Waits for the right to send one request; answers false where the signal ended the wait. */
  async take(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const wait = this.#take();
      if (wait === 0) return true;
      await this.#clock.sleep(Math.min(wait, 1000), signal);
    }
    return false;
  }

  /** The target asked for rest: nobody asks before it is over, and then at half the rate. */
  slowDown(retryAfterMs: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.monotonic() + retryAfterMs);
    this.#lower(0.5);
  }

  /** A good answer came after so many milliseconds. */
  answered(milliseconds: number): void {
    this.#lastAnswer = milliseconds;
    this.#latency =
      this.#latency === 0 ? milliseconds : this.#latency + (milliseconds - this.#latency) * SMOOTHING;
    this.#best = Math.min(this.#best, this.#latency);
    if (this.#latency > NEVER_SLOW && this.#latency > this.#best * SLOWER) this.#lower(0.8);
    else this.#perSecond = Math.min(this.#ceiling, this.#perSecond * RECOVERY);
  }

  /** At most once a second, so that a burst of refusals counts as one. */
  #lower(factor: number): void {
    const now = this.#clock.monotonic();
    if (now - this.#loweredAt < 1000) return;
    this.#loweredAt = now;
    this.#perSecond = Math.max(SLOWEST_PER_SECOND, this.#perSecond * factor);
  }

  /** Zero where a token was taken, or the milliseconds until one may be there. */
  #take(): number {
    const now = this.#clock.monotonic();
    if (now < this.#closedUntil) return this.#closedUntil - now;
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return Math.max(1, ((1 - this.#tokens) / this.#perSecond) * 1000);
    this.#tokens -= 1;
    return 0;
  }
}
