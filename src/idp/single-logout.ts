/**
 * Single logout in the front channel (SAML Profiles 2.0 §4.4): a session ends here first, then the browser goes from one
 * application that knows of it to the next. Who does not come back is signed out here all the same.
 */
import type { FastifyRequest } from 'fastify';
import { asPerson } from '../access/principal.ts';
import { witnessOf } from '../http/act.ts';
import type { ApiDeps } from '../http/deps.ts';
import { routes, type Route } from '../http/routes.ts';
import { signInAddress } from '../http/session-principal.ts';
import {
  buildLogoutRequest,
  buildLogoutResponse,
  decideLogoutRequest,
  decideLogoutResponse,
  deliver,
  saidToAnswer,
  type AcceptedLogout,
  type LogoutRequest,
} from '../saml/logout.ts';
import type { InboundMessage, MessageKind } from '../saml/bindings.ts';
import { refused } from '../saml/decide.ts';
import { SUCCESS, type Status } from '../saml/status.ts';
import { signOutDeed } from '../sign-in/trail.ts';
import type { Tx } from '../store/database.ts';
import { roleOf } from '../store/guarded-person.ts';
import { keepLogout, takeLogout, type Logout } from '../store/saml-logouts.ts';
import { rememberMessage } from '../store/saml-requests.ts';
import { endSessionsOf, type EndedSessions, type Participant } from '../store/saml-sessions.ts';
import { insertEvents } from '../store/events.ts';
import { transact } from '../store/transact.ts';
import type { Outcome } from './outcome.ts';
import { findSamlApplication, type SamlApplication } from './saml-application.ts';
import { atApplication, messageOf, visitsFromOutside } from './sign-on.ts';
import { refusedLogout, signOutEvent } from './sign-in-event.ts';
import { newMessageId } from './visit.ts';

/** Who signed out goes no further, unless somebody else is to go on to a page. */
const signedOut = (next: string): Outcome => ({
  kind: 'go',
  path: next === '/' ? '/sign-in?said=signed-out' : signInAddress(next),
});

interface Hearing {
  readonly deps: ApiDeps;
  readonly request: FastifyRequest;
  readonly saml: SamlApplication;
}

const refuse = ({ request, saml }: Hearing, sentence: string) => ({
  kind: 'refused' as const,
  refusal: refusedLogout(request, saml.application, sentence),
});

const circumstances = ({ deps, saml: { addresses, settings } }: Hearing) => ({
  spEntityId: settings.spEntityId,
  certificates: settings.spCertificates.signing,
  sloUrl: addresses.sloUrl,
  now: deps.clock.now(),
});

/** Where a message of ours goes, and from whom it is; null where the service provider does not want to hear of logouts. */
function outbound({ settings, addresses }: SamlApplication, now: Date, kind: MessageKind) {
  const { sloUrl, sloResponseUrl } = settings;
  const destination = kind === 'SAMLRequest' ? sloUrl : (sloResponseUrl ?? sloUrl);
  return destination === null ? null : { id: newMessageId(), issuer: addresses.entityId, destination, now };
}

/**
 * Asks the next application that wants to know; at the end, tells who began. One that cannot be asked keeps its session, so
 * the logout is not complete (Core §3.7.3.2).
 */
async function goOn(deps: ApiDeps, request: FastifyRequest, logout: Omit<Logout, 'asked'>): Promise<Outcome> {
  const [first, ...remaining] = logout.remaining;
  if (first === undefined) return conclude(deps, request, logout);
  const saml = await findSamlApplication(deps, request, first.applicationId);
  const to = saml && outbound(saml, deps.clock.now(), 'SAMLRequest');
  if (!saml || !to) return goOn(deps, request, { ...logout, remaining, complete: false });
  await keepLogout(deps.database.db, to.id, { ...logout, remaining, asked: first.applicationId });
  const xml = buildLogoutRequest(to, first.nameId, first.sessionIndex);
  const message = { kind: 'SAMLRequest', xml, destination: to.destination, relayState: null } as const;
  return { kind: 'send', delivery: deliver(message, saml.settings.sloBinding, saml.signer) };
}

/** Core §3.7.3.2: the session here has ended in any case; that somebody kept theirs is said below that. */
const PARTIAL: Status = {
  code: 'Success',
  detail: 'PartialLogout',
  message: 'Not every application has signed the person out.',
};

async function conclude(
  deps: ApiDeps,
  request: FastifyRequest,
  { complete, initiator, next }: Omit<Logout, 'asked'>,
): Promise<Outcome> {
  if (initiator === null) return signedOut(next);
  const saml = await findSamlApplication(deps, request, initiator.applicationId);
  const to = saml && outbound(saml, deps.clock.now(), 'SAMLResponse');
  if (!saml || !to) return signedOut(next);
  const xml = buildLogoutResponse(to, initiator.requestId, complete ? SUCCESS : PARTIAL);
  const { relayState } = initiator;
  const message = { kind: 'SAMLResponse', xml, destination: to.destination, relayState } as const;
  return { kind: 'send', delivery: deliver(message, saml.settings.sloBinding, saml.signer) };
}

/** The audit trail has the sign-out of who holds a role, wherever it began. Last in its transaction, as `writeAudit` asks. */
async function noteEnded(tx: Tx, request: FastifyRequest, people: EndedSessions['people']): Promise<void> {
  for (const { id: userId, username } of people) {
    const role = await roleOf(tx, userId);
    const person = { userId, username, role };
    await witnessOf(request, signOutDeed(person), asPerson('session', person, role), 'session.ended')(tx);
  }
}

/** Ends the sessions that the application means. Answers where else they are known; undefined for a replay. */
function endSessions(
  { deps, request, saml: { application } }: Hearing,
  { message, remember }: AcceptedLogout<LogoutRequest>,
): Promise<Participant[] | undefined> {
  return transact(deps.database, async (tx) => {
    if (!(await rememberMessage(tx, application.id, remember))) return undefined;
    const ended = await endSessionsOf(tx, application.id, message.nameId, message.sessionIndexes);
    await insertEvents(
      tx,
      application.id,
      ended.people.map((person) => signOutEvent(request, application, person)),
    );
    await noteEnded(tx, request, ended.people);
    return ended.participants.filter(({ applicationId }) => applicationId !== application.id);
  });
}

async function hearRequest(hearing: Hearing, message: InboundMessage): Promise<Outcome> {
  const { deps, request, saml } = hearing;
  const decision = decideLogoutRequest(message, circumstances(hearing));
  if (decision.kind === 'refused') return refuse(hearing, decision.sentence);
  const remaining = await endSessions(hearing, decision);
  if (remaining === undefined)
    return refuse(hearing, 'This logout request has been answered before, and each is answered once.');
  const { message: asked, relayState } = decision;
  const initiator = { applicationId: saml.application.id, requestId: asked.id, relayState };
  return goOn(deps, request, { remaining, initiator, next: '/', complete: true });
}

const logoutOf = async ({ deps, saml }: Hearing, inResponseTo: string | null): Promise<Logout | undefined> =>
  inResponseTo === null ? undefined : takeLogout(deps.database.db, inResponseTo, saml.application.id);

/**
 * An answer that cannot be believed, as one without a signature: the others are asked all the same, and who began hears that
 * somebody kept their session (Core §3.7.3.2). The id of what it answers is known to this browser and to who was asked.
 */
async function hearUnproven(hearing: Hearing, message: InboundMessage, sentence: string): Promise<Outcome> {
  const refusal = refuse(hearing, sentence);
  const logout = await logoutOf(hearing, saidToAnswer(message));
  if (logout === undefined) return refusal;
  const next = await goOn(hearing.deps, hearing.request, { ...logout, complete: false });
  return { ...next, refusal: refusal.refusal };
}

async function hearResponse(hearing: Hearing, message: InboundMessage): Promise<Outcome> {
  const decision = decideLogoutResponse(message, circumstances(hearing));
  if (decision.kind === 'refused') return hearUnproven(hearing, message, decision.sentence);
  const logout = await logoutOf(hearing, decision.message.inResponseTo);
  if (logout === undefined)
    return refuse(
      hearing,
      'This is the answer to no logout that is under way. You are signed out here; close the browser to be sure.',
    );
  const complete = logout.complete && decision.message.success;
  return goOn(hearing.deps, hearing.request, { ...logout, complete });
}

async function hear(hearing: Hearing): Promise<Outcome> {
  let message: InboundMessage;
  try {
    message = messageOf(hearing.request);
  } catch (error) {
    return refuse(hearing, refused(error).sentence);
  }
  return message.kind === 'SAMLRequest' ? hearRequest(hearing, message) : hearResponse(hearing, message);
}

/** Signs somebody out wherever the session was known that they have just ended here; then somebody signs in for `next`. */
export const signOutElsewhere = (
  deps: ApiDeps,
  request: FastifyRequest,
  participants: readonly Participant[],
  next: string,
): Promise<Outcome> =>
  goOn(deps, request, { remaining: [...participants], initiator: null, next, complete: true });

const takeMessage: Route = (api, deps) =>
  api.route({
    ...visitsFromOutside,
    method: ['GET', 'POST'],
    url: '/saml/:id/slo',
    handler: atApplication(deps, refusedLogout, (request, saml) => hear({ deps, request, saml })),
  });

export const logoutRoutes = routes(takeMessage);
