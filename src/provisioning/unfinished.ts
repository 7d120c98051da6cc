/** How a step may end without having done what it was for: a user's and a group's alike. */
import type { Failure } from './settlement.ts';

export type Unfinished =
  | { readonly kind: 'missing'; readonly failure: Failure }
  | {
      readonly kind: 'later';
      readonly failure: Failure;
      readonly delayMs: number;
      /** The target may have done it all the same. */
      readonly uncertain: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly failure: Failure;
      /** The same, of what the target accepted and does not show. */
      readonly uncertain?: boolean;
    };
