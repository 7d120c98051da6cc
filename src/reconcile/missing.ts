/** 404s: which of them say that a record is not there. */
import type { RecordKind } from '../provisioning/facts.ts';
import { judgeGroupPage, listGroupsRequest } from '../scim/client/groups.ts';
import { judgeUserPage, listUsersRequest } from '../scim/client/users.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import { onlyAsked } from './setback-outcome.ts';

export type Missing = Setback & { readonly kind: 'again' };

/** Whether the target said of a record that it is not there. */
export function isMissing(setback: Setback): setback is Missing {
  return setback.kind === 'again' && setback.reason === 'missing';
}

/** Whether the target answered the question, be it that there is nothing or that this cannot be asked. */
export const isAnswer = ({ kind }: Setback): boolean => kind === 'again' || kind === 'refused';

/** Whether a 404 was the answer to a creation, which names no record that could be missing: it is a refusal of that one. */
function isUnplaced(setback: Setback): boolean {
  return setback.kind === 'refused' && setback.failure.status === 404;
}

/**
 * The setback as it may be believed. A gateway that has lost its route answers 404 to everything, so that a record is missing, or
 * its creation refused, only where its list is there, or was never to be had.
 */
export async function believable(talk: Conversation, setback: Setback, kind: RecordKind): Promise<Setback> {
  if (!isMissing(setback) && !isUnplaced(setback)) return setback;
  const first = { startIndex: 1, count: 1 };
  const listed =
    kind === 'user'
      ? await talk.ask(listUsersRequest(first), judgeUserPage)
      : await talk.ask(listGroupsRequest(first), judgeGroupPage);
  return listed.ok || isAnswer(listed.setback) ? setback : onlyAsked(listed.setback);
}

/**
 * Asks for records, and once more where a 404 may be believed: whatever was answered before the list was there may have come from a
 * gateway that found its route again only then.
 */
export async function askBelievably<T>(
  talk: Conversation,
  kind: RecordKind,
  ask: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const asked = await ask();
  if (asked.ok || !isMissing(asked.setback)) return asked;
  const setback = await believable(talk, asked.setback, kind);
  return isMissing(setback) ? ask() : { ok: false, setback };
}
