import { describe, expect, test } from 'vitest';
import { leaveNotAccepted, leaveUnmapped } from './handsoff.ts';
import { NO_VALUE, type NotAccepted, type Values } from './facts.ts';

describe('R15: what the target did not take is left alone until something else is wished for', () => {
  const kept: Record<string, NotAccepted> = { displayName: { sent: 'New', kept: 'Old' } };

  test.each<[string, Values, Record<string, NotAccepted>, Values, Values]>([
    ['nothing kept', { displayName: 'New' }, {}, {}, { displayName: 'New' }],
    ['the value that was kept', { displayName: 'New' }, kept, { displayName: 'Old' }, { displayName: 'Old' }],
    [
      'another wish is tried',
      { displayName: 'Newer' },
      kept,
      { displayName: 'Old' },
      { displayName: 'Newer' },
    ],
    [
      'what the target holds now',
      { displayName: 'New' },
      kept,
      { displayName: 'Own' },
      { displayName: 'Own' },
    ],
    ['others are untouched', { displayName: 'New', a: '1' }, kept, {}, { displayName: 'Old', a: '1' }],
    [
      'a removal that was not taken',
      {},
      { title: { sent: NO_VALUE, kept: 'Countess' } },
      { title: 'Countess' },
      { title: 'Countess' },
    ],
  ])('%s', (_, desired, notAccepted, accepted, expected) =>
    expect(leaveNotAccepted(desired, notAccepted, accepted)).toEqual(expected),
  );
});

test.each<[string, Values, string[], Values]>([
  ['all mapped', { a: '1', b: '2' }, ['a', 'b'], { a: '1', b: '2' }],
  ['a path that the mapping names no more', { a: '1', b: '2' }, ['a'], { a: '1' }],
  ['none mapped', { a: '1' }, [], {}],
])('R14: what is not mapped is not compared: %s', (_, accepted, paths, expected) =>
  expect(leaveUnmapped(accepted, new Set(paths))).toEqual(expected),
);
