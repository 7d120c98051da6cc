/** Writing together what comes at about the same time. */
import type { Clock } from '../clock.ts';

/** How far apart two writes begin at least while more is expected, so that what trickles in is written together too. */
export interface Pace {
  readonly clock: Clock;
  readonly apartMs: number;
  readonly expectsMore: () => boolean;
}

/** Work that is cheaper together: what comes while one batch is written is the next batch. */
export class Batcher<Item, Result> {
  readonly #write: (batch: readonly Item[]) => Promise<readonly Result[]>;
  readonly #most: number;
  readonly #pace: Pace | undefined;
  #begunAt = -Infinity;
  /** All but the last are full. */
  readonly #waiting: Batch<Item, Result>[] = [];
  #writing: Promise<void> | null = null;

  /** `write` takes at most `most` items and answers a result for each, in their order. */
  constructor(most: number, write: (batch: readonly Item[]) => Promise<readonly Result[]>, pace?: Pace) {
    this.#most = most;
    this.#write = write;
    this.#pace = pace;
  }

  /** Resolves with the item's result once it is written; rejects with what kept its batch from being so. */
  async add(item: Item): Promise<Result> {
    const batch = this.#open();
    const place = batch.items.push(item) - 1;
    // There is one for each item, in their order, and it may well be undefined.
    return (await batch.written)[place] as Result;
  }

  /** The same where the result is of no use: everybody in a batch gets one promise. It may be left alone. */
  join(item: Item): Promise<unknown> {
    const batch = this.#open();
    batch.items.push(item);
    return batch.written;
  }

  /** Resolves when nothing is left to write. */
  async drain(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  #open(): Batch<Item, Result> {
    const last = this.#waiting.at(-1);
    if (last !== undefined && last.items.length < this.#most) return last;
    const batch = new Batch<Item, Result>();
    this.#waiting.push(batch);
    this.#writing ??= this.#run();
    return batch;
  }

  async #run(): Promise<void> {
    // Let everything that is ready now join the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    for (let batch = this.#waiting[0]; batch !== undefined; batch = this.#waiting[0]) {
      await this.#rest(batch);
      this.#waiting.shift();
      await this.#writeBatch(batch);
    }
    this.#writing = null;
  }

  async #rest(batch: Batch<Item, Result>): Promise<void> {
    if (this.#pace === undefined) return;
    const { clock, apartMs, expectsMore } = this.#pace;
    const wait = this.#begunAt + apartMs - clock.monotonic();
    if (wait > 0 && batch.items.length < this.#most && expectsMore()) await clock.sleep(wait);
    this.#begunAt = clock.monotonic();
  }

  async #writeBatch({ items, resolve, reject }: Batch<Item, Result>): Promise<void> {
    try {
      resolve(await this.#write(items));
    } catch (error) {
      reject(error);
    }
  }
}

class Batch<Item, Result> {
  readonly items: Item[] = [];
  readonly written: Promise<readonly Result[]>;
  resolve: (results: readonly Result[]) => void = () => undefined;
  reject: (error: unknown) => void = () => undefined;

  constructor() {
    this.written = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever waits for it hears of a failure; it is no fault where nobody does.
    this.written.catch(() => undefined);
  }
}
