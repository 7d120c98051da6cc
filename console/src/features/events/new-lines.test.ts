import { describe, expect, it } from 'vitest';
import { countNew } from './new-lines';

const lines = (...ids: string[]) => ids.map((id) => ({ id }));

describe('how many lines are new', () => {
  it.each([
    ['none where the first is the newest', lines('c', 'b'), 'c', 0],
    ['those before the first that is shown', lines('e', 'd', 'c'), 'c', 2],
    ['all of them where that is too far down', lines('g', 'f', 'e'), 'c', 3],
    ['all of them where nothing is shown', lines('b', 'a'), undefined, 2],
    ['none where there is nothing', [], undefined, 0],
  ])('%s', (_what, newest, first, expected) => {
    expect(countNew(newest, first === undefined ? undefined : { id: first })).toBe(expected);
  });
});
