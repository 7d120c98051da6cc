/** Signing in to an application, and out, as the log tells it: who and whether, and nothing of what an assertion says. */
import type { FastifyRequest } from 'fastify';
import type { EventWrite } from '../provisioning/settlement.ts';
import type { Subject } from '../provisioning/steps.ts';
import type { Application } from '../store/applications.ts';
import type { Refusal } from './outcome.ts';

type Operation = 'signIn' | 'signOut';

interface Told extends Pick<EventWrite, 'subject' | 'sentence'> {
  readonly operation: Operation;
  readonly outcome: 'done' | 'refused';
}

function eventOf({ id: requestId }: FastifyRequest, told: Told): EventWrite {
  const { operation, subject } = told;
  const actor = subject.kind === 'user' ? subject.name : 'somebody';
  return { ...told, cause: { action: operation, actor, requestId } };
}

/** Somebody was signed in to an application. */
export const signInEvent = (request: FastifyRequest, who: Subject, sentence: string): EventWrite =>
  eventOf(request, { operation: 'signIn', subject: who, outcome: 'done', sentence });

/** The application has asked for it. */
export const signOutEvent = (
  request: FastifyRequest,
  { label }: Application,
  { id, username }: { readonly id: string; readonly username: string },
): EventWrite => {
  const sentence = `${username} signed out, starting at ${label}`;
  const subject = { kind: 'user', id, name: username } as const;
  return eventOf(request, { operation: 'signOut', subject, outcome: 'done', sentence });
};

/** Somebody who signed in here does not get further. */
export const refusedPerson = (
  request: FastifyRequest,
  { id, label }: Application,
  who: Subject,
  sentence: string,
): Refusal => ({
  applicationId: id,
  title: `You cannot open ${label}`,
  event: eventOf(request, { operation: 'signIn', subject: who, outcome: 'refused', sentence }),
});

/** Nobody knows who it was: the event is the application's. */
function refusedMessage(
  request: FastifyRequest,
  { id, label }: Application,
  operation: Operation,
  sentence: string,
): Refusal {
  const subject = { kind: 'application', id, name: label } as const;
  const title = `${label} cannot sign you ${operation === 'signIn' ? 'in' : 'out'} like this`;
  return {
    applicationId: id,
    title,
    event: eventOf(request, { operation, subject, outcome: 'refused', sentence }),
  };
}

/** A sign-in that is not answered, whoever it was. */
export const refusedRequest = (
  request: FastifyRequest,
  application: Application,
  sentence: string,
): Refusal => refusedMessage(request, application, 'signIn', sentence);

/** A logout that is not answered. */
export const refusedLogout = (request: FastifyRequest, application: Application, sentence: string): Refusal =>
  refusedMessage(request, application, 'signOut', sentence);
