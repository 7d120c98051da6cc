import { expect, it } from 'vitest';
import { checkSkew } from './check-clock.ts';

it.each([
  [0, 'ok', "It agrees with the server's."],
  [5000, 'ok', "It agrees with the server's."],
  [-5000, 'ok', "It agrees with the server's."],
  [6000, 'problem', "It is 6 s behind the server's. Synchronise both with a time server (NTP)."],
  [-90_000, 'problem', "It is 90 s ahead of the server's. Synchronise both with a time server (NTP)."],
])('a clock from which the other is %d ms away', (away, level, message) => {
  const ours = Date.parse('2026-11-28T12:00:00Z');
  expect(checkSkew(ours, ours + away, "the server's")).toEqual({ check: 'Clock', level, message });
});
