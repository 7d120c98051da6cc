import { describe, expect, it } from 'vitest';
import { dayInWords, waitInWords } from './figures';

describe('numbers of charts, as people write them', () => {
  it.each([
    [0, '0 s'],
    [0.42, '0.4 s'],
    [12.4, '12 s'],
    [59, '59 s'],
    [60, '1 min'],
    [5400, '1.5 h'],
    [345_600, '4 d'],
  ])('%s seconds are %s', (seconds, expected) => {
    expect(waitInWords(seconds)).toBe(expected);
  });

  it('a day is one of UTC, wherever somebody looks at it', () => {
    expect(dayInWords('2026-11-01')).toBe('Nov 1');
  });
});
