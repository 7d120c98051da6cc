/** Single logout over the browser (SAML Core 2.0 §3.7, Profiles 2.0 §4.4): requests and answers, both ways. */
import {
  postForm,
  redirectUrl,
  type InboundMessage,
  type MessageKind,
  type OutboundMessage,
  type PostForm,
} from './bindings.ts';
import { checkRelayState, refused, type RefusedRequest } from './decide.ts';
import {
  checkHeader,
  CLOCK_SKEW_MS,
  expectRoot,
  openMessage,
  readHeader,
  readInstant,
  rememberUntil,
  type Expected,
  type Header,
  type Remember,
} from './message.ts';
import { NS, type Binding } from './names.ts';
import { SamlRefusal } from './refusal.ts';
import { instant, type NameId } from './response.ts';
import { signXml, type Signer } from './signature.ts';
import { isSuccess, statusXml, type Status } from './status.ts';
import { tag, type Xml } from './xml-text.ts';
import { attribute, childNamed, childrenNamed, malformed, parseXml, textOf, type Element } from './xml.ts';

export interface LogoutRequest extends Header {
  readonly nameId: string;
  readonly nameIdFormat: string | null;
  /** Which sessions; empty means all of that person. */
  readonly sessionIndexes: readonly string[];
}

export interface LogoutResponse extends Header {
  readonly inResponseTo: string | null;
  readonly success: boolean;
}

interface LogoutCircumstances {
  readonly spEntityId: string;
  /** The service provider's signing certificates, PEM. */
  readonly certificates: readonly string[];
  /** Our single logout address of this application. */
  readonly sloUrl: string;
  readonly now: Date;
}

export interface AcceptedLogout<Message> {
  readonly kind: 'accepted';
  readonly message: Message;
  readonly relayState: string | null;
  /** As for an AuthnRequest: keeping it, and refusing it the second time, is the caller's. */
  readonly remember: Remember;
}

/** A service provider's LogoutRequest. It must be signed (Profiles §4.4.4.1): else any page could sign people out. */
export function decideLogoutRequest(
  message: InboundMessage,
  circumstances: LogoutCircumstances,
): AcceptedLogout<LogoutRequest> | RefusedRequest {
  return decide(message, circumstances, 'SAMLRequest', readLogoutRequest);
}

/** The answer to a LogoutRequest of ours. Whether `inResponseTo` is one of them is the caller's question. */
export function decideLogoutResponse(
  message: InboundMessage,
  circumstances: LogoutCircumstances,
): AcceptedLogout<LogoutResponse> | RefusedRequest {
  return decide(message, circumstances, 'SAMLResponse', readLogoutResponse);
}

/** What a message that is refused says that it answers, whoever wrote it; null where it says nothing that can be read. */
export function saidToAnswer({ xml }: InboundMessage): string | null {
  try {
    return attribute(parseXml(xml), 'InResponseTo');
  } catch (error) {
    refused(error);
    return null;
  }
}

function decide<Message extends Header>(
  message: InboundMessage,
  { spEntityId, certificates, sloUrl, now }: LogoutCircumstances,
  kind: MessageKind,
  read: (root: Element, now: Date) => Message,
): AcceptedLogout<Message> | RefusedRequest {
  try {
    const expected: Expected = { spEntityId, certificates, mustBeSigned: true, endpoint: sloUrl, now };
    const opened = openMessage(message, kind, expected);
    const value = read(opened.root, now);
    checkHeader(value, opened, expected);
    checkRelayState(message.relayState);
    return {
      kind: 'accepted',
      message: value,
      relayState: message.relayState,
      remember: rememberUntil(value),
    };
  } catch (error) {
    return refused(error);
  }
}

function readLogoutRequest(root: Element, now: Date): LogoutRequest {
  expectRoot(root, 'LogoutRequest');
  const nameId = childNamed(root, NS.saml, 'NameID');
  if (nameId === null) throw malformed('it has no NameID in the clear.');
  refuseExpired(attribute(root, 'NotOnOrAfter'), now);
  return {
    ...readHeader(root),
    nameId: textOf(nameId),
    nameIdFormat: attribute(nameId, 'Format'),
    sessionIndexes: childrenNamed(root, NS.samlp, 'SessionIndex').map(textOf),
  };
}

function refuseExpired(notOnOrAfter: string | null, now: Date): void {
  if (notOnOrAfter === null) return;
  const end = readInstant(notOnOrAfter, 'NotOnOrAfter').getTime() + CLOCK_SKEW_MS;
  if (now.getTime() >= end)
    throw new SamlRefusal('stale', 'The logout request has expired. Sign out at the application again.');
}

function readLogoutResponse(root: Element): LogoutResponse {
  expectRoot(root, 'LogoutResponse');
  const status = childNamed(root, NS.samlp, 'Status');
  const code = status === null ? null : childNamed(status, NS.samlp, 'StatusCode');
  return {
    ...readHeader(root),
    inResponseTo: attribute(root, 'InResponseTo'),
    success: code !== null && isSuccess(attribute(code, 'Value')),
  };
}

interface Outbound {
  readonly id: string;
  /** The entity ID of our identity provider for this application. */
  readonly issuer: string;
  readonly destination: string;
  readonly now: Date;
}

/** Our LogoutRequest, unsigned: {@link deliver} signs as the binding has it. */
export function buildLogoutRequest(to: Outbound, nameId: NameId, sessionIndex: string): string {
  return message('samlp:LogoutRequest', to, null, [
    tag('saml:NameID', { Format: nameId.format }, nameId.value),
    tag('samlp:SessionIndex', {}, sessionIndex),
  ]);
}

/** Our answer to a LogoutRequest, unsigned. */
export function buildLogoutResponse(to: Outbound, inResponseTo: string, status: Status): string {
  return message('samlp:LogoutResponse', to, inResponseTo, [statusXml(status)]);
}

function message(name: string, to: Outbound, inResponseTo: string | null, children: readonly Xml[]): string {
  const attributes = {
    'xmlns:samlp': NS.samlp,
    'xmlns:saml': NS.saml,
    ID: to.id,
    Version: '2.0',
    IssueInstant: instant(to.now.getTime()),
    Destination: to.destination,
    InResponseTo: inResponseTo,
  };
  return tag(name, attributes, [tag('saml:Issuer', {}, to.issuer), ...children]).xml;
}

/** How a message leaves: by an address that the browser is sent to, or by a form that it posts. */
export type Delivery =
  | { readonly binding: 'redirect'; readonly url: string }
  | { readonly binding: 'post'; readonly form: PostForm };

/** Signs a message as its binding has it: the query of a redirect, or the XML in a form. */
export function deliver(message: OutboundMessage, binding: Binding, signer: Signer): Delivery {
  if (binding === 'redirect') return { binding, url: redirectUrl(message, signer.privateKey) };
  return { binding, form: postForm({ ...message, xml: signXml(message.xml, signer) }) };
}
