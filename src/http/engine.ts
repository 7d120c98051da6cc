/** What the API asks of the engine. The engine-facing routes call nothing else, so that they are tested without targets. */
import type { Plan } from '../provisioning/plan.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { PlanRequest, PlanScope } from '../reconcile/planner.ts';
import type { ProbeResult } from '../reconcile/probe.ts';
import type { Witness } from '../store/audit.ts';

/** Each function throws a `Problem` where it refuses, and has then changed nothing. Where it changes something, the witness says so. */
export interface EngineApi {
  readonly test: (applicationId: string, cause: Cause) => Promise<ProbeResult>;
  /** Nothing was changed where the result has not passed. */
  readonly activate: (applicationId: string, cause: Cause, witness: Witness) => Promise<ProbeResult>;
  readonly deactivate: (applicationId: string, cause: Cause, witness: Witness) => Promise<void>;
  /** Nothing was changed where the result has not passed. */
  readonly resume: (applicationId: string, cause: Cause, witness: Witness) => Promise<ProbeResult>;
  readonly plan: (applicationId: string, scope: PlanRequest) => Promise<Plan>;
  readonly apply: (
    applicationId: string,
    scope: PlanScope,
    checksum: string,
    cause: Cause,
    witness: Witness,
  ) => Promise<Plan>;
  readonly sync: (
    applicationId: string,
    scope: PlanScope & { full?: boolean | undefined },
    cause: Cause,
    witness: Witness,
  ) => Promise<void>;
  /** Answers once the reading is asked for, not when it is done. */
  readonly readUsers: (applicationId: string) => Promise<void>;
}
