import { SAML, type Profile } from '@node-saml/node-saml';
import { beforeAll, describe, expect, test } from 'vitest';
import { IDP, keyPair, NOW, SLO, SP } from '../../test/support/saml.ts';
import { decodePost, decodeRedirect, type InboundMessage, type MessageKind } from './bindings.ts';
import type { KeyPair } from './certificate.ts';
import {
  buildLogoutRequest,
  buildLogoutResponse,
  decideLogoutRequest,
  decideLogoutResponse,
  deliver,
  saidToAnswer,
  type Delivery,
} from './logout.ts';
import { NAME_ID_FORMAT, type Binding } from './names.ts';
import { signXml } from './signature.ts';
import { SUCCESS } from './status.ts';

let idp: KeyPair;
let sp: KeyPair;

beforeAll(async () => {
  [idp, sp] = await Promise.all([keyPair('idp'), keyPair('sp')]);
});

const nameId = { value: 'ada@example.com', format: NAME_ID_FORMAT.emailAddress };
/** As the service provider would say it; the builders serve both sides. */
const fromSp = (destination = SLO, issuer = SP) => ({ id: '_l1', issuer, destination, now: NOW });
const at = (now = NOW) => ({ spEntityId: SP, certificates: [sp.certificate], sloUrl: SLO, now });

function arrived(delivery: Delivery): InboundMessage {
  return delivery.binding === 'redirect'
    ? decodeRedirect(new URL(delivery.url).search)
    : decodePost(delivery.form.fields);
}

const send = (kind: MessageKind, xml: string, binding: Binding, signer = sp): InboundMessage =>
  arrived(deliver({ kind, xml, destination: SLO, relayState: 'r' }, binding, signer));

describe.each(['redirect', 'post'] as const)('by %s', (binding) => {
  test('a LogoutRequest is understood', () => {
    const message = send('SAMLRequest', buildLogoutRequest(fromSp(), nameId, '_s1'), binding);
    expect(decideLogoutRequest(message, at())).toMatchObject({
      kind: 'accepted',
      relayState: 'r',
      remember: { id: '_l1' },
      message: { nameId: nameId.value, nameIdFormat: nameId.format, sessionIndexes: ['_s1'] },
    });
  });

  test('a LogoutResponse is understood', () => {
    const said = (status: typeof SUCCESS) =>
      decideLogoutResponse(send('SAMLResponse', buildLogoutResponse(fromSp(), '_r1', status), binding), at());
    expect(said(SUCCESS)).toMatchObject({
      kind: 'accepted',
      message: { inResponseTo: '_r1', success: true },
    });
    const partly = { code: 'Responder', detail: 'PartialLogout', message: null } as const;
    expect(said(partly)).toMatchObject({ kind: 'accepted', message: { success: false } });
  });

  test.each<[string, () => InboundMessage, Date, string]>([
    [
      'of a foreign key',
      () => send('SAMLRequest', buildLogoutRequest(fromSp(), nameId, '_s1'), binding, idp),
      NOW,
      'bad-signature',
    ],
    [
      'of somebody else',
      () => send('SAMLRequest', buildLogoutRequest(fromSp(SLO, 'x'), nameId, '_s1'), binding),
      NOW,
      'unknown-issuer',
    ],
    [
      'for somewhere else',
      () => send('SAMLRequest', buildLogoutRequest(fromSp('https://x.test'), nameId, '_s1'), binding),
      NOW,
      'wrong-destination',
    ],
    [
      'of yesterday',
      () => send('SAMLRequest', buildLogoutRequest(fromSp(), nameId, '_s1'), binding),
      new Date(NOW.getTime() + 86_400_000),
      'stale',
    ],
    [
      'that names nobody who can be read',
      () => {
        const named = buildLogoutRequest(fromSp(), nameId, '_s1');
        return send('SAMLRequest', named.replace(/<saml:NameID .*<\/saml:NameID>/, ''), binding);
      },
      NOW,
      'malformed',
    ],
    [
      'that is a response',
      () => send('SAMLResponse', buildLogoutResponse(fromSp(), '_r1', SUCCESS), binding),
      NOW,
      'unexpected-message',
    ],
    [
      'that is another message',
      () => send('SAMLRequest', buildLogoutResponse(fromSp(), '_r1', SUCCESS), binding),
      NOW,
      'unexpected-message',
    ],
  ])('a LogoutRequest is refused %s', (_what, message, now, code) => {
    expect(decideLogoutRequest(message(), at(now))).toMatchObject({ kind: 'refused', code });
  });
});

test('a LogoutRequest must be signed, and have not expired', () => {
  const xml = buildLogoutRequest(fromSp(), nameId, '_s1');
  const unsigned = decodePost({ SAMLRequest: Buffer.from(xml).toString('base64') });
  expect(decideLogoutRequest(unsigned, at())).toMatchObject({ kind: 'refused', code: 'unsigned' });
  const expired = xml.replace(' Version', ' NotOnOrAfter="2026-11-26T11:57:00Z" Version');
  expect(decideLogoutRequest(send('SAMLRequest', expired, 'post'), at())).toMatchObject({ code: 'stale' });
});

test('a LogoutRequest may have expired by as much as clocks differ', () => {
  const xml = buildLogoutRequest(fromSp(), nameId, '_s1');
  const lately = xml.replace(' Version', ' NotOnOrAfter="2026-11-26T11:58:00Z" Version');
  expect(decideLogoutRequest(send('SAMLRequest', lately, 'post'), at())).toMatchObject({ kind: 'accepted' });
});

test('a LogoutRequest has no RelayState that is longer than any', () => {
  const xml = buildLogoutRequest(fromSp(), nameId, '_s1');
  const message = { kind: 'SAMLRequest', xml, destination: SLO, relayState: 'r'.repeat(1025) } as const;
  expect(decideLogoutRequest(arrived(deliver(message, 'post', sp)), at())).toMatchObject({
    code: 'relay-state',
  });
});

test('a request is no LogoutResponse, whatever it came as', () => {
  const message = send('SAMLResponse', buildLogoutRequest(fromSp(), nameId, '_s1'), 'post');
  expect(decideLogoutResponse(message, at())).toMatchObject({ code: 'unexpected-message' });
});

test('of a LogoutResponse that is refused, what it says that it answers is known, if it can be read', () => {
  const saying = (xml: string) =>
    saidToAnswer(decodePost({ SAMLResponse: Buffer.from(xml).toString('base64') }));
  expect(saying(buildLogoutResponse(fromSp(), '_r1', SUCCESS))).toBe('_r1');
  expect(saying('<a/>')).toBe(null);
  expect(saying('<!DOCTYPE a><a InResponseTo="_r1"/>')).toBe(null);
});

test.each([
  ['that was signed with it', (xml: string) => xml, (signed: string) => signed],
  [
    'that somebody put in afterwards',
    (xml: string) => xml.replace('<!---->', ''),
    (signed: string) => signed.replace('>ada@', '>ada@<!---->'),
  ],
])('a comment in the NameID, %s, does not cut it', (_what, before, after) => {
  const xml = buildLogoutRequest(fromSp(), nameId, '_s1').replace('>ada@', '>ada@<!---->');
  const signed = after(signXml(before(xml), sp));
  expect(signed.includes('<!---->')).toBe(true);
  const message = decodePost({ SAMLRequest: Buffer.from(signed).toString('base64') });
  expect(decideLogoutRequest(message, at())).toMatchObject({ message: { nameId: nameId.value } });
});

describe('with node-saml', () => {
  const nodeSaml = () =>
    new SAML({
      idpCert: idp.certificate,
      issuer: SP,
      callbackUrl: 'https://sp.test/acs',
      entryPoint: SLO,
      logoutUrl: SLO,
      privateKey: sp.privateKey,
      signatureAlgorithm: 'sha256',
      idpIssuer: IDP,
    });
  const fromIdp = () => ({ id: '_i1', issuer: IDP, destination: 'https://sp.test/slo', now: new Date() });

  test('its LogoutRequest is understood', async () => {
    const profile: Profile = {
      issuer: IDP,
      nameID: nameId.value,
      nameIDFormat: nameId.format,
      sessionIndex: '_s1',
    };
    const url = await nodeSaml().getLogoutUrlAsync(profile, 'r', {});
    expect(decideLogoutRequest(decodeRedirect(new URL(url).search), at(new Date()))).toMatchObject({
      kind: 'accepted',
      message: { nameId: nameId.value, sessionIndexes: ['_s1'] },
    });
  });

  test.each(['SAMLRequest', 'SAMLResponse'] as const)(
    'our %s is understood by redirect, and a changed one is refused',
    async (kind) => {
      const xml =
        kind === 'SAMLRequest'
          ? buildLogoutRequest(fromIdp(), nameId, '_s1')
          : buildLogoutResponse(fromIdp(), '_r1', SUCCESS);
      const message = { kind, xml, destination: 'https://sp.test/slo', relayState: 'r' };
      const delivery = deliver(message, 'redirect', idp);
      const url = delivery.binding === 'redirect' ? delivery.url : '';
      const read = (query: string) =>
        nodeSaml().validateRedirectAsync(Object.fromEntries(new URLSearchParams(query)), query);
      const query = new URL(url).search.slice(1);
      await expect(read(query)).resolves.toMatchObject({ loggedOut: true });
      await expect(read(query.replace('RelayState=r', 'RelayState=x'))).rejects.toThrow(/signature/i);
    },
  );

  test('our LogoutRequest is understood by POST', async () => {
    const xml = buildLogoutRequest(fromIdp(), nameId, '_s1');
    const delivery = deliver(
      { kind: 'SAMLRequest', xml, destination: 'https://sp.test/slo', relayState: null },
      'post',
      idp,
    );
    const fields = delivery.binding === 'post' ? delivery.form.fields : {};
    const { profile } = await nodeSaml().validatePostRequestAsync({ ...fields });
    expect(profile).toMatchObject({ nameID: nameId.value, sessionIndex: '_s1' });
  });
});
