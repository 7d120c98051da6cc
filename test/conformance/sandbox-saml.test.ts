/** The sandbox as a SAML service provider, over real HTTP, with Responses by npm's samlp. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client } from './sandbox-client.ts';
import { certificate, ISSUER, SIGN_ON_URL, Sso, type Change } from './sandbox-saml-idp.ts';

let client: Client;
let sso: Sso;

beforeAll(async () => {
  client = await Client.start();
  sso = new Sso(client);
});
beforeEach(async () => {
  await client.fresh();
  await sso.connect();
});
afterAll(() => client.stop());

const ADA = 'ada@example.com';

describe('the connection', () => {
  it('gives a Customer ID, the ACS URL and the audience', async () => {
    const { body } = await client.control('GET', '/saml');
    const { customerId } = await sso.saml();
    expect(body).toEqual({
      customerId: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
      acsUrl: `${sso.url}/login/callback?connection=${customerId}`,
      audience: `urn:auth0:segment-prod:samlp-${customerId}`,
      loginUrl: `${sso.url}/login`,
      signOnUrl: SIGN_ON_URL,
      certificate: certificate.trim(),
      requireSso: false,
    });
  });

  const refused: [field: string, settings: object][] = [
    ['signOnUrl', { signOnUrl: 'idp', certificate }],
    ['signOnUrl', { signOnUrl: 'javascript:alert(1)', certificate }],
    ['certificate', { signOnUrl: SIGN_ON_URL, certificate: 'MIIC' }],
    ['certificate', { signOnUrl: SIGN_ON_URL }],
    ['customerId', { signOnUrl: SIGN_ON_URL, certificate, customerId: 'mine' }],
  ];

  it.each(refused)('refuses a wrong %s', async (path, settings) => {
    const reply = await client.control('PUT', '/saml', settings);
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });

  it('is saved on its page, which shows the two values', async () => {
    await client.control('POST', '/reset');
    const fields = { signOnUrl: SIGN_ON_URL, certificate };
    const page = await sso.browser.submit({ action: new URL('/connections', sso.url), fields });
    const { customerId, acsUrl, audience } = await sso.saml();
    for (const words of [
      customerId,
      acsUrl,
      audience,
      'The connection is saved.',
      'CN=localhost',
      '2049-01-01',
    ])
      expect(page.text).toContain(words);
    expect(await client.control('GET', '/saml')).toMatchObject({ body: { signOnUrl: SIGN_ON_URL } });
  });

  it('keeps what was typed where it was wrong, beside the reason', async () => {
    await client.control('POST', '/reset');
    const fields = { signOnUrl: '"><b>idp', certificate };
    const page = await sso.browser.submit({ action: new URL('/connections', sso.url), fields });
    expect(page).toMatchObject({ status: 400 });
    expect(page.text).toContain('value="&quot;&gt;&lt;b&gt;idp"');
    expect(page.text).toContain('A sign-on URL is needed');
    expect(await client.control('GET', '/saml')).toMatchObject({ body: { signOnUrl: null } });
  });

  it('survives a reset where that is asked for; the Customer ID always does', async () => {
    const before = await sso.saml();
    await client.control('POST', '/reset', { keep: ['saml'] });
    expect(await client.control('GET', '/saml')).toMatchObject({ body: { signOnUrl: SIGN_ON_URL } });
    await client.control('POST', '/reset');
    expect(await client.control('GET', '/saml')).toMatchObject({
      body: { ...before, signOnUrl: null, certificate: null, requireSso: false },
    });
    expect(await sso.browser.open(`${sso.url}/login/sso`)).toMatchObject({ status: 403 });
  });
});

describe('SP-initiated sign-in', () => {
  it('sends the browser away with an AuthnRequest, and takes its answer', async () => {
    await client.member(ADA, 'Ada Lovelace');
    const { location, request } = await sso.ask();
    const { acsUrl, audience } = await sso.saml();
    expect(location.href.startsWith(`${SIGN_ON_URL}&SAMLRequest=`)).toBe(true);
    expect(request).toMatchObject({
      issuer: audience,
      assertionConsumerServiceURL: acsUrl,
      destination: SIGN_ON_URL,
    });
    const page = await sso.arrive(ADA, { inResponseTo: request.id });
    expect(page).toMatchObject({ status: 200, url: new URL('/app', sso.url) });
    expect(page.text).toContain('Ada Lovelace');
    expect(await sso.signIns()).toMatchObject([
      {
        email: ADA,
        method: 'saml',
        initiatedBy: 'service-provider',
        result: 'signed-in',
        reason: 'A member.',
      },
    ]);
  });

  it('answers one request once', async () => {
    const { request } = await sso.ask();
    await sso.arrive(ADA, { inResponseTo: request.id });
    const page = await sso.arrive(ADA, { inResponseTo: request.id });
    expect(page.text).toContain('InResponseTo is not valid');
  });

  it('is offered by the sign-in page', async () => {
    expect((await sso.browser.open(`${sso.url}/login`)).text).toContain('href="/login/sso"');
  });
});

describe('IdP-initiated sign-in', () => {
  it('takes a Response that nobody asked for, and signs out again', async () => {
    await client.member(ADA, 'Ada Lovelace');
    expect((await sso.arrive(ADA)).text).toContain('Signed in');
    expect(await sso.signIns()).toMatchObject([{ initiatedBy: 'identity-provider', result: 'signed-in' }]);
    await sso.browser.submit({ action: new URL('/logout', sso.url), fields: {} });
    expect(await sso.browser.open(`${sso.url}/app`)).toMatchObject({ url: new URL('/login', sso.url) });
  });

  it('ends a session when the member is removed over SCIM', async () => {
    const id = await client.member(ADA);
    await sso.arrive(ADA);
    await client.scim('DELETE', `/Users/${id}`);
    expect(await sso.browser.open(`${sso.url}/app`)).toMatchObject({ url: new URL('/login', sso.url) });
  });

  it('knows its own connection only', async () => {
    const action = new URL('/login/callback?connection=other', sso.url);
    const SAMLResponse = await sso.response(ADA);
    expect(await sso.browser.submit({ action, fields: { SAMLResponse } })).toMatchObject({ status: 404 });
  });
});

describe('a Response is refused', () => {
  const intruder = (xml: string): string => xml.replaceAll(ADA, 'eve@example.com');
  const rows: [what: string, change: Change, reason: string][] = [
    ['tampered with', { tamper: intruder }, 'Invalid document signature'],
    ['signed by a stranger', { strangeKey: true }, 'Invalid document signature'],
    ['with an unsigned assertion', { signAssertion: false }, 'Invalid signature'],
    ['unsigned around a signed assertion', { signResponse: false }, 'Invalid document signature'],
    ['not signed at all', { signAssertion: false, signResponse: false }, 'Invalid document signature'],
    ['signed with RSA-SHA1', { hash: 'sha1' }, 'must be signed with RSA-SHA256'],
    ['for another audience', { audience: 'urn:auth0:segment-prod:samlp-other' }, 'audience mismatch'],
    ['that has expired', { lifetimeInSeconds: -60 }, 'expired'],
    ['for another recipient', { recipient: 'https://sp.example.com/acs' }, 'Recipient must be'],
    ['for another destination', { destination: 'https://sp.example.com/acs' }, 'Destination must be'],
    ['to a request that was never made', { inResponseTo: '_made-up' }, 'InResponseTo is not valid'],
    ['without an email', { attributes: { mail: ADA } }, 'no attribute &quot;email&quot;'],
    [
      'with two emails',
      { attributes: { email: [ADA, 'eve@example.com'] } },
      'no attribute &quot;email&quot;',
    ],
    ['that is cut off', { tamper: (xml) => xml.slice(0, 99) }, 'no SAML Response'],
  ];

  it.each(rows)('%s', async (_, change, reason) => {
    await client.member(ADA);
    const page = await sso.arrive(ADA, change);
    expect(page).toMatchObject({ status: 403, url: new URL((await sso.saml()).acsUrl) });
    expect(page.text).toContain(reason);
    expect(await sso.signIns()).toMatchObject([{ email: null, result: 'refused' }]);
    expect(await sso.browser.open(`${sso.url}/app`)).toMatchObject({ url: new URL('/login', sso.url) });
    expect(await client.memberEmails()).toEqual([ADA]);
  });

  it('the second time', async () => {
    const response = await sso.response(ADA);
    expect(await sso.post(response)).toMatchObject({ status: 200 });
    const page = await sso.post(response);
    expect(page.status).toBe(403);
    expect(page.text).toContain('a replay');
  });

  it('that is empty or too large', async () => {
    expect(await sso.post('')).toMatchObject({ status: 403 });
    expect(await sso.post('A'.repeat(2_000_000))).toMatchObject({ status: 413 });
    expect(await sso.signIns()).toMatchObject([{ email: null, initiatedBy: null, result: 'refused' }]);
  });
});

describe('who gets in', () => {
  it('an unknown email becomes an account and a member with minimal access', async () => {
    await sso.arrive(ADA);
    expect((await client.holds()).members).toEqual([
      { userName: ADA, displayName: ADA, role: 'Minimal Workspace Access' },
    ]);
    expect(await sso.signIns()).toMatchObject([
      { reason: expect.stringContaining('Just in time') as unknown },
    ]);
  });

  it('an account outside the workspace is linked under its own name', async () => {
    await client.control('POST', '/accounts', { email: ADA, displayName: 'Countess' });
    await sso.arrive(ADA);
    expect((await client.holds()).members).toMatchObject([{ userName: ADA, displayName: 'Countess' }]);
    expect((await client.holds()).accounts).toHaveLength(1);
  });

  it('not a member whose userName differs in case alone', async () => {
    await client.member('Ada@Example.com');
    const page = await sso.arrive(ADA);
    expect(page.status).toBe(403);
    expect(page.text).toContain(
      `The email in the assertion, ${ADA}, is not exactly the userName here, Ada@Example.com.`,
    );
    expect(await sso.signIns()).toMatchObject([{ email: ADA, result: 'refused' }]);
  });

  it('names in the journal the issuer of no Response, only people', async () => {
    await sso.arrive(ADA);
    expect((await client.control('GET', '/sign-ins')).text).not.toContain(ISSUER);
  });
});

describe('Require SSO', () => {
  const withPassword = (email: string) =>
    sso.browser.submit({ action: new URL('/login/password', sso.url), fields: { email } });

  it('off: a member signs in with a password, and nobody else', async () => {
    await client.member(ADA);
    expect((await withPassword(ADA)).text).toContain('Signed in');
    expect(await withPassword('eve@example.com')).toMatchObject({ status: 403 });
  });

  it('on: a password is refused, and single sign-on works', async () => {
    await client.member(ADA);
    await sso.connect(true);
    expect((await withPassword(ADA)).text).toContain('requires single sign-on');
    expect((await sso.browser.open(`${sso.url}/login`)).text).not.toContain('/login/password');
    expect((await sso.arrive(ADA)).text).toContain('Signed in');
    expect(await sso.signIns()).toMatchObject([
      { email: ADA, method: 'password', initiatedBy: null, result: 'refused' },
      { email: ADA, method: 'saml', result: 'signed-in' },
    ]);
  });

  it('is switched on its page, once there is a connection', async () => {
    const required = async () => {
      const action = new URL('/connections/require-sso', sso.url);
      await sso.browser.submit({ action, fields: { required: 'yes' } });
      return (await client.control('GET', '/saml')).body;
    };
    expect(await required()).toMatchObject({ requireSso: true });
    await client.control('POST', '/reset');
    expect(await required()).toMatchObject({ requireSso: false });
  });
});

describe('pages', () => {
  it.each(['/connections', '/connections/require-sso', '/login/password', '/logout'])(
    'POST %s is refused where another site sends it',
    async (path) => {
      const headers = { 'sec-fetch-site': 'cross-site' };
      expect(await client.send('POST', path, '', headers)).toMatchObject({ status: 403 });
    },
  );

  it('the journal shows each attempt, escaped', async () => {
    await sso.arrive('<b>@example.com');
    await sso.arrive(ADA, { signResponse: false });
    const { text } = await sso.browser.open(`${sso.url}/connections`);
    expect(text).toContain('&lt;b&gt;@example.com');
    expect(text).toContain('Invalid document signature');
  });
});
