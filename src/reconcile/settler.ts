/** Settles outcomes in batches: what comes while one batch is written is the next batch. */
import type { Settlement } from '../provisioning/settlement.ts';
import type { Handle } from '../store/database.ts';
import type { ConnectionState, Lease } from '../store/lanes.ts';
import { settle } from '../store/settle.ts';
import type { Statistics } from '../store/statistics.ts';

/** One transaction writes at most so many. */
const MOST = 500;

interface Waiting {
  readonly settlement: Settlement;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class Settler {
  readonly #db: Handle;
  readonly #lease: Lease;
  readonly #statistics: Statistics;
  readonly #onState: (state: ConnectionState) => void;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(db: Handle, lease: Lease, statistics: Statistics, onState: (state: ConnectionState) => void) {
    this.#db = db;
    this.#lease = lease;
    this.#statistics = statistics;
    this.#onState = onState;
  }

  /** Resolves when the settlement is committed; rejects with what kept it from being so. */
  add(settlement: Settlement): Promise<void> {
    const settled = new Promise<void>((resolve, reject) =>
      this.#waiting.push({ settlement, resolve, reject }),
    );
    this.#writing ??= this.#write();
    return settled;
  }

  /** Resolves when nothing is left to write. */
  async drain(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  async #write(): Promise<void> {
    // Let everything that is ready now join the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#writeBatch(this.#waiting.splice(0, MOST));
    this.#writing = null;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      this.#onState(
        await settle(
          this.#db,
          this.#lease,
          batch.map((one) => one.settlement),
        ),
      );
      this.#statistics.noteWritten(batch.length);
      for (const one of batch) one.resolve();
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}
