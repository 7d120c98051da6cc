/** From proofs to a session. */
import { Problem } from '../errors.ts';
import type { Method } from '../people/methods.ts';
import { listFactors, type FactorKind } from '../store/factors.ts';
import { beginHalfSignIn, endHalfSignIn } from '../store/half-sign-ins.ts';
import type { Tx } from '../store/database.ts';
import { keepActive, keepPassword, type Person } from '../store/passwords.ts';
import { inheritParticipants } from '../store/saml-sessions.ts';
import { createSession, dropSession } from '../store/sessions.ts';
import { transact } from '../store/transact.ts';
import type { Origin, SignInDeps } from './deps.ts';
import { noteSignIn, type Named } from './trail.ts';

/** What a browser brings along when somebody signs in. */
interface Browser extends Origin {
  /** Its cookie from before the session. */
  readonly cookie: string;
  /** The session that it had, which the new one replaces. */
  readonly session: { readonly id: string } | null;
}

export interface Started {
  /** The value of the session's cookie. */
  readonly token: string;
  readonly maxSeconds: number;
}

const HOUR_SECONDS = 3600;

/** The applications that the person signed in to by the old session have to hear when the new one ends. */
async function replaceSession(tx: Tx, from: string, to: string): Promise<void> {
  await inheritParticipants(tx, from, to);
  await dropSession(tx, from);
}

const suspended = (): Problem =>
  new Problem('unauthorized', 'You cannot sign in any more: your account was suspended at this moment.');

const passwordChanged = (): Problem =>
  new Problem('unauthorized', 'The password was changed at this moment. Sign in with the new one.');

/** Who proved who they are, and by what: it is looked at again when the session starts. */
interface Proved extends Named {
  /** The factor's id, where it was a passkey. */
  readonly passkeyId?: string;
  readonly passwordSince?: string | null;
}

const overAlready = (): Problem =>
  new Problem('unauthorized', 'This sign-in was finished or given up at this moment. Begin again.');

const factorAdded = (): Problem =>
  new Problem('unauthorized', 'A second factor was set up at this moment. Sign in again, and use it.');

const passkeyRemoved = (): Problem =>
  new Problem('unauthorized', 'The passkey was taken away at this moment. Sign in in another way.');

/** The user's row is held from the first look on, so that whoever changes how they sign in comes before it or after the session. */
async function requireStill(
  tx: Tx,
  { passwordSince, passkeyId, userId }: Proved,
  methods: readonly Method[],
): Promise<void> {
  if (!(await keepActive(tx, userId))) throw suspended();
  const factors = await listFactors(tx, userId);
  if (passkeyId !== undefined && factors.every(({ id }) => id !== passkeyId)) throw passkeyRemoved();
  if (passwordSince == null) return;
  if (!(await keepPassword(tx, userId, passwordSince))) throw passwordChanged();
  if (methods.every((method) => method === 'password') && factors.length > 0) throw factorAdded();
}

/**
 * Starts a session under a new token: one that somebody may have planted or seen before is worth nothing. Throws a `Problem`
 * where the person was suspended, got another password, or a factor beside it, or lost their passkey, since they said who they are.
 */
export async function startSession(
  { database, config }: Pick<SignInDeps, 'database' | 'config'>,
  person: Proved,
  methods: readonly Method[],
  { address, userAgent, cookie, session, note }: Browser,
): Promise<Started> {
  const maxSeconds = config.sessionMaxHours * HOUR_SECONDS;
  const idleSeconds = config.sessionIdleHours * HOUR_SECONDS;
  return transact(database, async (tx) => {
    await requireStill(tx, person, methods);
    const awaited = await endHalfSignIn(tx, cookie);
    // A change of password or factors meanwhile has ended the wait for a factor beside the old password.
    if (methods.length > 1 && awaited !== person.userId) throw overAlready();
    const { id, token } = await createSession(tx, {
      userId: person.userId,
      methods,
      idleSeconds,
      maxSeconds,
      address,
      userAgent,
    });
    if (session !== null) await replaceSession(tx, session.id, id);
    await noteSignIn(tx, person, id, methods, note);
    return { token, maxSeconds };
  });
}

/** A second factor is still to come, of one of these kinds. */
interface Awaited {
  readonly factors: readonly FactorKind[];
}

/** The password was right: a session where that is all, or what is still to come. */
export async function afterPassword(
  deps: SignInDeps,
  person: Person,
  browser: Browser,
): Promise<Started | Awaited> {
  const { db } = deps.database;
  const factors = await listFactors(db, person.userId);
  if (factors.length === 0) return startSession(deps, person, ['password'], browser);
  if (!(await beginHalfSignIn(db, browser.cookie, person))) throw passwordChanged();
  return { factors: [...new Set(factors.map(({ kind }) => kind))] };
}
