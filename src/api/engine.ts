/** What the API asks of the engine. The engine-facing routes call nothing else, so that they are tested without targets. */
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
  readonly user?: string;
  readonly group?: string;
}

/** A plan as plain JSON: one sentence a step, and a checksum to apply it by (R47). */
export interface PlanDocument {
  readonly checksum: string;
  readonly summary: Readonly<Record<string, number>>;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
}

/** Each function throws a `Problem` where it refuses, and has then changed nothing. */
export interface EngineApi {
  readonly test: (applicationId: string) => Promise<ProbeResult>;
  readonly activate: (applicationId: string, cause: Cause) => Promise<ProbeResult>;
  readonly deactivate: (applicationId: string, cause: Cause) => Promise<void>;
  readonly resume: (applicationId: string, cause: Cause) => Promise<ProbeResult>;
  readonly plan: (applicationId: string, scope: PlanScope & { limit?: number }) => Promise<PlanDocument>;
  readonly apply: (applicationId: string, checksum: string, cause: Cause) => Promise<void>;
  readonly sync: (
    applicationId: string,
    scope: PlanScope & { full?: boolean },
    cause: Cause,
  ) => Promise<void>;
}
