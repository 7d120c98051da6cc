/** What the API asks of the engine. The engine-facing routes call nothing else, so that they are tested without targets. */
import type { Plan } from '../provisioning/plan.ts';
import type { Cause } from '../store/marks.ts';

/** One thing that the probe asked the target (R3). */
export interface ProbeCheck {
  readonly name: string;
  readonly passed: boolean;
  /** What was found, or what is wrong and what to do about it. */
  readonly message: string;
}

export interface ProbeResult {
  readonly passed: boolean;
  readonly message: string;
  readonly checks: readonly ProbeCheck[];
}

/** One subject, or everything where neither is given. */
export interface PlanScope {
  readonly user?: string | undefined;
  readonly group?: string | undefined;
}

/** Each function throws a `Problem` where it refuses, and has then changed nothing. */
export interface EngineApi {
  readonly test: (applicationId: string) => Promise<ProbeResult>;
  readonly activate: (applicationId: string, cause: Cause) => Promise<ProbeResult>;
  readonly deactivate: (applicationId: string, cause: Cause) => Promise<void>;
  readonly resume: (applicationId: string, cause: Cause) => Promise<ProbeResult>;
  readonly plan: (applicationId: string, scope: PlanScope & { limit?: number | undefined }) => Promise<Plan>;
  readonly apply: (applicationId: string, checksum: string, cause: Cause) => Promise<Plan>;
  readonly sync: (
    applicationId: string,
    scope: PlanScope & { full?: boolean | undefined },
    cause: Cause,
  ) => Promise<void>;
}
