/** How the work on one record ended, for the lane that began it. */
import type { Failure } from '../provisioning/settlement.ts';

/** `unsent`: the target was not asked; `later`: it gave no usable answer; `stop`: nothing more may be sent to it. */
export type RecordEnd =
  { readonly kind: 'done' | 'later' | 'unsent' } | { readonly kind: 'stop'; readonly failure: Failure };

/** A record whose work has begun, and how it will have ended. */
export interface Begun {
  readonly id: string;
  readonly end: Promise<RecordEnd>;
}
