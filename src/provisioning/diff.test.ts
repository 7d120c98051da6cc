import { expect, test } from 'vitest';
import { diff } from './diff.ts';
import type { Values } from './facts.ts';
import type { Change } from './steps.ts';

test.each<[string, Values, Values, Change[]]>([
  ['nothing', {}, {}, []],
  ['the same', { a: '1', b: 2 }, { b: 2, a: '1' }, []],
  ['a new value', {}, { a: '1' }, [{ path: 'a', after: '1' }]],
  ['another value', { a: '1' }, { a: '2' }, [{ path: 'a', before: '1', after: '2' }]],
  ['a removed value', { a: '1' }, {}, [{ path: 'a', before: '1' }]],
  ['another case', { a: 'Ada' }, { a: 'ada' }, [{ path: 'a', before: 'Ada', after: 'ada' }]],
  ['another type', { a: 1 }, { a: '1' }, [{ path: 'a', before: 1, after: '1' }]],
  ['false is a value', { a: true }, { a: false }, [{ path: 'a', before: true, after: false }]],
  [
    'changes in the order of the wish, removals last',
    { z: '1', a: '1' },
    { b: '2', a: '2' },
    [
      { path: 'b', after: '2' },
      { path: 'a', before: '1', after: '2' },
      { path: 'z', before: '1' },
    ],
  ],
])('%s', (_, before, after, expected) => expect(diff(before, after)).toEqual(expected));
