import { describe, expect, it } from 'vitest';
import { addressKey, rememberedFailures, waitSeconds } from './throttle.ts';

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

  it('forgets failures after a day without one', () => {
    expect([rememberedFailures(9, 86_400), rememberedFailures(9, 86_401)]).toEqual([9, 0]);
  });
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
