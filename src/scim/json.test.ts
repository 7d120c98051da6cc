import { describe, expect, it } from 'vitest';
import { ownValue, parseJson, type JsonObject, type JsonValue } from './json.ts';

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('parseJson', () => {
  it.each<[string, string, JsonValue | undefined]>([
    ['plain', '{"a":[1,null,true]}', { a: [1, null, true] }],
    ['a byte order mark', '\ufeff{"a":1}', { a: 1 }],
    ['empty', '', undefined],
    ['HTML', '<html></html>', undefined],
    ['truncated', '{"a":', undefined],
    ['two values', '{} {}', undefined],
    ['64 levels', deep(64), JSON.parse(deep(64)) as JsonValue],
    ['65 levels', deep(65), undefined],
    ['100,000 levels', deep(100_000), undefined],
    ['NUL', '{"a\\u0000":["b\\u0000c"]}', { a: ['bc'] }],
    ['half a surrogate pair', '"x\\ud83d"', 'x\ufffd'],
    ['a whole surrogate pair', '"x\\ud83d\\ude00"', 'x😀'],
    ['an escaped backslash before u0000', '"\\\\u0000"', '\\u0000'],
  ])('reads %s', (_, text, expected) => {
    expect(parseJson(text)).toEqual(expected);
  });

  it('does not let __proto__ become a prototype', () => {
    const value = parseJson('{"__proto__":{"polluted":"\\u0000yes"}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('ownValue', () => {
  it.each<[JsonObject, string, JsonValue | undefined]>([
    [{ userName: 'a' }, 'userName', 'a'],
    [{ USERNAME: 'a' }, 'userName', 'a'],
    [{ username: 'b', userName: 'a' }, 'userName', 'a'],
    [{ userName: null }, 'userName', undefined],
    [{}, 'constructor', undefined],
    [{}, '__proto__', undefined],
  ])('%j %s', (object, name, expected) => {
    expect(ownValue(object, name)).toEqual(expected);
  });
});
