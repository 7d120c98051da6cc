/** Requests that are fine, ours and node-saml's. What is refused: hostile.test.ts. */
import { SAML, type SamlConfig } from '@node-saml/node-saml';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ACS,
  authnRequest,
  circumstances,
  keyPair,
  NOW,
  posted,
  redirected,
  SP,
  SSO,
} from '../../test/support/saml.ts';
import { decodeRedirect, redirectUrl } from './bindings.ts';
import type { KeyPair } from './certificate.ts';
import { decideAuthnRequest } from './decide.ts';
import { BINDING } from './names.ts';
import { tag } from './xml-text.ts';

let sp: KeyPair;

beforeAll(async () => {
  sp = await keyPair('sp');
});

const decide = (xml: string) => decideAuthnRequest(posted(xml, 'r'), circumstances([]));

describe('the answer goes', () => {
  test.each<[string, Record<string, string | number | null>, string]>([
    [
      'where the request asks',
      { AssertionConsumerServiceURL: 'https://sp.test/acs2' },
      'https://sp.test/acs2',
    ],
    [
      'to the number that the request gives',
      { AssertionConsumerServiceURL: null, AssertionConsumerServiceIndex: 7 },
      'https://sp.test/acs2',
    ],
    ['to the first where it asks for none', { AssertionConsumerServiceURL: null }, ACS],
    ['by POST where it says so', { ProtocolBinding: BINDING.post }, ACS],
  ])('%s', (_what, attributes, acsUrl) => {
    expect(decide(authnRequest({ attributes }))).toMatchObject({ kind: 'accepted', acsUrl, relayState: 'r' });
  });
});

test('what a request asks for is read', () => {
  const children = [
    tag('saml:Subject', {}, [tag('saml:NameID', {}, 'ada@example.com')]),
    tag('samlp:NameIDPolicy', { Format: 'f', SPNameQualifier: 'q', AllowCreate: 1 }),
    tag('samlp:RequestedAuthnContext', { Comparison: 'minimum' }, [
      tag('saml:AuthnContextClassRef', {}, 'a'),
      tag('saml:AuthnContextClassRef', {}, 'b'),
      tag('saml:AuthnContextDeclRef', {}, 'c'),
    ]),
  ];
  const xml = authnRequest({ attributes: { ForceAuthn: '1', IsPassive: 'true' }, children });
  expect(decide(xml)).toMatchObject({
    signed: false,
    remember: { id: '_request1', until: new Date(NOW.getTime() + 8 * 60_000) },
    request: {
      id: '_request1',
      issuer: SP,
      forceAuthn: true,
      isPassive: true,
      nameIdPolicy: { format: 'f', spNameQualifier: 'q', allowCreate: true },
      requestedAuthnContext: { comparison: 'minimum', classes: ['a', 'b', 'c'] },
      subject: 'ada@example.com',
    },
  });
});

test('a redirect keeps its RelayState to the letter', () => {
  const relayState = 'https://sp.test/a?b=c&d=é +%20';
  const url = redirectUrl(
    { kind: 'SAMLRequest', xml: authnRequest(), destination: `${SSO}?x=1`, relayState },
    null,
  );
  expect(url).toMatch(/\?x=1&SAMLRequest=/);
  const decision = decideAuthnRequest(decodeRedirect(new URL(url).search), circumstances([]));
  expect(decision).toMatchObject({ kind: 'accepted', relayState });
});

test('an empty RelayState is none, and a plus sign in an address is a blank', () => {
  expect(decideAuthnRequest(posted(authnRequest(), ''), circumstances([]))).toMatchObject({
    relayState: null,
  });
  const url = new URL(
    redirectUrl({ kind: 'SAMLRequest', xml: authnRequest(), destination: SSO, relayState: null }, null),
  );
  const relayStateOf = (text: string) => decodeRedirect(`${url.search}&RelayState=${text}`).relayState;
  expect([relayStateOf(''), relayStateOf('a+b%2B')]).toEqual([null, 'a b+']);
});

test('nothing is answered where no address is registered', () => {
  const { serviceProvider, ...rest } = circumstances([]);
  const none = { ...rest, serviceProvider: { ...serviceProvider, acsUrls: [], acsIndexes: [] } };
  const xml = authnRequest({ attributes: { AssertionConsumerServiceURL: null } });
  expect(decideAuthnRequest(posted(xml), none)).toMatchObject({ code: 'unregistered-acs' });
});

test('a sentence says what is wrong and what to do, in one line, whatever the message holds', () => {
  const decision = decideAuthnRequest(
    redirected(authnRequest({ issuer: `a\n${'b'.repeat(500)}` })),
    circumstances([]),
  );
  expect(decision).toMatchObject({ kind: 'refused', code: 'unknown-issuer' });
  const { sentence } = decision as { sentence: string };
  expect(sentence).toMatch(
    /^The message comes from “a b{198}…”.*Correct the entity ID in the application's SSO settings/,
  );
});

describe.each(['none', 'query', 'enveloped'] as const)('node-saml asks, signature: %s', (signature) => {
  const config = (): SamlConfig => ({
    idpCert: sp.certificate,
    issuer: SP,
    callbackUrl: ACS,
    entryPoint: SSO,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    ...(signature === 'none' ? {} : { privateKey: sp.privateKey }),
    ...(signature === 'enveloped' ? { authnRequestBinding: 'HTTP-POST', skipRequestCompression: true } : {}),
  });

  async function message() {
    const saml = new SAML(config());
    if (signature !== 'enveloped')
      return decodeRedirect(new URL(await saml.getAuthorizeUrlAsync('r', undefined, {})).search);
    const fields = await saml.getAuthorizeMessageAsync('r');
    return posted(Buffer.from(String(fields['SAMLRequest']), 'base64').toString(), 'r');
  }

  test('and is understood', async () => {
    const signed = signature !== 'none';
    const decision = decideAuthnRequest(await message(), {
      ...circumstances(signed ? [sp.certificate] : [], signed),
      now: new Date(),
    });
    expect(decision).toMatchObject({ kind: 'accepted', signed, acsUrl: ACS, relayState: 'r' });
  });
});
