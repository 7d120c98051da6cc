import { describe, expect, it } from 'vitest';
import { listQuery, listSearch } from './list-state';

const read = listSearch(['name', 'state'], { state: ['active', 'staged'] });

describe('what an address says of a list', () => {
  it.each([
    ['nothing', {}, {}],
    ['a search, also of digits alone', { search: 42 }, { search: '42' }],
    ['a sort, either way', { sort: '-name' }, { sort: '-name' }],
    ['no sort that the list has not', { sort: 'password' }, {}],
    ['a filter', { state: 'staged' }, { state: 'staged' }],
    ['no value that the filter has not', { state: 'gone' }, {}],
    ['a page', { cursor: 'abc', page: 2 }, { cursor: 'abc', page: 2 }],
    ['no cursor without its page', { cursor: 'abc' }, {}],
    ['nothing else', { evil: 'x' }, {}],
  ])('%s', (_what, given, expected) => {
    expect(read(given)).toEqual(expected);
  });

  it('is asked of the server without the number of the page', () => {
    expect(listQuery({ search: 'ada', page: 2, cursor: 'abc' })).toEqual({
      search: 'ada',
      cursor: 'abc',
      limit: 50,
    });
  });
});
