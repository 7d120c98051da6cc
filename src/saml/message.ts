/** What every request and response has (SAML Core 2.0 §3.2), and the checks that are the same for all of them. */
import type { InboundMessage, MessageKind } from './bindings.ts';
import { NS } from './names.ts';
import { quoted, SamlRefusal } from './refusal.ts';
import { hasSignature, verifyQuery, verifyXml } from './signature.ts';
import { attribute, childNamed, isNamed, malformed, parseXml, textOf, type Element } from './xml.ts';

export interface Header {
  readonly id: string;
  readonly version: string;
  readonly issueInstant: Date;
  /** Null where there is none, which no profile that Rollcall speaks allows. */
  readonly issuer: string | null;
  readonly destination: string | null;
}

/** What a message is held against. */
export interface Expected {
  /** The entity ID of the service provider that is registered. */
  readonly spEntityId: string;
  /** The service provider's signing certificates, PEM. */
  readonly certificates: readonly string[];
  readonly mustBeSigned: boolean;
  /** The address at which the message arrived, as the metadata tells it. */
  readonly endpoint: string;
  readonly now: Date;
}

/** An element that may be read: what a signature covers where there is one that can be verified. */
interface Opened {
  readonly root: Element;
  readonly signed: boolean;
}

/** How old a message may be: it is made as the browser is sent off, so that minutes are generous. */
const MAX_AGE_MS = 5 * 60_000;
/** How far two clocks may differ. */
export const CLOCK_SKEW_MS = 3 * 60_000;

/**
 * The message's root element, parsed and, where it is signed, verified. Where no certificate is registered and none is
 * demanded, a signature says nothing, and the message is read as the unsigned one that it might as well be.
 */
export function openMessage(message: InboundMessage, kind: MessageKind, expected: Expected): Opened {
  if (message.kind !== kind) throw unexpected(kind);
  const root = parseXml(message.xml);
  const { certificates, mustBeSigned } = expected;
  if (message.querySignature !== null && (mustBeSigned || certificates.length > 0)) {
    verifyQuery(message.querySignature, certificates);
    return { root, signed: true };
  }
  const verifiable = mustBeSigned || (certificates.length > 0 && hasSignature(root));
  return verifiable ? { root: verifyXml(message.xml, certificates), signed: true } : { root, signed: false };
}

function unexpected(kind: MessageKind): SamlRefusal {
  const meant = kind === 'SAMLRequest' ? 'a request' : 'a response';
  return new SamlRefusal('unexpected-message', `This address takes ${meant}, and something else came.`);
}

/** Refuses a root element that is not `<samlp:name>`. */
export function expectRoot(root: Element, name: string): void {
  if (!isNamed(root, NS.samlp, name))
    throw new SamlRefusal(
      'unexpected-message',
      `An ${name} was expected, and the message is <${quoted(root.localName ?? '').slice(1, -1)}>. Check which of Rollcall's addresses the service provider uses.`,
    );
}

/** xs:ID, and short enough to be remembered. */
const ID = /^[\p{L}_][\p{L}\p{N}_.-]{0,255}$/u;

/** What every message begins with (SAML Core 2.0 §3.2). Throws a {@link SamlRefusal} where it is malformed. */
export function readHeader(root: Element): Header {
  const id = attribute(root, 'ID') ?? '';
  if (!ID.test(id)) throw malformed('its ID is missing, or is no XML name of at most 256 characters.');
  const issuer = childNamed(root, NS.saml, 'Issuer');
  return {
    id,
    version: attribute(root, 'Version') ?? '',
    issueInstant: readInstant(attribute(root, 'IssueInstant'), 'IssueInstant'),
    issuer: issuer === null ? null : textOf(issuer),
    destination: attribute(root, 'Destination'),
  };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|\+00:00)$/;

/** A time as SAML writes it: UTC (Core §1.3.3). */
export function readInstant(text: string | null, name: string): Date {
  const milliseconds = INSTANT.test(text ?? '') ? Date.parse(text ?? '') : NaN;
  if (Number.isNaN(milliseconds)) throw malformed(`its ${name} is missing, or is no time in UTC.`);
  return new Date(milliseconds);
}

/** Version, issuer, destination and age, in the order in which they explain the most. */
export function checkHeader(header: Header, opened: Opened, expected: Expected): void {
  if (header.version !== '2.0')
    throw new SamlRefusal(
      'wrong-version',
      `The message is SAML ${quoted(header.version)}, and Rollcall speaks SAML 2.0. Set the service provider to that.`,
    );
  checkIssuer(header.issuer, expected.spEntityId);
  checkDestination(header.destination, opened.signed, expected.endpoint);
  checkAge(header.issueInstant, expected.now);
}

function checkIssuer(issuer: string | null, spEntityId: string): void {
  if (issuer === spEntityId) return;
  const said = issuer === null || issuer === '' ? 'does not say who sent it' : `comes from ${quoted(issuer)}`;
  throw new SamlRefusal(
    'unknown-issuer',
    `The message ${said}, and this application's service provider is ${quoted(spEntityId)}. Correct the entity ID in the application's SSO settings, or the address that the service provider uses.`,
  );
}

/** It may be left out of an unsigned message only (SAML Bindings 2.0 §3.4.5.2, §3.5.5.2). */
function checkDestination(destination: string | null, signed: boolean, endpoint: string): void {
  if (destination === endpoint || (destination === null && !signed)) return;
  throw new SamlRefusal(
    'wrong-destination',
    `The message was meant for ${destination === null ? 'nobody in particular' : quoted(destination)}, and came to ${quoted(endpoint)}. Give the service provider this application's current metadata, and check ROLLCALL_PUBLIC_URL.`,
  );
}

function checkAge(issued: Date, now: Date): void {
  const age = now.getTime() - issued.getTime();
  if (age > MAX_AGE_MS + CLOCK_SKEW_MS)
    throw new SamlRefusal(
      'stale',
      `The message was made at ${issued.toISOString()}, which is too long ago. Start at the application again; where this comes back, compare the clocks of both machines.`,
    );
  if (age < -CLOCK_SKEW_MS)
    throw new SamlRefusal(
      'future',
      `The message was made at ${issued.toISOString()}, which has not come yet. Compare the clocks of both machines.`,
    );
}

/** An id that must not be used again, and until when it has to be remembered. Keeping it is the caller's. */
export interface Remember {
  readonly id: string;
  readonly until: Date;
}

/** After `until` the message is too old to be accepted anyway. */
export function rememberUntil(header: Header): Remember {
  return { id: header.id, until: new Date(header.issueInstant.getTime() + MAX_AGE_MS + CLOCK_SKEW_MS) };
}
