import 'reflect-metadata';
import { SAML } from '@node-saml/node-saml';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as PeculiarCertificate,
} from '@peculiar/x509';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../../test/support/certificate.ts';
import { ACS, IDP, keyPair, SLO, SP, SSO } from '../../test/support/saml.ts';
import { bareBase64, createKeyPair, isCertificate, readCertificate, type KeyPair } from './certificate.ts';
import { buildIdpMetadata } from './metadata.ts';
import { BINDING, NAME_ID_FORMAT, NS } from './names.ts';
import { readSpMetadata } from './sp-metadata.ts';
import { tag, type Xml, type XmlAttributes } from './xml-text.ts';
import { attribute, parseXml, selfAndDescendants, textOf } from './xml.ts';

let current: KeyPair;
let next: KeyPair;

beforeAll(async () => {
  [current, next] = await Promise.all([keyPair('current'), keyPair('next')]);
});

describe("the identity provider's metadata", () => {
  const build = (sloUrl: string | null) =>
    parseXml(
      buildIdpMetadata({
        entityId: IDP,
        ssoUrl: SSO,
        sloUrl,
        nameIdFormat: NAME_ID_FORMAT.emailAddress,
        certificates: [current.certificate, next.certificate],
        wantAuthnRequestsSigned: true,
      }),
    );

  test('announces both certificates, the addresses with both bindings, and the format, in the order of the schema', () => {
    const root = build(SLO);
    const said = selfAndDescendants(root)
      .map((element) => [element.localName, attribute(element, 'Binding'), attribute(element, 'Location')])
      .filter(([name]) => !/^(KeyInfo|X509Data)$/.test(name ?? ''));
    expect(said).toEqual([
      ['EntityDescriptor', null, null],
      ['IDPSSODescriptor', null, null],
      ['KeyDescriptor', null, null],
      ['X509Certificate', null, null],
      ['KeyDescriptor', null, null],
      ['X509Certificate', null, null],
      ['SingleLogoutService', BINDING.redirect, SLO],
      ['SingleLogoutService', BINDING.post, SLO],
      ['NameIDFormat', null, null],
      ['SingleSignOnService', BINDING.redirect, SSO],
      ['SingleSignOnService', BINDING.post, SSO],
    ]);
    expect(attribute(root, 'entityID')).toBe(IDP);
    const texts = selfAndDescendants(root)
      .filter(({ localName }) => localName === 'X509Certificate')
      .map(textOf);
    expect(texts).toEqual([bareBase64(current.certificate), bareBase64(next.certificate)]);
  });

  test('says nothing of logout where it is not offered', () => {
    expect(selfAndDescendants(build(null)).map(({ localName }) => localName)).not.toContain(
      'SingleLogoutService',
    );
  });
});

const entity = (children: Xml[], attributes: XmlAttributes = { entityID: SP }): string =>
  tag('md:EntityDescriptor', { 'xmlns:md': NS.md, 'xmlns:ds': NS.ds, ...attributes }, children).xml;
const descriptor = (children: Xml[], attributes: XmlAttributes = {}): Xml =>
  tag('md:SPSSODescriptor', { protocolSupportEnumeration: `urn:x ${NS.samlp}`, ...attributes }, children);
const acs = (index: number, Location: string, more: XmlAttributes = {}): Xml =>
  tag('md:AssertionConsumerService', { Binding: BINDING.post, Location, index, ...more });
const keyInfo = (use: string | undefined, content: Xml): Xml =>
  tag('md:KeyDescriptor', { use }, [tag('ds:KeyInfo', {}, [content])]);
const key = (pem: string, use?: string): Xml =>
  keyInfo(use, tag('ds:X509Data', {}, [tag('ds:X509Certificate', {}, `\n ${bareBase64(pem)}\n`)]));
const ec = selfSigned('ec').cert;
const NOW = new Date('2026-11-28T12:00:00Z');
const read = (xml: string) => readSpMetadata(xml, NOW);

describe("a service provider's metadata", () => {
  test('is read, comments and all', () => {
    const artifact = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact';
    const children = [
      key(current.certificate, 'signing'),
      key(next.certificate),
      tag('md:SingleLogoutService', { Binding: BINDING.post, Location: 'https://sp.test/slo-post' }),
      tag('md:SingleLogoutService', {
        Binding: BINDING.redirect,
        Location: 'https://sp.test/slo',
        ResponseLocation: 'https://sp.test/slo-return',
      }),
      tag('md:NameIDFormat', {}, NAME_ID_FORMAT.persistent),
      acs(1, 'https://sp.test/no', { isDefault: false }),
      acs(2, 'https://sp.test/first'),
      acs(3, ACS, { isDefault: true }),
      acs(4, 'https://sp.test/artifact', { Binding: artifact }),
    ];
    const said = { AuthnRequestsSigned: true, WantAssertionsSigned: '1' };
    const xml = entity([descriptor(children, said)]).replace('<md:NameIDFormat>', '<!-- a -->$&');
    expect(read(xml)).toEqual({
      entityId: SP,
      acs: [
        { url: ACS, binding: BINDING.post, index: 3 },
        { url: 'https://sp.test/first', binding: BINDING.post, index: 2 },
        { url: 'https://sp.test/no', binding: BINDING.post, index: 1 },
      ],
      slo: { url: 'https://sp.test/slo', responseUrl: 'https://sp.test/slo-return', binding: 'redirect' },
      certificates: {
        signing: [readCertificate(current.certificate).pem, readCertificate(next.certificate).pem],
        encryption: readCertificate(next.certificate).pem,
      },
      authnRequestsSigned: true,
      wantAssertionsSigned: true,
      nameIdFormats: [NAME_ID_FORMAT.persistent],
    });
  });

  test('is read where a key that can be used stands beside one that cannot, or none is there to sign with', () => {
    const keys = [key(ec, 'signing'), key(current.certificate, 'signing'), key(ec, 'encryption')];
    expect(read(entity([descriptor([...keys, acs(0, ACS)])])).certificates).toEqual({
      signing: [readCertificate(current.certificate).pem],
      encryption: null,
    });
    expect(read(entity([descriptor([acs(0, ACS)])])).certificates.signing).toEqual([]);
  });

  test('answers to logouts go where its requests go, unless it says otherwise', () => {
    const service = tag('md:SingleLogoutService', { Binding: BINDING.post, Location: SLO });
    const { slo } = read(entity([descriptor([service, acs(0, ACS)])]));
    expect(slo).toEqual({ url: SLO, responseUrl: null, binding: 'post' });
  });

  test.each<[string, XmlAttributes, boolean | null]>([
    ['not', {}, null],
    ['no', { AuthnRequestsSigned: 'false' }, false],
    ['yes', { AuthnRequestsSigned: '1' }, true],
  ])('says %s of whether its requests are signed', (_what, said, expected) => {
    const xml = entity([descriptor([acs(0, ACS)], said)]);
    expect(read(xml).authnRequestsSigned).toBe(expected);
  });

  test.each(['2026-11-28T12:00:01Z', '2026-11-28T12:00:01', '2026-11-28T13:00:01.5+01:00'])(
    'is read while it is good: until %s',
    (validUntil) => {
      const xml = entity([descriptor([acs(0, ACS)], { validUntil })], { entityID: SP, validUntil });
      expect(read(xml).entityId).toBe(SP);
    },
  );

  test("of node-saml's making is read", () => {
    const saml = new SAML({
      idpCert: current.certificate,
      issuer: SP,
      callbackUrl: ACS,
      privateKey: current.privateKey,
      decryptionPvk: next.privateKey,
    });
    expect(read(saml.generateServiceProviderMetadata(next.certificate, current.certificate))).toMatchObject({
      entityId: SP,
      acs: [{ url: ACS }],
      authnRequestsSigned: true,
      certificates: {
        signing: [readCertificate(current.certificate).pem],
        encryption: readCertificate(next.certificate).pem,
      },
    });
  });

  test.each<[string, string, string, RegExp]>([
    ['a page', '<html><body/></html>', 'not-metadata', /no EntityDescriptor/],
    ['text', 'hello', 'not-xml', /^What arrived is not well-formed/],
    ['a DOCTYPE', `<!DOCTYPE x>${entity([])}`, 'dtd', /DOCTYPE/],
    ['an identity provider', entity([tag('md:IDPSSODescriptor')]), 'not-metadata', /identity provider/],
    ['nobody', entity([]), 'not-metadata', /no SPSSODescriptor/],
    [
      'SAML 1.1 only',
      entity([descriptor([acs(0, ACS)], { protocolSupportEnumeration: 'urn:x' })]),
      'not-metadata',
      /no SPSSODescriptor/,
    ],
    ['no name', entity([descriptor([acs(0, ACS)])], {}), 'not-metadata', /no entityID/],
    ['no ACS', entity([descriptor([])]), 'not-metadata', /no AssertionConsumerService/],
    [
      'an ACS that is a script',
      entity([descriptor([acs(0, 'javascript:alert(1)')])]),
      'not-metadata',
      /no usable Location/,
    ],
    [
      'an address for answers to logouts that is a script',
      entity([
        descriptor([
          tag('md:SingleLogoutService', {
            Binding: BINDING.post,
            Location: SLO,
            ResponseLocation: 'javascript:alert(1)',
          }),
          acs(0, ACS),
        ]),
      ]),
      'not-metadata',
      /its SingleLogoutService has no usable ResponseLocation/,
    ],
    [
      'R49: an EC key to sign with',
      entity([descriptor([key(ec, 'signing'), acs(0, ACS)])]),
      'unusable-key',
      /no KeyDescriptor .* RSA/,
    ],
    [
      'R49: an EC key for everything',
      entity([descriptor([key(ec), acs(0, ACS)])]),
      'unusable-key',
      /no KeyDescriptor .* RSA/,
    ],
    [
      'R49: a key by its name only',
      entity([descriptor([keyInfo('signing', tag('ds:KeyName', {}, 'sp')), acs(0, ACS)])]),
      'unusable-key',
      /no KeyDescriptor .* RSA/,
    ],
    ['several', `<a>${entity([])}${entity([])}</a>`, 'not-metadata', /several/],
    [
      'R49: what is over since now',
      entity([descriptor([acs(0, ACS)])], { entityID: SP, validUntil: '2026-11-28T12:00:00Z' }),
      'expired-metadata',
      /was good until “2026-11-28T12:00:00Z”, .*Download it again/,
    ],
    [
      'R49: what is over as the role of a service provider',
      entity([descriptor([acs(0, ACS)], { validUntil: '2026-11-28T11:59:59.5' })]),
      'expired-metadata',
      /until “2026-11-28T11:59:59.5”/,
    ],
    [
      'R49: what is over with the list that it stands in',
      `<md:EntitiesDescriptor xmlns:md="${NS.md}" validUntil="2026-11-28T12:59:00+01:00">${entity([
        descriptor([acs(0, ACS)]),
      ])}</md:EntitiesDescriptor>`,
      'expired-metadata',
      /until “2026-11-28T12:59:00\+01:00”/,
    ],
    [
      'R49: what says of no time that it is over then',
      entity([descriptor([acs(0, ACS)])], { entityID: SP, validUntil: 'soon' }),
      'not-metadata',
      /its validUntil is no time/,
    ],
  ])('is not: %s', (_what, xml, code, sentence) => {
    expect(() => read(xml)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(sentence) as string }),
    );
  });
});

describe('a certificate', () => {
  test('is made with the dates, the name and the size that were asked for', async () => {
    const { certificate, privateKey } = await createKeyPair({
      commonName: 'Rollcall, Ä "app"',
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2029-01-01T00:00:00Z'),
      serialNumber: '0a0b',
      modulusLength: 3072,
    });
    const facts = readCertificate(certificate);
    expect(facts).toMatchObject({
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2029-01-01T00:00:00Z'),
      modulusLength: 3072,
    });
    // Escaped as RFC 2253 says.
    expect(facts.subject).toBe(String.raw`CN=Rollcall\, Ä \"app\"`);
    expect(facts.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(readCertificate(bareBase64(certificate))).toEqual(facts);
    const parsed = new X509Certificate(certificate);
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  });

  test('is for signatures alone, signed by SHA-256, and has no longer name than there may be (RFC 5280, appendix A)', async () => {
    const { certificate } = await createKeyPair({
      commonName: 'x'.repeat(100),
      notBefore: NOW,
      notAfter: NOW,
      serialNumber: '0a',
      modulusLength: 2048,
    });
    const made = new PeculiarCertificate(certificate);
    expect(made.subject).toBe(`CN=${'x'.repeat(64)}`);
    expect(made.signatureAlgorithm).toMatchObject({ hash: { name: 'SHA-256' } });
    expect(made.getExtension(BasicConstraintsExtension)?.ca).toBe(false);
    expect(made.getExtension(KeyUsagesExtension)?.usages).toBe(KeyUsageFlags.digitalSignature);
  });

  test.each(['', 'AAAA', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'is not %j',
    (text) => {
      expect(isCertificate(text)).toBe(false);
      expect(() => readCertificate(text)).toThrow('The certificate cannot be used.');
    },
  );
});
