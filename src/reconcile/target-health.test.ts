import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { TargetHealth } from './target-health.ts';

describe('the health of a target', () => {
  test.each<[string, concurrency: number, failures: number, boolean]>([
    ['a few failures', 4, 7, false],
    ['eight in a row', 4, 8, true],
    ['as many as are under way at once, where those are more', 20, 19, false],
    ['more than are under way at once', 20, 20, true],
  ])('R44: %s: with %d at once, after %d failures it is down: %s', (_, concurrency, failures, isDown) => {
    const health = new TargetHealth(new FakeClock(), concurrency);
    for (let at = 0; at < failures; at += 1) health.noteFailure();
    expect(health.isDown).toBe(isDown);
  });

  test('R44: one good answer ends a row of failures', () => {
    const health = new TargetHealth(new FakeClock(), 1);
    for (let at = 0; at < 7; at += 1) health.noteFailure();
    health.noteAnswer();
    health.noteFailure();
    expect(health.failuresInARow).toBe(1);
  });

  test('R44: a long rest is written down once, and again where it grows', () => {
    const clock = new FakeClock();
    const health = new TargetHealth(clock, 1);
    const rests = (...asked: number[]): boolean[] => asked.map((restMs) => health.isNewRest(restMs));
    expect(rests(4999, 60_000, 60_000, 64_999, 65_000)).toEqual([false, true, false, false, true]);
    clock.advance(65_000);
    expect(rests(1000, 5000)).toEqual([false, true]);
  });
});
