/** Brings one group in line: one request after another, never two at once on the same group, each settled before the next. */
import { waitsForName } from '../provisioning/group-name.ts';
import { settleGroupNothing, settleLeftAlone, settleWaiting } from '../provisioning/nothing-sent.ts';
import { settleGroup, type GroupOutcome } from '../provisioning/outcome-group.ts';
import { isSought, isToBeTakenOver, planGroup } from '../provisioning/plan-group.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import type { GroupFacts } from '../provisioning/facts.ts';
import type { GroupStep } from '../provisioning/steps.ts';
import { loadGroupFacts, type ClaimedGroup } from '../store/claim-groups.ts';
import { markOldLists } from '../store/differing.ts';
import type { Handle } from '../store/database.ts';
import type { Lease } from '../store/lease.ts';
import { waitAfter } from './backoff.ts';
import { Batcher } from './batcher.ts';
import { Conversation, type Target } from './conversation.ts';
import type { Connection } from './connection.ts';
import { answeredBy, differenceOf, GroupMembers, GROUPS_A_BATCH, type Looked } from './group-members.ts';
import { sendGroupStep } from './group-steps.ts';
import { linkLookupsOf, type KnownGroups } from './link-lookups.ts';
import { readGroupsNamed } from './lookup.ts';
import type { Begun, RecordEnd } from './record-end.ts';
import { SendingGroups } from './sending-groups.ts';
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

/** There is more to do for the group at once. */
interface Continue {
  readonly kind: 'continue';
  /** Its whole membership is to be compared. */
  readonly whole: boolean;
  /** What is known to be looked at next. */
  readonly looked: Looked | undefined;
}

/** What came of a step that was sent. */
interface Sent {
  readonly kind: 'sent';
  readonly outcome: GroupOutcome;
  readonly talk: Conversation;
}

/** Of a group that is about to be created, or taken over: it is compared afterwards. */
const NOBODY_YET: Looked = { memberships: [], more: true, rest: null };

/** From so many groups to look for, one reading of the list costs less than asking for each; without a filter, asking is reading it. */
const READ_AHEAD_FROM = 4;

/** The groups of one slice: what they read and mark is collected in batches across all of them. */
export class GroupSync {
  readonly #options: GroupSyncOptions;
  readonly #sending: SendingGroups;
  readonly #facts: Batcher<string, ClaimedGroup['facts'] | undefined>;
  readonly #members: GroupMembers;
  /** Those for which the target's list of groups is being read, or was, until their step with it has been sent. */
  readonly #listed = new Set<string>();

  constructor(options: GroupSyncOptions) {
    this.#options = options;
    const { db, lease, connection } = options;
    this.#sending = new SendingGroups({ db, lease });
    this.#facts = new Batcher(GROUPS_A_BATCH, async (ids) => {
      const facts = await loadGroupFacts(db, lease.applicationId, { ids });
      const byId = new Map(facts.map((one) => [one.id, one]));
      return ids.map((id) => byId.get(id));
    });
    const atOnce = connection.behaviour.groups.membersPerRequest;
    this.#members = new GroupMembers({ db, lease, atOnce });
  }

  /** Whether each change of a group tells the target of everybody who stays in it. */
  get sentWhole(): boolean {
    return this.#options.connection.behaviour.groups.update === 'put';
  }

  /** Whether a list was read, or is being read, for some of them: given back, they would need another reading. */
  get useList(): boolean {
    return this.#listed.size > 0;
  }

  /**
   * Works on each of these groups until there is nothing left to do for it or something keeps it. Begins at once, and
   * answers how each will have ended.
   */
  sync(claimed: readonly ClaimedGroup[]): Begun[] {
    const prepared = this.#prepare(claimed);
    return claimed.map((group) => {
      const { id } = group.facts;
      const end = prepared.then((known) => this.#syncOne(group, known));
      return { id, end: end.finally(() => this.#listed.delete(id)) };
    });
  }

  /**
   * What many groups need before they are created, done once for all of them: the names that the target has already, and that their
   * creates are written down.
   */
  async #prepare(claimed: readonly ClaimedGroup[]): Promise<KnownGroups> {
    const { connection, db, lease } = this.#options;
    const withOldLists = claimed.filter(({ mark }) => mark.hasOldList).map(({ facts }) => facts.id);
    await markOldLists(db, lease, withOldLists);
    if (!connection.application.groupManagement) return new Map();
    const created = claimed.map(({ facts }) => facts).filter(isToBeCreated);
    const sought = claimed.filter(({ mark, facts }) => facts.bound && isSought({ ...facts, ...mark }));
    const known = await this.#readAhead([...created, ...sought.map(({ facts }) => facts)]);
    // Only now: what was unbound while the list was read is left alone (R24).
    await this.#sending.writeCreates(created);
    return known;
  }

  /** A reading that fails does no harm: each group then asks for itself. */
  async #readAhead(missing: readonly Pick<GroupFacts, 'id' | 'name'>[]): Promise<KnownGroups> {
    const { filter } = this.#options.target.behaviour;
    if (missing.length < (filter ? READ_AHEAD_FROM : 1)) return new Map();
    for (const { id } of missing) this.#listed.add(id);
    const talk = new Conversation(this.#options.target);
    const names = missing.map(({ name }) => name);
    const read = await this.#options.window.run('soon', () => readGroupsNamed(talk, names));
    return read.ok ? read.value.named : new Map();
  }

  async #syncOne({ mark, facts: claimed }: ClaimedGroup, known: KnownGroups): Promise<RecordEnd> {
    let facts = claimed;
    let { attempts } = mark;
    let { whole } = mark;
    let looked: Looked | undefined;
    for (;;) {
      looked ??= await this.#look(facts, whole);
      const end = await this.#next(
        { ...facts, ...differenceOf(looked.memberships), whole },
        { ...mark, attempts },
        looked,
        known,
      );
      if (end.kind !== 'continue') return end;
      ({ whole, looked } = end);
      const again = await this.#facts.add(facts.id);
      if (again === undefined) return { kind: 'done' };
      attempts = 0;
      facts = again;
    }
  }

  /** The members to look at: those with marks, or all that differ where the whole membership is to be compared. */
  #look(facts: ClaimedGroup['facts'], whole: boolean): Promise<Looked> {
    if (whole && (isToBeCreated(facts) || isToBeTakenOver(facts.link))) return Promise.resolve(NOBODY_YET);
    const isThere = facts.link?.remoteId != null;
    if (whole && isThere && this.#options.connection.application.groupManagement)
      return this.#members.differing(facts);
    return this.#members.marked(facts);
  }

  /** The next step of a group: planned, sent and settled. */
  async #next(
    facts: GroupFacts,
    mark: ClaimedGroup['mark'],
    looked: Looked,
    known: KnownGroups,
  ): Promise<RecordEnd | Continue> {
    const { connection, settler } = this.#options;
    const [step, ...rest] = planGroup(facts, connection.application);
    const more = looked.more || rest.length > 0;
    if (step === undefined || isEmpty(step)) return this.#nothing(facts, mark, { ...looked, more });
    const sent = await this.#send(step, facts, mark, known);
    if (sent.kind !== 'sent') return sent;
    const { exchanges, durationMs } = sent.talk;
    const last = !more && !waitsForName(facts);
    const attempt = { facts, ...mark, exchanges, durationMs, ...answeredBy(looked), last };
    const settlement = settleGroup(step, sent.outcome, attempt);
    await settler.add(settlement);
    return this.#after(step, settlement, looked);
  }

  /** Writes a step down and sends it. Answers what came of it, or why nothing did. */
  async #send(
    step: GroupStep,
    facts: GroupFacts,
    mark: ClaimedGroup['mark'],
    known: KnownGroups,
  ): Promise<Sent | RecordEnd> {
    if (!(await this.#sending.begin(facts, step))) return { kind: 'unsent' };
    const errand = { subject: { kind: 'group', id: facts.id }, cause: mark.cause } as const;
    const { target, window } = this.#options;
    const talk = new Conversation(target, errand, mark.attempts);
    if (!target.behaviour.filter && looksForName(step)) this.#listed.add(facts.id);
    const outcome = await window.run('soon', () =>
      sendGroupStep(talk, step, linkLookupsOf(facts, known, this.#options)),
    );
    this.#listed.delete(facts.id);
    if (outcome.kind === 'unsent') {
      if (!talk.hasWritten) await this.#sending.takeBack(facts);
      return outcome;
    }
    if (outcome.kind === 'stop') return { kind: 'stop', failure: outcome.setback.failure };
    return { kind: 'sent', outcome, talk };
  }

  /** What follows from a step that was settled. */
  #after(step: GroupStep, { next, whole = false }: Settlement, looked: Looked): RecordEnd | Continue {
    if (next.do !== 'continue') return { kind: next.do === 'later' ? 'later' : 'done' };
    const isCompared = looked.rest !== null;
    const after = step.kind === 'changeMembers' ? this.#members.after(looked) : looked;
    return { kind: 'continue', whole, looked: isCompared ? after : undefined };
  }

  /** Nothing is to be sent now: what was looked at is answered, and what is left of it comes next. */
  async #nothing(
    facts: GroupFacts,
    mark: ClaimedGroup['mark'],
    looked: Looked,
  ): Promise<RecordEnd | Continue> {
    const { settler, target, connection } = this.#options;
    if (!connection.application.groupManagement) {
      await settler.add(settleLeftAlone(facts, mark.generation));
      return { kind: 'done' };
    }
    const answered = answeredBy(looked);
    if (waitsForName(facts) && !looked.more) {
      const delayMs = waitAfter(mark.attempts, target.backoffMs / 4, 0);
      await settler.add(settleWaiting(facts, mark.generation, delayMs, answered.listed));
      return { kind: 'done' };
    }
    await settler.add(settleGroupNothing(facts, mark.generation, answered));
    return looked.more
      ? { kind: 'continue', whole: false, looked: this.#members.after(looked) }
      : { kind: 'done' };
  }
}

function isToBeCreated(facts: ClaimedGroup['facts']): boolean {
  const { bound, populated, link, nameHeldBy } = facts;
  const otherInFlight = link?.inFlight != null && link.inFlight !== facts.name;
  return bound && populated && link?.remoteId == null && nameHeldBy === null && !otherInFlight;
}

/** Whether a step looks for a name in the target: without a filter, in its list. */
function looksForName(step: GroupStep): boolean {
  const { kind } = step;
  if (kind === 'takeOverGroup') return step.remoteId === null;
  return kind === 'createGroup' || kind === 'findGroup' || kind === 'renameGroup';
}

/** A change of members none of whom the target holds yet asks for nothing. */
function isEmpty(step: GroupStep): boolean {
  return (
    step.kind === 'changeMembers' &&
    step.remove.length === 0 &&
    step.add.every((member) => member.remoteId === null)
  );
}
