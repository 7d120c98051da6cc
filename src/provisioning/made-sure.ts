/** What people read while it is not known yet whose the accounts are: the address or the token was changed (R10, R17). */

/** Since when, and what waits for it. */
export const TARGET_CHANGED = 'the address or the token was changed';
export const NOTHING_SENT_BEFORE = 'nothing is sent before what the application holds has been read';

/** What happens first. */
export const MADE_SURE_FIRST = `Since ${TARGET_CHANGED}, Rollcall first reads which accounts the application holds, and sends nothing before that.`;

/** What a plan is worth until then. */
export const PLAN_MAY_CHANGE = `This plan may change: since ${TARGET_CHANGED}, Rollcall first reads which accounts the application holds.`;
