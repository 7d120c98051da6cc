import { describe, expect, it } from 'vitest';
import { merged } from './conflict';

describe('what was typed, over what somebody else saved', () => {
  it.each([
    ['one field each', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 3 }, { a: 2, b: 3 }],
    [
      'nested',
      { in: { a: 1, b: 1 } },
      { in: { a: 2, b: 1 } },
      { in: { a: 1, b: 3 } },
      { in: { a: 2, b: 3 } },
    ],
    ['the same field', { a: 1 }, { a: 2 }, { a: 3 }, { a: 2 }],
    ['a list is one thing', { rows: [1] }, { rows: [1, 2] }, { rows: [3] }, { rows: [1, 2] }],
  ])('%s', (_what, before, typed, now, expected) => {
    expect(merged<object>(before, typed, now)).toEqual(expected);
  });
});
