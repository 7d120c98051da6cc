/** Makes the Response that signs somebody in, and writes down that it did. */
import { attributesOf, nameIdOf } from '../saml/attributes.ts';
import { buildResponse, type Attribute, type NameId } from '../saml/response.ts';
import { encryptToOf } from '../saml/settings.ts';
import type { Tx } from '../store/database.ts';
import { insertEvents } from '../store/events.ts';
import { takeRequest } from '../store/saml-requests.ts';
import { joinSession } from '../store/saml-sessions.ts';
import { keepSession, type LiveSession } from '../store/sessions.ts';
import { transact } from '../store/transact.ts';
import type { Outcome } from './outcome.ts';
import { personOf, refuseSharedName, type Candidate } from './person.ts';
import { signInEvent } from './sign-in-event.ts';
import { addressingOf, newMessageId, responseForm, type Visit } from './visit.ts';

/** What the application is told of somebody. */
export interface Claims {
  readonly nameId: NameId;
  readonly attributes: readonly Attribute[];
}

/** Throws a `SamlRefusal` where there is nothing that they could be called. */
export async function claimsOf(
  { deps, saml }: Pick<Visit, 'deps' | 'saml'>,
  candidate: Candidate,
): Promise<Claims> {
  const person = await personOf(deps.database.db, saml, candidate);
  const nameId = nameIdOf(saml.settings, person);
  await refuseSharedName(deps.database.db, saml, person.user, nameId);
  return { nameId, attributes: attributesOf(saml.settings, person) };
}

/** How somebody was signed in here. */
export interface Proof {
  readonly session: LiveSession;
  readonly contextClass: string;
}

function responseOf(visit: Visit, claims: Claims, { session, contextClass }: Proof, sessionIndex: string) {
  const { settings } = visit.saml;
  return buildResponse({
    ...addressingOf(visit),
    ...claims,
    assertionId: newMessageId(),
    audience: settings.spEntityId,
    authnInstant: session.authenticatedAt,
    sessionIndex,
    contextClass,
    sign: settings.sign,
    encryptTo: encryptToOf(settings),
  });
}

async function writeDown(
  tx: Tx,
  { request, saml, waiting }: Visit,
  { who }: Candidate,
  nameId: NameId,
  sessionId: string,
): Promise<string> {
  const { id, label } = saml.application;
  const where = waiting === null ? 'here' : 'there';
  const event = signInEvent(request, who, `${who.name} signed in to ${label}, starting ${where}`);
  const sessionIndex = await joinSession(tx, sessionId, id, nameId);
  await insertEvents(tx, id, [event]);
  return sessionIndex;
}

/** Signs somebody in, or tells why not: their session has ended at this moment, or the request has its answer already. */
export function signOn(
  visit: Visit,
  candidate: Candidate,
  claims: Claims,
  proof: Proof,
): Promise<Outcome | 'signed out' | 'answered'> {
  const { deps, saml, waiting } = visit;
  return transact(deps.database, async (tx) => {
    if (!(await keepSession(tx, proof.session.id))) return 'signed out';
    if (waiting !== null && !(await takeRequest(tx, saml.application.id, waiting.token))) return 'answered';
    const sessionIndex = await writeDown(tx, visit, candidate, claims.nameId, proof.session.id);
    const xml = await responseOf(visit, claims, proof, sessionIndex);
    return { kind: 'send', delivery: { binding: 'post', form: responseForm(visit, xml) } };
  });
}
