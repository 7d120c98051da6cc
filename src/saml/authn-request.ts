/** AuthnRequest (SAML Core 2.0 §3.4.1) as a value. Nothing is judged here. */
import { expectRoot, readHeader, type Header } from './message.ts';
import { NS } from './names.ts';
import { attribute, childNamed, childrenNamed, malformed, textOf, type Element } from './xml.ts';

export type Comparison = 'exact' | 'minimum' | 'maximum' | 'better';

/** Which strength of signing in is asked for (§3.3.2.2.1). */
export interface RequestedAuthnContext {
  readonly comparison: Comparison;
  readonly classes: readonly string[];
}

/** Which kind of name is asked for (§3.4.1.1). */
export interface NameIdPolicy {
  readonly format: string | null;
  readonly spNameQualifier: string | null;
  readonly allowCreate: boolean;
}

export interface AuthnRequest extends Header {
  readonly acsUrl: string | null;
  readonly acsIndex: number | null;
  readonly protocolBinding: string | null;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  readonly nameIdPolicy: NameIdPolicy | null;
  readonly requestedAuthnContext: RequestedAuthnContext | null;
  /** The one person whom it asks for, by NameID; null where anybody will do. */
  readonly subject: string | null;
}

/** Throws a {@link SamlRefusal} for what is no AuthnRequest. */
export function readAuthnRequest(root: Element): AuthnRequest {
  expectRoot(root, 'AuthnRequest');
  return {
    ...readHeader(root),
    acsUrl: attribute(root, 'AssertionConsumerServiceURL'),
    acsIndex: readIndex(attribute(root, 'AssertionConsumerServiceIndex')),
    protocolBinding: attribute(root, 'ProtocolBinding'),
    forceAuthn: readBoolean(root, 'ForceAuthn'),
    isPassive: readBoolean(root, 'IsPassive'),
    nameIdPolicy: readNameIdPolicy(childNamed(root, NS.samlp, 'NameIDPolicy')),
    requestedAuthnContext: readContext(childNamed(root, NS.samlp, 'RequestedAuthnContext')),
    subject: readSubject(childNamed(root, NS.saml, 'Subject')),
  };
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function readBoolean(element: Element, name: string): boolean {
  const value = BOOLEANS.get(attribute(element, name) ?? 'false');
  if (value === undefined) throw malformed(`its ${name} is neither true nor false.`);
  return value;
}

function readIndex(text: string | null): number | null {
  if (text === null) return null;
  if (!/^\d{1,5}$/.test(text)) throw malformed('its AssertionConsumerServiceIndex is no small number.');
  return Number(text);
}

function readNameIdPolicy(element: Element | null): NameIdPolicy | null {
  if (element === null) return null;
  return {
    format: attribute(element, 'Format'),
    spNameQualifier: attribute(element, 'SPNameQualifier'),
    allowCreate: readBoolean(element, 'AllowCreate'),
  };
}

const COMPARISONS: readonly Comparison[] = ['exact', 'minimum', 'maximum', 'better'];

function readContext(element: Element | null): RequestedAuthnContext | null {
  if (element === null) return null;
  const said = attribute(element, 'Comparison') ?? 'exact';
  const comparison = COMPARISONS.find((known) => known === said);
  if (comparison === undefined) throw malformed('its RequestedAuthnContext has an unknown Comparison.');
  const declarations = childrenNamed(element, NS.saml, 'AuthnContextDeclRef').map(textOf);
  // A declaration is a document of the service provider's own: a context that we do not know, like an unknown class.
  return {
    comparison,
    classes: [...childrenNamed(element, NS.saml, 'AuthnContextClassRef').map(textOf), ...declarations],
  };
}

function readSubject(element: Element | null): string | null {
  if (element === null) return null;
  const nameId = childNamed(element, NS.saml, 'NameID');
  if (nameId === null) throw malformed('its Subject has no NameID in the clear.');
  return textOf(nameId);
}
