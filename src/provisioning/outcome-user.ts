/** What came of a user's step, turned into what is written down. Pure: the waits come in as numbers. */
import { USER_NAME } from './desired.ts';
import { explain, explainDone } from './explain.ts';
import { afresh, type Next } from './next.ts';
import { ACCOUNT_SHARED } from './plan-user.ts';
import type { EventWrite, Failure, RecordError, Settlement } from './settlement.ts';
import { stepEvent, type Attempt } from './step-event.ts';
import { only, removalsIn, unwishedIn, whatWasTaken, withKept, without, withUnwished } from './taken.ts';
import type { UserFacts, Values } from './facts.ts';
import type { RefuseUser, UserStep } from './steps.ts';
import type { Unfinished } from './unfinished.ts';
import { userLinkOf } from './user-link.ts';

/** A user as the target shows them: the mapped values that it shows, and whether the account is active. */
export interface Shown {
  readonly values: Values;
  readonly active: boolean | undefined;
}

/** What came of one user's step. */
export type UserOutcome =
  | {
      readonly kind: 'linked';
      readonly how: 'created' | 'found';
      readonly remoteId: string;
      readonly shown: Shown;
    }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'updated';
      readonly shown: Shown | undefined;
      readonly sent: Values;
      /** Why a part of it was refused, where the rest was sent without it. */
      readonly refused?: Failure;
    }
  /** The target does not let the attributes be changed (RFC 7644 §3.12, `mutability`). */
  | { readonly kind: 'unchangeable'; readonly failure: Failure }
  | { readonly kind: 'left'; readonly shown: Shown | undefined }
  | Unfinished;

/** The circumstances of a user's step. */
export interface UserAttempt extends Attempt {
  readonly facts: UserFacts;
  /** An administrator has let the user leave (R46). */
  readonly approved: boolean;
  /** Whether leaving takes the account out of its groups in the target. */
  readonly leavingDropsMemberships: boolean;
}

/** The settlement of a user's step. */
export function settleUser(step: UserStep, outcome: UserOutcome, attempt: UserAttempt): Settlement {
  return userSettlement(attempt.facts, attempt.generation, settled(step, outcome, attempt));
}

type Settled = Pick<Settlement, 'next' | 'link' | 'joined' | 'left' | 'event'>;

/** A user's settlement, always of the same shape: thousands of them are read at a time. */
export function userSettlement({ id }: UserFacts, generation: string, settled: Settled): Settlement {
  const { next, link, joined, left, event } = settled;
  return { kind: 'user', subjectId: id, generation, next, link, joined, left, event };
}

function settled(step: UserStep, outcome: UserOutcome, attempt: UserAttempt): Settled {
  switch (outcome.kind) {
    case 'linked':
      return settleLinked(step, outcome, attempt);
    case 'absent': {
      const logged = stepEvent(step, 'done', explainDone(step, 'done'), attempt);
      return { next: afresh(attempt), link: 'forget', event: logged };
    }
    case 'updated':
      return settleUpdated(step, outcome, attempt);
    case 'unchangeable':
      return settleUnchangeable(step, outcome.failure, attempt);
    case 'left':
      return settleLeft(step, outcome, attempt);
    case 'missing':
      return settleMissing(step, outcome.failure, attempt);
    case 'later':
      return settleLater(step, outcome, attempt);
    case 'refused':
      return settleRefused(step, outcome.failure, attempt, outcome.uncertain);
  }
}

/**
 * A user who is refused before anything is sent (R17, R49). One whose account belongs to somebody else is looked at again
 * after `delayMs`, because the other one may give it up without any change to this user; that is logged once.
 */
export function settleRefusal(step: RefuseUser, attempt: UserAttempt, delayMs: number): Settlement {
  const { facts, generation, attempts } = attempt;
  const refused = settleRefused(step, step.refusal, attempt);
  if (step.refusal.code !== ACCOUNT_SHARED) return userSettlement(facts, generation, refused);
  const { link, event: logged } = refused;
  const next: Next = { do: 'later', delayMs };
  return userSettlement(facts, generation, { next, link, event: attempts === 0 ? logged : undefined });
}

function settleLinked(
  step: UserStep,
  outcome: Extract<UserOutcome, { kind: 'linked' }>,
  attempt: UserAttempt,
): Settled {
  const created = outcome.how === 'created' && step.kind === 'createUser';
  const sent = created ? withUnwished(step.values, outcome.shown.values) : {};
  const taken = whatWasTaken(sent, outcome.shown.values);
  const state = outcome.shown.active === false ? 'inactive' : 'active';
  const link = userLinkOf(attempt.facts, {
    remoteId: outcome.remoteId,
    state,
    accepted: taken.accepted,
    notAccepted: taken.notAccepted,
    endsKept: attempt.facts.link?.kept === true,
    endsMoving: attempt.facts.link?.moving === true,
  });
  const next: Next = created && state === 'active' ? { do: 'done' } : afresh(attempt);
  const sentence = withKept(explainDone(step, outcome.how), taken.notAccepted);
  return { next, link, joined: true, event: stepEvent(step, 'done', sentence, attempt) };
}

function settleUpdated(
  step: UserStep,
  { shown, sent, refused }: Extract<UserOutcome, { kind: 'updated' }>,
  attempt: UserAttempt,
): Settled {
  const link = attempt.facts.link;
  const back = step.kind === 'reactivateUser';
  if (back && shown?.active === false) return settleRefused(step, STILL_INACTIVE, attempt);
  const values = 'values' in step ? step.values : {};
  const asked = { ...unwishedIn(shown?.values ?? {}, values), ...removalsIn(step), ...sent };
  const taken = whatWasTaken(asked, shown?.values ?? {});
  const accepted = { ...only(link?.accepted ?? {}, values), ...taken.accepted };
  const notAccepted = {
    ...without(link?.notAccepted ?? {}, sent, values, shown?.values ?? {}),
    ...taken.notAccepted,
  };
  // Somebody may have deactivated the account there: it is brought back next.
  const state = shown?.active === false ? 'inactive' : 'active';
  const written = userLinkOf(attempt.facts, {
    state,
    accepted,
    notAccepted,
    error: refused === undefined ? null : { ...refused, retrying: false },
    // A refusal ends nothing that an earlier request may have done.
    inFlight: refused === undefined ? null : inFlightBefore(attempt.facts),
    endsKept: link?.kept === true,
    endsMoving: link?.moving === true,
  });
  const sentence = refused === undefined ? explainDone(step, 'done') : `${explain(step)}: ${refused.message}`;
  const outcome = refused === undefined ? 'done' : 'refused';
  return {
    next: state === 'active' ? { do: 'done' } : afresh(attempt),
    link: written,
    joined: back || undefined,
    event: stepEvent(step, outcome, withKept(sentence, taken.notAccepted), attempt),
  };
}

/** Each attribute that differs keeps the target's value, as if the target had answered with it (R15). */
function settleUnchangeable(step: UserStep, failure: Failure, attempt: UserAttempt): Settled {
  const link = attempt.facts.link;
  const sent = 'values' in step ? step.values : {};
  const kept = Object.entries(link?.accepted ?? {}).flatMap(([path, value]) => {
    const wanted = sent[path];
    return wanted === undefined || wanted === value ? [] : [[path, { sent: wanted, kept: value }] as const];
  });
  if (kept.length === 0) return settleRefused(step, failure, attempt);
  const fresh = Object.fromEntries(kept);
  const notAccepted = { ...link?.notAccepted, ...fresh };
  const written = userLinkOf(attempt.facts, { notAccepted, inFlight: inFlightBefore(attempt.facts) });
  const sentence = withKept(`${explain(step)}: ${failure.message}`, fresh);
  return {
    next: afresh(attempt),
    link: written,
    event: stepEvent(step, 'refused', sentence, attempt),
  };
}

function settleLeft(
  step: UserStep,
  { shown }: Extract<UserOutcome, { kind: 'left' }>,
  attempt: UserAttempt,
): Settled {
  if (shown?.active === true) return settleRefused(step, STILL_ACTIVE, attempt);
  const moving = isMoving(step);
  const gone = moving || step.kind === 'deleteUser';
  const link = userLinkOf(attempt.facts, {
    ...(gone ? ACCOUNT_GONE : ({ state: 'inactive' } as const)),
    endsMoving: moving,
  });
  const left = gone || attempt.leavingDropsMemberships ? 'dropped' : 'kept';
  const sentence = explainDone(step, 'done');
  const event = leavingEvent(step, sentence, attempt);
  return { next: nextOfLeaver(step), link, left, event };
}

/** Counts against the brake's hour, unless an administrator has let it pass or nobody leaves the application (R46). */
function leavingEvent(step: UserStep, sentence: string, attempt: UserAttempt): EventWrite {
  const deactivation = !attempt.approved && !isMoving(step);
  return { ...stepEvent(step, 'done', sentence, attempt), deactivation };
}

/** Whoever moves gets the other account at once. */
const nextOfLeaver = (step: UserStep): Next => ({ do: isMoving(step) ? 'continue' : 'done' });

/** Whether the account is left for another one of the same person (R15): nobody leaves the application. */
const isMoving = (step: UserStep): boolean => 'reason' in step && step.reason === 'moving';

/** What is left of a link to an account that is not there any more. */
const ACCOUNT_GONE = { remoteId: null, state: 'absent', accepted: {}, notAccepted: {} } as const;

const isLeavingStep = (kind: string | null | undefined): boolean =>
  kind === 'deactivateUser' || kind === 'deleteUser';

/**
 * An account that is gone: a leaver has what was asked for; anybody else is matched and created again (R16). It may be gone because they
 * were to leave, and nobody answered: that counts for the brake until they are back (R46).
 */
function settleMissing(step: UserStep, failure: Failure, attempt: UserAttempt): Settled {
  const isLeaving = isLeavingStep(step.kind);
  const link = userLinkOf(attempt.facts, { ...ACCOUNT_GONE, endsMoving: isLeaving });
  const event = isLeaving
    ? leavingEvent(step, `${explainDone(step, 'done')}: the account was gone already`, attempt)
    : {
        ...stepEvent(step, 'again', failure.message, attempt),
        deactivation: isLeavingStep(attempt.facts.link?.inFlight),
      };
  const next = isLeaving ? nextOfLeaver(step) : afresh(attempt);
  return { next, link, left: 'dropped', event };
}

function settleLater(
  step: UserStep,
  outcome: Extract<UserOutcome, { kind: 'later' }>,
  attempt: UserAttempt,
): Settled {
  const error: RecordError = { ...outcome.failure, retrying: true };
  const sentence = `${explain(step)}: ${outcome.failure.message}`;
  return {
    next: { do: 'later', delayMs: outcome.delayMs },
    ...failed(step, error, attempt, outcome.uncertain),
    event: stepEvent(step, 'later', sentence, attempt),
  };
}

/**
 * The link after a step that failed, and may be done all the same where that is `uncertain`. A create beside an old account may have
 * made the new one: what is in flight is that one's name from now on, and is asked for (R42).
 */
function failed(
  step: UserStep,
  error: RecordError,
  { facts }: UserAttempt,
  uncertain: boolean,
): Pick<Settled, 'link' | 'left'> {
  const inFlight = uncertain ? userSentAs(step) : inFlightBefore(facts);
  const leavesOld = uncertain && step.kind === 'createUser' && facts.link?.remoteId != null;
  const old = leavesOld ? ({ ...ACCOUNT_GONE, endsMoving: true } as const) : {};
  return { link: userLinkOf(facts, { inFlight, error, ...old }), left: leavesOld ? 'dropped' : undefined };
}

/** The name of a create, or the kind of a step to an account that is there: what its link says while it is in flight. */
export function userSentAs(step: UserStep): string {
  return step.kind === 'createUser' ? String(step.values[USER_NAME]) : step.kind;
}

function inFlightBefore({ link }: UserFacts): string | null {
  return link?.inFlight ?? null;
}

/** A refusal ends nothing that an earlier request may have done. */
function settleRefused(step: UserStep, failure: Failure, attempt: UserAttempt, uncertain = false): Settled {
  const error: RecordError = { ...failure, retrying: false };
  const sentence = step.kind === 'refuseUser' ? failure.message : `${explain(step)}: ${failure.message}`;
  return {
    next: { do: 'done' },
    ...failed(step, error, attempt, uncertain),
    event: stepEvent(step, 'refused', sentence, attempt),
  };
}

const STILL_ACTIVE: Failure = {
  code: 'still-active',
  message:
    'The application answered success, but shows the account as still active. Check there whether the account has access, and deactivate it by hand if it has.',
};

const STILL_INACTIVE: Failure = {
  code: 'still-inactive',
  message:
    'The application answered success, but shows the account as still inactive. Make it active there by hand, then retry.',
};
