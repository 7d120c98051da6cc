/** How much a slice claims at once, and when: what is claimed waits for its turn, and a crash leaves it to be asked for. */
import type { Clock } from '../clock.ts';
import type { Limiter } from './limiter.ts';
import type { Window } from './window.ts';

/** The most that is claimed at once; less where the target is slow. */
const LARGEST_CLAIM = 1000;
const MOST_GROUPS = 100;
/** So many times what the target takes at once are claimed where nothing is at hand: it need not wait for a large claim. */
const FIRST_CLAIM = 8;
/** So many claims may be under way at most; a crash leaves no more than that to be asked for. */
const UNSETTLED_CLAIMS = 3;
/** While users wait, groups are looked at no more often, and for no more than this share of the time. */
const GROUPS_EVERY_MS = 300;
const GROUPS_SHARE = 1 / 20;

export interface ClaimPaceOptions {
  readonly clock: Clock;
  /** How many requests the target takes at once. */
  readonly concurrency: number;
  readonly limiter: Pick<Limiter, 'perSecond'>;
  readonly window: Pick<Window, 'waiting'>;
  /** How much has begun and not ended. */
  readonly atHand: () => number;
  /** Whether the slice has had its time, and only ends what it has begun. */
  readonly isLate: () => boolean;
}

/** Which of the users that are due are claimed. */
export interface UserClaim {
  readonly limit: number;
  /** There is room for nobody else (R45). */
  readonly leaversOnly: boolean;
}

/** The pace of one slice's claims. */
export class ClaimPace {
  readonly #options: ClaimPaceOptions;
  /** The last claim took all that it might: there may be more. */
  #more = true;
  #groupsDueAt = -Infinity;

  constructor(options: ClaimPaceOptions) {
    this.#options = options;
  }

  /** Enough waits for its turn, or for being settled; or nothing more is to begin. */
  get isFull(): boolean {
    const { atHand, isLate, window } = this.#options;
    const size = this.#size;
    return isLate() || window.waiting >= size || atHand() >= UNSETTLED_CLAIMS * size;
  }

  /** Whether another claim may find something for which there is room. */
  get mayTakeMore(): boolean {
    return this.#more && !this.isFull;
  }

  /** The next claim. */
  next(): UserClaim {
    return { limit: this.#size, leaversOnly: this.isFull };
  }

  /** So many users were claimed. */
  tookUsers({ limit, leaversOnly }: UserClaim, count: number): void {
    this.#more = count === limit || (leaversOnly && this.#more);
  }

  /** How many groups are claimed after these users: none while more of them are due, unless groups have waited for a while. */
  groupsAfter({ limit, leaversOnly }: UserClaim): number {
    const areDue = !this.#more || this.#options.clock.monotonic() >= this.#groupsDueAt;
    return areDue && !leaversOnly ? Math.min(limit, MOST_GROUPS) : 0;
  }

  /** Groups were claimed, from that time of the clock until now. */
  tookGroups(startedAt: number): void {
    const took = this.#options.clock.monotonic() - startedAt;
    this.#groupsDueAt = startedAt + Math.max(GROUPS_EVERY_MS, took / GROUPS_SHARE);
  }

  get #size(): number {
    const { atHand, concurrency, limiter } = this.#options;
    const largest = atHand() === 0 ? Math.min(FIRST_CLAIM * concurrency, LARGEST_CLAIM) : LARGEST_CLAIM;
    return Math.round(Math.max(2 * concurrency, Math.min(largest, limiter.perSecond / 2)));
  }
}
