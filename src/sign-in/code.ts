/** Codes as a second factor: of an authenticator app, or one of the recovery codes. */
import { Problem } from '../errors.ts';
import type { Method } from '../people/methods.ts';
import { normalizedCode } from '../people/recovery-code.ts';
import { stepOfCode } from '../people/totp.ts';
import { acceptStep, totpSecrets } from '../store/factors.ts';
import { takeRecoveryCode } from '../store/recovery-codes.ts';
import { attempt } from './attempt.ts';
import type { SignInDeps } from './deps.ts';

const TOTP_CODE = /^\d{6}$/;

/** Whether one of the user's apps shows that code now, and it was not used before. Confirms an app that is still to prove itself. */
export async function acceptTotp(
  { database, secrets, clock }: SignInDeps,
  userId: string,
  code: string,
  confirmed = true,
): Promise<boolean> {
  for (const { id, secret } of await totpSecrets(database.db, secrets, userId, confirmed)) {
    const step = stepOfCode(secret, code, clock.now());
    if (step !== null && (await acceptStep(database.db, id, step))) return true;
  }
  return false;
}

async function methodOf(deps: SignInDeps, userId: string, typed: string): Promise<Method | undefined> {
  const digits = typed.replace(/\s/g, '');
  if (TOTP_CODE.test(digits)) return (await acceptTotp(deps, userId, digits)) ? 'totp' : undefined;
  const taken = await takeRecoveryCode(deps.database.db, userId, normalizedCode(typed));
  return taken ? 'recovery-code' : undefined;
}

/** What a code proves. Throws a `Problem` of kind `unauthorized` where it proves nothing, and `too-many` after too many of those. */
export async function checkCode(deps: SignInDeps, userId: string, code: string): Promise<Method> {
  const method = await attempt(deps, [['factor', userId]], () => methodOf(deps, userId, code));
  if (method !== undefined) return method;
  throw new Problem(
    'unauthorized',
    'The code is not right, or was used already. A new one comes every 30 seconds.',
  );
}
