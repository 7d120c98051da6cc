/**
 * Response and Assertion of the Web Browser SSO profile (SAML Profiles 2.0 §4.1.4). The same arguments give the same
 * octets, except where an assertion is encrypted.
 */
import { encryptElement, type EncryptTo } from './encryption.ts';
import { NS } from './names.ts';
import { signXml, type Signer } from './signature.ts';
import { statusXml, SUCCESS, type Status } from './status.ts';
import { markup, tag, type Xml } from './xml-text.ts';

export interface NameId {
  readonly value: string;
  readonly format: string;
}

export interface Attribute {
  readonly name: string;
  readonly nameFormat: string;
  readonly values: readonly string[];
}

/** Where a Response goes, and what it answers. */
export interface Addressing {
  /** The Response's own ID: an XML name that nobody can guess, never used before. */
  readonly id: string;
  /** The entity ID of our identity provider for this application. */
  readonly issuer: string;
  /** The ACS URL. */
  readonly destination: string;
  /** The request's ID; null where the person started here. */
  readonly inResponseTo: string | null;
  readonly now: Date;
  readonly signer: Signer;
}

export interface SignOn extends Addressing {
  readonly assertionId: string;
  /** The service provider's entity ID. */
  readonly audience: string;
  readonly nameId: NameId;
  readonly authnInstant: Date;
  /** Names the session here, for single logout. */
  readonly sessionIndex: string;
  /** The authentication context class that is claimed. */
  readonly contextClass: string;
  readonly attributes: readonly Attribute[];
  readonly sign: 'response' | 'assertion' | 'both';
  readonly encryptTo: EncryptTo | null;
}

/** How long an assertion may be presented: as long as a slow browser needs. */
const ASSERTION_LIFETIME_MS = 5 * 60_000;
/** Valid a little before now, for service providers whose clock is behind. */
const EARLY_MS = 60_000;

/** The Response for somebody who signed in. */
export async function buildResponse(signOn: SignOn): Promise<string> {
  const plain = tag('saml:Assertion', assertionAttributes(signOn), assertionBody(signOn)).xml;
  const assertion = signOn.sign === 'response' ? plain : signXml(plain, signOn.signer);
  const response = responseXml(signOn, SUCCESS, await sealed(assertion, signOn.encryptTo));
  return signOn.sign === 'assertion' ? response : signXml(response, signOn.signer);
}

/** The Response that says why there is no assertion (Core §3.2.2). Signed, so that it can be believed. */
export function buildErrorResponse(addressing: Addressing, status: Status): string {
  return signXml(responseXml(addressing, status, null), addressing.signer);
}

const at = (now: Date, milliseconds = 0): string => instant(now.getTime() + milliseconds);

/** A time as SAML writes it: UTC. */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

function responseXml(to: Addressing, status: Status, assertion: Xml | null): string {
  const attributes = {
    'xmlns:samlp': NS.samlp,
    'xmlns:saml': NS.saml,
    ID: to.id,
    Version: '2.0',
    IssueInstant: at(to.now),
    Destination: to.destination,
    InResponseTo: to.inResponseTo,
  };
  return tag('samlp:Response', attributes, [tag('saml:Issuer', {}, to.issuer), statusXml(status), assertion])
    .xml;
}

/** It declares its own namespace, so that it stays itself wherever it is put: signed alone, and decrypted alone. */
function assertionAttributes({ assertionId, now }: SignOn) {
  return { 'xmlns:saml': NS.saml, ID: assertionId, Version: '2.0', IssueInstant: at(now) };
}

/** In the order of the schema (Core §2.3.3). */
function assertionBody(signOn: SignOn): (Xml | null)[] {
  return [
    tag('saml:Issuer', {}, signOn.issuer),
    subjectXml(signOn),
    conditionsXml(signOn),
    authnStatementXml(signOn),
    attributeStatementXml(signOn.attributes),
  ];
}

/** A bearer confirmation, good at one address for one request (Profiles §4.1.4.2). */
function subjectXml({ nameId, inResponseTo, destination, now }: SignOn): Xml {
  const data = tag('saml:SubjectConfirmationData', {
    InResponseTo: inResponseTo,
    NotOnOrAfter: at(now, ASSERTION_LIFETIME_MS),
    Recipient: destination,
  });
  return tag('saml:Subject', {}, [
    tag('saml:NameID', { Format: nameId.format }, nameId.value),
    tag('saml:SubjectConfirmation', { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer' }, [data]),
  ]);
}

function conditionsXml({ audience, now }: SignOn): Xml {
  const window = { NotBefore: at(now, -EARLY_MS), NotOnOrAfter: at(now, ASSERTION_LIFETIME_MS) };
  const restriction = tag('saml:AudienceRestriction', {}, [tag('saml:Audience', {}, audience)]);
  return tag('saml:Conditions', window, [restriction]);
}

function authnStatementXml({ authnInstant, sessionIndex, contextClass }: SignOn): Xml {
  const context = tag('saml:AuthnContext', {}, [tag('saml:AuthnContextClassRef', {}, contextClass)]);
  return tag('saml:AuthnStatement', { AuthnInstant: at(authnInstant), SessionIndex: sessionIndex }, [
    context,
  ]);
}

/** An empty statement is not allowed (Core §2.7.3), and an attribute without a value is left out. */
function attributeStatementXml(attributes: readonly Attribute[]): Xml | null {
  const filled = attributes.filter(({ values }) => values.length > 0);
  return filled.length === 0 ? null : tag('saml:AttributeStatement', {}, filled.map(attributeXml));
}

function attributeXml({ name, nameFormat, values }: Attribute): Xml {
  return tag(
    'saml:Attribute',
    { Name: name, NameFormat: nameFormat },
    values.map((value) => tag('saml:AttributeValue', {}, value)),
  );
}

async function sealed(assertion: string, encryptTo: EncryptTo | null): Promise<Xml> {
  if (encryptTo === null) return markup(assertion);
  return tag('saml:EncryptedAssertion', {}, [markup(await encryptElement(assertion, encryptTo))]);
}
