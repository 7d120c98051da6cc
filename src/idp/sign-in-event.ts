/** Signing in to an application, and out, as the log tells it: who and whether, and nothing of what an assertion says. */
import type { FastifyRequest } from 'fastify';
import type { EventWrite } from '../provisioning/settlement.ts';
import type { Subject } from '../provisioning/types.ts';
import type { Application } from '../store/applications.ts';
import type { Refusal } from './outcome.ts';

type Operation = 'signIn' | 'signOut';

function eventOf(
  { id: requestId }: FastifyRequest,
  operation: Operation,
  subject: EventWrite['subject'],
  outcome: 'done' | 'refused',
  sentence: string,
): EventWrite {
  const actor = subject.kind === 'user' ? subject.name : 'somebody';
  return { subject, operation, outcome, sentence, cause: { action: operation, actor, requestId } };
}

/** Somebody was signed in to an application. */
export const signInEvent = (request: FastifyRequest, who: Subject, sentence: string): EventWrite =>
  eventOf(request, 'signIn', who, 'done', sentence);

/** The application has asked for it. */
export const signOutEvent = (
  request: FastifyRequest,
  { label }: Application,
  { id, username }: { readonly id: string; readonly username: string },
): EventWrite => {
  const sentence = `${username} signed out, starting at ${label}`;
  return eventOf(request, 'signOut', { kind: 'user', id, name: username }, 'done', sentence);
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
  event: eventOf(request, 'signIn', who, 'refused', sentence),
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
  return { applicationId: id, title, event: eventOf(request, operation, subject, 'refused', sentence) };
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
