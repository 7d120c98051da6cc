/** Creating a user: looked for first where that is asked for, and joined where the target has them already (R10); and finding one who may have been created (R42). */
import { USER_NAME } from '../provisioning/desired.ts';
import type { UserOutcome } from '../provisioning/outcome-user.ts';
import type { CreateUser, FindUser } from '../provisioning/steps.ts';
import type { RemoteUser } from '../scim/client/remote.ts';
import { resourceFrom } from '../scim/client/resource.ts';
import { createUserRequest, judgeCreatedUser } from '../scim/client/users.ts';
import { linked, theAccount } from './account.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import { lookUpUser } from './lookup.ts';
import { believable } from './missing.ts';
import { thoseNamed, thoseSurelyNamed, type NamedRecords } from './read-named.ts';
import {
  isAccepted,
  mayBeThere,
  neverMissing,
  notSeen,
  onlyAsked,
  outcomeOf,
  unseen,
  type StepResult,
} from './setback-outcome.ts';
import type { UserResult } from './user-result.ts';

const nameIn = (step: CreateUser): string => String(step.values[USER_NAME]);

/** Sends the creation of a user. */
export async function createUser(talk: Conversation, step: CreateUser): Promise<UserResult> {
  if (!step.lookFirst) return create(talk, step);
  const userName = nameIn(step);
  if (!talk.target.behaviour.filter)
    return { kind: 'unlisted', userName, goOn: (read) => createUnlessListed(talk, step, read) };
  const found = await lookUpUser(talk, userName);
  if (!found.ok) return unanswered(talk, onlyAsked(found.setback));
  return found.value === null ? create(talk, step) : linked(talk, 'found', found.value);
}

async function createUnlessListed(
  talk: Conversation,
  step: CreateUser,
  read: Answer<NamedRecords<RemoteUser>>,
): Promise<UserResult> {
  const userName = nameIn(step);
  const found = theAccount(userName, thoseNamed(userName, read));
  if (!found.ok) return unanswered(talk, onlyAsked(found.setback));
  return found.value === null ? create(talk, step) : linked(talk, 'found', found.value);
}

async function create(talk: Conversation, step: CreateUser): Promise<UserResult> {
  const resource = resourceFrom(step.values, { active: true });
  const created = await talk.ask(createUserRequest(resource), judgeCreatedUser);
  if (created.ok) return linked(talk, 'created', created.value);
  const { setback } = created;
  if (setback.kind === 'again' && setback.reason === 'taken') {
    const userName = nameIn(step);
    const advice = 'Look for it there, and free it or give this user another name.';
    const failure = unseen(setback.failure, userName, advice);
    if (!isAccepted(setback.failure)) return lookForTaken(talk, userName, { kind: 'refused', failure });
    return lookForTaken(talk, userName, notSeen(talk, failure), (unanswered) =>
      mayBeThere(unanswered, setback.failure),
    );
  }
  return neverMissing(outcomeOf(talk, await believable(talk, setback, 'user')));
}

/** A create that may have gone through: nobody comes back to what is not found now. */
export function findUser(talk: Conversation, { userName }: FindUser): Promise<UserResult> {
  return lookForTaken(talk, userName, { kind: 'absent' });
}

/**
 * The account of a `userName` that the target has, or may have: either way of looking may miss what the other shows. `meaning` is what
 * it means that it could not be looked for.
 */
async function lookForTaken(
  talk: Conversation,
  userName: string,
  whereAbsent: UserOutcome,
  meaning: (setback: Setback) => Setback = onlyAsked,
): Promise<UserResult> {
  if (talk.target.behaviour.filter) {
    const found = await lookUpUser(talk, userName);
    if (!found.ok) return unanswered(talk, meaning(found.setback));
    if (found.value !== null) return linked(talk, 'found', found.value);
  }
  const goOn = (read: Answer<NamedRecords<RemoteUser>>): UserResult => {
    const found = theAccount(userName, thoseSurelyNamed(userName, read));
    if (!found.ok) return unanswered(talk, meaning(found.setback));
    return found.value === null ? whereAbsent : linked(talk, 'found', found.value);
  };
  return { kind: 'unlisted', userName, goOn };
}

/** The setback of a question as the record's outcome. */
function unanswered(talk: Conversation, setback: Setback): StepResult<UserOutcome> {
  return neverMissing(outcomeOf(talk, setback));
}
