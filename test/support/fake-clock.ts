import type { Clock } from '../../src/clock.ts';

/** A clock that stands still until somebody sleeps, and then is there at once. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  /** For how long the machine was suspended: the time of day goes on, and nothing else. */
  #suspended = 0;
  /** Every sleep that was asked for, in milliseconds. */
  readonly slept: number[] = [];

  readonly monotonic = (): number => this.#now;
  readonly now = (): Date => new Date(this.#now + this.#suspended);
  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted !== true) {
      this.slept.push(milliseconds);
      this.#now += milliseconds;
    }
    return Promise.resolve();
  };

  suspend(milliseconds: number): void {
    this.#suspended += milliseconds;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
