/** Creating a user: looked for first where that is asked for, and joined where the target has them already (R10); and finding one who may have been created (R42). */
import { USER_NAME } from '../provisioning/desired.ts';
import type { UserOutcome } from '../provisioning/outcome-user.ts';
import type { Failure } from '../provisioning/settlement.ts';
import type { CreateUser, FindUser } from '../provisioning/steps.ts';
import type { RemoteUser } from '../scim/client/remote.ts';
import { resourceFrom } from '../scim/client/resource.ts';
import { createUserRequest, judgeCreatedUser } from '../scim/client/users.ts';
import { linked, theAccount } from './account.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import { lookUpUser } from './lookup.ts';
import { believable } from './missing.ts';
import { thoseNamed, thoseSurelyNamed, type Listed } from './read-named.ts';
import { neverMissing, onlyAsked, outcomeOf, unseen, type StepResult } from './setback-outcome.ts';

/** The step is to be sent again, with what the target's list of users has of that `userName`. */
export interface Unlisted {
  readonly kind: 'unlisted';
  readonly userName: string;
  /** What the target answered to the creation, where it said that the name is taken. */
  readonly taken: Failure | null;
}

/** What the list has for a step that is sent again. */
export interface InList {
  readonly read: Answer<Listed<RemoteUser>>;
  readonly taken: Unlisted['taken'];
}

const nameIn = (step: CreateUser): string => String(step.values[USER_NAME]);

/** Sends the creation of a user. */
export async function createUser(
  talk: Conversation,
  step: CreateUser,
  inList?: InList,
): Promise<StepResult<UserOutcome> | Unlisted> {
  if (inList !== undefined) return createUnlessListed(talk, step, inList);
  if (!step.lookFirst) return create(talk, step);
  const userName = nameIn(step);
  if (!talk.target.behaviour.filter) return { kind: 'unlisted', userName, taken: null };
  const found = await lookUpUser(talk, userName);
  if (!found.ok) return unanswered(talk, found.setback);
  return found.value === null ? create(talk, step) : linked(talk, 'found', found.value);
}

async function createUnlessListed(
  talk: Conversation,
  step: CreateUser,
  { read, taken }: InList,
): Promise<StepResult<UserOutcome> | Unlisted> {
  const userName = nameIn(step);
  const named = taken === null ? thoseNamed(userName, read) : thoseSurelyNamed(userName, read);
  const found = theAccount(userName, named);
  if (!found.ok) return unanswered(talk, found.setback);
  if (found.value !== null) return linked(talk, 'found', found.value);
  if (taken === null) return create(talk, step);
  const advice = 'Look for it there, and free it or give this user another name.';
  return { kind: 'refused', failure: unseen(taken, userName, advice) };
}

async function create(talk: Conversation, step: CreateUser): Promise<StepResult<UserOutcome> | Unlisted> {
  const resource = resourceFrom(step.values, { active: true });
  const created = await talk.ask(createUserRequest(resource), judgeCreatedUser);
  if (created.ok) return linked(talk, 'created', created.value);
  const { setback } = created;
  if (setback.kind === 'again' && setback.reason === 'taken')
    return lookForTaken(talk, nameIn(step), setback.failure);
  return neverMissing(outcomeOf(talk, await believable(talk, setback, 'user')));
}

/** A create that may have gone through: nobody comes back to what is not found now. */
export async function findUser(
  talk: Conversation,
  { userName }: FindUser,
  inList?: InList,
): Promise<StepResult<UserOutcome> | Unlisted> {
  if (inList === undefined) return lookForTaken(talk, userName, null);
  const found = theAccount(userName, thoseSurelyNamed(userName, inList.read));
  if (!found.ok) return unanswered(talk, found.setback);
  return found.value === null ? { kind: 'absent' } : linked(talk, 'found', found.value);
}

/** The account of a `userName` that the target has, or may have: either way of looking may miss what the other shows. */
async function lookForTaken(
  talk: Conversation,
  userName: string,
  taken: Failure | null,
): Promise<StepResult<UserOutcome> | Unlisted> {
  if (talk.target.behaviour.filter) {
    const found = await lookUpUser(talk, userName);
    if (!found.ok) return unanswered(talk, found.setback);
    if (found.value !== null) return linked(talk, 'found', found.value);
  }
  return { kind: 'unlisted', userName, taken };
}

/** The setback of a question as the record's outcome. */
function unanswered(talk: Conversation, setback: Setback): StepResult<UserOutcome> {
  return neverMissing(outcomeOf(talk, onlyAsked(setback)));
}
