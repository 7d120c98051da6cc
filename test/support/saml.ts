/** Keys, and AuthnRequests as a service provider would write them, for tests of SAML. */
import { deflateRawSync } from 'node:zlib';
import type { InboundMessage } from '../../src/saml/bindings.ts';
import { decodePost, decodeRedirect } from '../../src/saml/bindings.ts';
import { createKeyPair, type KeyPair } from '../../src/saml/certificate.ts';
import type { Circumstances } from '../../src/saml/decide.ts';
import { ATTRIBUTE_NAME_FORMAT, BINDING, NAME_ID_FORMAT, NS } from '../../src/saml/names.ts';
import type { SignOn } from '../../src/saml/response.ts';
import { signXml, type Signer } from '../../src/saml/signature.ts';
import { tag, type XmlAttributes } from '../../src/saml/xml-text.ts';

export const NOW = new Date('2026-11-26T12:00:00.000Z');
export const SP = 'https://sp.test/metadata';
export const ACS = 'https://sp.test/acs';
export const IDP = 'https://rollcall.test/saml/app/metadata';
export const SSO = 'https://rollcall.test/saml/app/sso';
export const SLO = 'https://rollcall.test/saml/app/slo';

let serial = 0;

/** A new 2048-bit key and its certificate, good for the year around `NOW` and for today. */
export function keyPair(commonName: string): Promise<KeyPair> {
  serial += 1;
  return createKeyPair({
    commonName,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2049-01-01T00:00:00Z'),
    serialNumber: serial.toString(16).padStart(8, '0'),
    modulusLength: 2048,
  });
}

/** What a service provider with that certificate has registered. */
export function circumstances(certificates: readonly string[], mustBeSigned = false): Circumstances {
  return {
    serviceProvider: {
      entityId: SP,
      acsUrls: [ACS, 'https://sp.test/acs2'],
      acsIndexes: [0, 7],
      wantAuthnRequestsSigned: mustBeSigned,
      certificates,
    },
    ssoUrl: SSO,
    now: NOW,
  };
}

export interface RequestParts {
  readonly attributes?: XmlAttributes;
  readonly issuer?: string;
  readonly children?: readonly { readonly xml: string }[];
}

/** An AuthnRequest that is fine, except for what is given. */
export function authnRequest({ attributes = {}, issuer = SP, children = [] }: RequestParts = {}): string {
  return tag(
    'samlp:AuthnRequest',
    {
      'xmlns:samlp': NS.samlp,
      'xmlns:saml': NS.saml,
      ID: '_request1',
      Version: '2.0',
      IssueInstant: NOW.toISOString(),
      Destination: SSO,
      AssertionConsumerServiceURL: ACS,
      ...attributes,
    },
    [tag('saml:Issuer', {}, issuer), ...children],
  ).xml;
}

/** Metadata of a service provider at that origin, in its shortest form. */
export const spMetadata = (origin: string): string =>
  tag('EntityDescriptor', { xmlns: NS.md, entityID: origin }, [
    tag('SPSSODescriptor', { protocolSupportEnumeration: NS.samlp }, [
      tag('AssertionConsumerService', { index: '0', Binding: BINDING.post, Location: `${origin}/acs` }),
    ]),
  ]).xml;

/** As posted. */
export const posted = (xml: string, RelayState?: string): InboundMessage =>
  decodePost({ SAMLRequest: Buffer.from(xml).toString('base64'), RelayState });

/** As redirected, without a signature. */
export const redirected = (xml: string): InboundMessage =>
  decodeRedirect(`SAMLRequest=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`);

export const signedBy = (xml: string, { privateKey, certificate }: KeyPair): string =>
  signXml(xml, { privateKey, certificate } satisfies Signer);

/** Somebody signed in just now, by the machine's clock: service providers look at it. */
export function signOn(signer: Signer, more: Partial<SignOn> = {}): SignOn {
  const now = new Date();
  return {
    id: '_response1',
    assertionId: '_assertion1',
    issuer: IDP,
    destination: ACS,
    audience: SP,
    inResponseTo: '_request1',
    now,
    signer,
    nameId: { value: 'ada&co@example.com', format: NAME_ID_FORMAT.emailAddress },
    authnInstant: now,
    sessionIndex: '_session1',
    contextClass: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    attributes: [
      { name: 'email', nameFormat: ATTRIBUTE_NAME_FORMAT.basic, values: ['ada&co@example.com'] },
      { name: 'groups', nameFormat: ATTRIBUTE_NAME_FORMAT.basic, values: ['<Engineering>', 'Ada\'s "own"'] },
      { name: 'none', nameFormat: ATTRIBUTE_NAME_FORMAT.basic, values: [] },
    ],
    sign: 'both',
    encryptTo: null,
    ...more,
  };
}
