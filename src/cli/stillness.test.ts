import { describe, expect, it } from 'vitest';
import { watchStillness } from './stillness.ts';

const waiting = { pending: 9, inFlight: 0, failed: 0, retrying: 0, retryReason: null };

/** What is said, of statuses that are read a second apart. */
function saidOf(statuses: readonly (typeof waiting | { retryReason: string | null })[]): string[] {
  let now = 0;
  const watch = watchStillness({ monotonic: () => now });
  return statuses.flatMap((status) => {
    now += 1000;
    return watch({ ...waiting, ...status }) ?? [];
  });
}

const times = <T>(number: number, of: (at: number) => T): T[] =>
  Array.from({ length: number }, (_, at) => of(at));

describe('watchStillness', () => {
  it('says once that nobody may be at work', () => {
    expect(saidOf(times(60, () => waiting))).toEqual([expect.stringContaining('--no-provisioning')]);
  });

  it('says what failed where it is tried again', () => {
    const down = { ...waiting, retrying: 2, retryReason: 'The application is down.' };
    expect(saidOf(times(60, () => down))).toEqual([
      'Nothing has moved for a while: 2 records failed to be sent, and are tried again. The application is down.',
    ]);
  });

  it.each([
    ['while it moves', (at: number) => ({ ...waiting, pending: 100 - at })],
    ['while something is under way', () => ({ ...waiting, inFlight: 1 })],
  ])('says nothing %s', (_, status) => {
    expect(saidOf(times(60, status))).toEqual([]);
  });

  it('says nothing before it is long', () => {
    expect(saidOf(times(15, () => waiting))).toEqual([]);
  });
});
