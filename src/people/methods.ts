/**
 * People who sign in to Rollcall itself: what a password may be, what a code of an authenticator app is, how long one waits
 * after failures. This folder owns the rules and is pure; who does what in which order is `sign-in/`, storing is `store/`.
 */

/** How somebody proved who they are. `passkey` may have come alone, where the device itself had asked for a PIN or a finger. */
export const methods = ['password', 'totp', 'passkey', 'recovery-code'] as const;

export type Method = (typeof methods)[number];

/** Whether that was more than a password: something that a person has. */
export const hasSecondFactor = (used: readonly Method[]): boolean =>
  used.some((method) => method !== 'password');
