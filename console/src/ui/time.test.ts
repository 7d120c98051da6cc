import { describe, expect, it } from 'vitest';
import { clockTime, relativeTime } from './time';

const now = new Date('2026-11-26T12:00:00Z');

describe('times as people say them', () => {
  it.each([
    ['2026-11-26T12:00:00Z', 'just now'],
    ['2026-11-26T11:59:01Z', 'just now'],
    ['2026-11-26T11:57:00Z', '3 minutes ago'],
    ['2026-11-26T10:59:00Z', '1 hour ago'],
    ['2026-11-25T12:00:00Z', '1 day ago'],
    // The day before yesterday, by the calendar.
    ['2026-11-24T13:00:00Z', '1 day ago'],
    ['2026-11-27T23:00:00Z', 'in 1 day'],
    ['2026-09-29T12:00:00Z', '1 month ago'],
    ['2026-11-28T13:00:00Z', 'in 2 days'],
    ['2025-11-26T12:00:00Z', '1 year ago'],
  ])('%s is %s', (at, expected) => {
    expect(relativeTime(new Date(at), now)).toBe(expected);
  });
});

it('a time of today is hours and minutes, of 24 hours', () => {
  expect(clockTime(new Date(2026, 10, 26, 0, 5))).toBe('00:05');
  expect(clockTime(new Date(2026, 10, 26, 14, 5))).toBe('14:05');
});
