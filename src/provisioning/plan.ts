/** A plan: the steps for many records as plain JSON, with a sentence each, a summary and a checksum. */
import { createHash, type Hash } from 'node:crypto';
import { explain } from './explain.ts';
import type { Step, StepKind } from './steps.ts';

/** A step with the sentence that people read. */
export type PlannedStep = Step & { readonly sentence: string };

export interface Plan {
  /** Changes whenever any step changes; `apply` takes it, so that what is sent is what was seen. */
  readonly checksum: string;
  readonly summary: Readonly<Partial<Record<StepKind, number>>>;
  readonly steps: readonly PlannedStep[];
  /** How many steps are of the kind and of whom it was asked; all, where neither was. */
  readonly matching: number;
  /** True where `steps` shows only the first of those that match; the summary and the checksum cover all. */
  readonly truncated: boolean;
}

/** Which steps a plan shows. What it counts and sums up is all of them. */
export interface PlanView {
  readonly limit: number;
  readonly kind?: StepKind | undefined;
  /** Part of what the record is called, or of the sentence; case does not count. */
  readonly search?: string | undefined;
}

const losesAccount = ({ kind }: Step): boolean => kind === 'deactivateUser' || kind === 'deleteUser';

/**
 * Collects steps batch by batch and keeps only the first `limit` of them, so that memory follows the limit (R47). Those who
 * lose their account stand first: most of them are sent first (R45), and nobody may overlook any.
 */
export class PlanBuilder {
  readonly #hash: Hash = createHash('sha256');
  readonly #summary: Partial<Record<StepKind, number>> = {};
  readonly #losing: PlannedStep[] = [];
  readonly #others: PlannedStep[] = [];
  readonly #view: PlanView;
  #matching = 0;

  constructor(view: PlanView) {
    const { search } = view;
    this.#view = { ...view, search: search?.toLowerCase() };
  }

  add(step: Step): void {
    this.#hash.update(JSON.stringify(step));
    this.#summary[step.kind] = (this.#summary[step.kind] ?? 0) + 1;
    if (!this.#shows(step)) return;
    this.#matching += 1;
    const kept = losesAccount(step) ? this.#losing : this.#others;
    if (kept.length < this.#view.limit) kept.push({ ...step, sentence: explain(step) });
  }

  #shows(step: Step): boolean {
    const { kind = step.kind, search } = this.#view;
    if (step.kind !== kind) return false;
    if (search === undefined) return true;
    return `${step.subject.name}\n${explain(step)}`.toLowerCase().includes(search);
  }

  build(): Plan {
    const steps = [...this.#losing, ...this.#others].slice(0, this.#view.limit);
    return {
      checksum: this.#hash.copy().digest('hex').slice(0, 32),
      summary: this.#summary,
      steps,
      matching: this.#matching,
      truncated: this.#matching > steps.length,
    };
  }
}
