/** Accounts that a target shows: which one is a user's, and what it comes to for their step. */
import type { Shown, UserOutcome } from '../provisioning/outcome-user.ts';
import type { Failure } from '../provisioning/settlement.ts';
import { scalarsOf } from '../scim/client/resource.ts';
import type { RemoteUser } from '../scim/client/remote.ts';
import type { Answer, Conversation } from './conversation.ts';

/**
 * The one account of those that were found, or null. Some targets show accounts of the past beside the one that is in use. Of two
 * that are active, one would stay so when its person leaves, and nobody would know.
 */
export function theAccount(
  userName: string,
  looked: Answer<readonly RemoteUser[]>,
): Answer<RemoteUser | null> {
  if (!looked.ok) return looked;
  const found = looked.value;
  const accounts = new Map(found.map((user) => [user.id, user]));
  const active = [...accounts.values()].filter((user) => user.active !== false);
  if (active.length > 1)
    return { ok: false, setback: { kind: 'refused', failure: twoAccounts(userName, active) } };
  return { ok: true, value: active[0] ?? found[0] ?? null };
}

function twoAccounts(userName: string, active: readonly RemoteUser[]): Failure {
  const ids = active.map(({ id }) => id).join(' and ');
  const message = `The application has ${active.length} accounts named "${userName}": ${ids}. Rename or deactivate all but one there, then retry.`;
  return { code: 'account-ambiguous', message };
}

/** The user is linked to that account. */
export function linked(talk: Conversation, how: 'created' | 'found', user: RemoteUser): UserOutcome {
  return { kind: 'linked', how, remoteId: user.id, shown: shownOf(talk, user) };
}

/** What the target shows of an account that is mapped. */
export function shownOf(talk: Conversation, user: RemoteUser): Shown;
export function shownOf(talk: Conversation, user: RemoteUser | undefined): Shown | undefined;
export function shownOf(talk: Conversation, user: RemoteUser | undefined): Shown | undefined {
  return user && { values: scalarsOf(user.resource, talk.target.paths), active: user.active };
}
