import { expect, test } from 'vitest';
import { userNameKey } from './user-name-key.ts';

test.each<[unknown, string | null]>([
  ['Ada@Acme.test', 'ada@acme.test'],
  ['', ''],
  [undefined, null],
  [7, null],
])('userNames are compared without case: %s', (userName, expected) =>
  expect(userNameKey(userName)).toBe(expected),
);
