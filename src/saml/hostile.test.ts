/** What attackers send, and the refusal that each gets. Every document is built here from one that is accepted. */
import { createHmac, createSign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ACS,
  authnRequest,
  circumstances,
  keyPair,
  NOW,
  posted,
  signedBy,
  SSO,
} from '../../test/support/saml.ts';
import { decodePost, decodeRedirect, redirectUrl, type InboundMessage } from './bindings.ts';
import type { KeyPair } from './certificate.ts';
import { decideAuthnRequest } from './decide.ts';
import { SamlRefusal, type RefusalCode } from './refusal.ts';
import { tag } from './xml-text.ts';

let sp: KeyPair;
let foreign: KeyPair;
let signed: string;

beforeAll(async () => {
  [sp, foreign] = await Promise.all([keyPair('sp'), keyPair('foreign')]);
  signed = signedBy(authnRequest(), sp);
});

/** The code with which it is refused, or `accepted`. */
function outcome(message: () => InboundMessage, mustBeSigned: boolean): RefusalCode | 'accepted' {
  try {
    const decision = decideAuthnRequest(message(), circumstances([sp.certificate], mustBeSigned));
    return decision.kind === 'accepted' ? 'accepted' : decision.code;
  } catch (error) {
    // Taking it out of HTTP comes before the decision.
    if (error instanceof SamlRefusal) return error.code;
    throw error;
  }
}

const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const EVIL = 'https://evil.test/acs';

describe('an unsigned request', () => {
  const entity = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  const laughs = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>';
  const fine = authnRequest();
  const issuer = (inner: string): string => fine.replace('https://sp.test/metadata<', `${inner}<`);
  const withAttributes = (attributes: Record<string, string | null>): string => authnRequest({ attributes });

  test.each<[string, string, RefusalCode | 'accepted']>([
    ['nothing wrong', fine, 'accepted'],
    ['an XML declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${fine}`, 'accepted'],
    ['a DOCTYPE', `<!DOCTYPE samlp:AuthnRequest>${fine}`, 'dtd'],
    ['a DOCTYPE after a declaration', `<?xml version="1.0"?><!DOCTYPE r>${fine}`, 'dtd'],
    ['an external entity', entity + issuer('&x;'), 'dtd'],
    ['an external DTD', `<!DOCTYPE r SYSTEM "http://evil.test/x.dtd">${fine}`, 'dtd'],
    ['entities of entities', laughs + issuer('&b;'), 'dtd'],
    ['an entity that nobody declared', issuer('&x;'), 'not-xml'],
    [
      'a processing instruction',
      `<?xml-stylesheet href="http://evil.test"?>${fine}`,
      'processing-instruction',
    ],
    ['another encoding', `<?xml version="1.0" encoding="UTF-7"?>${fine}`, 'processing-instruction'],
    ['several roots', fine + fine, 'not-xml'],
    ['text after the root', `${fine}and more`, 'not-xml'],
    ['an end that is missing', fine.slice(0, -20), 'not-xml'],
    ['an attribute twice', fine.replace(' Version', ' ID="_2" Version'), 'not-xml'],
    ['a prefix without a namespace', fine.replace('<saml:Issuer>', '<x:y/><saml:Issuer>'), 'not-xml'],
    ['too many elements', issuer('<a/>'.repeat(3000)), 'too-deep'],
    ['too many comments', issuer('<!---->'.repeat(30_000)), 'too-deep'],
    ['too deep nesting', issuer('<a>'.repeat(100) + '</a>'.repeat(100)), 'too-deep'],
    ['too many attributes', fine.replace(' Version', `${manyAttributes(5000)} Version`), 'too-deep'],
    ['oversize', issuer(' '.repeat(300_000)), 'too-large'],
    ['another root', fine.replaceAll('AuthnRequest', 'AttributeQuery'), 'unexpected-message'],
    [
      'the name in another namespace',
      fine.replace('tc:SAML:2.0:protocol', 'tc:SAML:2.0:evil'),
      'unexpected-message',
    ],
    ['SAML 1.1', withAttributes({ Version: '1.1' }), 'wrong-version'],
    ['no ID', withAttributes({ ID: null }), 'malformed'],
    ['an ID that is none', withAttributes({ ID: "1' or '1'='1" }), 'malformed'],
    ['an endless ID', withAttributes({ ID: `_${'a'.repeat(300)}` }), 'malformed'],
    ['no time', withAttributes({ IssueInstant: null }), 'malformed'],
    ['a time without a zone', withAttributes({ IssueInstant: '2026-11-26T12:00:00' }), 'malformed'],
    ['a day that is none', withAttributes({ IssueInstant: '2026-13-45T12:00:00Z' }), 'malformed'],
    ['nine minutes old', withAttributes({ IssueInstant: minutesAgo(9) }), 'stale'],
    [
      'seven minutes old, within the clocks’ difference',
      withAttributes({ IssueInstant: minutesAgo(7) }),
      'accepted',
    ],
    ['four minutes early', withAttributes({ IssueInstant: minutesAgo(-4) }), 'future'],
    [
      'two minutes early, within the clocks’ difference',
      withAttributes({ IssueInstant: minutesAgo(-2) }),
      'accepted',
    ],
    [
      'a time in UTC by its offset',
      withAttributes({ IssueInstant: '2026-11-26T12:00:00+00:00' }),
      'accepted',
    ],
    ['another issuer', issuer('https://other.test'), 'unknown-issuer'],
    ['an issuer in other letters', issuer('https://SP.test/metadata'), 'unknown-issuer'],
    ['no issuer', fine.replace(/<saml:Issuer>.*<\/saml:Issuer>/, ''), 'unknown-issuer'],
    ['two issuers', fine.replace('<saml:Issuer>', '<saml:Issuer>x</saml:Issuer><saml:Issuer>'), 'malformed'],
    [
      'an issuer that hides behind a comment',
      issuer('https://sp.test/metadata<!---->.evil.test'),
      'unknown-issuer',
    ],
    ['a comment inside the right issuer', issuer('https://sp.test<!-- x -->/metadata'), 'accepted'],
    ['the right issuer as CDATA', issuer('<![CDATA[https://sp.test/metadata]]>'), 'accepted'],
    ['an element inside the issuer', issuer('https://sp.test/metadata<b/>'), 'malformed'],
    [
      'another destination',
      withAttributes({ Destination: 'https://rollcall.test/saml/other/sso' }),
      'wrong-destination',
    ],
    ['the destination with a query', withAttributes({ Destination: `${SSO}?x=1` }), 'wrong-destination'],
    ['no destination', withAttributes({ Destination: null }), 'accepted'],
    ['an unregistered ACS', withAttributes({ AssertionConsumerServiceURL: EVIL }), 'unregistered-acs'],
    [
      'an ACS that begins as a registered one',
      withAttributes({ AssertionConsumerServiceURL: `${ACS}.evil.test` }),
      'unregistered-acs',
    ],
    [
      'an ACS with a user name',
      withAttributes({ AssertionConsumerServiceURL: 'https://sp.test@evil.test/acs' }),
      'unregistered-acs',
    ],
    [
      'an ACS with dots',
      withAttributes({ AssertionConsumerServiceURL: `${ACS}/../acs` }),
      'unregistered-acs',
    ],
    [
      'an ACS in other letters',
      withAttributes({ AssertionConsumerServiceURL: ACS.toUpperCase() }),
      'unregistered-acs',
    ],
    ['an empty ACS', withAttributes({ AssertionConsumerServiceURL: '' }), 'unregistered-acs'],
    [
      'an unknown ACS number',
      withAttributes({ AssertionConsumerServiceURL: null, AssertionConsumerServiceIndex: '1' }),
      'unregistered-acs',
    ],
    [
      'a number that is none',
      withAttributes({ AssertionConsumerServiceURL: null, AssertionConsumerServiceIndex: '-1' }),
      'malformed',
    ],
    ['an ACS and a number', withAttributes({ AssertionConsumerServiceIndex: '7' }), 'unregistered-acs'],
    [
      'an answer by artifact',
      withAttributes({ ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact' }),
      'unsupported-binding',
    ],
    ['neither true nor false', withAttributes({ ForceAuthn: 'perhaps' }), 'malformed'],
    [
      'one person only, who cannot be read',
      authnRequest({ children: [tag('saml:Subject', {}, [tag('saml:EncryptedID', {}, 'x')])] }),
      'malformed',
    ],
    [
      'a comparison that is none',
      authnRequest({ children: [tag('samlp:RequestedAuthnContext', { Comparison: 'most' })] }),
      'malformed',
    ],
    ['what every object has for true', withAttributes({ ForceAuthn: 'constructor' }), 'malformed'],
    [
      'more to keep than anybody needs to say',
      withAttributes({ ProviderName: 'x'.repeat(17_000), Destination: 'x'.repeat(17_000) }),
      'too-large',
    ],
  ])('with %s', (_what, xml, expected) => {
    expect(outcome(() => posted(xml), false)).toBe(expected);
  });

  test('is refused where requests must be signed, and so is one whose signature was stripped', () => {
    const stripped = signed.replace(/<ds:Signature .*<\/ds:Signature>/s, '');
    expect(stripped).not.toContain('Signature');
    expect(outcome(() => posted(authnRequest()), true)).toBe('unsigned');
    expect(outcome(() => posted(stripped), true)).toBe('unsigned');
  });
});

function manyAttributes(number: number): string {
  return Array.from({ length: number }, (_, index) => ` a${index}="b"`).join('');
}

describe('an envelope', () => {
  const form = (SAMLRequest: string, more: object = {}) => decodePost({ SAMLRequest, ...more });
  const packed = (xml: string | Buffer): string => encodeURIComponent(deflateRawSync(xml).toString('base64'));
  const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64');
  const twice = `SAMLRequest=${packed(authnRequest())}`;

  test.each<[string, () => InboundMessage, RefusalCode | 'accepted']>([
    ['a redirect', () => decodeRedirect(twice), 'accepted'],
    [
      'a deflate bomb whose end is broken, where nobody should get to',
      () => decodeRedirect(`SAMLRequest=${encodeURIComponent(brokenBomb().toString('base64'))}`),
      'too-large',
    ],
    [
      'a deflate bomb of 100 MB',
      () => decodeRedirect(`SAMLRequest=${packed(Buffer.alloc(100_000_000))}`),
      'too-large',
    ],
    [
      'one that is a little too large',
      () => decodeRedirect(`SAMLRequest=${packed(' '.repeat(262_145))}`),
      'too-large',
    ],
    ['endless base64', () => form('A'.repeat(600_000)), 'too-large'],
    [
      'bytes that are no DEFLATE',
      () => decodeRedirect(`SAMLRequest=${encodeURIComponent(base64(authnRequest()))}`),
      'not-deflated',
    ],
    ['another encoding', () => decodeRedirect(`${twice}&SAMLEncoding=gzip`), 'not-deflated'],
    ['no base64', () => form('<samlp:AuthnRequest/>'), 'not-base64'],
    ['the other alphabet of base64', () => form('-_-_'), 'not-base64'],
    ['base64 that lacks its end', () => form('AAAAA'), 'not-base64'],
    ['an empty message', () => form(''), 'not-base64'],
    ['no message', () => decodeRedirect('RelayState=x'), 'no-message'],
    ['the message twice', () => decodeRedirect(`${twice}&${twice}`), 'several-messages'],
    [
      'the message twice, once in disguise',
      () => decodeRedirect(`${twice}&SAML%52equest=x`),
      'several-messages',
    ],
    [
      'a request and a response',
      () => form(base64(authnRequest()), { SAMLResponse: 'x' }),
      'several-messages',
    ],
    ['a response', () => decodePost({ SAMLResponse: base64(authnRequest()) }), 'unexpected-message'],
    ['a percent sign alone', () => decodeRedirect('SAMLRequest=%zz'), 'malformed'],
    [
      'bytes that are no UTF-8',
      () => form(base64(Buffer.from(authnRequest().replace('_request1', '\u00ff'), 'latin1'))),
      'not-utf8',
    ],
    ['UTF-16', () => form(base64(Buffer.from(`\ufeff${authnRequest()}`, 'utf16le'))), 'not-utf8'],
    [
      'a RelayState of 80 bytes',
      () => form(base64(authnRequest()), { RelayState: 'r'.repeat(80) }),
      'accepted',
    ],
    [
      'one of 1,024, which is tolerated',
      () => form(base64(authnRequest()), { RelayState: 'r'.repeat(1024) }),
      'accepted',
    ],
    ['one of 1,025', () => form(base64(authnRequest()), { RelayState: 'r'.repeat(1025) }), 'relay-state'],
    [
      'one of 513 letters in 1,026 bytes',
      () => form(base64(authnRequest()), { RelayState: 'ü'.repeat(513) }),
      'relay-state',
    ],
  ])('with %s', (_what, message, expected) => {
    expect(outcome(message, false)).toBe(expected);
  });
});

/** 100 MB of nothing, cut off in the middle: who inflates all of it finds no end instead of too much. */
function brokenBomb(): Buffer {
  const bomb = deflateRawSync(Buffer.alloc(100_000_000));
  return bomb.subarray(0, bomb.length / 2);
}

/** Signs in ways that Rollcall never does. */
function signedWith(options: {
  key: string;
  algorithm?: string;
  digest?: string;
  c14n?: string;
  transforms?: string[];
  references?: string[];
  certificate?: string;
  hmac?: boolean;
  xml?: string;
  beside?: string;
}): string {
  const signer = new SignedXml({
    privateKey: options.key,
    publicCert: options.certificate ?? sp.certificate,
    signatureAlgorithm: options.algorithm ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: options.c14n ?? EXC_C14N,
  });
  if (options.hmac === true) signer.enableHMAC();
  for (const xpath of options.references ?? ['/*'])
    signer.addReference({
      xpath,
      digestAlgorithm: options.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
      transforms: options.transforms ?? [ENVELOPED, EXC_C14N],
    });
  const reference = `//*[local-name(.)='${options.beside ?? 'Issuer'}']`;
  const location = { reference, action: 'after' } as const;
  signer.computeSignature(options.xml ?? authnRequest(), { prefix: 'ds', location });
  return signer.getSignedXml();
}

const EXC_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
const RSA_SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const HMAC_SHA1 = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';

describe('a signed request', () => {
  const inClear = (find: string | RegExp, put: string) => (): string => signed.replace(find, put);

  test.each<[string, () => string, RefusalCode | 'accepted']>([
    ['is accepted as it is', () => signed, 'accepted'],
    [
      'with its own comment dropped by C14N',
      () => signed.replace('<saml:Issuer>', '<!-- x --><saml:Issuer>'),
      'accepted',
    ],
    ['changed afterwards', inClear('https://sp.test/acs"', 'https://sp.test/acs2"'), 'bad-signature'],
    ['with another digest', inClear(/<ds:DigestValue>.{4}/, '<ds:DigestValue>AAAA'), 'bad-signature'],
    [
      'with another signature value',
      inClear(/<ds:SignatureValue>.{4}/, '<ds:SignatureValue>AAAA'),
      'bad-signature',
    ],
    [
      'with a comment in the digest',
      inClear('<ds:DigestValue>', '<ds:DigestValue>AAAA<!---->'),
      'bad-signature',
    ],
    [
      'without a signature value',
      inClear(/<ds:SignatureValue>.*<\/ds:SignatureValue>/s, ''),
      'bad-signature',
    ],
    ['without SignedInfo', inClear(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, ''), 'bad-signature'],
    [
      'with something more in its signature',
      inClear('</ds:Signature>', '<ds:Object/></ds:Signature>'),
      'wrapped-signature',
    ],
    ['with SignedInfo twice', inClear(/(<ds:SignedInfo>.*<\/ds:SignedInfo>)/s, '$1$1'), 'malformed'],
    ['by a foreign key that KeyInfo names', () => signedBy(authnRequest(), foreign), 'bad-signature'],
    [
      'by a foreign key under the right certificate',
      () => signedWith({ key: foreign.privateKey }),
      'bad-signature',
    ],
    ['with RSA-SHA1', () => signedWith({ key: sp.privateKey, algorithm: RSA_SHA1 }), 'weak-algorithm'],
    ['with a SHA-1 digest', () => signedWith({ key: sp.privateKey, digest: SHA1 }), 'weak-algorithm'],
    ['with an HMAC whose secret is the certificate', () => hmac(sp.certificate), 'weak-algorithm'],
    [
      'with an HMAC that calls itself RSA-SHA256',
      () => hmac(sp.certificate).replace(HMAC_SHA1, RSA_SHA256),
      'bad-signature',
    ],
    ['with inclusive C14N', () => signedWith({ key: sp.privateKey, c14n: C14N }), 'unknown-transform'],
    [
      'over one transformation too many',
      () => signedWith({ key: sp.privateKey, transforms: [ENVELOPED, EXC_C14N, EXC_C14N] }),
      'unknown-transform',
    ],
    [
      'over inclusive C14N',
      () => signedWith({ key: sp.privateKey, transforms: [ENVELOPED, C14N] }),
      'unknown-transform',
    ],
    [
      'over an XPath',
      inClear(ENVELOPED, 'http://www.w3.org/TR/1999/REC-xpath-19991116'),
      'unknown-transform',
    ],
    ['over XSLT', inClear(ENVELOPED, 'http://www.w3.org/TR/1999/REC-xslt-19991116'), 'unknown-transform'],
    [
      'over several things',
      () => signedWith({ key: sp.privateKey, references: ['/*', '/*'] }),
      'several-references',
    ],
    [
      'over a child only',
      () => signedWith({ key: sp.privateKey, references: [`//*[local-name(.)='Issuer']`] }),
      'wrapped-signature',
    ],
    ['over the whole document without its ID', inClear('URI="#_request1"', 'URI=""'), 'wrapped-signature'],
    ['over a file elsewhere', inClear('URI="#_request1"', 'URI="https://evil.test/x"'), 'wrapped-signature'],
    [
      'with an ID twice',
      () => signed.replace('<saml:Issuer>', '<x ID="_request1"/><saml:Issuer>'),
      'duplicate-id',
    ],
    [
      'with an ID twice, once written xml:id',
      () => signed.replace('<saml:Issuer>', '<x xml:id="_request1"/><saml:Issuer>'),
      'duplicate-id',
    ],
    ['with a DOCTYPE that makes IDs', () => `<!DOCTYPE r [<!ATTLIST x y ID #IMPLIED>]>${signed}`, 'dtd'],
    [
      'without a destination',
      () => signedBy(authnRequest({ attributes: { Destination: null } }), sp),
      'wrong-destination',
    ],
    ['with its signature deeper inside', deeper, 'wrapped-signature'],
    [
      'that is stale',
      () => signedBy(authnRequest({ attributes: { IssueInstant: minutesAgo(9) } }), sp),
      'stale',
    ],
    [
      'for an unregistered ACS',
      () => signedBy(authnRequest({ attributes: { AssertionConsumerServiceURL: EVIL } }), sp),
      'unregistered-acs',
    ],
  ])('%s', (_what, xml, expected) => {
    expect(outcome(() => posted(xml()), true)).toBe(expected);
  });

  test('is verified also where none is demanded, because a certificate is registered', () => {
    expect(outcome(() => posted(signedBy(authnRequest(), foreign)), false)).toBe('bad-signature');
  });

  test('cannot be verified without a registered certificate', () => {
    const decision = decideAuthnRequest(posted(signed), circumstances([], true));
    expect(decision).toMatchObject({ kind: 'refused', code: 'no-certificate' });
  });
});

/** Valid to whoever takes a signature from anywhere. */
function deeper(): string {
  const xml = authnRequest({ children: [tag('samlp:Extensions', {}, [tag('x')])] });
  return signedWith({ key: sp.privateKey, xml, beside: 'x' });
}

const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const hmac = (key: string): string => signedWith({ key, algorithm: HMAC_SHA1, hmac: true });

describe('a wrapped signature', () => {
  const signatureOf = (xml: string): string => /<ds:Signature .*<\/ds:Signature>/s.exec(xml)?.[0] ?? '';
  const withoutSignature = (xml: string): string => xml.replace(signatureOf(xml), '');
  const evil = (): string =>
    authnRequest({ attributes: { ID: '_evil', AssertionConsumerServiceURL: 'https://sp.test/acs2' } });
  const intoEvil = (inner: string): string => evil().replace('</saml:Issuer>', `</saml:Issuer>${inner}`);
  const intoSignature = (xml: string, inner: string): string =>
    xml.replace('</ds:Signature>', `<ds:Object>${inner}</ds:Object></ds:Signature>`);
  const extensions = (inner: string): string => `<samlp:Extensions>${inner}</samlp:Extensions>`;

  // Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be" (2012), figure 6, carried over to a request.
  test.each<[string, () => string, RefusalCode]>([
    [
      'XSW1: the evil root has the signature, and the signature holds the original',
      () => intoEvil(intoSignature(signatureOf(signed), withoutSignature(signed))),
      'wrapped-signature',
    ],
    [
      'XSW2: signature and original stand side by side in the evil root',
      () => intoEvil(signatureOf(signed) + withoutSignature(signed)),
      'wrapped-signature',
    ],
    [
      'XSW3: the evil message stands first in the original',
      () => signed.replace('<saml:Issuer>', `${evil()}<saml:Issuer>`),
      'bad-signature',
    ],
    ['XSW4: the evil root holds the whole original', () => intoEvil(signed), 'wrapped-signature'],
    [
      'XSW5: the evil root keeps the signature, the original goes to the end',
      () =>
        intoEvil(signatureOf(signed)).replace(
          '</samlp:AuthnRequest>',
          `${withoutSignature(signed)}</samlp:AuthnRequest>`,
        ),
      'wrapped-signature',
    ],
    [
      'XSW6: the original is inside the signature that is inside the evil root',
      () =>
        intoEvil(
          signatureOf(signed).replace('</ds:SignedInfo>', `</ds:SignedInfo>${withoutSignature(signed)}`),
        ),
      'wrapped-signature',
    ],
    [
      'XSW7: the evil message hides in Extensions',
      () => signed.replace('</samlp:AuthnRequest>', `${extensions(evil())}</samlp:AuthnRequest>`),
      'bad-signature',
    ],
    [
      'XSW8: the original hides in the Object of an evil signature',
      () => intoEvil(intoSignature(signatureOf(signedBy(evil(), foreign)), signed)),
      'wrapped-signature',
    ],
    [
      'the evil root takes the ID of the original',
      () =>
        intoEvil(signatureOf(signed) + extensions(withoutSignature(signed))).replace('_evil', '_request1'),
      'duplicate-id',
    ],
    [
      'the evil root takes the ID and renames the original',
      () =>
        intoEvil(
          signatureOf(signed) + extensions(withoutSignature(signed).replace('_request1', '_other')),
        ).replace('_evil', '_request1'),
      'bad-signature',
    ],
    [
      'two signatures, the first a good one',
      () =>
        signed.replace('</ds:Signature>', `</ds:Signature>${signatureOf(signedBy(authnRequest(), foreign))}`),
      'wrapped-signature',
    ],
    ['a signature in a second root', () => evil() + signed, 'not-xml'],
  ])('%s', (_what, xml, expected) => {
    expect(xml()).not.toBe(signed);
    expect(outcome(() => posted(xml()), true)).toBe(expected);
  });
});

describe('a signed redirect', () => {
  const url = (key: string, relayState: string | null = 'r 1'): string =>
    redirectUrl({ kind: 'SAMLRequest', xml: authnRequest(), destination: SSO, relayState }, key);
  const query = (key = sp.privateKey): string => new URL(url(key)).search.slice(1);
  const resigned = (octets: string, algorithm: 'sha1' | 'sha256', key: string): string =>
    `${octets}&Signature=${encodeURIComponent(createSign(algorithm).update(octets).sign(key, 'base64'))}`;
  const unsigned = (): string => query().replace(/&Signature=.*/, '');

  test.each<[string, () => string, RefusalCode | 'accepted']>([
    ['is accepted', query, 'accepted'],
    [
      'in another order, which signs the same octets',
      () => query().split('&').reverse().join('&'),
      'accepted',
    ],
    ['without RelayState is accepted', () => new URL(url(sp.privateKey, null)).search.slice(1), 'accepted'],
    ['by a foreign key', () => query(foreign.privateKey), 'bad-signature'],
    [
      'with another RelayState',
      () => query().replace('RelayState=r%201', 'RelayState=r%202'),
      'bad-signature',
    ],
    ['with its RelayState removed', () => query().replace('&RelayState=r%201', ''), 'bad-signature'],
    ['with its RelayState written another way', () => query().replace('r%201', 'r+1'), 'bad-signature'],
    [
      'with another message',
      () =>
        query().replace(
          /^SAMLRequest=[^&]*/,
          `SAMLRequest=${encodeURIComponent(deflateRawSync(authnRequest({ attributes: { ForceAuthn: true } })).toString('base64'))}`,
        ),
      'bad-signature',
    ],
    ['with its signature removed', () => unsigned().replace(/&SigAlg=.*/, ''), 'unsigned'],
    ['with only the name of an algorithm', unsigned, 'not-base64'],
    [
      'with RSA-SHA1',
      () =>
        resigned(
          unsigned().replace(/SigAlg=.*/, `SigAlg=${encodeURIComponent(RSA_SHA1)}`),
          'sha1',
          sp.privateKey,
        ),
      'weak-algorithm',
    ],
    ['with an HMAC whose secret is the certificate', () => hmacQuery(unsigned()), 'weak-algorithm'],
    ['without the name of an algorithm', () => query().replace(/&SigAlg=[^&]*/, ''), 'weak-algorithm'],
    [
      'with what every object has for an algorithm',
      () => query().replace(/SigAlg=[^&]*/, 'SigAlg=constructor'),
      'weak-algorithm',
    ],
    ['with two signatures', () => `${query()}&Signature=AAAA`, 'several-messages'],
  ])('%s', (_what, text, expected) => {
    expect(outcome(() => decodeRedirect(text()), true)).toBe(expected);
  });

  const decide = (text: string, certificates: readonly string[]) =>
    decideAuthnRequest(decodeRedirect(text), circumstances(certificates));

  test('is verified wherever a certificate is registered, also where none is demanded', () => {
    expect(decide(query(foreign.privateKey), [sp.certificate])).toMatchObject({ code: 'bad-signature' });
    expect(decide(query(), [foreign.certificate, sp.certificate])).toMatchObject({ signed: true });
  });

  test('says nothing where no certificate is registered, nor does that of a posted one', () => {
    expect(decide(query(), [])).toMatchObject({ kind: 'accepted', signed: false });
    const decision = decideAuthnRequest(posted(signed), circumstances([]));
    expect(decision).toMatchObject({ kind: 'accepted', signed: false });
  });

  function hmacQuery(octets: string): string {
    const named = octets.replace(/SigAlg=.*/, `SigAlg=${encodeURIComponent(HMAC_SHA1)}`);
    const value = createHmac('sha1', sp.certificate).update(named).digest('base64');
    return `${named}&Signature=${encodeURIComponent(value)}`;
  }
});
