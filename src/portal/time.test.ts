import { expect, test } from 'vitest';
import { time } from './time.ts';

test.each([
  ['2026-11-26T06:19:59.000Z', '26 November 2026, 06:19 UTC'],
  ['2026-03-01T00:05:00.000Z', '1 March 2026, 00:05 UTC'],
  ['2026-03-01T00:05:00.000+02:00', '28 February 2026, 22:05 UTC'],
])('%s reads as %s', (iso, words) => {
  expect(time(iso).text).toBe(`<time datetime="${iso}">${words}</time>`);
});
