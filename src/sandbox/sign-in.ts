/** Whom a sign-in lets into the workspace: a member as they are, others just in time. */
import type { SignIn } from './sign-in-journal.ts';
import type { Account } from './state.ts';
import type { World } from './world.ts';

/** Thrown where a sign-in is not accepted. The message is for the person and for the journal. */
export class SignInRefused extends Error {
  readonly email: string | null;

  constructor(reason: string, email: string | null = null) {
    super(reason);
    this.email = email;
  }
}

/** What a valid assertion says of a person. */
export interface Claims {
  readonly nameId: string;
  /** The attribute `email`. */
  readonly email: string;
}

/** Somebody who may come in, and the sentence that says how. */
interface Admission {
  readonly account: Account;
  readonly reason: string;
}

/** The address that counts, where NameID and attribute differ. */
export function emailOf({ nameId, email }: Claims, { behaviour }: World): string {
  if (nameId === email || behaviour.nameIdAndEmail === 'email') return email;
  if (behaviour.nameIdAndEmail === 'name-id') return nameId;
  throw new SignInRefused(
    `The NameID, ${nameId}, and the attribute email, ${email}, are not the same.`,
    email,
  );
}

/** The comparison is exact: an assertion that differs in case alone does not sign that member in. */
function refuseInexact(account: Account, email: string): void {
  if (account.email === email) return;
  throw new SignInRefused(
    `The email in the assertion, ${email}, is not exactly the userName here, ${account.email}. The two are compared as exact strings.`,
    email,
  );
}

function refuseRemoved(account: Account, { behaviour }: World): void {
  if (!account.removed || behaviour.removedMemberSignIn === 'rejoin') return;
  throw new SignInRefused('This account was removed from the workspace.', account.email);
}

/** An unknown email becomes an account, under the email as its name: nothing else was asserted. */
function newcomer({ workspace, behaviour }: World, email: string): Admission {
  const account = workspace.addAccount(workspace.newId(behaviour.ids), email, email);
  workspace.join(account);
  return { account, reason: 'Just in time: an unknown email became an account and a member.' };
}

/**
 * Just-in-time membership, as Segment documents it. Throws {@link SignInRefused} where the email is not exactly that of the account,
 * or the account was removed and may not return.
 */
export function admit(world: World, email: string): Admission {
  const account = world.workspace.accountByEmail(email);
  if (!account) return newcomer(world, email);
  refuseInexact(account, email);
  if (account.standing === 'member') return { account, reason: 'A member.' };
  refuseRemoved(account, world);
  world.workspace.join(account);
  return { account, reason: 'Just in time: an account outside the workspace became a member.' };
}

/** The sandbox keeps no passwords: that there is a member of that email is enough, as long as SSO is not required. */
export function admitByPassword({ workspace, saml }: World, email: string): Admission {
  if (saml.requireSso)
    throw new SignInRefused('This workspace requires single sign-on (Require SSO).', email);
  const account = workspace.accountByEmail(email);
  if (account?.standing === 'member') return { account, reason: 'With a password.' };
  throw new SignInRefused('No member has this email.', email);
}

/** Runs one sign-in and writes down how it ended, before it throws a {@link SignInRefused}. */
export async function signIn(
  world: World,
  how: Pick<SignIn, 'method' | 'initiatedBy'>,
  attempt: () => Admission | Promise<Admission>,
): Promise<Account> {
  try {
    const { account, reason } = await attempt();
    world.signIns.record({ ...how, email: account.email, result: 'signed-in', reason });
    return account;
  } catch (error) {
    if (error instanceof SignInRefused)
      world.signIns.record({ ...how, email: error.email, result: 'refused', reason: error.message });
    throw error;
  }
}
