/** The first administrator: whoever opens the link that the server printed. */
import { asPerson } from '../access/principal.ts';
import { userInputSchema, type User } from '../directory/user.ts';
import { badInput, Problem } from '../errors.ts';
import { fieldErrorsOf, sentence, summary } from '../fields.ts';
import { giveRole } from '../store/administrators.ts';
import { canAnybodyAdminister } from '../store/last-administrator.ts';
import { noWitness, type Witness } from '../store/audit.ts';
import type { Database, Tx } from '../store/database.ts';
import { findLink, makeLink, takeLink } from '../store/one-time-links.ts';
import { findUserNamed, createUser } from '../store/users.ts';
import { transact } from '../store/transact.ts';
import type { Origin, SignInDeps } from './deps.ts';
import { acceptablePassword, storePassword } from './password.ts';
import { personDeed, type Named } from './trail.ts';

const LINK_SECONDS = 24 * 3600;

/** A link by which somebody becomes an administrator, once, within a day; those from before end. */
export async function makeAdministratorLink(
  database: Database,
  base: string,
  witness: Witness = noWitness,
): Promise<string> {
  const token = await transact(database, async (tx) => {
    const made = await makeLink(tx, 'first-administrator', null, LINK_SECONDS);
    await witness(tx);
    return made;
  });
  return `${base}/first-administrator?token=${token}`;
}

/** The link at a start: null where somebody can sign in as an administrator already. */
export async function firstAdministratorLink(database: Database, base: string): Promise<string | null> {
  return (await canAnybodyAdminister(database.db)) ? null : makeAdministratorLink(database, base);
}

const over = (): Problem =>
  new Problem(
    'not-found',
    'This link was used already, is older than a day, or was replaced by a newer one, or somebody became an administrator in another way. Each start of a server without an administrator prints a new one; `rollcall administrators link` makes one at any time.',
  );

/** Throws a `Problem` where the link works no more. */
export async function checkAdministratorLink({ database }: SignInDeps, token: string): Promise<void> {
  if ((await findLink(database.db, 'first-administrator', token)) === undefined) throw over();
}

export interface NewAdministrator {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** The directory's user of that name, or a new one. Only an active user may sign in, and making one so is the directory's affair. */
async function takeUser(tx: Tx, { username, email }: NewAdministrator): Promise<User> {
  const known = await findUserNamed(tx, username);
  if (known === undefined) return createUser(tx, userInputSchema.parse({ username, email, state: 'active' }));
  if (known.state === 'active') return known;
  const message = `is that of a user who is ${known.state}. Choose another one, or make that user active first.`;
  throw badInput(`The user name ${message}`, [{ path: 'username', message: `This user name ${message}` }]);
}

function checkFields({ username, email }: NewAdministrator): void {
  const parsed = userInputSchema.safeParse({ username, email }, { error: sentence });
  if (parsed.success) return;
  const errors = fieldErrorsOf(parsed.error);
  throw badInput(summary(errors), errors);
}

/** Makes somebody an administrator, which uses the link up. Answers who. Throws a `Problem` for each field that won't do. */
export async function createFirstAdministrator(
  deps: SignInDeps,
  token: string,
  given: NewAdministrator,
  { note }: Origin,
): Promise<Named> {
  await checkAdministratorLink(deps, token);
  checkFields(given);
  const hash = await acceptablePassword(given.password, given, 'password');
  return transact(deps.database, async (tx) => {
    if ((await takeLink(tx, 'first-administrator', token)) === undefined) throw over();
    const { id: userId, username } = await takeUser(tx, given);
    await giveRole(tx, userId, 'administrator');
    const ended = await storePassword(tx, userId, hash);
    const person = { userId, username };
    const deed = personDeed(person, { after: { role: 'administrator', ...ended } });
    await note('role.given', asPerson('link', person, 'administrator'), deed)(tx);
    return person;
  });
}
