import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { Limiter } from './limiter.ts';

const never = new AbortController().signal;

function limited(perSecond: number): {
  clock: FakeClock;
  limiter: Limiter;
  take: (count: number) => Promise<number>;
} {
  const clock = new FakeClock();
  const limiter = new Limiter(clock, perSecond);
  /** How long so many requests took, in milliseconds. */
  const take = async (count: number): Promise<number> => {
    const started = clock.monotonic();
    for (let at = 0; at < count; at += 1) expect(await limiter.take(never)).toBe(true);
    return clock.monotonic() - started;
  };
  return { clock, limiter, take };
}

describe('a limiter', () => {
  test.each<[number, number, number, number]>([
    [10, 1, 0, 0],
    [100, 10, 0, 0],
    [10, 11, 950, 1050],
    [100, 210, 1950, 2100],
    [0.5, 2, 1950, 2100],
  ])('at %d a second lets %d pass within %d to %d ms', async (perSecond, count, least, most) => {
    const took = await limited(perSecond).take(count);
    expect(took).toBeGreaterThanOrEqual(least);
    expect(took).toBeLessThanOrEqual(most);
  });

  test('does not save up what was not used', async () => {
    const { clock, take } = limited(100);
    clock.advance(60_000);
    expect(await take(110)).toBeGreaterThan(900);
  });

  test('R44: lets nobody pass before Retry-After is over, and then half as many', async () => {
    const { limiter, take } = limited(100);
    limiter.slowDown(3000);
    expect(limiter.perSecond).toBe(50);
    expect(await take(1)).toBeGreaterThanOrEqual(3000);
    await take(10);
    expect(await take(50)).toBeGreaterThanOrEqual(900);
  });

  test('a burst of refusals counts as one, a later one again, and it never stands still', () => {
    const { clock, limiter } = limited(100);
    for (let at = 0; at < 20; at += 1) limiter.slowDown(10);
    expect(limiter.perSecond).toBe(50);
    clock.advance(1001);
    limiter.slowDown(10);
    expect(limiter.perSecond).toBe(25);
    for (let at = 0; at < 50; at += 1) {
      clock.advance(1001);
      limiter.slowDown(10);
    }
    expect(limiter.perSecond).toBe(0.5);
  });

  test('the longest rest that was asked for counts', async () => {
    const { limiter, take } = limited(100);
    limiter.slowDown(5000);
    limiter.slowDown(100);
    expect(await take(1)).toBeGreaterThanOrEqual(5000);
  });

  test('recovers with good answers, and never beyond the connection’s rate', () => {
    const { limiter } = limited(100);
    limiter.slowDown(10);
    for (let at = 0; at < 10; at += 1) limiter.answered(20);
    expect(limiter.perSecond).toBeGreaterThan(55);
    for (let at = 0; at < 1000; at += 1) limiter.answered(20);
    expect(limiter.perSecond).toBe(100);
  });

  test('slows down when answers take ever longer, but not for an even pace, however slow', () => {
    const rising = limited(100);
    for (let at = 0; at < 20; at += 1) rising.limiter.answered(50);
    for (let at = 0; at < 60; at += 1) {
      rising.clock.advance(200);
      rising.limiter.answered(5000);
    }
    expect(rising.limiter.perSecond).toBeLessThan(60);
    const slow = limited(100);
    for (let at = 0; at < 100; at += 1) {
      slow.clock.advance(200);
      slow.limiter.answered(3000);
    }
    expect(slow.limiter.perSecond).toBe(100);
  });

  test('R5: a stopped connection waits no more', async () => {
    const { limiter } = limited(1);
    const stop = new AbortController();
    limiter.slowDown(60_000);
    stop.abort();
    expect(await limiter.take(stop.signal)).toBe(false);
  });
});
