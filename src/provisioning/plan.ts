/** A plan: the steps for many records as plain JSON, with a sentence each, a summary and a checksum. */
import { createHash, type Hash } from 'node:crypto';
import { explain } from './explain.ts';
import type { Step, StepKind } from './types.ts';

/** A step with the sentence that people read. */
export type PlannedStep = Step & { readonly sentence: string };

export interface Plan {
  /** Changes whenever any step changes; `apply` takes it, so that what is sent is what was seen. */
  readonly checksum: string;
  readonly summary: Readonly<Partial<Record<StepKind, number>>>;
  readonly steps: readonly PlannedStep[];
  /** True where `steps` shows only the first of them; the summary and the checksum cover all. */
  readonly truncated: boolean;
}

/** Collects steps batch by batch and keeps only the first `limit` of them, so that memory follows the limit (R47). */
export class PlanBuilder {
  readonly #hash: Hash = createHash('sha256');
  readonly #summary: Partial<Record<StepKind, number>> = {};
  readonly #steps: PlannedStep[] = [];
  readonly #limit: number;
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(step: Step): void {
    this.#count += 1;
    this.#hash.update(JSON.stringify(step));
    this.#summary[step.kind] = (this.#summary[step.kind] ?? 0) + 1;
    if (this.#steps.length < this.#limit) this.#steps.push({ ...step, sentence: explain(step) });
  }

  build(): Plan {
    return {
      checksum: this.#hash.copy().digest('hex').slice(0, 32),
      summary: this.#summary,
      steps: this.#steps,
      truncated: this.#count > this.#steps.length,
    };
  }
}
