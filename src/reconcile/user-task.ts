/** One user's work in a lane: the mark that asked for it, the facts, and the step that the core planned. */
import type { Attempt } from '../provisioning/outcome-user.ts';
import type { UserStep, UserFacts } from '../provisioning/types.ts';
import type { Mark } from '../store/claim-rows.ts';
import type { Conversation } from './conversation.ts';

export interface UserTask {
  readonly mark: Mark;
  readonly facts: UserFacts;
  readonly step: UserStep | null;
}

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
