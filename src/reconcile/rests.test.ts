import { describe, expect, test } from 'vitest';
import { Rests } from './rests.ts';

describe('rests', () => {
  test('R44: a target that only fails rests ever longer, and one good answer ends that', () => {
    const rests = new Rests(1000);
    // Jittered by half either way.
    for (const least of [500, 1000, 2000, 4000]) {
      const restMs = rests.after('wiki', 3);
      expect(restMs).toBeGreaterThanOrEqual(least);
      expect(restMs).toBeLessThanOrEqual(3 * least);
    }
    expect(rests.failing).toEqual(['wiki']);
    expect(rests.after('wiki', 0)).toBe(0);
    expect(rests.failing).toEqual([]);
    expect(rests.after('wiki', 1)).toBeLessThanOrEqual(1500);
  });
});
