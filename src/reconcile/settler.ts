/** Settles outcomes, many in one transaction. */
import type { Clock } from '../clock.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import type { Handle } from '../store/database.ts';
import type { LaneState, Lease } from '../store/lease.ts';
import { settle } from '../store/settle.ts';
import type { Tidying } from '../store/tidying.ts';
import { Batcher } from './batcher.ts';

/** One transaction writes at most so many. */
const MOST = 1000;
/** Far targets answer a few at a time: a transaction for each few would keep the database busier than the work itself. */
const APART_MS = 100;

export interface SettlerOptions {
  readonly db: Handle;
  readonly lease: Lease;
  readonly tidying: Tidying;
  /** Called with a batch once it is written, or with what kept it from being so; null where nothing did. */
  readonly onEnd: (batch: readonly Settlement[], failure: unknown) => void;
  readonly clock: Clock;
  /** Whether answers are on their way that could be settled together with what has come. */
  readonly expectsMore: () => boolean;
  /** Called with the state of the connection, which an administrator may have stopped. */
  readonly onState: (state: LaneState) => void;
}

/** Collects settlements and writes them under the lease's epoch; a write under an old one rejects. */
export class Settler {
  readonly #batcher: Batcher<Settlement, never>;

  constructor({ db, lease, tidying, onEnd, clock, expectsMore, onState }: SettlerOptions) {
    const write = async (batch: readonly Settlement[]): Promise<never[]> => {
      try {
        onState(await settle(db, lease, batch));
      } catch (error) {
        onEnd(batch, error);
        throw error;
      }
      tidying.noteWritten(lease.applicationId, batch.length);
      onEnd(batch, null);
      return [];
    };
    this.#batcher = new Batcher(MOST, write, { clock, apartMs: APART_MS, expectsMore });
  }

  /** Resolves when the settlement is committed, and rejects with what kept it from being so; nobody has to wait for it. */
  add(settlement: Settlement): Promise<unknown> {
    return this.#batcher.join(settlement);
  }

  /** Resolves when nothing is left to write. */
  drain(): Promise<void> {
    return this.#batcher.drain();
  }
}
