/** Sending a user's step: which requests it takes with this target, and what their answers mean for the record. */
import { USER_NAME } from '../provisioning/desired.ts';
import type { UserOutcome } from '../provisioning/outcome-user.ts';
import type { Value, Values } from '../provisioning/facts.ts';
import type { RemoveUser, UpdateUser } from '../provisioning/steps.ts';
import { judgeDeleted } from '../scim/client/collection.ts';
import { patchOperations, resourceFrom } from '../scim/client/resource.ts';
import {
  deleteUserRequest,
  judgeUpdatedUser,
  patchUserRequest,
  replaceUserRequest,
} from '../scim/client/users.ts';
import type { ScimRequest } from '../scim/client/verdict.ts';
import type { RemoteUser } from '../scim/client/remote.ts';
import { linked, shownOf } from './account.ts';
import type { Answer, Conversation, Setback } from './conversation.ts';
import { isMissing } from './missing.ts';
import { outcomeOf, type StepResult } from './setback-outcome.ts';
import { askForUser, notChangeable, unlessUserShown } from './shown.ts';
import { createUser, findUser } from './user-create.ts';
import type { UserResult } from './user-result.ts';
import type { SentStep } from './user-task.ts';

type Updated = Extract<UserOutcome, { readonly kind: 'updated' }>;

/** A target may change nothing of an inactive account before a create has brought it back; so often that is believed. */
const TRIES_TO_CREATE_ANEW = 2;

/** Sends a user's step. */
export function sendUserStep(talk: Conversation, step: SentStep): Promise<UserResult> {
  switch (step.kind) {
    case 'createUser':
      return createUser(talk, step);
    case 'findUser':
      return findUser(talk, step);
    case 'updateUser':
    case 'reactivateUser':
      return updateUser(talk, step);
    case 'deactivateUser':
    case 'deleteUser':
      return leaveUser(talk, step);
  }
}

async function updateUser(talk: Conversation, step: UpdateUser): Promise<UserResult> {
  const updated = await sendUpdate(talk, step);
  return updated.ok ? updated.value : notUpdated(talk, step, updated.setback);
}

const isPut = ({ target }: Conversation): boolean => target.behaviour.users.update === 'put';

async function sendUpdate(talk: Conversation, step: UpdateUser): Promise<Answer<Updated>> {
  const put = isPut(talk);
  const updated = await talk.ask(updateRequest(step, put), judgeUpdatedUser);
  if (!updated.ok) return updated;
  const shown = shownOf(talk, updated.value ?? (await renamed(talk, step)));
  return { ok: true, value: { kind: 'updated', shown, sent: put ? step.values : changedValues(step) } };
}

/**
 * The account after a change of its `userName` of which the answer shows nothing. By that name accounts are known, and people sign
 * in: a target that keeps the old one without a word is asked. Nothing where it does not say.
 */
async function renamed(
  talk: Conversation,
  { changes, remoteId }: UpdateUser,
): Promise<RemoteUser | undefined> {
  return changes.some(({ path }) => path === USER_NAME) ? shownNow(talk, remoteId) : undefined;
}

/** The account as the target shows it now; nothing where it does not. */
async function shownNow(talk: Conversation, remoteId: string): Promise<RemoteUser | undefined> {
  const asked = await askForUser(talk, remoteId);
  return asked.ok ? asked.value : undefined;
}

async function notUpdated(talk: Conversation, step: UpdateUser, setback: Setback): Promise<UserResult> {
  if (step.kind === 'reactivateUser' && mayBeForNames(step, setback)) return bringBack(talk, step, setback);
  if (isUnchangeable(setback)) return { kind: 'unchangeable', failure: setback.failure };
  if (mayBeForNames(step, setback)) return updateWithoutName(talk, step, setback);
  if (!isMissing(setback)) return outcomeOf(talk, setback);
  const account = { id: step.remoteId, userName: userNameBefore(step) };
  return unlessUserShown(talk, setback, account, ({ active }) =>
    active === false && talk.attempts < TRIES_TO_CREATE_ANEW
      ? { kind: 'missing', failure: setback.failure }
      : notChangeable(setback, 'user'),
  );
}

/** A name that the target refuses holds up nothing else: the rest of the change goes without it, and the name is what is told of. */
async function updateWithoutName(
  talk: Conversation,
  step: UpdateUser,
  setback: Setback,
): Promise<StepResult<UserOutcome>> {
  const refused = outcomeOf(talk, setback);
  const changes = step.changes.filter(({ path }) => path !== USER_NAME);
  const renaming = step.changes.find(({ path }) => path === USER_NAME);
  if (refused.kind !== 'refused' || changes.length === 0 || renaming === undefined) return refused;
  const userName = renaming.before;
  // Where it is not known what the account is called, it cannot be sent whole under that name.
  if (userName === undefined && isPut(talk)) return refused;
  const values = userName === undefined ? step.values : { ...step.values, [USER_NAME]: userName };
  const updated = await sendUpdate(talk, { ...step, changes, values });
  const message = `${refused.failure.message} Whatever else changed was sent.`;
  if (updated.ok) return { ...updated.value, refused: { ...refused.failure, message } };
  return isOfNoRecord(updated.setback) ? outcomeOf(talk, updated.setback) : refused;
}

/** What the account is called in the target while a change of that is not made. */
function userNameBefore({ changes, values }: UpdateUser): Value | undefined {
  return changes.find(({ path }) => path === USER_NAME)?.before ?? values[USER_NAME];
}

/** Whether the target refused to change an attribute (RFC 7644 §3.12): then nothing but `active` is sent. */
function isUnchangeable(setback: Setback): setback is Setback & { kind: 'refused' } {
  return setback.kind === 'refused' && setback.failure.scimType?.toLowerCase() === 'mutability';
}

/** Whether the target refused the names that went along with `active`: the account may be called otherwise there by now. */
function areNamesRefused(setback: Setback): boolean {
  return isUnchangeable(setback) || (setback.kind === 'again' && setback.reason === 'taken');
}

/** The same, of a return: some targets say of a `userName` that is taken no more than that they do not like the request. */
function mayBeForNames({ changes }: UpdateUser, setback: Setback): boolean {
  if (areNamesRefused(setback)) return true;
  if (setback.kind !== 'refused' || !changes.some(({ path }) => path === USER_NAME)) return false;
  return setback.failure.status === 400 && setback.failure.scimType === undefined;
}

/**
 * Brings an account back as it is, where the target refuses the names that went along; the rest is compared afresh, and if need be
 * refused as an update. If `active` is refused alone too, the names are what is told of.
 */
async function bringBack(
  talk: Conversation,
  { remoteId }: UpdateUser,
  refused: Setback,
): Promise<StepResult<UserOutcome>> {
  const back = await talk.ask(activeRequest(remoteId, true), judgeUpdatedUser);
  if (!back.ok) return outcomeOf(talk, isOfNoRecord(back.setback) ? back.setback : refused);
  const account = back.value ?? (await shownNow(talk, remoteId));
  // One that is shown as inactive still is refused, and not brought back again and again.
  if (account === undefined || account.active === false)
    return { kind: 'updated', shown: shownOf(talk, account), sent: {} };
  return linked(talk, 'found', account);
}

function activeRequest(remoteId: string, active: boolean): ScimRequest {
  return patchUserRequest(remoteId, patchOperations([{ path: 'active', after: active }]));
}

function updateRequest(step: UpdateUser, put: boolean): ScimRequest {
  if (put) return replaceUserRequest(step.remoteId, resourceFrom(step.values, { active: true }));
  const back = step.kind === 'reactivateUser' ? [{ path: 'active', after: true }] : [];
  return patchUserRequest(step.remoteId, patchOperations([...back, ...step.changes], step.values));
}

function changedValues(step: UpdateUser): Values {
  return Object.fromEntries(
    step.changes.flatMap(({ path, after }) => (after === undefined ? [] : [[path, after] as const])),
  );
}

async function leaveUser(talk: Conversation, step: RemoveUser): Promise<UserResult> {
  const left =
    step.kind === 'deleteUser'
      ? await talk.ask(deleteUserRequest(step.remoteId), judgeDeleted)
      : await deactivate(talk, step);
  if (left.ok) return { kind: 'left', shown: shownOf(talk, left.value) };
  const { setback } = left;
  if (!isMissing(setback)) return outcomeOf(talk, setback);
  const account = { id: step.remoteId, userName: step.values[USER_NAME] };
  return unlessUserShown(talk, setback, account, (user) =>
    user.active === false ? { kind: 'left', shown: shownOf(talk, user) } : notChangeable(setback, 'user'),
  );
}

/** Where the names that go along are refused, `active` goes alone; if that is refused too, the names are what is told of. */
async function deactivate(talk: Conversation, step: RemoveUser): Promise<Answer<RemoteUser | undefined>> {
  const alone = activeRequest(step.remoteId, false);
  if (talk.target.behaviour.users.update !== 'put') return talk.ask(alone, judgeUpdatedUser);
  const resource = resourceFrom(step.values, { active: false });
  const whole = await talk.ask(replaceUserRequest(step.remoteId, resource), judgeUpdatedUser);
  if (whole.ok || !areNamesRefused(whole.setback)) return whole;
  const left = await talk.ask(alone, judgeUpdatedUser);
  return left.ok || isOfNoRecord(left.setback) ? left : whole;
}

/** Whether a setback says nothing of the record: the request is to be sent again as it is, if need be once a person has acted. */
const isOfNoRecord = ({ kind }: Setback): boolean => kind === 'later' || kind === 'unsent' || kind === 'stop';
