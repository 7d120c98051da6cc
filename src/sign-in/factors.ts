/** Setting up second factors, and taking them away. */
import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';
import type { Deed } from '../access/audit-entry.ts';
import { badInput, conflict, type Problem } from '../errors.ts';
import { RECOVERY_BYTES, recoveryCodes } from '../people/recovery-code.ts';
import { otpauthUri } from '../people/totp.ts';
import { keepWayIn } from '../store/last-administrator.ts';
import type { Tx } from '../store/database.ts';
import { acceptStep, awaitedSecret, beginTotp, type TotpSecret } from '../store/authenticator-apps.ts';
import { deleteFactor, listFactors, type FactorKind } from '../store/factors.ts';
import { countRecoveryCodes, replaceRecoveryCodes } from '../store/recovery-codes.ts';
import { addMethod } from '../store/sessions.ts';
import { transact } from '../store/transact.ts';
import { attempt } from './attempt.ts';
import { stepShown } from './code.ts';
import type { SignInDeps } from './deps.ts';
import { endTheirSessions, holdOwn, type Owner, type OwnWitness } from './other-sessions.ts';
import { personDeed, type Named } from './trail.ts';

export interface TotpSetUp {
  readonly id: string;
  readonly secret: string;
  /** For the QR code. */
  readonly uri: string;
}

const SECRET_BYTES = 20;

const setUp = (owner: Owner, { id, secret }: Pick<TotpSecret, 'id' | 'secret'>): TotpSetUp => ({
  id,
  secret,
  uri: otpauthUri(secret, owner.username),
});

/** Makes the secret of an authenticator app; the app becomes a factor by its first code. Throws as {@link holdOwn}. */
export async function startTotp(deps: SignInDeps, owner: Owner, label: string): Promise<TotpSetUp> {
  const secret = new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32;
  const id = await transact(deps.database, async (tx) => {
    await holdOwn(tx, owner);
    return beginTotp(tx, deps.secrets, owner, label, secret);
  });
  return setUp(owner, { id, secret });
}

/** The app that is still to prove itself in this session, for a page that is shown again. */
export async function awaitedTotp(deps: SignInDeps, owner: Owner): Promise<TotpSetUp | undefined> {
  const app = await awaitedSecret(deps.database.db, deps.secrets, owner.id);
  return app && setUp(owner, app);
}

async function replaceCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = recoveryCodes(randomBytes(RECOVERY_BYTES));
  await replaceRecoveryCodes(tx, userId, codes);
  return codes;
}

/**
 * New recovery codes, to be shown this once; those from before end, and so do the person's other sessions. Throws a `Problem`
 * where there is no factor: whoever knows the password could lay codes by that let them past the first one.
 */
export async function newRecoveryCodes(tx: Tx, owner: Owner): Promise<readonly [codes: string[], Deed]> {
  await holdOwn(tx, owner);
  if ((await listFactors(tx, owner.userId)).length === 0)
    throw conflict('You have no second factor yet. Recovery codes come with your first second factor.');
  const codes = await replaceCodes(tx, owner.userId);
  return [codes, personDeed(owner, { after: await endTheirSessions(tx, owner.userId, owner.id) })];
}

/** With the first factor come codes, whatever was there; with a further one, where all are used up. */
async function codesWithFactor(tx: Tx, userId: string): Promise<readonly string[] | null> {
  const isFirst = (await listFactors(tx, userId)).length === 1;
  return isFirst || (await countRecoveryCodes(tx, userId)) === 0 ? replaceCodes(tx, userId) : null;
}

/**
 * After a factor was proved in a session, which was held (`holdOwn`): it counts for the session too, and the person's other
 * sessions, which began without it, end. Answers recovery codes where it is the first, or none are left.
 */
export async function noteProved(
  tx: Tx,
  owner: Owner,
  factor: { readonly kind: FactorKind; readonly label: string },
  witness: OwnWitness,
): Promise<readonly string[] | null> {
  await addMethod(tx, owner.id, factor.kind);
  const codes = await codesWithFactor(tx, owner.userId);
  const ended = await endTheirSessions(tx, owner.userId, owner.id);
  await witness(personDeed(owner, { after: { ...factor, ...ended } }))(tx);
  return codes;
}

const wrongCode = (): Problem => {
  const message = 'The code is not right. Type the one that the app shows now.';
  return badInput(message, [{ path: 'code', message }]);
};

const noneAwaited = (): Problem =>
  conflict('No authenticator app is being set up in this session. Begin again.');

/**
 * The app that is being set up in this session proves itself by its first code. Answers recovery codes as {@link noteProved};
 * throws a `Problem` where the code is wrong, or there is no such app.
 */
export async function confirmTotp(
  deps: SignInDeps,
  owner: Owner,
  code: string,
  witness: OwnWitness,
): Promise<readonly string[] | null> {
  const app = await awaitedSecret(deps.database.db, deps.secrets, owner.id);
  if (app === undefined) throw noneAwaited();
  const digits = code.replace(/\s/g, '');
  const step = await attempt(deps, [['factor', owner.userId]], () =>
    Promise.resolve(stepShown(deps, app, digits) ?? undefined),
  );
  if (step === undefined) throw wrongCode();
  return transact(deps.database, async (tx) => {
    await holdOwn(tx, owner);
    if (!(await acceptStep(tx, app.id, step))) throw wrongCode();
    return noteProved(tx, owner, { kind: 'totp', label: app.label }, witness);
  });
}

/** Takes a factor of one's own away, in a session that stays. It may be in other hands: the other sessions end. Throws as {@link removeFactor}. */
export async function removeOwnFactor(tx: Tx, owner: Owner, id: string): Promise<Deed> {
  await holdOwn(tx, owner);
  return removeFactor(tx, owner, id, owner.id);
}

/**
 * Takes a factor away. It may be in other hands, so the person's sessions end with it, but for the one that they ask from.
 * Answers what was done. Throws a `Problem` when they have no factor of that id, or it is all by which the last administrator
 * signs in.
 */
export async function removeFactor(tx: Tx, person: Named, id: string, exceptSession?: string): Promise<Deed> {
  await keepWayIn(tx, person.userId, id);
  const { kind, label } = await deleteFactor(tx, person.userId, id);
  const after = await endTheirSessions(tx, person.userId, exceptSession);
  return personDeed(person, { before: { kind, label }, after });
}
