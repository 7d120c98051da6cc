import { describe, expect, it } from 'vitest';
import { dayInWords, waitInWords, waitTicks } from './figures';

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

  it.each([
    [0, ['0 s', '0.1 s']],
    [0.21, ['0 s', '0.1 s', '0.2 s', '0.3 s']],
    [7, ['0 s', '2 s', '4 s', '6 s', '8 s']],
    [100, ['0 s', '30 s', '1 min', '1.5 min', '2 min']],
    [9000, ['0 s', '30 min', '1 h', '1.5 h', '2 h', '2.5 h']],
    [86_400 * 2000, ['0 s', '500 d', '1,000 d', '1,500 d', '2,000 d']],
  ])('an axis up to %s seconds has even lines, each with another label', (most, expected) => {
    expect(waitTicks(most).map(waitInWords)).toEqual(expected);
  });

  it('a day is one of UTC, wherever somebody looks at it', () => {
    expect(dayInWords('2026-11-01')).toBe('Nov 1');
  });
});
