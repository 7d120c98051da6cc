import { expect, test } from 'vitest';
import { isImplausible } from './implausible.ts';

const USUAL = { number: 25, percent: 20 };

test.each([
  ['as many as the number', 25, 30, USUAL, false],
  ['more than the number and than the share', 26, 100, USUAL, true],
  ['more than the number, as many as the share', 26, 130, USUAL, false],
  ['as many as can be asked for', 1000, 50_000, USUAL, false],
  ['R16: more than can be asked for, a small share', 1001, 50_000, USUAL, true],
  ['more than can be asked for, which the number allows', 1001, 50_000, { number: 1001, percent: 0 }, false],
  [
    'more than can be asked for, which the share alone allows',
    1001,
    1002,
    { number: 25, percent: 100 },
    true,
  ],
  ['nothing where none is known', 0, 0, { number: 0, percent: 0 }, false],
])('%s: %i of %i under %o is too much to believe: %s', (_, missing, linked, threshold, expected) => {
  expect(isImplausible({ missing, linked }, threshold)).toBe(expected);
});
