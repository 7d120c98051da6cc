/** Records that a target is asked for by their id, and 404s that are not believed at once. */
import type { RecordKind } from '../provisioning/types.ts';
import type { Unfinished } from '../provisioning/unfinished.ts';
import { getGroupRequest, judgeGroup, judgeGroupPage, listGroupsRequest } from '../scim/client/groups.ts';
import type { RemoteGroup, RemoteUser } from '../scim/client/remote.ts';
import { getUserRequest, judgeUser, judgeUserPage, listUsersRequest } from '../scim/client/users.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import { onlyAsked, outcomeOf, type StepResult } from './setback-outcome.ts';

export type Missing = Setback & { readonly kind: 'again' };

/** Whether the target said of a record that it is not there. */
export function isMissing(setback: Setback): setback is Missing {
  return setback.kind === 'again' && setback.reason === 'missing';
}

/** The account of that id. */
export function askForUser(talk: Conversation, id: string): Promise<Answer<RemoteUser>> {
  return talk.ask(getUserRequest(id), judgeUser);
}

/** The group of that id, without its members. */
export function askForGroup(talk: Conversation, id: string): Promise<Answer<RemoteGroup>> {
  return talk.ask(getGroupRequest(id, { withoutMembers: true }), judgeGroup);
}

/** How a record is asked for, and what it comes to where the target shows it. */
interface Asking<Shown, Outcome> {
  readonly kind: RecordKind;
  readonly ask: () => Promise<Answer<Shown>>;
  readonly whereShown: (shown: Shown) => Outcome;
}

/**
 * What a 404 to a change comes to. A target may answer so because it does not know the method: a leaver whose account is still
 * there is not to be taken for gone, and nobody is to get a second one. So the record is asked for; where a target does not let
 * records be asked for, the 404 is believed.
 */
export async function unlessShown<Shown, Outcome>(
  talk: Conversation,
  missing: Missing,
  { kind, ask, whereShown }: Asking<Shown, Outcome>,
): Promise<StepResult<Outcome | Unfinished>> {
  const setback = await believable(talk, missing, kind);
  if (!isMissing(setback)) return outcomeOf(talk, setback);
  const asked = await ask();
  if (asked.ok) return whereShown(asked.value);
  return outcomeOf(talk, isAnswer(asked.setback) ? missing : onlyAsked(asked.setback));
}

const isAnswer = ({ kind }: Setback): boolean => kind === 'again' || kind === 'refused';

/**
 * The setback as it may be believed. A gateway that has lost its route answers 404 to everything, so that a record is missing only
 * where its list is there, or was never to be had.
 */
export async function believable(talk: Conversation, setback: Setback, kind: RecordKind): Promise<Setback> {
  if (!isMissing(setback)) return setback;
  const first = { startIndex: 1, count: 1 };
  const listed =
    kind === 'user'
      ? await talk.ask(listUsersRequest(first), judgeUserPage)
      : await talk.ask(listGroupsRequest(first), judgeGroupPage);
  return listed.ok || isAnswer(listed.setback) ? setback : onlyAsked(listed.setback);
}

/** The target shows the record, and does not know it when it is to be changed. */
export function notChangeable({ failure }: Missing, kind: RecordKind): Unfinished & { kind: 'refused' } {
  const what = kind === 'user' ? 'account' : 'group';
  const message = `The application shows this ${what}, but answered the change as if it were not there. It may not know this way to change one: choose another way to update or deactivate in the connection’s settings, then retry.`;
  return { kind: 'refused', failure: { ...failure, code: 'not-changeable', message } };
}
