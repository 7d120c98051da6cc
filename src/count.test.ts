import { expect, it } from 'vitest';
import { count } from './count.ts';

it.each([
  [0, '0 users need'],
  [1, '1 user needs'],
  [2, '2 users need'],
  [10_001, '10,001 users need'],
])('%d', (number, expected) => expect(count(number, 'user needs', 'users need')).toBe(expected));

it('adds an s where nothing else is said', () => {
  expect([1, 2].map((number) => count(number, 'step'))).toEqual(['1 step', '2 steps']);
});
