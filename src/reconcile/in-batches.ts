/** Records in the order of their ids, so many at a time: memory follows the batch. */

/** Comes before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Yields batch after batch of what `next` reads, which is the records after an id. */
export async function* inBatches<T extends { readonly id: string }>(
  size: number,
  next: (after: string, limit: number) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  for (let after: string | undefined = FIRST_ID; after !== undefined;) {
    const batch: readonly T[] = await next(after, size);
    yield batch;
    after = batch.length < size ? undefined : batch.at(-1)?.id;
  }
}
