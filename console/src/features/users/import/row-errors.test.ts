import { expect, it } from 'vitest';
import { rowErrorInWords } from './row-errors';

it.each([
  ['users[0].username', 'must not be empty.', 'User name must not be empty.'],
  ['users[7].groups[1]', 'is too long.', 'Groups is too long.'],
  ['users[7].groups', '"Nope" is the name of no group.', '"Nope" is the name of no group.'],
  [
    'users[7]',
    'has another number of cells than the header.',
    'This row has another number of cells than the header.',
  ],
])('what is wrong at %s: %s', (path, message, sentence) => {
  expect(rowErrorInWords({ path, message })).toBe(sentence);
});
