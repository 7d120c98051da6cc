/** Forgotten passwords: a link by mail, or from the help desk. */
import { asPerson, nobody } from '../access/principal.ts';
import { Problem } from '../errors.ts';
import { resetMail } from '../mail/reset-mail.ts';
import { addressKey } from '../people/throttle.ts';
import type { Tx } from '../store/database.ts';
import { lockPerson, roleOf } from '../store/guarded-person.ts';
import { findLink, makeLink, takeLink } from '../store/one-time-links.ts';
import { findPerson, findPersonById, type Person } from '../store/passwords.ts';
import { transact } from '../store/transact.ts';
import { countAttempt } from './attempt.ts';
import type { Origin, SignInDeps } from './deps.ts';
import { acceptablePassword, forgiveNames, storePassword } from './password.ts';
import { personDeed } from './trail.ts';

const RESET_SECONDS = 3600;

/** A link that sets the password of a user, once, within the hour. `base` is where this server is reached. */
export async function makeResetLink(tx: Tx, userId: string, base: string): Promise<string> {
  const token = await makeLink(tx, 'password-reset', userId, RESET_SECONDS);
  return `${base}/reset-password?token=${token}`;
}

/** Sends a link to the address of a user. The link is in the database by then: no mail goes out for one that is not. */
type SendLink = (link: string) => Promise<void>;

/** How a person gets a link at their own address. Throws a `Problem` where that cannot be. */
export function byMail(
  { mailer }: SignInDeps,
  { email, username }: { readonly email: string | null; readonly username: string },
): SendLink {
  if (mailer === undefined)
    throw new Problem(
      'conflict',
      'No mail server is set (SMTP_URL), so that no mail can be sent. Ask for the link itself.',
    );
  if (email === null)
    throw new Problem('conflict', `The user "${username}" has no email address. Ask for the link itself.`);
  return async (link) => {
    await mailer.send(resetMail(email, username, link));
  };
}

async function mayAsk(deps: SignInDeps, { userId }: Person, address: string): Promise<boolean> {
  const targets = [
    ['mail address', addressKey(address)],
    ['mail', userId],
  ] as const;
  return (await countAttempt(deps, targets)) === 0;
}

/**
 * Somebody forgot their password. What comes of it is told to nobody but the person, by mail: not whether there is such an
 * account, nor that too much was asked for. So it runs behind the answer.
 */
export async function requestReset(
  deps: SignInDeps,
  name: string,
  base: string,
  from: Origin,
): Promise<void> {
  const person = await findPerson(deps.database.db, name);
  if (person?.email == null || deps.mailer === undefined) return;
  if (!(await mayAsk(deps, person, from.address))) return;
  const link = await transact(deps.database, async (tx) => {
    const { email, state } = await lockPerson(tx, person.userId);
    // What ends links has been done since the person was looked at, and this one would come after it.
    if (state !== 'active' || email !== person.email) return undefined;
    const made = await makeResetLink(tx, person.userId, base);
    await from.note('passwordLink.made', nobody, personDeed(person, { after: { deliver: 'mail' } }))(tx);
    return made;
  });
  if (link !== undefined) await byMail(deps, person)(link);
}

const over = (): Problem =>
  new Problem(
    'not-found',
    'This link was used already, or is too old. If you have just set a password with it, that is your password now: sign in with it. If not, ask for a new link.',
  );

/** Whose password a link sets. Throws a `Problem` where the link works no more. */
export async function ownerOfLink({ database }: SignInDeps, token: string): Promise<Person> {
  const link = await findLink(database.db, 'password-reset', token);
  const person = link?.userId == null ? undefined : await findPersonById(database.db, link.userId);
  if (person === undefined) throw over();
  return person;
}

/**
 * Sets the password, which uses the link up; all sessions of the person end. A password that is refused leaves the link as
 * it is. What was guessed at the account is forgiven, as it says nothing of the new password; wrong codes go on counting.
 */
export async function resetPassword(
  deps: SignInDeps,
  token: string,
  password: string,
  { note }: Origin,
): Promise<void> {
  const person = await ownerOfLink(deps, token);
  const hash = await acceptablePassword(password, person, 'password');
  await transact(deps.database, async (tx) => {
    await lockPerson(tx, person.userId);
    if ((await takeLink(tx, 'password-reset', token)) === undefined) throw over();
    const after = await storePassword(tx, person.userId, hash);
    await forgiveNames(tx, person);
    const by = asPerson('link', person, await roleOf(tx, person.userId));
    await note('password.reset', by, personDeed(person, { after }))(tx);
  });
}
