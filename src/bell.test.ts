import { describe, expect, test } from 'vitest';
import { Bell } from './bell.ts';
import type { Clock } from './clock.ts';

/** A clock whose time never comes, and which counts who waits for it. */
function endlessClock(): Clock & { sleepers: number } {
  const clock = {
    sleepers: 0,
    monotonic: () => 0,
    now: () => new Date(0),
    sleep: (_: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        clock.sleepers += 1;
        signal?.addEventListener('abort', () => {
          clock.sleepers -= 1;
          resolve();
        });
      }),
  };
  return clock;
}

/** Whether the wait ends by itself. */
const ends = (wait: Promise<void>): Promise<boolean> =>
  Promise.race([wait.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

describe('a wait', () => {
  test.each<[string, (bell: Bell) => void, boolean]>([
    ['goes on where nothing has rung', () => undefined, false],
    ['ends at once where it rang before', (bell) => bell.ring(), true],
    ['goes on where nobody waited when it was nudged', (bell) => bell.nudge(), false],
    [
      'goes on where what rang is forgotten',
      (bell) => {
        bell.ring();
        bell.forget();
      },
      false,
    ],
  ])('%s', async (_, before, expected) => {
    const bell = new Bell();
    before(bell);
    expect(await ends(bell.heard(1000, endlessClock()))).toBe(expected);
  });

  test.each<['ring' | 'nudge']>([['ring'], ['nudge']])('ends by a %s, and no timer is left', async (how) => {
    const bell = new Bell();
    const clock = endlessClock();
    const wait = bell.heard(1000, clock);
    expect(clock.sleepers).toBe(1);
    bell[how]();
    expect(await ends(wait)).toBe(true);
    expect(clock.sleepers).toBe(0);
  });

  test('ends when its time is over', async () => {
    const clock = { ...endlessClock(), sleep: () => Promise.resolve() };
    expect(await ends(new Bell().heard(1000, clock))).toBe(true);
  });

  test('is ended once by what rang before it', async () => {
    const bell = new Bell();
    bell.ring();
    await bell.heard(1000, endlessClock());
    expect(await ends(bell.heard(1000, endlessClock()))).toBe(false);
  });
});
