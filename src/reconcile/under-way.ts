/**
 * The steps of users that a lane has under way. A batch of them is written down before any of it is sent (R42), and what is
 * written goes once the whole batch has ended.
 */
import type { Handle } from '../store/database.ts';
import type { ConnectionState, Lease } from '../store/lanes.ts';
import { writeSendingUsers, type Sending } from '../store/sending.ts';

export class UnderWay {
  readonly #db: Handle;
  readonly #lease: Lease;
  /** By user, who is under way once at most, with the batch that they were written in. */
  readonly #steps = new Map<string, Sending & { readonly batch: number }>();
  /** How many of each batch have not ended. */
  readonly #left = new Map<number, number>();
  #batches = 0;

  constructor(db: Handle, lease: Lease) {
    this.#db = db;
    this.#lease = lease;
  }

  get steps(): Iterable<Sending> {
    return this.#steps.values();
  }

  /** Writes a batch down. Answers the state of the connection: only under `active` may it be sent. Throws LeaseLost. */
  async write(sending: readonly Sending[]): Promise<ConnectionState> {
    const batch = this.#batches++;
    for (const step of sending) this.#steps.set(step.id, { ...step, batch });
    const ended = [...this.#left].flatMap(([number, left]) => (left === 0 ? [number] : []));
    for (const number of ended) this.#left.delete(number);
    this.#left.set(batch, sending.length);
    return writeSendingUsers(this.#db, this.#lease, { number: batch, steps: sending }, ended);
  }

  /** A user's step has been settled, or was not sent. */
  end(userId: string): void {
    const step = this.#steps.get(userId);
    if (step === undefined) return;
    this.#steps.delete(userId);
    this.#left.set(step.batch, (this.#left.get(step.batch) ?? 0) - 1);
  }
}
