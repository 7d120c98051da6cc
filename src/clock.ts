/** Time as the process sees it; what is stored uses the database's own `now()`, one clock for every machine. */
export interface Clock {
  /** Milliseconds that only grow: for durations and rates. */
  readonly monotonic: () => number;
  /** The time of day. */
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** A moment on both clocks: neither alone tells how long ago it was. */
export interface Moment {
  readonly monotonic: number;
  readonly timeOfDay: number;
}

/** This moment, for {@link elapsedSince}. */
export const momentOf = (clock: Clock): Moment => ({
  monotonic: clock.monotonic(),
  timeOfDay: clock.now().getTime(),
});

/**
 * Milliseconds since a moment, rather too many than too few: on Linux the one clock stands still while the machine is suspended
 * (clock_gettime(2), CLOCK_MONOTONIC), and the other may be put back.
 */
export function elapsedSince(clock: Clock, { monotonic, timeOfDay }: Moment): number {
  return Math.max(clock.monotonic() - monotonic, clock.now().getTime() - timeOfDay);
}

export const systemClock: Clock = {
  monotonic: () => performance.now(),
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal?.addEventListener('abort', done);
      if (signal?.aborted) done();
    }),
};
