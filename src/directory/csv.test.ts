import { expect, test } from 'vitest';
import { readCsv } from './csv.ts';

test.each([
  'username,email\r\nada,a@x.test\ngrace,\r\n',
  'username,email\nada,a@x.test\r\ngrace,\r\n',
  'username,email\rada,a@x.test\r\ngrace,',
])('R49: each line of a CSV may end in its own way: %j', (text) => {
  const { lines, ragged, rows } = readCsv(text);
  expect(rows).toEqual([{ username: 'ada', email: 'a@x.test' }, { username: 'grace' }]);
  expect(lines).toEqual([2, 3]);
  expect(ragged.size).toBe(0);
});
