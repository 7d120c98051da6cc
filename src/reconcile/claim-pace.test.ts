import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { ClaimPace } from './claim-pace.ts';

/** The pace against a target that takes ten at once, with what can be seen of a slice at this moment. */
function paceOf(seen: Partial<{ atHand: number; waiting: number; perSecond: number; isLate: boolean }> = {}) {
  const { atHand, waiting, perSecond, isLate } = {
    atHand: 1,
    waiting: 0,
    perSecond: 10_000,
    isLate: false,
    ...seen,
  };
  const clock = new FakeClock();
  const pace = new ClaimPace({
    clock,
    concurrency: 10,
    limiter: { perSecond },
    window: { waiting },
    atHand: () => atHand,
    isLate: () => isLate,
  });
  return { pace, clock };
}

describe('the next claim', () => {
  test.each<[string, Parameters<typeof paceOf>[0], number, boolean]>([
    ['is small where nothing is at hand, so that the target is asked at once', { atHand: 0 }, 80, false],
    ['is large where the target has something to do', {}, 1000, false],
    ['is half a second of a slow target', { perSecond: 301 }, 151, false],
    ['is never less than two rounds of requests', { perSecond: 0.5 }, 20, false],
    ['is for anybody while fewer wait than it takes', { waiting: 999 }, 1000, false],
    ['R45: is for leavers alone where so many wait', { waiting: 1000 }, 1000, true],
    ['is for anybody while fewer than three claims are at hand', { atHand: 2999 }, 1000, false],
    ['R45: is for leavers alone where three claims are at hand', { atHand: 3000 }, 1000, true],
    ['R45: is for leavers alone where the slice has had its time', { isLate: true }, 1000, true],
  ])('%s', (_, seen, limit, leaversOnly) => {
    const { pace } = paceOf(seen);
    expect(pace.next()).toEqual({ limit, leaversOnly });
    expect(pace.isFull).toBe(leaversOnly);
  });
});

describe('more may be taken', () => {
  test.each<
    [string, { readonly before: number; readonly leavers: number | null; readonly atHand: number }, boolean]
  >([
    ['after a claim that took all it might', { before: 1000, leavers: null, atHand: 1 }, true],
    ['but not where there is no room', { before: 1000, leavers: null, atHand: 3000 }, false],
    ['but not after one that found fewer', { before: 999, leavers: null, atHand: 1 }, false],
    ['still, after one that found few leavers', { before: 1000, leavers: 1, atHand: 1 }, true],
    [
      'but not because of leavers, where all others are claimed',
      { before: 999, leavers: 1, atHand: 1 },
      false,
    ],
  ])('%s', (_, { before, leavers, atHand }, expected) => {
    const { pace } = paceOf({ atHand });
    pace.tookUsers({ limit: 1000, leaversOnly: false }, before);
    if (leavers !== null) pace.tookUsers({ limit: 1000, leaversOnly: true }, leavers);
    expect(pace.mayTakeMore).toBe(expected);
  });
});

describe('groups, a hundred at most,', () => {
  const all = { limit: 1000, leaversOnly: false };

  test('are due at first, after users who are the last of them, and never after leavers alone', () => {
    const { pace, clock } = paceOf();
    pace.tookUsers(all, 1000);
    expect(pace.groupsAfter(all)).toBe(100);
    pace.tookGroups(clock.monotonic());
    expect(pace.groupsAfter(all)).toBe(0);
    pace.tookUsers(all, 999);
    expect(pace.groupsAfter(all)).toBe(100);
    expect(pace.groupsAfter({ ...all, leaversOnly: true })).toBe(0);
  });

  test.each<[string, number, number]>([
    ['every 300 ms', 10, 300],
    ['for a twentieth of the time where a claim of them takes long', 50, 1000],
  ])('are due while users wait %s', (_, tookMs, dueMs) => {
    const { pace, clock } = paceOf();
    const started = clock.monotonic();
    clock.advance(tookMs);
    pace.tookGroups(started);
    pace.tookUsers(all, 1000);
    clock.advance(dueMs - tookMs - 1);
    expect(pace.groupsAfter(all)).toBe(0);
    clock.advance(1);
    expect(pace.groupsAfter(all)).toBe(100);
  });
});
