import { describe, expect, it } from 'vitest';
import {
  hasSchema,
  urn,
  wireBoolean,
  wireCount,
  wireId,
  type JsonObject,
  type JsonValue,
} from './resources.ts';

describe('wireId', () => {
  it.each<[JsonValue | undefined, string | undefined]>([
    ['2819c223', '2819c223'],
    [42, '42'],
    [0, '0'],
    ['ada@example.com', 'ada@example.com'],
    ['...', '...'],
    ['', undefined],
    ['.', undefined],
    ['..', undefined],
    ['a\nb', undefined],
    ['a\tb', undefined],
    ['x'.repeat(501), undefined],
    [2 ** 53, undefined],
    [1.5, undefined],
    [true, undefined],
    [null, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('%j', (value, expected) => {
    expect(wireId(value)).toBe(expected);
  });
});

describe('wireBoolean', () => {
  it.each<[JsonValue | undefined, boolean | undefined]>([
    [true, true],
    [false, false],
    ['True', true],
    ['false', false],
    ['FALSE', false],
    [1, true],
    [0, false],
    ['1', true],
    ['0', false],
    ['yes', undefined],
    [2, undefined],
    [[true], undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j', (value, expected) => {
    expect(wireBoolean(value)).toBe(expected);
  });
});

describe('wireCount', () => {
  it.each<[JsonValue | undefined, number | undefined]>([
    [0, 0],
    ['50', 50],
    [-1, undefined],
    [1.5, undefined],
    ['many', undefined],
    ['9'.repeat(30), undefined],
    [undefined, undefined],
  ])('%j', (value, expected) => {
    expect(wireCount(value)).toBe(expected);
  });
});

describe('hasSchema', () => {
  it.each<[JsonObject, boolean]>([
    [{ schemas: [urn.user] }, true],
    [{ Schemas: [urn.user.toUpperCase()] }, true],
    [{ schemas: [urn.group, 7] }, false],
    [{ schemas: null }, false],
    [{ schemas: urn.user }, false],
    [{}, false],
  ])('%j', (resource, expected) => {
    expect(hasSchema(resource, urn.user)).toBe(expected);
  });
});
