/** One user's work in a lane: the mark that asked for it, the facts, and the step that the core planned. */
import { userSentAs, type UserAttempt } from '../provisioning/outcome-user.ts';
import type { UserFacts } from '../provisioning/facts.ts';
import type { RefuseUser, UserStep } from '../provisioning/steps.ts';
import type { Mark } from '../store/claim-rows.ts';
import type { Sending } from '../store/sending.ts';
import type { Conversation } from './conversation.ts';

export interface UserTask {
  readonly mark: Mark;
  readonly facts: UserFacts;
  readonly step: UserStep | null;
}

/** A step for which the target is asked. */
export type SentStep = Exclude<UserStep, RefuseUser>;

/** The circumstances of a task, as its settlement and its log line need them; nothing may have been asked. */
export function attemptOf(
  { mark, facts }: UserTask,
  talk: Pick<Conversation, 'exchanges' | 'durationMs'>,
  leavingDropsMemberships: boolean,
): UserAttempt {
  return {
    facts,
    generation: mark.generation,
    attempts: mark.attempts,
    approved: mark.approved,
    cause: mark.cause,
    exchanges: talk.exchanges,
    durationMs: talk.durationMs,
    leavingDropsMemberships,
  };
}

/** What is written down of a step that changes the target. */
export function sendingOf({ step, facts }: UserTask): Sending | null {
  if (step === null || step.kind === 'refuseUser' || step.kind === 'findUser') return null;
  return { id: facts.id, name: facts.name, creates: step.kind === 'createUser', sentAs: userSentAs(step) };
}

/** Whoever leaves goes first, and through the brake; who moves to another account comes back at once. */
export function isLeaving({ step }: UserTask): boolean {
  return (step?.kind === 'deactivateUser' || step?.kind === 'deleteUser') && step.reason !== 'moving';
}
