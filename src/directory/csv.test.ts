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

test.each([
  ['a cell of three lines', 'username,email\r\nada,"A\r\n\r\nB"\r\ngrace,\r\n', [4, 5]],
  ['quotes in it', 'username,email\r\nada,"A ""\r\n"" B"\r\ngrace,"\r\n"\r\n', [3, 5]],
  ['a row of which nothing is left', 'username,email\r\n"\r\n",\r\nada,"A\nB\rC"\r\n', [6]],
  ['empty lines', 'username,email\r\n\r\nada,"A\r\nB"\r\n\r\n\r\ngrace,B', [4, 7]],
  ['a byte order mark', '\ufeffusername,"attributes.a"\r\nada,"\r\n"\r\n', [3]],
])(
  'R49: the lines of a CSV are those that an editor shows, with line breaks in cells: %s',
  (_what, text, told) => {
    expect(readCsv(text).lines).toEqual(told);
  },
);

test.each([
  ['username\r\n"a\r\n\r\nb"\r\nc"d\r\n', 'Line 5 of the CSV has a quote in the wrong place'],
  ['username\r\n"a\r\nb"\r\n"c"d\r\n', 'Line 4 of the CSV has a quote in the wrong place'],
  ['username\r\n"a\r\nb"\r\n"c\r\n\r\n', 'Line 4 of the CSV opens a quote that is never closed'],
])('R49: and so is the line of a quote: %j', (text, told) => {
  expect(() => readCsv(text)).toThrow(told);
});

test('R49: a CSV may be separated by tabs, names of groups have spaces around them, and a username that is empty was given', () => {
  const { rows } = readCsv('username\temail\tgroups\nada\ta@x.test\tCrew ; Ship;;\n\tb@x.test\t\n');
  expect(rows).toEqual([
    { username: 'ada', email: 'a@x.test', groups: ['Crew', 'Ship'] },
    { username: '', email: 'b@x.test' },
  ]);
});
