/**
 * From a request that was accepted, or a person who starts here, to the answer: an assertion, the sign-in page first, or why
 * not.
 */
import { sessionOf, signInAddress } from '../http/session-principal.ts';
import { hasSecondFactor } from '../people/methods.ts';
import type { Subject } from '../provisioning/steps.ts';
import { nextStep, requestDenied, unknownPrincipal, type Strength } from '../saml/authentication.ts';
import { SamlRefusal } from '../saml/refusal.ts';
import { buildErrorResponse } from '../saml/response.ts';
import type { Status } from '../saml/status.ts';
import type { Handle } from '../store/database.ts';
import { listFactors } from '../store/factors.ts';
import { takeRequest } from '../store/saml-requests.ts';
import type { LiveSession } from '../store/sessions.ts';
import { claimsOf, signOn, type Proof } from './assertion.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { whoAsks, type Candidate } from './person.ts';
import { refusedPerson, refusedRequest } from './sign-in-event.ts';
import { addressingOf, responseForm, type Visit } from './visit.ts';

const strengthOf = ({ methods }: LiveSession): Strength =>
  hasSecondFactor(methods) ? 'second-factor' : 'password';

/** The best that could be asked of them; of nobody yet, anything. */
async function reachable(handle: Handle, session: LiveSession | null): Promise<Strength> {
  if (session === null || strengthOf(session) === 'second-factor') return 'second-factor';
  return (await listFactors(handle, session.userId)).length > 0 ? 'second-factor' : 'password';
}

/** Where the browser comes back to once somebody has signed in. */
const ownPath = ({ saml: { application }, waiting }: Visit): string =>
  `/saml/${application.id}/${waiting === null ? 'start' : `sso/${waiting.token}`}`;

/** Answers the visit, or has somebody sign in first. */
export async function answer(visit: Visit): Promise<Outcome> {
  const { deps, request, saml, waiting } = visit;
  const session = await sessionOf(deps, request);
  const step = nextStep(waiting?.request ?? null, {
    session: session && { at: session.authenticatedAt, strength: strengthOf(session) },
    receivedAt: waiting?.receivedAt ?? deps.clock.now(),
    reachable: await reachable(deps.database.db, session),
    nameIdFormat: saml.settings.nameId.format,
    spEntityId: saml.settings.spEntityId,
  });
  if (step.kind === 'status') {
    const refusal = refusedRequest(request, saml.application, step.status.message ?? '');
    return deny(visit, step.status, refusal);
  }
  // Who is signed in already, and has to prove more or once more, would be led straight back without being asked again.
  if (step.kind === 'sign-in' || session === null)
    return { kind: 'go', path: signInAddress(ownPath(visit), session !== null) };
  return admit(visit, { session, contextClass: step.contextClass });
}

/** Why somebody who is known is not let in. */
export const notAssigned = ({ name }: Subject, label: string): string =>
  `${name} is not assigned to ${label}: none of their groups is bound to it. An administrator can bind one, or add them to one that is.`;

async function admit(visit: Visit, proof: Proof): Promise<Outcome> {
  const { application } = visit.saml;
  const asking = await whoAsks(visit.deps.database.db, application.id, proof.session.userId);
  if (asking.user === null) return refuse(visit, asking.who, notAssigned(asking.who, application.label));
  try {
    return await assert(visit, asking, proof);
  } catch (error) {
    if (error instanceof SamlRefusal) return refuse(visit, asking.who, error.message);
    throw error;
  }
}

async function assert(visit: Visit, candidate: Candidate, proof: Proof): Promise<Outcome> {
  const { request, saml, waiting } = visit;
  const claims = await claimsOf(visit, candidate);
  const asked = waiting?.request.subject ?? null;
  if (asked !== null && asked !== claims.nameId.value) {
    const sentence = `${candidate.who.name} signed in, and the request asks for somebody else.`;
    const refusal = refusedPerson(request, saml.application, candidate.who, sentence);
    return deny(visit, unknownPrincipal, refusal);
  }
  const outcome = await signOn(visit, candidate, claims, proof);
  if (outcome === 'signed out') return answer(visit);
  return outcome === 'answered' ? answeredAlready(visit) : outcome;
}

/** A page, and nothing is sent; a request that allows no page is told so instead. */
async function refuse(visit: Visit, who: Subject, sentence: string): Promise<Outcome> {
  const refusal = refusedPerson(visit.request, visit.saml.application, who, sentence);
  if (visit.waiting?.request.isPassive === true)
    return deny(visit, requestDenied('This person may not sign in to this application.'), refusal);
  return { kind: 'refused', refusal };
}

/** Tells the service provider why there is no assertion; who starts here is told on a page. */
async function deny(visit: Visit, status: Status, refusal: Refusal): Promise<Outcome> {
  const { deps, saml, waiting } = visit;
  if (waiting === null) return { kind: 'refused', refusal };
  if (!(await takeRequest(deps.database.db, saml.application.id, waiting.token)))
    return answeredAlready(visit);
  const form = responseForm(visit, buildErrorResponse(addressingOf(visit), status));
  return { kind: 'send', delivery: { binding: 'post', form }, refusal };
}

/** For a page that was gone back to, or left open for long. */
export function answeredAlready({ request, saml: { application } }: Omit<Visit, 'waiting'>): Outcome {
  const sentence = `This sign-in was finished or given up before. Start at ${application.label} again.`;
  return { kind: 'refused', refusal: refusedRequest(request, application, sentence) };
}
