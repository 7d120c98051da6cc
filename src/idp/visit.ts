/** A browser at the identity provider, with what it is here for. */
import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { ApiDeps } from '../http/deps.ts';
import { postForm, type PostForm } from '../saml/bindings.ts';
import type { Addressing } from '../saml/response.ts';
import type { WaitingRequest } from '../store/saml-requests.ts';
import type { SamlApplication } from './saml-application.ts';

/** A service provider's request that was accepted, under the token of its address. */
interface Waiting extends WaitingRequest {
  readonly token: string;
}

export interface Visit {
  readonly deps: ApiDeps;
  readonly request: FastifyRequest;
  readonly saml: SamlApplication;
  /** Null where the person starts here. */
  readonly waiting: Waiting | null;
}

/** An XML name that nobody can guess (Core §1.3.4). */
export const newMessageId = (): string => `_${randomBytes(20).toString('hex')}`;

/** Where the answer goes, which nobody but a registered address ever is. */
const acsUrlOf = ({ saml, waiting }: Visit): string => waiting?.acsUrl ?? saml.settings.acsUrls[0] ?? '';

/** From whom to whom the answer to a visit goes. */
export const addressingOf = (visit: Visit): Addressing => ({
  id: newMessageId(),
  issuer: visit.saml.addresses.entityId,
  destination: acsUrlOf(visit),
  inResponseTo: visit.waiting?.request.id ?? null,
  now: visit.deps.clock.now(),
  signer: visit.saml.signer,
});

/** The form that carries a Response back, with the RelayState that came, or the one for those who start here. */
export function responseForm(visit: Visit, xml: string): PostForm {
  const { saml, waiting } = visit;
  const relayState = waiting === null ? saml.settings.defaultRelayState : waiting.relayState;
  return postForm({ kind: 'SAMLResponse', xml, destination: acsUrlOf(visit), relayState });
}
