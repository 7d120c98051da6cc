/** What a setback means for the record that was worked on, a user or a group. */
import type { Failure } from '../provisioning/settlement.ts';
import type { Unfinished } from '../provisioning/unfinished.ts';
import { waitAfter } from './backoff.ts';
import type { Conversation, Setback } from './conversation.ts';

/** What came of a step; `stop` ends the lane, `unsent` leaves the record as it was. */
export type StepResult<Outcome> =
  | Outcome
  | { readonly kind: 'stop'; readonly setback: Setback & { kind: 'stop' } }
  | { readonly kind: 'unsent' };

/** A setback as the record's outcome. */
export function outcomeOf(talk: Conversation, setback: Setback): StepResult<Unfinished> {
  switch (setback.kind) {
    case 'later':
      return {
        kind: 'later',
        failure: setback.failure,
        delayMs: waitAfter(talk.attempts, talk.target.backoffMs, setback.retryAfterMs),
        uncertain: setback.uncertain,
      };
    case 'again':
      if (setback.reason === 'missing') return { kind: 'missing', failure: setback.failure };
      if (setback.reason === 'taken') return { kind: 'refused', failure: taken(setback.failure) };
      return triedAgain(talk, setback.failure);
    case 'refused':
      return { kind: 'refused', failure: setback.failure };
    case 'stop':
      return { kind: 'stop', setback };
    case 'unsent':
      return { kind: 'unsent' };
  }
}

/** A name that another record has, where nobody looks for that one. */
function taken(failure: Failure): Failure {
  const message =
    'The application already has another record with this name. Rename or delete that one there, or change the name here, then retry.';
  return { ...failure, message };
}

/** What a target accepted may be shown only later; so often it is looked for before it is refused. */
const TRIES_TO_SEE = 3;

/** Nothing was done, and it may work after a wait. */
export function triedAgain(talk: Conversation, failure: Failure): Unfinished {
  const delayMs = waitAfter(talk.attempts, talk.target.backoffMs, 0);
  return { kind: 'later', failure, delayMs, uncertain: false };
}

/** A question that got no answer has changed nothing in the target. */
export function onlyAsked(setback: Setback): Setback {
  return setback.kind === 'later' ? { ...setback, uncertain: false } : setback;
}

/** Whether the target accepted a creation, and did not show the record. */
export const isAccepted = ({ code }: Failure): boolean => code === 'unusable-answer';

/** What was accepted may be there, whatever kept it from being found (R42). */
export function mayBeThere(setback: Setback, accepted: Failure): Setback {
  const failure = setback.kind === 'unsent' ? accepted : setback.failure;
  const retryAfterMs = setback.kind === 'later' ? setback.retryAfterMs : 0;
  return { kind: 'later', failure, retryAfterMs, uncertain: true };
}

/** What was accepted, and is shown nowhere: it may be there all the same (R42). */
export function notSeen(talk: Conversation, failure: Failure): Unfinished {
  if (talk.attempts >= TRIES_TO_SEE) return { kind: 'refused', failure, uncertain: true };
  const delayMs = waitAfter(talk.attempts, talk.target.backoffMs, 0);
  return { kind: 'later', failure, delayMs, uncertain: true };
}

/** Where no record was named by its id, a 404 means that the endpoint is not there. */
export function neverMissing<Result extends { readonly kind: string }>(
  result: Result | Unfinished,
): Exclude<Result, { kind: 'missing' }> | Unfinished;
export function neverMissing(result: Unfinished | { readonly kind: string }) {
  return result.kind === 'missing' && 'failure' in result
    ? { kind: 'refused', failure: result.failure }
    : result;
}

/** Why a create came to nothing although the target did not refuse it: nothing of that name is to be found there. */
export function unseen(failure: Failure, name: string, adviceIfTaken: string): Failure {
  if (isAccepted(failure)) {
    const message = `The application answered success to the creation of "${name}", but not with the record, and shows none of that name. Check that the base URL is that of its SCIM service, then retry.`;
    return { ...failure, message };
  }
  const message = `The application says that "${name}" is taken, but shows nothing of that name. ${adviceIfTaken}`;
  return { ...failure, code: 'taken-unseen', message };
}
