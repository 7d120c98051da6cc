/**
 * May this AuthnRequest be answered at all, and where? What cannot be trusted is refused on a page, and nothing is sent
 * to the service provider: an error sent to an address that was not registered would be a redirect of the attacker's
 * choice. What the person's session has to be like is {@link nextStep}'s question.
 */
import { readAuthnRequest, type AuthnRequest } from './authn-request.ts';
import type { InboundMessage } from './bindings.ts';
import { checkHeader, openMessage, rememberUntil, type Expected, type Remember } from './message.ts';
import { BINDING } from './names.ts';
import { quoted, SamlRefusal, type RefusalCode } from './refusal.ts';
import { isWritable } from './xml-text.ts';

/** What is registered of the service provider. */
export interface ServiceProvider {
  readonly entityId: string;
  /** The first one is the default. */
  readonly acsUrls: readonly string[];
  /** The index of each, as its metadata numbers them. */
  readonly acsIndexes: readonly number[];
  readonly wantAuthnRequestsSigned: boolean;
  /** Its signing certificates, PEM. */
  readonly certificates: readonly string[];
}

export interface AcceptedRequest {
  readonly kind: 'accepted';
  readonly request: AuthnRequest;
  readonly signed: boolean;
  /** One of the registered addresses. */
  readonly acsUrl: string;
  /** To be given back as it is (Bindings §3.4.3). */
  readonly relayState: string | null;
  /** For the caller to refuse a replay: an id that is remembered already must not be accepted. */
  readonly remember: Remember;
}

export interface RefusedRequest {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** For an administrator: what is wrong, and what to do. It may quote the message, so it has to be escaped. */
  readonly sentence: string;
}

export interface Circumstances {
  readonly serviceProvider: ServiceProvider;
  /** Our single sign-on address of this application, as its metadata tells it. */
  readonly ssoUrl: string;
  readonly now: Date;
}

/** The decision. Never throws for what a message holds. */
export function decideAuthnRequest(
  message: InboundMessage,
  circumstances: Circumstances,
): AcceptedRequest | RefusedRequest {
  try {
    return accept(message, circumstances);
  } catch (error) {
    return refused(error);
  }
}

/** A refusal as a value; any other error is a bug and goes on. */
export function refused(error: unknown): RefusedRequest {
  if (error instanceof SamlRefusal) return { kind: 'refused', code: error.code, sentence: error.message };
  throw error;
}

function accept(message: InboundMessage, { serviceProvider, ssoUrl, now }: Circumstances): AcceptedRequest {
  const expected: Expected = {
    spEntityId: serviceProvider.entityId,
    certificates: serviceProvider.certificates,
    mustBeSigned: serviceProvider.wantAuthnRequestsSigned,
    endpoint: ssoUrl,
    now,
  };
  const opened = openMessage(message, 'SAMLRequest', expected);
  const request = readAuthnRequest(opened.root);
  checkLength(request);
  checkHeader(request, opened, expected);
  checkRelayState(message.relayState);
  checkBinding(request.protocolBinding);
  return {
    kind: 'accepted',
    request,
    signed: opened.signed,
    acsUrl: chooseAcsUrl(request, serviceProvider),
    relayState: message.relayState,
    remember: rememberUntil(request),
  };
}

/** In characters, of what was read of one, which is kept while somebody signs in. What service providers say has less than a thousand. */
const MOST_SAID = 16_384;

function checkLength(request: AuthnRequest): void {
  if (JSON.stringify(request).length <= MOST_SAID) return;
  throw new SamlRefusal(
    'too-large',
    `The AuthnRequest names more than ${MOST_SAID / 1024} KiB of people, addresses and ways to sign in. No service provider needs that much.`,
  );
}

/**
 * The standard's limit is 80 bytes; well-known service providers send the address of the page that was asked for, which is
 * often longer. It is theirs, and they get it back, so 1,024 bytes are tolerated (decision 0007).
 */
const TOLERATED_RELAY_STATE_BYTES = 1024;

/**
 * Throws a {@link SamlRefusal} for a RelayState that is too long to be carried (SAML Bindings 2.0 §3.4.3), or that no form
 * would give back as it is (HTML §13.2.3.5).
 */
export function checkRelayState(relayState: string | null): void {
  if (!isWritable(relayState ?? ''))
    throw new SamlRefusal(
      'relay-state',
      'The RelayState holds a control character, or what is no character at all, which no form gives back as it is. Set the service provider to send another one.',
    );
  if (Buffer.byteLength(relayState ?? '') <= TOLERATED_RELAY_STATE_BYTES) return;
  throw new SamlRefusal(
    'relay-state',
    `The RelayState is longer than ${TOLERATED_RELAY_STATE_BYTES} bytes (the standard allows 80). Set the service provider to send a shorter one.`,
  );
}

/** Answers are posted: a Response is too long for an address (SAML Profiles 2.0 §4.1.2). */
function checkBinding(protocolBinding: string | null): void {
  if (protocolBinding === null || protocolBinding === BINDING.post) return;
  throw new SamlRefusal(
    'unsupported-binding',
    `The service provider asks for the answer by ${quoted(protocolBinding)}. Rollcall answers by HTTP-POST; set the service provider to that.`,
  );
}

function chooseAcsUrl(request: AuthnRequest, { acsUrls, acsIndexes }: ServiceProvider): string {
  if (request.acsUrl !== null && request.acsIndex !== null)
    throw unregistered('The request names where to answer by address and by number, which SAML forbids.');
  if (request.acsUrl !== null) return registered(request.acsUrl, acsUrls);
  if (request.acsIndex !== null) return byIndex(request.acsIndex, acsUrls, acsIndexes);
  const [standard] = acsUrls;
  if (standard === undefined) throw unregistered('The application has no ACS URL yet.');
  return standard;
}

/** Compared as text, character by character: what looks the same to a person may be another host to a browser. */
function registered(acsUrl: string, acsUrls: readonly string[]): string {
  const found = acsUrls.find((known) => known === acsUrl);
  if (found === undefined)
    throw unregistered(`The request asks for the answer at ${quoted(acsUrl)}, which is not registered.`);
  return found;
}

function byIndex(index: number, acsUrls: readonly string[], acsIndexes: readonly number[]): string {
  const found = acsUrls[acsIndexes.indexOf(index)];
  if (found === undefined)
    throw unregistered(
      `The request asks for the answer at ACS URL number ${index}, which is not registered.`,
    );
  return found;
}

const unregistered = (what: string): SamlRefusal =>
  new SamlRefusal(
    'unregistered-acs',
    `${what} Where the service provider is right, add its ACS URL in the application's SSO settings.`,
  );
