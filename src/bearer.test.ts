import { describe, expect, test } from 'vitest';
import { apiKeyFault, keyInHeader } from './bearer.ts';

describe('a key', () => {
  test.each<[string, string | undefined]>([
    ['Bearer rc_abc', 'rc_abc'],
    ['bearer   rc_abc', 'rc_abc'],
    ['Bearer ~!"#', '~!"#'],
    [`Bearer ${'k'.repeat(512)}`, 'k'.repeat(512)],
    [`Bearer ${'k'.repeat(513)}`, undefined],
    ['Bearer rc_abc def', undefined],
    ['Bearer ', undefined],
    ['Basic cmM6YWJj', undefined],
    ['', undefined],
  ])('in the header %j is %j', (header, key) => expect(keyInHeader(header)).toBe(key));

  test.each(['rc_abc', '~', 'k'.repeat(512)])('%j can be sent, and is found again', (key) => {
    expect(apiKeyFault(key)).toBeUndefined();
    expect(keyInHeader(`Bearer ${key}`)).toBe(key);
  });

  test.each(['', 'a b', 'schlüssel', 'k'.repeat(513), 'a\n'])('%j cannot be sent', (key) =>
    expect(apiKeyFault(key)).toMatch(/^must be what a header can carry/),
  );
});
