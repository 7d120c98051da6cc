/** Saving a part of an application: another part may be saved meanwhile, here or by somebody else, and is no conflict. */
import type { Tagged } from '../../api/client';
import { isConflict } from '../../api/problem';
import { isSame } from '../../ui/same';

interface Part<T, R> {
  /** The record as whoever saves has seen it. */
  readonly seen: Tagged<T>;
  /** What of it is the part. */
  readonly valuesOf: (record: T) => object;
  /** Reads the record as it is now. */
  readonly read: () => Promise<Tagged<T>>;
  /** Saves a change to this version. */
  readonly save: (etag: string) => Promise<R>;
}

/** How often it is tried: so many others are hardly faster in a row. */
const TRIES = 5;

/** Saves it, also over a version in which another part is other. Throws an `ApiProblem` of status 412 where this part is. */
export async function savePart<T, R>({ seen, valuesOf, read, save }: Part<T, R>): Promise<R> {
  let { etag } = seen;
  for (let tries = 1; ; tries += 1)
    try {
      return await save(etag);
    } catch (error) {
      if (!isConflict(error) || tries === TRIES) throw error;
      const now = await read();
      if (!isSame(valuesOf(now.value), valuesOf(seen.value))) throw error;
      etag = now.etag;
    }
}
