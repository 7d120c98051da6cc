/** Records that a target is asked for by their id: whether it shows one that it says is missing. */
import type { RecordKind, Value } from '../provisioning/facts.ts';
import type { UserOutcome } from '../provisioning/outcome-user.ts';
import type { Unfinished } from '../provisioning/unfinished.ts';
import { getGroupRequest, judgeGroup } from '../scim/client/groups.ts';
import type { RemoteGroup, RemoteUser } from '../scim/client/remote.ts';
import { getUserRequest, judgeUser } from '../scim/client/users.ts';
import type { Answer, Conversation } from './conversation.ts';
import { filterUsers } from './lookup.ts';
import { askBelievably, isAnswer, isMissing, type Missing } from './missing.ts';
import { thoseNamed } from './read-named.ts';
import { onlyAsked, outcomeOf, type StepResult } from './setback-outcome.ts';
import type { UserResult } from './user-result.ts';

/** The account of that id. */
export function askForUser(talk: Conversation, id: string): Promise<Answer<RemoteUser>> {
  return talk.ask(getUserRequest(id), judgeUser);
}

/** The group of that id, without its members. */
export function askForGroup(talk: Conversation, id: string): Promise<Answer<RemoteGroup>> {
  return talk.ask(getGroupRequest(id, { withoutMembers: true }), judgeGroup);
}

/** The group of that id, without its members; missing only where the list of groups is there. */
export function findShownGroup(talk: Conversation, id: string): Promise<Answer<RemoteGroup>> {
  return askBelievably(talk, 'group', () => askForGroup(talk, id));
}

/**
 * What a 404 to a change comes to, once the record was looked for. A target may answer so because it does not know the method: a
 * leaver whose account is still there is not to be taken for gone, and nobody is to get a second one. Where a target does not let
 * records be asked for, the 404 is believed.
 */
export function unlessShown<Shown, Outcome>(
  talk: Conversation,
  missing: Missing,
  asked: Answer<Shown>,
  whereShown: (shown: Shown) => Outcome,
): StepResult<Outcome | Unfinished> {
  if (asked.ok) return whereShown(asked.value);
  return outcomeOf(talk, isAnswer(asked.setback) ? missing : onlyAsked(asked.setback));
}

/** An account that a target said is not there. */
export interface MissedAccount {
  readonly id: string;
  /** What it is called there, where that is known. */
  readonly userName: Value | undefined;
}

/**
 * The same for an account, however the target shows it: one that is not known by its id is looked for by its `userName`. A target, or
 * what is before it, may not find what it shows in lists, because of a character in the id for example.
 */
export async function unlessUserShown(
  talk: Conversation,
  missing: Missing,
  { id, userName }: MissedAccount,
  whereShown: (shown: RemoteUser) => UserOutcome,
): Promise<UserResult> {
  const judge = (asked: Answer<RemoteUser>) => unlessShown(talk, missing, asked, whereShown);
  const ask = () => askForUser(talk, id);
  if (typeof userName !== 'string') return judge(await askBelievably(talk, 'user', ask));
  const asked = await ask();
  if (asked.ok || !isMissing(asked.setback)) return judge(asked);
  const judgeNamed = (named: Answer<readonly RemoteUser[]>) => {
    if (!named.ok) return judge(named);
    const shown = named.value.find((user) => user.id === id);
    return judge(shown === undefined ? asked : { ok: true, value: shown });
  };
  if (talk.target.behaviour.filter) return judgeNamed(await filterUsers(talk, userName));
  return { kind: 'unlisted', userName, goOn: (read) => judgeNamed(thoseNamed(userName, read)) };
}

/** The target shows the record, and does not know it when it is to be changed. */
export function notChangeable(
  { failure }: Missing,
  kind: RecordKind,
): Unfinished & { readonly kind: 'refused' } {
  const what = kind === 'user' ? 'account' : 'group';
  const message = `The application shows this ${what}, but answered the change as if it were not there. It may not know this way to change one: choose another way to update or deactivate in the connection’s settings, then retry.`;
  return { kind: 'refused', failure: { ...failure, code: 'not-changeable', message } };
}
