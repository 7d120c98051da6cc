/** How long a target that only fails is left alone after a slice: ever longer, until one good answer ends that. */
import { waitAfter } from './backoff.ts';

/** The rests of one process, by application. */
export class Rests {
  readonly #backoffMs: number;
  /** How often in a row the target of an application only failed from here. */
  readonly #inARow = new Map<string, number>();

  /** `backoffMs` is the first rest; each further one is twice as long. */
  constructor(backoffMs: number) {
    this.#backoffMs = backoffMs;
  }

  /** The applications whose targets only failed at last. */
  get failing(): string[] {
    return [...this.#inARow.keys()];
  }

  /** The rest after a slice that ended with so many failures in a row, in milliseconds. */
  after(applicationId: string, failuresInARow: number): number {
    if (failuresInARow === 0) {
      this.#inARow.delete(applicationId);
      return 0;
    }
    const rests = this.#inARow.get(applicationId) ?? 0;
    this.#inARow.set(applicationId, rests + 1);
    return waitAfter(rests, this.#backoffMs, 0);
  }
}
