/** One user's work in a lane: the mark that asked for it, the facts, and the step that the core planned. */
import { sentAs, type Attempt } from '../provisioning/outcome-user.ts';
import type { UserStep, UserFacts } from '../provisioning/types.ts';
import type { Mark } from '../store/claim-rows.ts';
import type { Sending } from '../store/sending.ts';
import type { Conversation } from './conversation.ts';
import type { Errand } from './transport.ts';

export interface UserTask {
  readonly mark: Mark;
  readonly facts: UserFacts;
  readonly step: UserStep | null;
}

/** For whom the requests of a task are sent, and because of what. */
export const errandOf = ({ facts, mark }: UserTask): Errand => ({
  subject: { kind: 'user', id: facts.id },
  cause: mark.cause,
});

/** The circumstances of a task, as its settlement and its log line need them. */
export function attemptOf(
  { mark, facts }: UserTask,
  talk: Conversation,
  leavingDropsMemberships: boolean,
): Attempt {
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
export function sendingOf({ step, facts }: UserTask): Sending[] {
  if (step === null || step.kind === 'refuseUser' || step.kind === 'findUser') return [];
  return [{ id: facts.id, name: facts.name, creates: step.kind === 'createUser', sentAs: sentAs(step) }];
}

/** Whoever leaves goes first, and through the brake; who moves to another account comes back at once. */
export function isLeaving({ step }: UserTask): boolean {
  return (step?.kind === 'deactivateUser' || step?.kind === 'deleteUser') && step.reason !== 'moving';
}
