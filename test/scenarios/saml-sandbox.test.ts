/** Signing in to Segment's stand-in, whose service provider is node-saml's. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Browser, formOf, type Page } from '../../src/cli/demo-browser.ts';
import { detailOf, made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { startScene } from '../support/scene.ts';
import { fillIn, givePassword, responseOn, setUpSso, signInLog } from '../support/sign-on.ts';

const samlSchema = z.looseObject({
  customerId: z.string(),
  acsUrl: z.string(),
  audience: z.string(),
  loginUrl: z.string(),
});
const signInsSchema = z.object({ signIns: z.array(z.looseObject({ email: z.string().nullable() })) });

describe.each(databaseKinds)('signing in to the sandbox, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at, control, rollcall } = scene;
  await scene.activate();
  const { acsUrl, audience, customerId, loginUrl } = samlSchema.parse(await control('GET', '/saml'));
  const sso = await setUpSso(rollcall, scene.applicationId, { answers: { customerId }, acsUrls: [acsUrl] });
  const { ssoUrl, startUrl, certificates } = sso.identityProvider;
  await control('PUT', '/saml', { signOnUrl: ssoUrl, certificate: certificates[0]?.certificate });
  const [ada, bob, eve] = [await scene.user('ada'), await scene.user('bob'), await scene.user('eve')];
  for (const person of [ada, bob, eve]) await givePassword(rollcall, person);
  await scene.boundGroup('Staff', [ada, bob]);
  await scene.idle();

  const signIns = async () => signInsSchema.parse(await control('GET', '/sign-ins')).signIns;
  const start = (browser: Browser): Promise<Page> => browser.open(loginUrl.replace('/login', '/login/sso'));

  it('is derived from the Customer ID', () => {
    expect(sso.spEntityId).toBe(audience);
  });

  it('SP-initiated: leads to the sign-in page, and from there into the application', async () => {
    const browser = new Browser();
    const page = await start(browser);
    expect(page.url.pathname).toBe('/sign-in');
    const posts = await fillIn(browser, page, 'ada@acme.test');
    expect(formOf(posts).action.href).toBe(acsUrl);
    const inside = await browser.submit(formOf(posts));
    expect(inside.url.pathname).toBe('/app');
    expect(inside.text).toContain('ada@acme.test');
    expect((await signInLog(rollcall, scene.applicationId))[0]).toBe(
      'done: ada Test (ada@acme.test) signed in to Segment, starting there',
    );
  });

  it('IdP-initiated: who is signed in here is in with one step', async () => {
    const browser = new Browser();
    const posts = await fillIn(browser, await browser.open(startUrl), 'bob@acme.test');
    expect((await browser.submit(formOf(posts))).url.pathname).toBe('/app');
    const again = await browser.open(startUrl);
    expect(responseOn(again)).toContain('bob@acme.test');
    expect((await signInLog(rollcall, scene.applicationId))[0]).toBe(
      'done: bob Test (bob@acme.test) signed in to Segment, starting here',
    );
  });

  it('who is not assigned is told so, and nothing is sent', async () => {
    const before = (await signIns()).length;
    const browser = new Browser();
    const page = await fillIn(browser, await start(browser), 'eve@acme.test');
    expect(page.status).toBe(403);
    expect(page.text).toContain('You cannot open Segment');
    expect(page.text).toContain('is not assigned to Segment');
    expect(responseOn(page)).toBeUndefined();
    expect((await signIns()).length).toBe(before);
    expect((await signInLog(rollcall, scene.applicationId))[0]).toMatch(/^refused: eve Test .*not assigned/);
  });

  it('R15: the NameID is the userName that the target kept, also where the directory has another one', async () => {
    await api('PATCH', `/users/${ada}`, { username: 'ada.king@acme.test', email: 'ada.king@acme.test' });
    await scene.idle();
    const { body } = await api('GET', at(`/users/${ada}`));
    const browser = new Browser();
    const posts = await fillIn(browser, await start(browser), 'ada.king@acme.test');
    const held = (await scene.held()).members.map(({ userName }) => userName);
    const nameId = /<saml:NameID[^>]*>([^<]*)</.exec(responseOn(posts) ?? '')?.[1];
    expect(held).toContain(nameId);
    expect(JSON.stringify(body)).toContain('ada@acme.test');
    expect(nameId).toBe('ada@acme.test');
    expect((await browser.submit(formOf(posts))).text).toContain('ada@acme.test');
    expect((await scene.held()).members.map(({ userName }) => userName)).toEqual(held);
  });

  it('the attribute is the userName of the account too, whatever email the directory has', async () => {
    for (const [username, email] of [
      ['dan@acme.test', 'dan.elsewhere@acme.test'],
      ['fay@acme.test', null],
    ] as const) {
      const id = await made({ call: api }, '/users', { username, email });
      await givePassword(rollcall, id);
      await scene.boundGroup(`Group of ${username}`, [id]);
      await scene.idle();
      const held = (await scene.held()).members.length;
      const browser = new Browser();
      const inside = await browser.submit(formOf(await fillIn(browser, await start(browser), username)));
      expect(inside.url.pathname).toBe('/app');
      expect(inside.text).toContain(username);
      expect((await scene.held()).members).toHaveLength(held);
    }
  });

  it('R17: nobody is signed in by an expression that gives the name of somebody else’s account', async () => {
    const gus = await scene.user('gus');
    await givePassword(rollcall, gus);
    await scene.boundGroup('Guests', [gus]);
    await scene.idle();
    const settings = { answers: { customerId }, acsUrls: [acsUrl] };
    await setUpSso(rollcall, scene.applicationId, { ...settings, nameId: { source: 'user.email' } });
    const browser = new Browser();
    expect(responseOn(await fillIn(browser, await browser.open(startUrl), 'gus@acme.test'))).toContain(
      '>gus@acme.test<',
    );
    // Dan's account is under his username, and his email address is another one.
    await api('PATCH', `/users/${gus}`, { email: 'dan@acme.test' });
    const page = await browser.open(startUrl);
    expect(responseOn(page)).toBeUndefined();
    expect(page.text).toContain('&quot;dan@acme.test&quot;, which belongs to dan@acme.test');
    await setUpSso(rollcall, scene.applicationId, settings);
    await api('DELETE', `/users/${gus}`);
  });

  it('R17: nobody is signed in as somebody else by having their address', async () => {
    const mallory = await made({ call: api }, '/users', { username: 'mallory', email: 'dan@acme.test' });
    await givePassword(rollcall, mallory);
    await scene.boundGroup('Others', [mallory]);
    await scene.idle();
    const browser = new Browser();
    const page = await fillIn(browser, await start(browser), 'mallory');
    expect(responseOn(page)).toBeUndefined();
    expect(page.text).toContain('Two people never share an account');
    expect((await signInLog(rollcall, scene.applicationId))[0]).toMatch(/^refused: mallory/);
  });

  it('who is suspended is signed out, and comes in nowhere', async () => {
    const browser = new Browser();
    await browser.submit(formOf(await fillIn(browser, await start(browser), 'bob@acme.test')));
    await api('PATCH', `/users/${bob}`, { state: 'suspended' });
    const page = await browser.open(startUrl);
    expect(page.url.pathname).toBe('/sign-in');
    expect(responseOn(await fillIn(browser, page, 'bob@acme.test'))).toBeUndefined();
  });

  it('R2: cannot be turned off while the connection needs it', async () => {
    const refused = await api('PUT', at('/sso'), { enabled: false });
    expect(refused.status).toBe(409);
    expect(detailOf(refused)).toContain('Deactivate the connection before you turn single sign-on off');
    expect((await api('GET', at('/sso'))).body).toMatchObject({ enabled: true, required: true });
    await api('POST', at('/identity-management/deactivate'));
    expect((await api('PUT', at('/sso'), { enabled: false })).status).toBe(200);
    expect((await new Browser().open(startUrl)).text).toContain('is turned off');
  });
});
