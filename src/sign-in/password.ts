/** Passwords: the first step of signing in, and changing one's own. */
import { badInput, Problem } from '../errors.ts';
import { nameKey } from '../name-key.ts';
import { MAX_PASSWORD_LENGTH, passwordFault } from '../people/password-rule.ts';
import { addressKey } from '../people/throttle.ts';
import type { Handle, Tx } from '../store/database.ts';
import { endLinks } from '../store/one-time-links.ts';
import { findPerson, findPersonById, replaceHash, writePassword, type Person } from '../store/passwords.ts';
import { forgive } from '../store/throttles.ts';
import { transact } from '../store/transact.ts';
import { attempt } from './attempt.ts';
import type { Origin, SignInDeps } from './deps.ts';
import { hashPassword, isOutdated, isPassword } from './password-hash.ts';
import { endTheirSessions, holdOwn, type Owner, type OwnWitness } from './other-sessions.ts';
import { noteRefusal, personDeed } from './trail.ts';

async function matching(person: Person | undefined, password: string): Promise<Person | undefined> {
  const short = password.slice(0, MAX_PASSWORD_LENGTH * 2);
  const right = await isPassword(person?.hash ?? null, short);
  return right ? person : undefined;
}

/** Now that the password is known: hashes it anew where that was done with the parameters of an older Rollcall. */
async function renewHash({ database }: SignInDeps, person: Person, password: string): Promise<void> {
  if (person.hash === null || !isOutdated(person.hash)) return;
  await replaceHash(database.db, person.userId, person.hash, await hashPassword(password));
}

/** `account`: what it is counted for, apart from the address. A name that is nobody's is slowed down like any other. */
function tried(
  deps: SignInDeps,
  account: string,
  person: Person | undefined,
  password: string,
  from: Origin,
) {
  const targets = [
    ['address', addressKey(from.address)],
    ['account', account],
  ] as const;
  return attempt(deps, targets, () => matching(person, password));
}

/** At all names by which somebody signs in, attempts begin anew; at an address that is also somebody else's name they do not. */
export async function forgiveNames(
  handle: Handle,
  { email, userId, username }: Pick<Person, 'email' | 'userId' | 'username'>,
): Promise<void> {
  await forgive(handle, 'account', nameKey(username));
  if (email !== null && (await findPerson(handle, email))?.userId === userId)
    await forgive(handle, 'account', nameKey(email));
}

/**
 * Who has that name and that password. The answer to anything else is one and the same `Problem`, after the same time. Attempts are
 * counted by name, not by person, who has two: a wait at one of them for what was tried at the other would tell that both are theirs.
 */
export async function checkPassword(
  deps: SignInDeps,
  name: string,
  password: string,
  from: Origin,
): Promise<Person> {
  const person = await findPerson(deps.database.db, name);
  const checked = await tried(deps, nameKey(name), person, password, from);
  if (checked !== undefined) {
    await forgiveNames(deps.database.db, checked);
    await renewHash(deps, checked, password);
    return checked;
  }
  noteRefusal(deps, person, 'password', from);
  throw new Problem('unauthorized', 'The user name or the password is not right.');
}

/** The hash of a new password. Throws a `Problem` that says what is wrong with it, by the name of its field. */
export async function acceptablePassword(
  password: string,
  owner: { username: string },
  field: string,
): Promise<string> {
  const fault = passwordFault(password, owner);
  if (fault !== undefined)
    throw badInput(`The password ${fault}`, [{ path: field, message: `The password ${fault}` }]);
  return hashPassword(password);
}

/**
 * Sets a password that was hashed. Whoever else is signed in as this person is not any more, nor half signed in by the
 * password from before, and links by mail are over. Answers as {@link endTheirSessions}.
 */
export async function storePassword(
  tx: Tx,
  userId: string,
  hash: string,
  exceptSession?: string,
): Promise<{ readonly sessionsEnded: number } | null> {
  await writePassword(tx, userId, hash);
  const ended = await endTheirSessions(tx, userId, exceptSession);
  await endLinks(tx, 'password-reset', userId);
  return ended;
}

interface PasswordChange {
  readonly current: string;
  readonly password: string;
}

/** Changes one's own password; all sessions but this one end. Throws a `Problem` where the current one is not right. */
export async function changePassword(
  deps: SignInDeps,
  session: Owner,
  { current, password }: PasswordChange,
  from: Origin,
  witness: OwnWitness,
): Promise<void> {
  const person = await findPersonById(deps.database.db, session.userId);
  const checked = await tried(deps, session.userId, person, current, from);
  const message = 'The current password is not right.';
  if (checked === undefined) throw badInput(message, [{ path: 'current', message }]);
  const hash = await acceptablePassword(password, checked, 'password');
  await transact(deps.database, async (tx) => {
    await holdOwn(tx, session);
    const after = await storePassword(tx, session.userId, hash, session.id);
    await witness(personDeed(session, { after }))(tx);
  });
}
