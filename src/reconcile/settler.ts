/** Settles outcomes, many in one transaction. */
import type { Settlement } from '../provisioning/settlement.ts';
import type { Handle } from '../store/database.ts';
import type { ConnectionState, Lease } from '../store/lanes.ts';
import { settle } from '../store/settle.ts';
import type { Tidying } from '../store/tidying.ts';
import { Batcher } from './batcher.ts';

/** One transaction writes at most so many. */
const MOST = 1000;

export class Settler {
  readonly #batcher: Batcher<Settlement, undefined>;

  constructor(db: Handle, lease: Lease, tidying: Tidying, onState: (state: ConnectionState) => void) {
    this.#batcher = new Batcher(MOST, async (batch) => {
      onState(await settle(db, lease, batch));
      tidying.noteWritten(batch.length);
      return batch.map(() => undefined);
    });
  }

  /** Resolves when the settlement is committed; rejects with what kept it from being so. */
  async add(settlement: Settlement): Promise<void> {
    await this.#batcher.add(settlement);
  }

  /** Resolves when nothing is left to write. */
  drain(): Promise<void> {
    return this.#batcher.drain();
  }
}
