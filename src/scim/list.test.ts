import { describe, expect, it } from 'vitest';
import { pageOf, pageWanted, type PageWanted } from './list.ts';

const five = ['1', '2', '3', '4', '5'].map((id) => ({ id }));

describe('pageOf (RFC 7644 §3.4.2.4)', () => {
  it.each<[PageWanted, string[], number]>([
    [{ startIndex: 1, count: 2 }, ['1', '2'], 1],
    [{ startIndex: 4, count: 10 }, ['4', '5'], 4],
    [{ startIndex: 6, count: 10 }, [], 6],
    [{ startIndex: 1, count: 0 }, [], 1],
    [{ startIndex: 0, count: 1 }, ['1'], 1],
    [{ startIndex: -3, count: -1 }, [], 1],
  ])('%j', (wanted, ids, startIndex) => {
    expect(pageOf(five, wanted)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 5,
      startIndex,
      itemsPerPage: ids.length,
      Resources: ids.map((id) => ({ id })),
    });
  });
});

describe('pageWanted', () => {
  it.each<[Record<string, string | undefined>, PageWanted]>([
    [{}, { startIndex: 1, count: 100 }],
    [
      { startIndex: '', count: '' },
      { startIndex: 1, count: 100 },
    ],
    [
      { startIndex: '7', count: '20' },
      { startIndex: 7, count: 20 },
    ],
    [
      { startIndex: '0', count: '0' },
      { startIndex: 1, count: 0 },
    ],
    [
      { startIndex: '-5', count: '-5' },
      { startIndex: 1, count: 0 },
    ],
    [{ count: '5000' }, { startIndex: 1, count: 100 }],
  ])('%j', (query, expected) => {
    expect(pageWanted(query, 100)).toEqual(expected);
  });

  it.each(['x', '1.5', '1e3', ' 1', '9'.repeat(20)])('refuses count=%s', (count) => {
    expect(() => pageWanted({ count }, 100)).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidValue' }),
    );
  });
});
