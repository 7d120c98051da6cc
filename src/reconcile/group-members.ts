/** Which members of a group are looked at next: those with marks, or all in whom a whole membership differs, a request's share at a time. */
import type { LookedAt } from '../provisioning/nothing-sent.ts';
import { mayHaveChangedMembers } from '../provisioning/plan-group.ts';
import type { Member } from '../provisioning/facts.ts';
import type { ClaimedGroup } from '../store/claim-groups.ts';
import type { Handle } from '../store/database.ts';
import { compareMemberships, type Comparison } from '../store/differing.ts';
import type { Lease } from '../store/lease.ts';
import {
  loadMemberships,
  type Membership,
  type NextMemberships,
  type MembershipsRequest,
} from '../store/memberships.ts';
import { Batcher } from './batcher.ts';

/** Members to look at now. */
export interface Looked extends NextMemberships {
  /** Where a comparison listed what differs: what of it comes after them. */
  readonly rest: NextMemberships | null;
}

/** So many groups at most are read or written in one statement. */
export const GROUPS_A_BATCH = 500;

export interface GroupMembersOptions {
  readonly db: Handle;
  readonly lease: Lease;
  /** So many members one request takes. */
  readonly atOnce: number;
}

/** The members of one slice's groups, read in batches across all of them. */
export class GroupMembers {
  readonly #atOnce: number;
  readonly #marked: Batcher<MembershipsRequest, NextMemberships>;
  readonly #compared: Batcher<Comparison, NextMemberships | undefined>;

  constructor({ db, lease, atOnce }: GroupMembersOptions) {
    this.#atOnce = atOnce;
    this.#marked = new Batcher(GROUPS_A_BATCH, (requests) =>
      loadMemberships(db, lease.applicationId, requests, atOnce),
    );
    this.#compared = new Batcher(GROUPS_A_BATCH, async (comparisons) => {
      const compared = await compareMemberships(db, lease, comparisons);
      return comparisons.map(({ groupId }) => compared.get(groupId));
    });
  }

  /** Those with marks, at most as many as one request takes. */
  async marked({ id, link }: ClaimedGroup['facts']): Promise<Looked> {
    const marked = await this.#marked.add({ groupId: id, sayAgain: mayHaveChangedMembers(link) });
    return { ...marked, rest: null };
  }

  /**
   * Compares the whole membership. Where it is not known what became of some, they have marks and are said again, whatever the
   * comparison finds (R42): there, as in a large group, each who differs gets a mark too.
   */
  async differing(facts: ClaimedGroup['facts']): Promise<Looked> {
    const asList = !mayHaveChangedMembers(facts.link);
    const differing = await this.#compared.add({ groupId: facts.id, asList });
    return differing === undefined ? this.marked(facts) : this.#share(differing);
  }

  /** What of a comparison comes after these; undefined where nothing is left of it. */
  after({ rest }: Looked): Looked | undefined {
    return rest === null || rest.memberships.length === 0 ? undefined : this.#share(rest);
  }

  #share({ memberships, more }: NextMemberships): Looked {
    const rest = { memberships: memberships.slice(this.#atOnce), more };
    return {
      memberships: memberships.slice(0, this.#atOnce),
      more: more || rest.memberships.length > 0,
      rest,
    };
  }
}

/** What a step with these members answers. */
export function answeredBy({ memberships, more, rest }: Looked): LookedAt {
  const idsOf = (of: readonly Membership[]) => of.map(({ member }) => member.userId);
  return {
    marks: memberships.flatMap(({ member: { userId }, generation }) =>
      generation === null ? [] : [{ userId, generation }],
    ),
    listed: rest && { now: idsOf(memberships), rest: idsOf(rest.memberships) },
    more,
  };
}

/** Whom a group lacks, and whom it has too much. */
export function differenceOf(memberships: readonly Membership[]): { add: Member[]; remove: Member[] } {
  const members = (action: 'add' | 'remove'): Member[] =>
    memberships.filter((one) => one.action === action).map(({ member }) => member);
  return { add: members('add'), remove: members('remove') };
}
