import { expect, test } from 'vitest';
import { isSliceOver } from './slice-time.ts';

test.each<[string, number, number, boolean, boolean]>([
  ['at its beginning', 100, 0, true, false],
  ['after its time, where others wait', 5_001, 20, true, true],
  ['after its time, where nobody waits', 5_001, 20, false, false],
  ['after twelve times its time, where nobody waits', 60_001, 20, false, true],
  ['after its time, with a target that has just begun to answer slowly', 5_001, 3_000, true, false],
  ['after eight of its answers', 24_001, 3_000, true, true],
  ['after a minute, with a target that takes ten seconds', 60_001, 10_000, false, false],
  ['after eight of those', 80_001, 10_000, false, true],
])('%s', (_, elapsedMs, lastAnswerMs, others, expected) => {
  const time = { elapsedMs, lastAnswerMs, sliceSeconds: 5, othersWait: () => others };
  expect(isSliceOver(time)).toBe(expected);
});
