/** What a slice notices of its target: how often in a row it failed, and for how long it asked not to be asked (R44). */
import type { Clock } from '../clock.ts';

/** So many failures in a row, and nobody answered well meanwhile: the target rests before it is asked again. */
const FAILURES_BEFORE_REST = 8;
/** A rest that is shorter is over before anybody has looked, and this process alone keeps to it. */
const LONG_REST_MS = 5000;

/** The health of one target, as one slice sees it. */
export class TargetHealth {
  readonly #clock: Clock;
  readonly #failuresBeforeRest: number;
  /** On the clock: until when the target rests, as far as it was written down. */
  #restsUntil = -Infinity;
  #failuresInARow = 0;

  /** `concurrency`: how many requests are under way at once. All of them may fail for one and the same reason. */
  constructor(clock: Clock, concurrency: number) {
    this.#clock = clock;
    this.#failuresBeforeRest = Math.max(FAILURES_BEFORE_REST, concurrency);
  }

  get failuresInARow(): number {
    return this.#failuresInARow;
  }

  /** Whether it answers nobody: then it is left alone for a while. */
  get isDown(): boolean {
    return this.#failuresInARow >= this.#failuresBeforeRest;
  }

  noteFailure(): void {
    this.#failuresInARow += 1;
  }

  noteAnswer(): void {
    this.#failuresInARow = 0;
  }

  /** Whether a rest is to be written down for every process: a long one is, of a burst of refusals once. */
  isNewRest(restMs: number): boolean {
    const until = this.#clock.monotonic() + restMs;
    if (restMs < LONG_REST_MS || until < this.#restsUntil + LONG_REST_MS) return false;
    this.#restsUntil = until;
    return true;
  }
}
