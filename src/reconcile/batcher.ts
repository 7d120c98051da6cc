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
  #waiting: Waiting<Item, Result>[] = [];
  #writing: Promise<void> | null = null;

  /** `write` takes at most `most` items and answers a result for each, in their order. */
  constructor(most: number, write: (batch: readonly Item[]) => Promise<readonly Result[]>, pace?: Pace) {
    this.#most = most;
    this.#write = write;
    this.#pace = pace;
  }

  /** Resolves with the item's result once it is written; rejects with what kept its batch from being so. */
  add(item: Item): Promise<Result> {
    const written = new Promise<Result>((resolve, reject) => this.#waiting.push({ item, resolve, reject }));
    this.#writing ??= this.#run();
    return written;
  }

  /** Resolves when nothing is left to write. */
  async drain(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #run(): Promise<void> {
    // Let everything that is ready now join the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      await this.#rest();
      await this.#writeBatch(this.#waiting.splice(0, this.#most));
    }
    this.#writing = null;
  }

  async #rest(): Promise<void> {
    if (this.#pace === undefined) return;
    const { clock, apartMs, expectsMore } = this.#pace;
    const wait = this.#begunAt + apartMs - clock.monotonic();
    if (wait > 0 && this.#waiting.length < this.#most && expectsMore()) await clock.sleep(wait);
    this.#begunAt = clock.monotonic();
  }

  async #writeBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}
