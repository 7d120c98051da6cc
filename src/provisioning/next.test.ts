import { expect, test } from 'vitest';
import { again } from './next.ts';

test.each<[number, number]>([
  [0, 0],
  [2, 0],
  [3, 8_000],
  [8, 256_000],
  [9, 300_000],
  [5000, 300_000],
])('what was looked at %i times is looked at afresh after %i ms', (attempts, delayMs) => {
  expect(again(attempts)).toEqual({ do: 'again', delayMs });
});

test('R44: what had failed and is answered now is looked at afresh at once, however often it had failed', () => {
  expect(again(9, true)).toEqual({ do: 'again', delayMs: 0 });
});
