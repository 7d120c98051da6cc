import { describe, expect, it } from 'vitest';
import { addressKey, remembered, waitSeconds } from './throttle.ts';

describe('the wait after failures', () => {
  it.each([
    [1, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [14, 512],
    [15, 900],
    [100_000, 900],
  ])('after %i at one account is %i seconds', (failures, seconds) => {
    expect(waitSeconds('account', failures)).toBe(seconds);
  });

  it('is none for twenty failures from one address, which many people may share', () => {
    expect([waitSeconds('address', 20), waitSeconds('address', 21)]).toEqual([0, 1]);
  });

  it.each([
    ['account', 86_400, 9, 0],
    ['account', 86_401, 0, 0],
    ['mail', 86_401, 0, 0],
    ['address', -5, 9, -5],
    ['address', 59, 9, 59],
    ['address', 60, 8, 0],
    ['address', 185, 6, 5],
    ['mail address', 185, 6, 5],
    ['address', 100_000, 0, 0],
  ] as const)(
    'counts of nine failures for one %s, none forgotten for %i seconds, %i, for %i seconds',
    (what, age, failures, left) => {
      expect(remembered(what, { failures: 9, age })).toEqual({ failures, age: left });
    },
  );
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
