/** What a slice takes up: users that are due, and groups where it is their turn. */
import type { Clock } from '../clock.ts';
import { claimGroups } from '../store/claim-groups.ts';
import { claimUsers } from '../store/claim-users.ts';
import type { Handle } from '../store/database.ts';
import type { Lease } from '../store/lease.ts';
import type { ClaimPace } from './claim-pace.ts';
import type { GroupSync } from './group-sync.ts';
import type { RecordEnd } from './record-end.ts';
import type { UserSync } from './user-sync.ts';

export interface ClaimsOptions {
  readonly clock: Clock;
  readonly db: Handle;
  readonly lease: Lease;
  readonly pace: ClaimPace;
  readonly users: UserSync;
  readonly groups: GroupSync;
  /** Called with the work on a group, which has begun. */
  readonly onGroup: (work: Promise<void>) => void;
  /** Called with how that work ended, before the group can be claimed again. */
  readonly onGroupEnd: (end: RecordEnd) => void;
}

/** The claims of one slice. */
export class Claims {
  readonly #options: ClaimsOptions;
  readonly #busyGroups = new Set<string>();

  constructor(options: ClaimsOptions) {
    this.#options = options;
  }

  /** Claims what is due and begins to work on it. Answers how many records that is. */
  async next(): Promise<number> {
    const { db, lease, pace, users } = this.#options;
    const claim = pace.next();
    const claimed = await claimUsers(db, lease, { ...claim, busy: users.ids });
    pace.tookUsers(claim, claimed.length);
    await users.sync(claimed);
    return claimed.length + (await this.#nextGroups(pace.groupsAfter(claim)));
  }

  async #nextGroups(limit: number): Promise<number> {
    if (limit === 0) return 0;
    const { clock, db, groups, lease, pace } = this.#options;
    const startedAt = clock.monotonic();
    const claimed = await claimGroups(db, lease, {
      limit,
      busy: [...this.#busyGroups],
      sentWhole: groups.sentWhole,
    });
    pace.tookGroups(startedAt);
    for (const { id, end } of groups.sync(claimed)) this.#begin(id, end);
    return claimed.length;
  }

  #begin(id: string, ended: Promise<RecordEnd>): void {
    const { onGroup, onGroupEnd } = this.#options;
    this.#busyGroups.add(id);
    onGroup(ended.then(onGroupEnd).finally(() => this.#busyGroups.delete(id)));
  }
}
