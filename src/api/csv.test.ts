import { expect, test } from 'vitest';
import { csv } from './csv.ts';

test.each([
  ['plain', 'plain'],
  [null, ''],
  [0, '0'],
  ['a,b', '"a,b"'],
  ['say "so"', '"say ""so"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\rlines', '"two\rlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1+1', "'\t=1+1"],
  ['\r=1+1', `"'\r=1+1"`],
  ['a=1', 'a=1'],
])('a cell of a file for spreadsheets is one cell, and no formula: %j', async (value, cell) => {
  async function* batches() {
    yield await Promise.resolve([value]);
  }
  const parts: string[] = [];
  for await (const part of csv<string | number | null>([['value', (item) => item]], batches()))
    parts.push(part);
  expect(parts).toEqual(['value\r\n', `${cell}\r\n`]);
});
