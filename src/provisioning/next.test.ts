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
