import { expect, test } from 'vitest';
import { inBatches } from './in-batches.ts';

test.each<[number, number[]]>([
  [0, [0]],
  [2, [2]],
  [3, [3, 0]],
  [7, [3, 3, 1]],
])('%i records come three at a time, in batches of %j', async (count, sizes) => {
  const records = Array.from({ length: count }, (_, at) => ({
    id: `00000000-0000-7000-8000-00000000000${at}`,
  }));
  const next = (after: string, limit: number) =>
    Promise.resolve(records.filter(({ id }) => id > after).slice(0, limit));
  const batches: (typeof records)[] = [];
  for await (const batch of inBatches(3, next)) batches.push([...batch]);
  expect(batches.map(({ length }) => length)).toEqual(sizes);
  expect(batches.flat()).toEqual(records);
});
