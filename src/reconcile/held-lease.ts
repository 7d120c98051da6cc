/** The lease under which a slice works: until when its holder may send, and that it does not run out while they work (R43). */
import { elapsedSince, momentOf, type Clock, type Moment } from '../clock.ts';
import type { Handle } from '../store/database.ts';
import { renewLane, type LaneState, type Lease } from '../store/lease.ts';

/** A lease is renewed when this share of it is over. */
const RENEWED_SHARE = 1 / 3;
/** The last part of a lease is for what is under way to end in: what is sent then could meet the successor's requests (R43). */
const UNUSED_SHARE = 1 / 3;

export interface HeldLeaseOptions {
  readonly db: Handle;
  readonly clock: Clock;
  readonly lease: Lease;
  /** Just before the lease was asked for: it began no earlier. */
  readonly leasedAt: Moment;
  readonly leaseSeconds: number;
}

/** What a lease is kept with. */
interface Keeping {
  /** How many requests are under way, which the database is told each time. */
  readonly inFlight: () => number;
  /** Called each time with the state of the connection, which an administrator may have stopped. */
  readonly onState: (state: LaneState) => void;
  /** Called with what kept it from being renewed: that it is lost, or a fault of our own. */
  readonly onFault: (error: unknown) => void;
}

/** A lease by the clocks of its holder, who may have slept through the end of it. */
export class HeldLease {
  readonly #options: HeldLeaseOptions;
  readonly #lengthMs: number;
  #leasedAt: Moment;

  constructor(options: HeldLeaseOptions) {
    this.#options = options;
    this.#lengthMs = options.leaseSeconds * 1000;
    this.#leasedAt = options.leasedAt;
  }

  /** Whether so much is left of it that a request may leave. */
  get maySend(): boolean {
    return elapsedSince(this.#options.clock, this.#leasedAt) < this.#lengthMs - this.#lengthMs * UNUSED_SHARE;
  }

  /** Renews it again and again, until what it answers is called. */
  keep({ inFlight, onState, onFault }: Keeping): () => void {
    const renew = (): void => void this.#renew(inFlight()).then(onState).catch(onFault);
    const renewal = setInterval(renew, this.#lengthMs * RENEWED_SHARE);
    return () => clearInterval(renewal);
  }

  async #renew(inFlight: number): Promise<LaneState> {
    const { clock, db, lease, leaseSeconds } = this.#options;
    const asked = momentOf(clock);
    const state = await renewLane(db, lease, leaseSeconds, inFlight);
    this.#leasedAt = asked;
    return state;
  }
}
