/** Brings one group in line: one request after another, never two at once on the same group, each settled before the next. */
import { settleGroup, settleGroupNothing, settleWaiting } from '../provisioning/outcome-group.ts';
import type { Failure } from '../provisioning/outcome-user.ts';
import { planGroup, waitsForName } from '../provisioning/plan-group.ts';
import type { GroupFacts, Member, GroupStep } from '../provisioning/types.ts';
import type { RemoteGroup } from '../scim/client/remote.ts';
import { loadGroupFacts, loadPairs, type ClaimedGroup, type MemberPair } from '../store/claims.ts';
import type { Handle } from '../store/database.ts';
import type { Lease } from '../store/lanes.ts';
import { acceptedRemoteIds, spreadMembership, usersByRemoteId } from '../store/memberships.ts';
import { markInFlight } from '../store/settle.ts';
import { Conversation, waitAfter, type Target } from './conversation.ts';
import type { Connection } from './connection.ts';
import { sendGroupStep, type Memberships } from './group-steps.ts';
import { readGroupNames } from './lookup.ts';
import type { Settler } from './settler.ts';
import type { Window } from './window.ts';

export interface GroupSyncOptions {
  readonly db: Handle;
  readonly lease: Lease;
  readonly connection: Connection;
  readonly target: Target;
  readonly window: Window;
  readonly settler: Settler;
}

/** How a group's sync ended. */
export type GroupEnd =
  { readonly kind: 'done' | 'later' | 'unsent' } | { readonly kind: 'stop'; readonly failure: Failure };

/** From so many groups to look for, one reading of the list costs less than asking for each. */
const READ_AHEAD_FROM = 4;

export class GroupSync {
  readonly #options: GroupSyncOptions;
  #known: ReadonlyMap<string, readonly RemoteGroup[]> = new Map();

  constructor(options: GroupSyncOptions) {
    this.#options = options;
  }

  /** Where many groups are to be created or taken over, reads the target's list once. A failed reading is no harm. */
  async readAhead(claimed: readonly ClaimedGroup[]): Promise<void> {
    this.#known = new Map();
    if (!this.#options.connection.application.groupManagement) return;
    const names = claimed
      .filter(({ facts }) => facts.bound && facts.populated && facts.link?.remoteId == null)
      .map(({ facts }) => facts.name);
    if (names.length < READ_AHEAD_FROM) return;
    const talk = new Conversation(this.#options.target);
    const read = await this.#options.window.run(1, () => readGroupNames(talk, names));
    if (read.ok) this.#known = read.value;
  }

  /** Works on the group until there is nothing left to do for it or something keeps it. */
  async sync({ mark, facts: claimed }: ClaimedGroup): Promise<GroupEnd> {
    let facts = claimed;
    let { attempts, whole } = mark;
    for (;;) {
      if (whole && facts.link?.remoteId != null) await this.#spread(facts.id, mark.generation);
      const pairs = await this.#pairs(facts);
      const end = await this.#next({ ...facts, ...differenceOf(pairs) }, { ...mark, attempts }, pairs);
      if (end.kind !== 'continue') return end;
      const [again] = await loadGroupFacts(this.#options.db, this.#options.lease.applicationId, {
        ids: [facts.id],
      });
      if (again === undefined) return { kind: 'done' };
      whole = end.whole;
      attempts = 0;
      facts = again;
    }
  }

  async #spread(groupId: string, generation: string): Promise<void> {
    if (!this.#options.connection.application.groupManagement) return;
    await spreadMembership(this.#options.db, this.#options.lease, groupId, generation);
  }

  #pairs(facts: ClaimedGroup['facts']): Promise<MemberPair[]> {
    const { db, lease, connection } = this.#options;
    return loadPairs(db, lease.applicationId, facts.id, connection.behaviour.groups.membersPerRequest);
  }

  /** The next step of a group: planned, sent and settled. */
  async #next(
    facts: GroupFacts,
    mark: ClaimedGroup['mark'],
    pairs: readonly MemberPair[],
  ): Promise<GroupEnd | { readonly kind: 'continue'; readonly whole: boolean }> {
    const [step] = planGroup(facts, {
      groupManagement: this.#options.connection.application.groupManagement,
    });
    const marks = pairs.map((pair) => ({ userId: pair.member.userId, generation: pair.generation }));
    if (step === undefined || isEmpty(step)) return this.#nothing(facts, mark, marks);
    if (!(await this.#markCreate(facts, step))) return { kind: 'unsent' };
    const talk = new Conversation(this.#options.target);
    const outcome = await this.#options.window.run(1, () =>
      sendGroupStep(talk, step, this.#memberships(), mark.attempts),
    );
    if (outcome.kind === 'unsent') return outcome;
    if (outcome.kind === 'stop') return { kind: 'stop', failure: outcome.setback.failure };
    const { exchanges, durationMs } = talk;
    const settlement = settleGroup(step, outcome, { facts, ...mark, exchanges, durationMs, pairs: marks });
    await this.#options.settler.add(settlement);
    if (settlement.next.do === 'continue') return { kind: 'continue', whole: settlement.whole ?? false };
    return { kind: settlement.next.do === 'later' ? 'later' : 'done' };
  }

  async #nothing(
    facts: GroupFacts,
    mark: ClaimedGroup['mark'],
    marks: { userId: string; generation: string }[],
  ): Promise<GroupEnd | { kind: 'continue'; whole: boolean }> {
    const { settler, target, connection } = this.#options;
    if (waitsForName(facts)) {
      await settler.add(
        settleWaiting(facts, mark.generation, waitAfter(mark.attempts, target.backoffMs / 4, 0)),
      );
      return { kind: 'done' };
    }
    const settlement = settleGroupNothing(facts, mark.generation, marks);
    const more = marks.length === connection.behaviour.groups.membersPerRequest;
    await settler.add(more ? { ...settlement, next: { do: 'continue' } } : settlement);
    return more ? { kind: 'continue', whole: false } : { kind: 'done' };
  }

  /** A create is marked before it is sent (R42); false where the group was unbound or the connection stopped meanwhile. */
  async #markCreate(facts: GroupFacts, step: GroupStep): Promise<boolean> {
    if (step.kind !== 'createGroup') return true;
    const { db, lease } = this.#options;
    const create = {
      kind: 'group',
      subjectId: facts.id,
      name: facts.name,
      sentAs: step.displayName,
    } as const;
    const { state, marked } = await markInFlight(db, lease, [create]);
    return state === 'active' && marked.has(facts.id);
  }

  #memberships(): Memberships {
    const { db, lease } = this.#options;
    return {
      usersByRemoteId: (remoteIds) => usersByRemoteId(db, lease.applicationId, remoteIds),
      acceptedRemoteIds: (groupId) => acceptedRemoteIds(db, lease.applicationId, groupId),
      knownGroups: (displayName) => this.#known.get(displayName.toLowerCase()),
    };
  }
}

/** A change of members none of whom the target holds yet asks for nothing. */
function isEmpty(step: GroupStep): boolean {
  return (
    step.kind === 'changeMembers' &&
    step.remove.length === 0 &&
    step.add.every((member) => member.remoteId === null)
  );
}

function differenceOf(pairs: readonly MemberPair[]): { add: Member[]; remove: Member[] } {
  const members = (action: MemberPair['action']): Member[] =>
    pairs.filter((pair) => pair.action === action).map((pair) => pair.member);
  return { add: members('add'), remove: members('remove') };
}
