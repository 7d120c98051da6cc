/** Codes as a second factor: of an authenticator app, or one of the recovery codes. */
import { Problem } from '../errors.ts';
import type { Method } from '../people/methods.ts';
import { normalizedCode } from '../people/recovery-code.ts';
import { stepOfCode } from '../people/totp.ts';
import { acceptStep, totpSecrets, type TotpSecret } from '../store/authenticator-apps.ts';
import { takeRecoveryCode } from '../store/recovery-codes.ts';
import { attempt } from './attempt.ts';
import type { Origin, SignInDeps } from './deps.ts';
import { noteRefusal, type Named } from './trail.ts';

const TOTP_CODE = /^\d{6}$/;

/** The time step of which an app shows that code now; null where it shows another one. */
export const stepShown = ({ clock }: SignInDeps, { secret }: TotpSecret, code: string): number | null =>
  stepOfCode(secret, code, clock.now());

/** Whether one of the user's apps shows that code now, and it was not used before. */
async function acceptTotp(deps: SignInDeps, userId: string, code: string): Promise<boolean> {
  const { db } = deps.database;
  for (const app of await totpSecrets(db, deps.secrets, userId)) {
    const step = stepShown(deps, app, code);
    if (step !== null && (await acceptStep(db, app.id, step))) return true;
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
export async function checkCode(
  deps: SignInDeps,
  person: Named,
  code: string,
  from: Origin,
): Promise<Method> {
  const { userId } = person;
  const method = await attempt(deps, [['factor', userId]], () => methodOf(deps, userId, code));
  if (method !== undefined) return method;
  noteRefusal(deps, person, 'code', from);
  throw new Problem(
    'unauthorized',
    'The code is not right, or was used already. A new one comes every 30 seconds.',
  );
}
