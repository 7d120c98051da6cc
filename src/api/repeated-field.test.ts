import { expect, test } from 'vitest';
import { pathText } from '../fields.ts';
import { repeatedField } from './repeated-field.ts';

test.each([
  ['{"a":1,"b":2,"a":3}', 'a'],
  ['{"a":1, "\\u0061" : 3}', 'a'],
  ['{"users":[{"a":1},{"a":"}","b":[{}],"a":2}]}', 'users[1].a'],
  ['{"x":{"y":[[0,{"k":{},"k":{}}]]}}', 'x.y[0][1].k'],
  ['{"q\\"":1,"b":"\\\\","q\\"":2}', 'q"'],
  ['[{"":1,"":2}]', '[0].'],
  ['{"a":{"b":1},"a":{}}', 'a'],
])('R49: a field that comes twice is found: %s', (json, path) => {
  expect(JSON.parse(json)).toBeDefined();
  expect(pathText(repeatedField(json) ?? [])).toBe(path);
});

test.each([
  '{"a":{"a":[{"a":1},{"a":1}]},"b":"a"}',
  '{"a":"b\\":","b":"a","c":["a","a","a:"]}',
  '{"a":"\\\\","A":{}}',
  '"a"',
  '[]',
  '17',
])('what comes once in each object is no repetition: %s', (json) => {
  expect(JSON.parse(json)).toBeDefined();
  expect(repeatedField(json)).toBeUndefined();
});

test('as much as one request may hold is read in no time, whatever is in it', () => {
  const row = '{"username":"ada@example.com","firstname":"Ada","attributes":{"title":"\\n\\\\"}}';
  const rows = `[${Array.from({ length: 100_000 }, () => row).join(',')}]`;
  const escapes = `{"a":"${'\\n'.repeat(4_000_000)}","b":"${'\\\\'.repeat(4_000_000)}"}`;
  const begun = performance.now();
  expect(repeatedField(rows)).toBeUndefined();
  expect(repeatedField(escapes)).toBeUndefined();
  expect(performance.now() - begun).toBeLessThan(5000);
});
