import { expect, test } from 'vitest';
import { again, type Next } from './next.ts';

const after = (delayMs: number): Next => ({ do: 'later', delayMs });

test.each<[number, Next]>([
  [0, { do: 'again' }],
  [2, { do: 'again' }],
  [3, after(8_000)],
  [8, after(256_000)],
  [9, after(300_000)],
  [5000, after(300_000)],
])('after %i attempts', (attempts, next) => {
  expect(again(attempts)).toEqual(next);
});
