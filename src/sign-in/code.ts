/** Codes as a second factor: of an authenticator app, or one of the recovery codes. */
import { Problem } from '../errors.ts';
import type { Method } from '../people/methods.ts';
import { normalizedCode } from '../people/recovery-code.ts';
import { stepOfCode } from '../people/totp.ts';
import { acceptStep, totpSecrets, type TotpState } from '../store/factors.ts';
import { takeRecoveryCode } from '../store/recovery-codes.ts';
import { attempt } from './attempt.ts';
import type { Origin, SignInDeps } from './deps.ts';
import { noteRefusal, type Named } from './trail.ts';

const TOTP_CODE = /^\d{6}$/;

/** An app of the user's that shows a code now, and the time step of that code. */
interface MatchingApp {
  readonly id: string;
  readonly label: string;
  readonly step: number;
}

/** The user's apps in that state which show that code now. */
export async function appsThatShow(
  { database, secrets, clock }: SignInDeps,
  userId: string,
  code: string,
  state: TotpState,
): Promise<MatchingApp[]> {
  const apps = await totpSecrets(database.db, secrets, userId, state);
  return apps.flatMap(({ id, label, secret }) => {
    const step = stepOfCode(secret, code, clock.now());
    return step === null ? [] : [{ id, label, step }];
  });
}

/** Whether one of the user's apps shows that code now, and it was not used before. */
async function acceptTotp(deps: SignInDeps, userId: string, code: string): Promise<boolean> {
  for (const { id, step } of await appsThatShow(deps, userId, code, 'confirmed'))
    if (await acceptStep(deps.database.db, id, step)) return true;
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
