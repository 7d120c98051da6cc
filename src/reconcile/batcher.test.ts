import { describe, expect, test } from 'vitest';
import { Batcher } from './batcher.ts';

/** A batcher of two at a time whose writes double numbers and fail for negative ones. */
function doubling(): { batcher: Batcher<number, number>; written: (readonly number[])[] } {
  const written: (readonly number[])[] = [];
  const batcher = new Batcher<number, number>(2, (batch) => {
    written.push([...batch]);
    if (batch.some((item) => item < 0)) return Promise.reject(new Error('negative'));
    return Promise.resolve(batch.map((item) => item * 2));
  });
  return { batcher, written };
}

describe('a batcher', () => {
  test('writes together what comes together, and answers each its own', async () => {
    const { batcher, written } = doubling();
    expect(await Promise.all([1, 2, 3].map((item) => batcher.add(item)))).toEqual([2, 4, 6]);
    expect(written).toEqual([[1, 2], [3]]);
  });

  test('a failure is that of its own batch', async () => {
    const { batcher } = doubling();
    const ends = await Promise.allSettled([1, -1, 3].map((item) => batcher.add(item)));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  test('whoever joins a batch shares its promise, and may leave it alone', async () => {
    const { batcher, written } = doubling();
    const [one, other, next] = [-1, 2, 3].map((item) => batcher.join(item));
    expect(one).toBe(other);
    expect(next).not.toBe(one);
    await batcher.drain();
    expect(written).toEqual([[-1, 2], [3]]);
    // By now a rejection that nobody may leave alone would have ended the process.
    await new Promise((resolve) => setImmediate(resolve));
    await expect(one).rejects.toThrow('negative');
  });
});
