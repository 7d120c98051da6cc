/** What people read while it is not known yet whose the accounts are: the address or the token was changed (R10, R17). */

/** What happens first. */
export const MADE_SURE_FIRST =
  'Since the address or the token was changed, accounts are made sure of first: nothing is sent before what the application holds has been read.';

/** What a plan is worth until then. */
export const PLAN_MAY_CHANGE =
  'This plan may change: since the address or the token was changed, accounts are made sure of before anything is sent.';
