/** The identity provider over HTTP, with a service provider that is made up for each question. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bareBase64 } from '../../src/saml/certificate.ts';
import { NAME_ID_FORMAT, NS } from '../../src/saml/names.ts';
import { tag } from '../../src/saml/xml-text.ts';
import { createPasskey } from '../../src/store/factors.ts';
import { deleteExpiredMessages } from '../../src/store/saml-requests.ts';
import { detailOf, made } from '../support/api.ts';
import { Browser, formOf, type Page } from '../../src/cli/demo-browser.ts';
import { selfSigned } from '../support/certificate.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';
import { until } from '../support/scene.ts';
import { textLike } from '../support/matchers.ts';
import { keyPair, signedBy, spMetadata } from '../support/saml.ts';
import {
  ACS,
  fillIn,
  givePassword,
  readSso,
  responseOn,
  setUpSso,
  signInLog,
  Wiki,
} from '../support/sign-on.ts';

const statusOf = (page: Page): string[] =>
  [...(responseOn(page) ?? '').matchAll(/StatusCode Value="[^"]*:(\w+)"/g)].map(([, code = '']) => code);

describe.each(databaseKinds)('the identity provider, on the %s database', async (kind) => {
  const rollcall = await startRollcall(kind);
  const caller = { call: rollcall.api };
  const user = (name: string): Promise<string> =>
    made(caller, '/users', {
      username: name,
      email: `${name}@example.com`,
      firstname: 'Ada',
      lastname: '<&>',
    });
  const ada = await user('ada');
  await givePassword(rollcall, ada);
  const wiki = await Wiki.start(rollcall, [ada], {
    attributes: [
      { name: 'email', expression: 'user.email' },
      { name: 'name', expression: 'user.firstname + " " + user.lastname' },
      { name: 'plan', constant: 'gold' },
    ],
    groupAttribute: { name: 'groups', groups: 'bound' },
    nameId: { source: 'user.email' },
    defaultRelayState: 'home',
  });
  const path = `/applications/${wiki.id}/sso`;

  /** A browser in which Ada is signed in. */
  async function signedIn(): Promise<Browser> {
    const browser = new Browser();
    await fillIn(browser, await browser.open(`${rollcall.url}/sign-in`), 'ada');
    return browser;
  }

  it('answers a request by redirect: name, attributes, groups and RelayState arrive', async () => {
    const browser = new Browser();
    const url = wiki.url({ attributes: { ID: '_asked' } });
    const page = await fillIn(browser, await browser.open(url), 'ada');
    expect(formOf(page)).toMatchObject({ action: new URL(ACS), fields: { RelayState: 'page-7' } });
    expect(responseOn(page)?.match(/InResponseTo="_asked"/g)).toHaveLength(2);
    const profile = await wiki.judge(page);
    expect(profile).toMatchObject({
      nameID: 'ada@example.com',
      nameIDFormat: NAME_ID_FORMAT.emailAddress,
      attributes: { email: 'ada@example.com', name: 'Ada <&>', plan: 'gold', groups: `Writers ${wiki.id}` },
    });
  });

  it('answers a posted request, which comes without the cookie of the session', async () => {
    const browser = await signedIn();
    expect((await wiki.judge(await browser.submit(wiki.form()))).nameID).toBe('ada@example.com');
  });

  it('lets people start here, with the RelayState that is set', async () => {
    const page = await (await signedIn()).open(wiki.sso.identityProvider.startUrl);
    expect(formOf(page).fields['RelayState']).toBe('home');
    expect(responseOn(page)).not.toContain('InResponseTo');
    expect((await wiki.judge(page)).nameID).toBe('ada@example.com');
  });

  it('says when and how somebody signed in, and gives each message a name of its own', async () => {
    const browser = await signedIn();
    await sql`UPDATE sessions SET authenticated_at = '2026-11-01T12:00:00Z'`.execute(rollcall.database.db);
    const opened = async () => responseOn(await browser.open(wiki.sso.identityProvider.startUrl)) ?? '';
    const responses = [await opened(), await opened()];
    for (const response of responses) {
      expect(response).toContain('AuthnInstant="2026-11-01T12:00:00.000Z"');
      expect(response).toContain(':ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef>');
    }
    const names = responses.flatMap((response) => response.match(/ ID="_[0-9a-f]{40}"/g) ?? []);
    expect([names.length, new Set(names).size]).toEqual([4, 4]);
  });

  it('answers at the address that was asked for, of several', async () => {
    const second = 'https://second.sp.test/acs';
    const several = await Wiki.start(rollcall, [ada], {
      acsUrls: [ACS, second],
      nameId: { source: 'user.email' },
    });
    const url = several.url({ attributes: { AssertionConsumerServiceURL: second } });
    const page = await (await signedIn()).open(url);
    expect(formOf(page).action.href).toBe(second);
    expect(responseOn(page)).toContain(`Destination="${second}"`);
    expect(responseOn(page)).toContain(`Recipient="${second}"`);
  });

  it('tells of the groups that are bound, or of all, and calls nobody the same twice where it is to be transient', async () => {
    const choir = await made(caller, '/groups', { name: 'Choir' });
    await rollcall.api('POST', `/groups/${choir}/members`, { add: [ada] });
    const all = await Wiki.start(rollcall, [ada], {
      groupAttribute: { name: 'groups', groups: 'all' },
      nameId: { format: NAME_ID_FORMAT.transient },
    });
    const browser = await signedIn();
    const opened = async (one: Wiki) =>
      responseOn(await browser.open(one.sso.identityProvider.startUrl)) ?? '';
    const [bound, some, others] = [await opened(wiki), await opened(all), await opened(all)];
    expect([bound.includes('>Choir<'), some.includes('>Choir<')]).toEqual([false, true]);
    const nameOf = (xml: string) => /<saml:NameID[^>]*>([^<]*)</.exec(xml)?.[1];
    expect(nameOf(some)).toMatch(/^_[\w-]{43}$/);
    expect(nameOf(some)).not.toBe(nameOf(others));
    await rollcall.api('DELETE', `/groups/${choir}`);
  });

  it('says in the log who it was and under which request, and of a message that it was somebody', async () => {
    const causeOf = async () => {
      const { body } = await rollcall.api('GET', `/events?application=${wiki.id}&limit=1`);
      return z.object({ items: z.array(z.looseObject({ cause: z.looseObject({}) })) }).parse(body).items[0]
        ?.cause;
    };
    const browser = await signedIn();
    const { headers } = await browser.open(wiki.sso.identityProvider.startUrl);
    const requestId = headers['x-request-id'];
    expect(await causeOf()).toMatchObject({ action: 'signIn', actor: 'Ada <&> (ada)', requestId });
    await browser.open(`${wiki.sso.identityProvider.ssoUrl}?SAMLRequest=nonsense`);
    expect(await causeOf()).toMatchObject({ action: 'signIn', actor: 'somebody' });
  });

  it('says beforehand as whom somebody would be signed in, or why not', async () => {
    const trialOf = async (userId: string) => (await rollcall.api('GET', `${path}/people/${userId}`)).body;
    expect(await trialOf(ada)).toEqual({
      message: 'Ada <&> (ada) would be signed in to Wiki as ada@example.com.',
      claims: {
        nameId: { value: 'ada@example.com', format: NAME_ID_FORMAT.emailAddress },
        attributes: [
          { name: 'email', values: ['ada@example.com'] },
          { name: 'name', values: ['Ada <&>'] },
          { name: 'plan', values: ['gold'] },
          { name: 'groups', values: [`Writers ${wiki.id}`] },
        ],
      },
    });
    expect(await trialOf(await user('stranger'))).toMatchObject({
      message: textLike(/\(stranger\) is not assigned to Wiki/),
      claims: null,
    });
    const off = await made(caller, '/applications', { connector: 'scim2', label: 'Off' });
    const { body } = await rollcall.api('GET', `/applications/${off}/sso/people/${ada}`);
    expect(body).toMatchObject({ message: textLike(/is turned off/), claims: null });
  });

  it('R17: signs nobody in by a name that is also somebody else’s', async () => {
    const twin = await made(caller, '/users', { username: 'twin', email: 'ADA@example.com' });
    const page = await (await signedIn()).open(wiki.url());
    expect(responseOn(page)).toBeUndefined();
    expect(page.text).toContain(
      'ada would be signed in as &quot;ada@example.com&quot;, which belongs to twin',
    );
    await rollcall.api('PATCH', `/users/${twin}`, { email: 'twin@example.com' });
    expect(responseOn(await (await signedIn()).open(wiki.url()))).toBeDefined();
    await rollcall.api('DELETE', `/users/${twin}`);
  });

  it('allows the form that leads to the service provider on that page only, and no script but its own', async () => {
    const browser = await signedIn();
    const page = await browser.open(wiki.url());
    expect(page.headers['content-security-policy']).toContain('form-action https://sp.test https:;');
    for (const said of [
      "default-src 'none';",
      "script-src 'self';",
      "base-uri 'none';",
      "frame-ancestors 'none'",
    ])
      expect(page.headers['content-security-policy']).toContain(said);
    // Some service providers refuse a form of the origin "null".
    expect(page.headers).toMatchObject({ 'referrer-policy': 'strict-origin', 'cache-control': 'no-store' });
    expect(page.text).toContain('<script src="/saml/submit.js" defer></script>');
    const refused = await browser.open(wiki.url({ issuer: 'https://other.test' }));
    expect(refused.headers['content-security-policy']).toContain("form-action 'self'");
  });

  it('acts on no HEAD: the request is still there afterwards, and nobody has been signed in', async () => {
    const browser = await signedIn();
    const head = async (url: string | URL): Promise<number> => (await fetch(url, { method: 'HEAD' })).status;
    const url = wiki.url();
    expect(await head(url)).toBe(404);
    const waiting = (await browser.visit(url)).location ?? new URL(url);
    expect(await head(waiting)).toBe(404);
    expect(await head(wiki.sso.identityProvider.startUrl)).toBe(404);
    expect(responseOn(await browser.open(waiting))).toBeDefined();
  });

  it('writes down who is refused because single sign-on is turned off', async () => {
    const off = await Wiki.start(rollcall, [ada]);
    const browser = await signedIn();
    const waiting = (await browser.visit(off.url())).location ?? new URL(ACS);
    await setUpSso(rollcall, off.id, { spEntityId: off.sso.spEntityId, acsUrls: [ACS], enabled: false });
    for (const url of [off.url(), waiting, off.sso.identityProvider.startUrl]) {
      const page = await browser.open(url);
      expect([page.status, responseOn(page)]).toEqual([403, undefined]);
      expect(page.text).toContain('turned off');
    }
    const refused = expect.stringMatching(/^refused: Single sign-on of Wiki is turned off/) as string;
    expect(await signInLog(rollcall, off.id)).toEqual([refused, refused, refused]);
  });

  it('answers a request once, and no request twice', async () => {
    const browser = await signedIn();
    const url = wiki.url();
    const waiting = (await browser.visit(url)).location ?? new URL(url);
    expect(responseOn(await browser.open(waiting))).toBeDefined();
    const [replayed, reloaded] = [await browser.open(url), await browser.open(waiting)];
    expect([replayed.status, responseOn(replayed)]).toEqual([403, undefined]);
    expect(replayed.text).toContain('has been taken in before');
    expect([reloaded.status, responseOn(reloaded)]).toEqual([403, undefined]);
    expect(reloaded.text).toContain('finished or given up');
  });

  if (kind === 'postgres')
    it('signs nobody in whose session ends at this moment: they are asked to sign in', async () => {
      const { db } = rollcall.database;
      const browser = await signedIn();
      const opened: Promise<Page>[] = [];
      await db.transaction().execute(async (tx) => {
        await tx.deleteFrom('sessions').where('user_id', '=', ada).execute();
        opened.push(browser.open(wiki.url()));
        await until('it waits for the session', async () => {
          const { rows } = await sql`SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db);
          return rows.length > 0;
        });
      });
      const page = await opened[0];
      expect(page).toMatchObject({
        status: 200,
        text: expect.stringContaining('<h1>Sign in</h1>') as string,
      });
      const answered = page && (await fillIn(browser, page, 'ada'));
      expect(answered && (await wiki.judge(answered)).nameID).toBe('ada@example.com');
    });

  it('answers no request that has waited too long, nor one of another application', async () => {
    const other = await Wiki.start(rollcall, [ada]);
    const browser = await signedIn();
    const { pathname } = (await browser.visit(wiki.url())).location ?? new URL(ACS);
    const astray = await browser.open(rollcall.url + pathname.replace(wiki.id, other.id));
    expect([astray.status, responseOn(astray)]).toEqual([403, undefined]);
    await sql`UPDATE saml_requests SET expires_at = now()`.execute(rollcall.database.db);
    const late = await browser.open(rollcall.url + pathname);
    expect([late.status, responseOn(late)]).toEqual([403, undefined]);
    expect(late.text).toContain('finished or given up');
  });

  it('answers nowhere that was struck off while the person signed in', async () => {
    const settings = {
      spEntityId: wiki.sso.spEntityId,
      acsUrls: [ACS, 'https://old.sp.test/acs'],
      nameId: { source: 'user.email' },
    };
    const gone = await Wiki.start(rollcall, [ada], settings);
    const browser = await signedIn();
    const ask = async (acs: string) =>
      (await browser.visit(gone.url({ attributes: { AssertionConsumerServiceURL: acs } }))).location ??
      new URL(rollcall.url);
    const [kept, struck] = [await ask(ACS), await ask('https://old.sp.test/acs')];
    await setUpSso(rollcall, gone.id, { ...settings, acsUrls: [ACS] });
    const page = await browser.open(struck);
    expect([page.status, responseOn(page)]).toEqual([403, undefined]);
    expect(page.text).toContain('https://old.sp.test/acs');
    expect((await signInLog(rollcall, gone.id))[0]).toMatch(/^refused: .*not registered any more/);
    expect(responseOn(await browser.open(kept))).toBeDefined();
  });

  const longAgo = new Date(Date.now() - 20 * 60_000).toISOString();
  const broken: [what: string, url: () => string, says: string][] = [
    ['no message', () => wiki.sso.identityProvider.ssoUrl, 'There is no SAML message here'],
    ['no base64', () => `${wiki.sso.identityProvider.ssoUrl}?SAMLRequest=%25`, 'not base64'],
    ['an unknown issuer', () => wiki.url({ issuer: 'https://evil.test' }), 'https://evil.test'],
    [
      'another ACS URL',
      () => wiki.url({ attributes: { AssertionConsumerServiceURL: 'https://evil.test/acs' } }),
      'not registered',
    ],
    [
      'another destination',
      () => wiki.url({ attributes: { Destination: 'https://elsewhere.test' } }),
      'was meant for',
    ],
    ['an old request', () => wiki.url({ attributes: { IssueInstant: longAgo } }), 'too long ago'],
    ['a long RelayState', () => wiki.url({}, 'x'.repeat(1025)), 'RelayState is longer'],
    ['markup', () => wiki.url({ issuer: '<b>evil</b>' }), '&lt;b&gt;evil'],
  ];

  it.each(broken)(
    '%s: a page says what is wrong, it is logged, and nothing is sent',
    async (_, url, says) => {
      const page = await (await signedIn()).open(url());
      expect([page.status, responseOn(page)]).toEqual([403, undefined]);
      expect(page.text).toContain(says);
      // It is about the message, whoever is signed in.
      expect(page.text).not.toContain('Not you?');
      const [event = ''] = await signInLog(rollcall, wiki.id);
      expect(event).toMatch(/^refused: /);
    },
  );

  it('says that there is no such application', async () => {
    for (const id of ['nothing', '01890a5d-ac96-774b-bcce-b302099a8057'])
      expect(await new Browser().open(`${rollcall.url}/saml/${id}/start`)).toMatchObject({
        status: 404,
        text: textLike(/There is no application at this address/),
      });
  });

  it('says that there is no metadata before single sign-on is set up', async () => {
    const id = await made(caller, '/applications', { connector: 'scim2', label: 'New' });
    const page = await new Browser().open(`${rollcall.url}/saml/${id}/metadata`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('Single sign-on of New has not been set up yet');
  });

  it('ForceAuthn: asks again also who is signed in', async () => {
    const browser = await signedIn();
    const page = await browser.open(wiki.url({ attributes: { ForceAuthn: 'true' } }));
    expect(page.text).toContain('Is it still you?');
    expect((await wiki.judge(await fillIn(browser, page, 'ada'))).nameID).toBe('ada@example.com');
  });

  it('IsPassive: shows nobody a page, and says why', async () => {
    const passive = { attributes: { IsPassive: 'true' } };
    expect(statusOf(await new Browser().open(wiki.url(passive)))).toEqual(['Responder', 'NoPassive']);
    expect((await wiki.judge(await (await signedIn()).open(wiki.url(passive)))).nameID).toBe(
      'ada@example.com',
    );
  });

  it('says once why somebody is not signed in', async () => {
    const browser = new Browser();
    const url = wiki.url({ attributes: { IsPassive: 'true' } });
    const waiting = (await browser.visit(url)).location ?? new URL(url);
    expect(statusOf(await browser.open(waiting))).toEqual(['Responder', 'NoPassive']);
    const again = await browser.open(waiting);
    expect([again.status, responseOn(again)]).toEqual([403, undefined]);
    expect(again.text).toContain('finished or given up');
  });

  it('tells a request that allows no page, too, that the person is not assigned', async () => {
    const other = await Wiki.start(rollcall, []);
    const browser = await signedIn();
    const passive = await browser.open(other.url({ attributes: { IsPassive: 'true' } }));
    expect(statusOf(passive)).toEqual(['Responder', 'RequestDenied']);
    expect(await signInLog(rollcall, other.id)).toEqual([expect.stringContaining('is not assigned to Wiki')]);
  });

  it('RequestedAuthnContext, NameIDPolicy and Subject are answered as the standard says', async () => {
    const browser = await signedIn();
    const context = tag('samlp:RequestedAuthnContext', {}, [
      tag('saml:AuthnContextClassRef', {}, 'https://refeds.org/profile/mfa'),
    ]);
    const policy = tag('samlp:NameIDPolicy', { Format: NAME_ID_FORMAT.persistent });
    const subject = tag('saml:Subject', {}, [tag('saml:NameID', {}, 'eve@example.com')]);
    const answers: [{ readonly xml: string }, string[]][] = [
      [context, ['Responder', 'NoAuthnContext']],
      [policy, ['Requester', 'InvalidNameIDPolicy']],
      [subject, ['Responder', 'UnknownPrincipal']],
    ];
    for (const [child, codes] of answers)
      expect(statusOf(await browser.open(wiki.url({ children: [child] })))).toEqual(codes);
  });

  it('asks whoever has a second factor, and signed in before they had it, to sign in with it', async () => {
    const { db } = rollcall.database;
    const browser = await signedIn();
    const key = { credentialId: 'k', publicKey: new Uint8Array([1]), signCount: 0, transports: [] };
    await createPasskey(db, { userId: ada, label: 'Key', ...key });
    const context = tag('samlp:RequestedAuthnContext', {}, [
      tag('saml:AuthnContextClassRef', {}, 'https://refeds.org/profile/mfa'),
    ]);
    expect((await browser.open(wiki.url({ children: [context] }))).text).toContain('Is it still you?');
    await db.deleteFrom('factors').execute();
  });

  it('encrypts for the key of the service provider', async () => {
    const sp = await keyPair('Wiki');
    const spCertificates = { encryption: sp.certificate };
    const sealed = await Wiki.start(rollcall, [ada], {
      encrypt: 'aes256-gcm',
      spCertificates,
      nameId: { source: 'user.email' },
    });
    const page = await (await signedIn()).open(sealed.url());
    expect(responseOn(page)).not.toContain('ada@example.com');
    expect((await sealed.judge(page, sp.privateKey)).nameID).toBe('ada@example.com');
  });

  it('demands signed requests where it is told to', async () => {
    const sp = await keyPair('Wiki');
    const strict = await Wiki.start(rollcall, [ada], {
      wantRequestsSigned: true,
      spCertificates: { signing: [sp.certificate] },
      nameId: { format: NAME_ID_FORMAT.persistent, source: 'user.email' },
    });
    const browser = await signedIn();
    const metadata = (await browser.open(strict.sso.identityProvider.entityId)).text;
    expect(metadata).toContain('WantAuthnRequestsSigned="true"');
    expect(metadata).toContain(`>${NAME_ID_FORMAT.persistent}</md:NameIDFormat>`);
    expect(responseOn(await browser.open(strict.url()))).toBeUndefined();
    const SAMLRequest = Buffer.from(signedBy(strict.request(), sp)).toString('base64');
    const action = new URL(strict.sso.identityProvider.ssoUrl);
    expect(responseOn(await browser.submit({ action, fields: { SAMLRequest } }))).toBeDefined();
  });

  describe('certificates', () => {
    const announced = async (): Promise<number> => {
      const xml = (await new Browser().open(wiki.sso.identityProvider.entityId)).text;
      return xml.match(/X509Certificate>/g)?.length ?? 0;
    };
    const idSchema = z.looseObject({ id: z.string() });

    it('are rotated with an overlap: announced, then signing, then gone', async () => {
      const before = wiki.sso.identityProvider.certificates[0];
      const next = idSchema.parse((await rollcall.api('POST', `${path}/certificates`)).body);
      expect(await announced()).toBe(4);
      expect((await rollcall.api('POST', `${path}/certificates`)).status).toBe(409);
      await wiki.judge(await (await signedIn()).open(wiki.url()));
      expect((await rollcall.api('DELETE', `${path}/certificates/${before?.id ?? ''}`)).status).toBe(409);
      await rollcall.api('POST', `${path}/certificates/${next.id}/activate`);
      const page = await (await signedIn()).open(wiki.url());
      await expect(wiki.judge(page)).rejects.toThrow(/signature/i);
      wiki.sso = await readSso(rollcall, wiki.id);
      expect(wiki.sso.identityProvider.certificates.map(({ state }) => state)).toEqual([
        'current',
        'retired',
      ]);
      expect((await wiki.judge(page)).nameID).toBe('ada@example.com');
      expect((await rollcall.api('DELETE', `${path}/certificates/${before?.id ?? ''}`)).status).toBe(204);
      expect(await announced()).toBe(2);
    });

    it('have keys that are encrypted at rest, each for its own record', async () => {
      const { rows } = await sql<{ plain: number }>`
        SELECT count(*)::int AS plain FROM saml_certificates WHERE position('PRIVATE KEY'::bytea IN ciphertext) > 0`.execute(
        rollcall.database.db,
      );
      expect(rows).toEqual([{ plain: 0 }]);
    });
  });

  it('takes over the metadata of a service provider, and says what is wrong with other files', async () => {
    const sp = 'https://new.test';
    const xml = spMetadata(sp);
    const other = await Wiki.start(rollcall, []);
    const upload = (raw: string) =>
      rollcall.api('PUT', `/applications/${other.id}/sso/service-provider-metadata`, undefined, {
        raw,
        headers: { 'content-type': 'application/xml' },
      });
    expect((await upload(xml)).body).toMatchObject({ enabled: true, spEntityId: sp, acsUrls: [`${sp}/acs`] });
    const refused = await upload('<html/>');
    expect([refused.status, detailOf(refused)]).toEqual([400, expect.stringContaining('no metadata')]);
  });

  it('R49: takes over no metadata whose key it cannot hold requests to, and changes nothing', async () => {
    const sp = await keyPair('Wiki');
    const strict = await Wiki.start(rollcall, [], {
      wantRequestsSigned: true,
      spCertificates: { signing: [sp.certificate] },
    });
    const keyInfo = `<KeyDescriptor><KeyInfo xmlns="${NS.ds}"><X509Data><X509Certificate>${bareBase64(selfSigned('ec').cert)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
    const raw = spMetadata('https://new.test').replace('<AssertionConsumerService', `${keyInfo}$&`);
    const refused = await rollcall.api(
      'PUT',
      `/applications/${strict.id}/sso/service-provider-metadata`,
      undefined,
      { raw, headers: { 'content-type': 'application/xml' } },
    );
    expect([refused.status, detailOf(refused)]).toEqual([400, expect.stringContaining('no KeyDescriptor')]);
    expect(await readSso(rollcall, strict.id)).toMatchObject(strict.sso);
  });

  it('writes what was read, unless somebody else was faster', async () => {
    const read = await rollcall.api('GET', path);
    const headers = { 'if-match': String(read.headers['etag']) };
    expect((await rollcall.api('PUT', path, read.body, { headers })).status).toBe(200);
    await rollcall.api('PATCH', `/applications/${wiki.id}`, { description: 'Somebody else was faster' });
    expect((await rollcall.api('PUT', path, read.body, { headers })).status).toBe(412);
  });

  it('forgets requests and ids that are over', async () => {
    const { db } = rollcall.database;
    await new Browser().open(wiki.url());
    await sql`UPDATE saml_messages SET expires_at = now() - interval '1 minute'`.execute(db);
    await sql`UPDATE saml_requests SET expires_at = now() - interval '1 minute'`.execute(db);
    await deleteExpiredMessages(db);
    for (const table of ['saml_messages', 'saml_requests'] as const)
      expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  // The last one: for the rest of the minute, nobody at this address gets in.
  it('writes down no more than so many messages a minute from one address', async () => {
    const address = `${rollcall.url}/saml/${wiki.id}/sso?SAMLRequest=nonsense`;
    const statuses = new Set<number>();
    for (let batch = 0; batch < 13; batch += 1) {
      const pages = await Promise.all(Array.from({ length: 50 }, () => fetch(address)));
      for (const { status } of pages) statuses.add(status);
    }
    expect(statuses).toContain(429);
    expect(await (await fetch(address)).text()).toContain('Too many requests came from your address');
  });
});
