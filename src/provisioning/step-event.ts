/** A step's line in the log (R48). */
import type { Cause, EventOutcome, EventWrite, Exchange } from './settlement.ts';
import type { Step } from './steps.ts';

/** The circumstances of a step, be it a user's or a group's. */
export interface Attempt {
  /** Of the mark that asked for it. */
  readonly generation: string;
  /** How often it failed before. */
  readonly attempts: number;
  readonly cause: Cause | null;
  readonly exchanges: readonly Exchange[];
  readonly durationMs: number;
}

/** What came of a step, as the log tells it. */
export function stepEvent(
  step: Step,
  outcome: EventOutcome,
  sentence: string,
  { attempts, cause, exchanges, durationMs }: Attempt,
): EventWrite {
  return {
    subject: step.subject,
    operation: step.kind,
    outcome,
    sentence,
    changes: 'changes' in step ? step.changes : undefined,
    exchanges,
    durationMs,
    attempt: attempts + 1,
    cause,
  };
}
