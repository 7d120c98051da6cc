import { describe, expect, test } from 'vitest';
import { waitAfter } from './backoff.ts';

describe('how long a record waits', () => {
  test.each<[number, number, number, number, number]>([
    [0, 1000, 0, 500, 1500],
    [1, 1000, 0, 1000, 3000],
    [3, 1000, 0, 4000, 12_000],
    [30, 1000, 0, 150_000, 450_000],
    [1000, 1000, 0, 150_000, 450_000],
    [0, 1000, 9000, 9000, 9000],
    [0, 0, 0, 0, 0],
  ])('after %d failures, from %d ms, asked for %d: %d to %d', (attempts, backoff, asked, least, most) => {
    const waits = Array.from({ length: 200 }, () => waitAfter(attempts, backoff, asked));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThanOrEqual(most);
  });

  test('is jittered, so that a thousand records do not come back at once', () => {
    const waits = new Set(Array.from({ length: 100 }, () => Math.round(waitAfter(3, 1000, 0))));
    expect(waits.size).toBeGreaterThan(50);
  });
});
