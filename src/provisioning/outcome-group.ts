/** What came of a group's step, turned into what is written down. */
import { recordKey } from '../name-key.ts';
import { explain, explainDone, explainKept } from './explain.ts';
import { groupLinkOf } from './group-link.ts';
import { breakUpList, endOfList, type ListedMembers } from './listed-members.ts';
import {
  answeredIds,
  refusedInWords,
  removalRefused,
  strangersInWords,
  type MembersChanged,
} from './members-changed.ts';
import { calledMeanwhile } from './group-name.ts';
import { afresh } from './next.ts';
import type {
  Failure,
  LinkWrite,
  MembershipMark,
  MemberWrites,
  RecordError,
  Settlement,
} from './settlement.ts';
import { stepEvent, type Attempt } from './step-event.ts';
import type { GroupFacts } from './facts.ts';
import type { GroupStep } from './steps.ts';
import type { Unfinished } from './unfinished.ts';

/** What came of one group's step. */
export type GroupOutcome =
  | {
      readonly kind: 'linked';
      readonly how: 'created' | 'found';
      readonly remoteId: string;
      readonly displayName: string;
      /** Directory users whom the target holds as members. */
      readonly members: readonly string[];
      /** How many members that Rollcall does not know were taken out (R21). */
      readonly strangers: number;
      /** Why such members are in the group still. */
      readonly stuck?: Failure;
    }
  | { readonly kind: 'absent' }
  /** `sent` where it was another name than the step's. */
  | { readonly kind: 'renamed'; readonly displayName: string | undefined; readonly sent?: string }
  | { readonly kind: 'members'; readonly changed: MembersChanged; readonly interrupted?: GroupOutcome }
  | { readonly kind: 'deleted' }
  | GroupRefused
  | Exclude<Unfinished, { readonly kind: 'refused' }>;

export type GroupRefused = Extract<Unfinished, { readonly kind: 'refused' }> & {
  /** What the target was seen to call the group, where that is not what was known. */
  readonly displayName?: string;
};

/** The circumstances of a group's step. */
export interface GroupAttempt extends Attempt {
  readonly facts: GroupFacts;
  /** The marks that this step answers. */
  readonly marks: readonly MembershipMark[];
  /** Whom a comparison of the whole membership listed; null where there was none. */
  readonly listed: ListedMembers | null;
  /** There is nothing to do after this step. */
  readonly last: boolean;
}

type Settled = Omit<Settlement, 'kind' | 'subjectId' | 'generation'>;

/** The settlement of a group's step. */
export function settleGroup(step: GroupStep, outcome: GroupOutcome, attempt: GroupAttempt): Settlement {
  const base = { kind: 'group' as const, subjectId: attempt.facts.id, generation: attempt.generation };
  const written = settled(asSent(step), outcome, attempt);
  // A step that is refused is the last one: nothing would come back to what the comparison found.
  const isItsEnd = step.kind === 'changeMembers' || outcome.kind === 'refused';
  return { ...base, ...written, ...(isItsEnd && listAfter(outcome, written, attempt)) };
}

function listAfter(
  outcome: GroupOutcome,
  { members }: Settled,
  { listed }: GroupAttempt,
): Pick<Settlement, 'listDone' | 'members'> {
  if (listed === null) return {};
  if (outcome.kind !== 'members') return breakUpList(listed, members);
  const isWhole = outcome.interrupted === undefined;
  return isWhole ? endOfList(listed) : breakUpList(listed, members, answeredIds(outcome.changed));
}

/** Members without an account in the target are not sent, so that a sentence does not count them. */
function asSent(step: GroupStep): GroupStep {
  if (step.kind !== 'changeMembers') return step;
  return { ...step, add: step.add.filter(({ remoteId }) => remoteId !== null) };
}

function settled(step: GroupStep, outcome: GroupOutcome, attempt: GroupAttempt): Settled {
  switch (outcome.kind) {
    case 'linked':
      return settleLinked(step, outcome, attempt);
    case 'absent':
      return absent(step, attempt);
    case 'renamed':
      return settleRenamed(step, outcome, attempt);
    case 'members':
      return settleMembers(step, outcome, attempt);
    case 'deleted':
      return { ...forgotten(step, attempt), next: { do: 'done' } };
    case 'missing':
      return settleMissing(step, outcome.failure, attempt);
    case 'later':
      return { ...failed(step, outcome, attempt), next: { do: 'later', delayMs: outcome.delayMs } };
    case 'refused':
      return settleRefused(step, outcome, attempt);
  }
}

/** The target has no such group, be it that there never was one. */
function forgotten(step: GroupStep, attempt: GroupAttempt): Omit<Settled, 'next'> {
  return { link: 'forget', event: stepEvent(step, 'done', explainDone(step, 'done'), attempt) };
}

/** There is nothing to take over: an empty group needs nothing else. */
function absent(step: GroupStep, attempt: GroupAttempt): Settled {
  const next = step.kind === 'takeOverGroup' ? ({ do: 'done' } as const) : afresh(attempt);
  return { ...forgotten(step, attempt), next };
}

function settleLinked(
  step: GroupStep,
  outcome: Extract<GroupOutcome, { kind: 'linked' }>,
  attempt: GroupAttempt,
): Settled {
  const { displayName, remoteId, members, strangers, stuck } = outcome;
  const link = groupLinkOf(attempt.facts, {
    remoteId,
    state: 'active',
    accepted: { displayName },
    key: recordKey(displayName),
  });
  const sentence = explainDone(step, outcome.how) + strangersInWords(strangers, stuck);
  return {
    next: { do: 'continue' },
    link,
    whole: true,
    members: { added: members, removed: [], refused: [], answered: [], fresh: true },
    event: stepEvent(step, stuck === undefined ? 'done' : 'refused', sentence, attempt),
  };
}

function settleRenamed(
  step: GroupStep,
  outcome: Extract<GroupOutcome, { kind: 'renamed' }>,
  attempt: GroupAttempt,
): Settled {
  const sent = outcome.sent ?? (step.kind === 'renameGroup' ? step.after : '');
  const displayName = outcome.displayName ?? sent;
  const notAccepted = displayName === sent ? {} : { displayName: { sent, kept: displayName } };
  const link = groupLinkOf(attempt.facts, {
    accepted: { displayName },
    key: recordKey(displayName),
    notAccepted,
  });
  const done = step.kind === 'renameGroup' ? { ...step, after: sent } : step;
  const sentence =
    explainDone(done, 'done') + (displayName === sent ? '' : `; ${explainKept('displayName', displayName)}`);
  // What was wrong before, of a member who could not be taken out for example, may be so still: a comparison tells.
  const whole = attempt.facts.link?.troubled === true;
  return { next: { do: 'continue' }, link, whole, event: stepEvent(step, 'done', sentence, attempt) };
}

function settleMembers(
  step: GroupStep,
  outcome: Extract<GroupOutcome, { kind: 'members' }>,
  attempt: GroupAttempt,
): Settled {
  const { added, removed, refused, stuck } = outcome.changed;
  const answered = answeredIds(outcome.changed);
  const members: MemberWrites = {
    added,
    removed,
    refused: refused.map(({ userId, failure, doubted }) => ({
      userId,
      error: { ...failure, retrying: false },
      doubted,
    })),
    answered:
      outcome.interrupted === undefined
        ? attempt.marks
        : attempt.marks.filter(({ userId }) => answered.has(userId)),
  };
  if (outcome.interrupted !== undefined) return { ...settled(step, outcome.interrupted, attempt), members };
  const words = `${explain(step)}${refusedInWords([...refused, ...stuck])}`;
  // What may have become of other members is still to be made sure of.
  const link = groupLinkOf(attempt.facts, {
    inFlight: attempt.last ? null : inFlightBefore(attempt),
    error: removalRefused(stuck),
  });
  return {
    next: { do: attempt.last ? 'done' : 'continue' },
    link,
    members,
    event: stepEvent(step, refused.length + stuck.length === 0 ? 'done' : 'refused', words, attempt),
  };
}

/** A group that is gone from the target: what it held counts no more; it is matched and created again. */
function settleMissing(step: GroupStep, failure: Failure, attempt: GroupAttempt): Settled {
  const link = groupLinkOf(attempt.facts, {
    remoteId: null,
    state: 'absent',
    accepted: {},
    key: null,
    notAccepted: {},
  });
  return {
    next: afresh(attempt),
    link,
    whole: step.kind === 'takeOverGroup',
    members: { added: [], removed: [], refused: [], answered: [], fresh: true },
    event: stepEvent(step, 'again', failure.message, attempt),
  };
}

function failed(
  step: GroupStep,
  outcome: Extract<GroupOutcome, { kind: 'later' | 'refused' }>,
  attempt: GroupAttempt,
  seen: Partial<Pick<LinkWrite, 'accepted' | 'key'>> = {},
): Omit<Settled, 'next'> {
  const { kind, failure } = outcome;
  const { id, link: known } = attempt.facts;
  const message = failure.message + calledMeanwhile(id, known?.displayName ?? null);
  const error: RecordError = { ...failure, message, retrying: kind === 'later' };
  const inFlight = inFlightAfter(step, outcome, attempt);
  const link = groupLinkOf(attempt.facts, { error, inFlight, ...seen });
  return { link, event: stepEvent(step, kind, `${explain(step)}: ${failure.message}`, attempt) };
}

/** What the target calls the group is known from now on, also where it takes no other name (R42). */
function settleRefused(step: GroupStep, outcome: GroupRefused, attempt: GroupAttempt): Settled {
  const { displayName } = outcome;
  const seen = displayName === undefined ? {} : { accepted: { displayName }, key: recordKey(displayName) };
  return { ...failed(step, outcome, attempt, seen), next: { do: 'done' } };
}

/**
 * The name of a create, or the kind of a step to a group that is there: what its link says while it is in flight. Nothing of one that is
 * only looked for.
 */
export function groupSentAs(step: GroupStep): string | null {
  if (step.kind === 'createGroup') return step.displayName;
  return step.kind === 'takeOverGroup' && step.remoteId === null ? null : step.kind;
}

/** Where a rename was refused, the target was asked what it calls the group: an earlier one holds up nothing any longer. */
function inFlightAfter(
  step: GroupStep,
  outcome: Extract<GroupOutcome, { kind: 'later' | 'refused' }>,
  attempt: GroupAttempt,
): string | null {
  if (outcome.uncertain === true) return groupSentAs(step);
  const before = inFlightBefore(attempt);
  return outcome.kind === 'refused' && step.kind === 'renameGroup' && before === step.kind ? null : before;
}

function inFlightBefore({ facts }: GroupAttempt): string | null {
  return facts.link?.inFlight ?? null;
}
