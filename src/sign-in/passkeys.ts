/** Passkeys (WebAuthn): as a second factor, and alone where the device itself asks for a PIN or a finger. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { badInput, conflict, Problem } from '../errors.ts';
import { createPasskey, findPasskey, listPasskeys, notePasskeyUse, type Passkey } from '../store/factors.ts';
import { takeChallenge, writeChallenge } from '../store/half-sign-ins.ts';
import { findPersonById, type Person } from '../store/passwords.ts';
import { transact } from '../store/transact.ts';
import type { Origin, SignInDeps } from './deps.ts';
import { noteProved } from './factors.ts';
import { holdOwn, type Owner, type OwnWitness } from './other-sessions.ts';
import { noteRefusal, type Named } from './trail.ts';

const TRANSPORTS: readonly string[] = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

const isTransport = (text: string): text is AuthenticatorTransport => TRANSPORTS.includes(text);

const descriptor = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  transports: transports.filter(isTransport),
});

/** Where a passkey is made or used (WebAuthn §4, ceremony). */
interface Ceremony {
  /** The browser's, for which the challenge is kept. */
  readonly cookie: string;
  /** Of the page that asks for it. */
  readonly origin: string;
}

/** A passkey belongs to a host name, and is asked for by pages of one origin (WebAuthn §4, RP ID). */
const rpIdOf = (origin: string): string => new URL(origin).hostname;

/** What a browser needs to make a passkey. */
export async function passkeyCreation(
  { database }: SignInDeps,
  owner: Owner,
  { cookie, origin }: Ceremony,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const options = await generateRegistrationOptions({
    rpName: 'Rollcall',
    rpID: rpIdOf(origin),
    userID: new TextEncoder().encode(owner.userId),
    userName: owner.username,
    attestationType: 'none',
    excludeCredentials: (await listPasskeys(database.db, owner.userId)).map(descriptor),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  await writeChallenge(database.db, cookie, options.challenge);
  return options;
}

async function verifiedCredential(response: RegistrationResponseJSON, challenge: string, origin: string) {
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpIdOf(origin),
    requireUserVerification: false,
  }).catch(() => undefined);
  if (verified?.verified) return verified.registrationInfo.credential;
  throw badInput('The device did not make a passkey for this server. Try again.');
}

const noChallenge = (): Problem => badInput('This took too long, or was done already. Try again.');

const known = (): Problem =>
  conflict('This passkey is set up here already. Sign in with it, or make another one.');

/** Keeps a passkey that the browser made. Answers recovery codes as `noteProved`. */
export async function addPasskey(
  { database }: SignInDeps,
  owner: Owner,
  { cookie, origin }: Ceremony,
  { label, response }: { label: string; response: RegistrationResponseJSON },
  witness: OwnWitness,
): Promise<readonly string[] | null> {
  const challenge = await takeChallenge(database.db, cookie);
  if (challenge === undefined) throw noChallenge();
  const { id, publicKey, counter, transports = [] } = await verifiedCredential(response, challenge, origin);
  return transact(database, async (tx) => {
    await holdOwn(tx, owner);
    const { userId } = owner;
    const made = { userId, label, credentialId: id, publicKey, signCount: counter, transports };
    if ((await createPasskey(tx, made)) === undefined) throw known();
    return noteProved(tx, owner, { kind: 'passkey', label }, witness);
  });
}

/** What a browser needs to use a passkey: one of that user's, or any where nobody has said yet who they are. */
export async function passkeyRequest(
  { database }: SignInDeps,
  userId: string | undefined,
  { cookie, origin }: Ceremony,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const allowed = userId === undefined ? [] : (await listPasskeys(database.db, userId)).map(descriptor);
  const options = await generateAuthenticationOptions({
    rpID: rpIdOf(origin),
    allowCredentials: allowed,
    userVerification: userId === undefined ? 'required' : 'preferred',
  });
  await writeChallenge(database.db, cookie, options.challenge);
  return options;
}

/** What is asked of an answer. */
interface Asked {
  readonly challenge: string;
  readonly origin: string;
  /** The device must have verified its user. */
  readonly requireUserVerification: boolean;
}

/** The authenticator's own count of its uses; undefined where its answer does not prove anything. */
async function verifiedCount(
  passkey: Passkey,
  response: AuthenticationResponseJSON,
  { challenge, origin, requireUserVerification }: Asked,
): Promise<number | undefined> {
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpIdOf(origin),
    credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: passkey.signCount },
    requireUserVerification,
  }).catch(() => undefined);
  return verified?.verified ? verified.authenticationInfo.newCounter : undefined;
}

const refused = (): Problem =>
  new Problem(
    'unauthorized',
    'The passkey is not known here, or was not used in full. Try again, or use another way.',
  );

/** Whose passkey was used, and which. */
interface PasskeyOwner extends Person {
  readonly passkeyId: string;
}

/**
 * Whose passkey was used. `expected` is whose password was right before; without it the passkey stands alone, and the device
 * must have verified its user. Throws a `Problem` of kind `unauthorized`.
 */
export async function checkPasskey(
  deps: SignInDeps,
  expected: Named | undefined,
  { cookie, origin }: Ceremony,
  response: AuthenticationResponseJSON,
  from: Origin,
): Promise<PasskeyOwner> {
  const { db } = deps.database;
  const challenge = await takeChallenge(db, cookie);
  if (challenge === undefined) throw noChallenge();
  const passkey = await findPasskey(db, response.id);
  const owner = passkey && (await findPersonById(db, passkey.userId));
  const refuse = (): Problem => {
    noteRefusal(deps, expected ?? owner, 'passkey', from);
    return refused();
  };
  if (owner === undefined || passkey === undefined || owner.userId !== (expected ?? owner).userId)
    throw refuse();
  const requireUserVerification = expected === undefined;
  const count = await verifiedCount(passkey, response, { challenge, origin, requireUserVerification });
  if (count === undefined) throw refuse();
  await notePasskeyUse(db, passkey.id, count);
  return { ...owner, passkeyId: passkey.id };
}
