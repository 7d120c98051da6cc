/** What we say, read by somebody who was not there when it was written: @node-saml/node-saml. xmlsec1: xmlsec.test.ts. */
import { SAML, ValidateInResponseTo, type SamlConfig } from '@node-saml/node-saml';
import { beforeAll, describe, expect, test } from 'vitest';
import { ACS, IDP, keyPair, signOn, SP } from '../../test/support/saml.ts';
import type { KeyPair } from './certificate.ts';
import { buildErrorResponse, buildResponse, type SignOn } from './response.ts';
import { verifyXml } from './signature.ts';
import { childNamed, selfAndDescendants, textOf } from './xml.ts';
import { NAME_ID_FORMAT, NS } from './names.ts';

let idp: KeyPair;
let sp: KeyPair;

beforeAll(async () => {
  [idp, sp] = await Promise.all([keyPair('idp'), keyPair('sp')]);
});

function read(xml: string, more: Partial<SamlConfig> = {}) {
  const saml = new SAML({
    idpCert: idp.certificate,
    issuer: SP,
    audience: SP,
    callbackUrl: ACS,
    idpIssuer: IDP,
    entryPoint: 'https://rollcall.test/sso',
    validateInResponseTo: ValidateInResponseTo.never,
    ...more,
  });
  return saml.validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString('base64') });
}

const wants = (sign: SignOn['sign']): Partial<SamlConfig> => ({
  wantAuthnResponseSigned: sign !== 'assertion',
  wantAssertionsSigned: sign !== 'response',
});

describe.each(['response', 'assertion', 'both'] as const)('signed: %s', (sign) => {
  test('what is to be signed is, and nothing else', async () => {
    const xml = await buildResponse(signOn(idp, { sign }));
    const signed = [...xml.matchAll(/<ds:Reference URI="#_([a-z]+)1"/g)].map(([, what]) => what);
    expect(signed.toSorted()).toEqual(sign === 'both' ? ['assertion', 'response'] : [sign]);
  });

  test.each(['none', 'aes256-gcm', 'aes256-cbc'] as const)(
    'node-saml reads it, encryption: %s',
    async (algorithm) => {
      const encryptTo = algorithm === 'none' ? null : { certificate: sp.certificate, algorithm };
      const xml = await buildResponse(signOn(idp, { sign, encryptTo }));
      expect(xml.includes('example.com')).toBe(algorithm === 'none');
      const { profile } = await read(xml, { ...wants(sign), decryptionPvk: sp.privateKey });
      expect(profile).toMatchObject({
        issuer: IDP,
        nameID: 'ada&co@example.com',
        nameIDFormat: NAME_ID_FORMAT.emailAddress,
        sessionIndex: '_session1',
        inResponseTo: '_request1',
        attributes: { email: 'ada&co@example.com', groups: ['<Engineering>', 'Ada\'s "own"'] },
      });
      expect(profile?.['attributes']).not.toHaveProperty('none');
    },
  );

  test.each<[string, (xml: string) => string]>([
    ['another NameID', (xml) => xml.replace('>ada&amp;co@', '>eve@')],
    ['another attribute', (xml) => xml.replace('&lt;Engineering&gt;', 'Admins')],
    ['another audience', (xml) => xml.replace(`<saml:Audience>${SP}`, '<saml:Audience>https://other.test')],
    ['no signature', (xml) => xml.replace(/<ds:Signature .*?<\/ds:Signature>/gs, '')],
    ['a longer life', (xml) => xml.replace(/NotOnOrAfter="20/g, 'NotOnOrAfter="21')],
  ])('node-saml refuses a copy with %s', async (_what, tamper) => {
    const xml = await buildResponse(signOn(idp, { sign }));
    expect(tamper(xml)).not.toBe(xml);
    await expect(read(tamper(xml), wants(sign))).rejects.toThrow(/signature/i);
  });

  test('node-saml refuses it under another certificate, and as an answer to somebody else', async () => {
    const xml = await buildResponse(signOn(idp, { sign }));
    await expect(read(xml, { ...wants(sign), idpCert: sp.certificate })).rejects.toThrow(/signature/i);
    await expect(read(xml, { ...wants(sign), audience: 'https://other.test' })).rejects.toThrow(/audience/i);
  });

  test('node-saml refuses a tampered encrypted copy', async () => {
    const encryptTo = { certificate: sp.certificate, algorithm: 'aes256-gcm' } as const;
    const xml = await buildResponse(signOn(idp, { sign, encryptTo }));
    const tampered = xml.replace(
      /(<xenc:CipherValue>.{200})(.)/s,
      (_all, before: string, letter: string) => before + (letter === 'A' ? 'B' : 'A'),
    );
    await expect(read(tampered, { ...wants(sign), decryptionPvk: sp.privateKey })).rejects.toThrow();
  });
});

describe('a Response', () => {
  test('is the same octets for the same arguments', async () => {
    const args = signOn(idp);
    expect(await buildResponse(args)).toBe(await buildResponse(args));
  });

  test('says exactly what a bearer of it may do (Profiles §4.1.4.2)', async () => {
    const now = new Date('2026-11-26T12:00:00Z');
    const xml = await buildResponse(
      signOn(idp, { now, authnInstant: new Date('2026-11-26T11:30:00Z'), sign: 'assertion' }),
    );
    const lines = xml.replace(/<ds:Signature .*?<\/ds:Signature>/s, '').replaceAll('><', '>\n<');
    expect(lines).toMatchInlineSnapshot(`
      "<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response1" Version="2.0" IssueInstant="2026-11-26T12:00:00.000Z" Destination="https://sp.test/acs" InResponseTo="_request1">
      <saml:Issuer>https://rollcall.test/saml/app/metadata</saml:Issuer>
      <samlp:Status>
      <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>
      </samlp:Status>
      <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion1" Version="2.0" IssueInstant="2026-11-26T12:00:00.000Z">
      <saml:Issuer>https://rollcall.test/saml/app/metadata</saml:Issuer>
      <saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">ada&amp;co@example.com</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
      <saml:SubjectConfirmationData InResponseTo="_request1" NotOnOrAfter="2026-11-26T12:05:00.000Z" Recipient="https://sp.test/acs"/>
      </saml:SubjectConfirmation>
      </saml:Subject>
      <saml:Conditions NotBefore="2026-11-26T11:59:00.000Z" NotOnOrAfter="2026-11-26T12:05:00.000Z">
      <saml:AudienceRestriction>
      <saml:Audience>https://sp.test/metadata</saml:Audience>
      </saml:AudienceRestriction>
      </saml:Conditions>
      <saml:AuthnStatement AuthnInstant="2026-11-26T11:30:00.000Z" SessionIndex="_session1">
      <saml:AuthnContext>
      <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef>
      </saml:AuthnContext>
      </saml:AuthnStatement>
      <saml:AttributeStatement>
      <saml:Attribute Name="email" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">
      <saml:AttributeValue>ada&amp;co@example.com</saml:AttributeValue>
      </saml:Attribute>
      <saml:Attribute Name="groups" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">
      <saml:AttributeValue>&lt;Engineering&gt;</saml:AttributeValue>
      <saml:AttributeValue>Ada's "own"</saml:AttributeValue>
      </saml:Attribute>
      </saml:AttributeStatement>
      </saml:Assertion>
      </samlp:Response>"
    `);
  });

  test('names no request where the person started here', async () => {
    const xml = await buildResponse(signOn(idp, { inResponseTo: null }));
    expect(xml).not.toContain('InResponseTo');
    await expect(read(xml)).resolves.toHaveProperty('profile.nameID', 'ada&co@example.com');
  });

  test('is not made of what XML cannot hold', async () => {
    const nameId = { value: 'ada\u0000', format: NAME_ID_FORMAT.unspecified };
    await expect(buildResponse(signOn(idp, { nameId }))).rejects.toThrow('control character');
  });
});

describe('an error Response', () => {
  test('is signed, and nests its status', async () => {
    const status = {
      code: 'Responder',
      detail: 'NoPassive',
      message: 'Signing in needs the person.',
    } as const;
    const xml = buildErrorResponse(signOn(idp), status);
    const root = verifyXml(xml, [idp.certificate]);
    const found = childNamed(root, NS.samlp, 'Status');
    const codes =
      found === null ? [] : selfAndDescendants(found).map((element) => element.getAttribute('Value'));
    expect(codes).toEqual([
      null,
      'urn:oasis:names:tc:SAML:2.0:status:Responder',
      'urn:oasis:names:tc:SAML:2.0:status:NoPassive',
      null,
    ]);
    expect(xml).toContain('Signing in needs the person.');
    expect(textOf(childNamed(root, NS.saml, 'Issuer') ?? root)).toBe(IDP);
    // node-saml takes NoPassive for "not signed in", which is what it means.
    await expect(read(xml)).resolves.toEqual({ profile: null, loggedOut: false });
  });

  test('is an error to node-saml', async () => {
    const status = { code: 'Responder', detail: 'RequestDenied', message: 'No account.' } as const;
    await expect(read(buildErrorResponse(signOn(idp), status))).rejects.toThrow(
      'SAML provider returned Responder error: No account.',
    );
  });
});
