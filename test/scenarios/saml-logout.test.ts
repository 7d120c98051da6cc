/** Single logout in the front channel: whoever begins, the session ends everywhere. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { redirectUrl } from '../../src/saml/bindings.ts';
import { decodePost, decodeRedirect } from '../../src/saml/bindings.ts';
import { buildLogoutRequest, buildLogoutResponse } from '../../src/saml/logout.ts';
import { NAME_ID_FORMAT } from '../../src/saml/names.ts';
import { SUCCESS, type Status } from '../../src/saml/status.ts';
import { giveRole } from '../../src/store/administrators.ts';
import { listAudit } from '../../src/store/audit.ts';
import { transact } from '../../src/store/transact.ts';
import { made } from '../support/api.ts';
import { Browser, formOf, type Page } from '../../src/cli/demo-browser.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';
import { keyPair, SP } from '../support/saml.ts';
import {
  ACS,
  fillIn,
  givePassword,
  PASSWORD,
  responseOn,
  setUpSso,
  signInLog,
  Wiki,
} from '../support/sign-on.ts';

describe.each(databaseKinds)('single logout, on the %s database', async (kind) => {
  const rollcall = await startRollcall(kind);
  const ada = await made({ call: rollcall.api }, '/users', { username: 'ada', email: 'ada@example.com' });
  await givePassword(rollcall, ada);
  const sp = await keyPair('Wiki');
  const settings = {
    spCertificates: { signing: [sp.certificate] },
    sloUrl: 'https://sp.test/slo',
    nameId: { source: 'user.email' },
  };
  const wiki = await Wiki.start(rollcall, [ada], settings);
  const posting = await Wiki.start(rollcall, [ada], {
    ...settings,
    sloUrl: 'https://post.test/slo',
    sloBinding: 'post',
  });

  const indexOf = (page: Page): string => /SessionIndex="([^"]*)"/.exec(responseOn(page) ?? '')?.[1] ?? '';

  /** Ada, signed in at both. */
  async function signedIn(): Promise<{ browser: Browser; index: string; other: string }> {
    const browser = new Browser();
    const page = await fillIn(browser, await browser.open(wiki.sso.identityProvider.startUrl), 'ada');
    const other = await browser.open(posting.sso.identityProvider.startUrl);
    return { browser, index: indexOf(page), other: indexOf(other) };
  }

  let count = 0;
  const outbound = (to: Wiki) => ({
    id: `_logout${(count += 1)}${kind}`,
    issuer: SP,
    destination: to.sso.identityProvider.sloUrl,
    now: new Date(),
  });

  const requestUrl = (
    index: string,
    privateKey: string | null,
    name = 'ada@example.com',
    from = wiki,
  ): string => {
    const to = outbound(from);
    const xml = buildLogoutRequest(to, { value: name, format: NAME_ID_FORMAT.emailAddress }, index);
    const message = { kind: 'SAMLRequest', xml, destination: to.destination, relayState: 'state' } as const;
    return redirectUrl(message, privateKey);
  };

  const answerUrl = (
    from: Wiki,
    requestId: string,
    privateKey: string | null = sp.privateKey,
    status: Status = SUCCESS,
  ): string => {
    const to = outbound(from);
    const xml = buildLogoutResponse(to, requestId, status);
    const message = { kind: 'SAMLResponse', xml, destination: to.destination, relayState: null } as const;
    return redirectUrl(message, privateKey);
  };

  /** The XML that a page or a redirect carries away. */
  function sentBy(page: Page): { to: string; xml: string } {
    if (page.location !== undefined)
      return {
        to: page.location.origin + page.location.pathname,
        xml: Buffer.from(decodeRedirect(page.location.search.slice(1)).xml).toString(),
      };
    const { action, fields } = formOf(page);
    return { to: action.href, xml: Buffer.from(decodePost(fields).xml).toString() };
  }

  const idOf = (xml: string): string => /\bID="([^"]*)"/.exec(xml)?.[1] ?? '';
  const isIn = async (browser: Browser): Promise<boolean> =>
    (await browser.open(rollcall.url)).url.pathname === '/';

  it('SP-initiated: the session ends, the others hear of it, and who began is told at the end', async () => {
    const { browser, index, other } = await signedIn();
    const asked = await browser.visit(requestUrl(index, sp.privateKey));
    const first = sentBy(asked);
    expect(first.xml).toContain(`<samlp:SessionIndex>${other}</samlp:SessionIndex>`);
    expect(first.to).toBe('https://post.test/slo');
    expect(first.xml).toContain('ada@example.com');
    expect(await isIn(browser)).toBe(false);
    const page = await browser.visit(answerUrl(posting, idOf(first.xml)));
    const answered = sentBy(page);
    expect(answered.to).toBe('https://sp.test/slo');
    expect(page.location?.searchParams.get('RelayState')).toBe('state');
    expect(answered.xml).toContain(':status:Success"/>');
    expect(answered.xml).toContain('InResponseTo="_logout');
    expect((await signInLog(rollcall, wiki.id))[0]).toBe('done: ada signed out, starting at Wiki');
  });

  it('who began is told at the address that it has for answers (SAML Metadata 2.0 §2.2.2), and asked at the other', async () => {
    const apart = await Wiki.start(rollcall, [ada], {
      ...settings,
      sloUrl: 'https://apart.test/slo',
      sloResponseUrl: 'https://apart.test/slo-return?tenant=a',
    });
    const browser = new Browser();
    const page = await fillIn(browser, await browser.open(apart.sso.identityProvider.startUrl), 'ada');
    const answered = await browser.visit(requestUrl(indexOf(page), sp.privateKey, undefined, apart));
    expect(answered.location?.href).toMatch('https://apart.test/slo-return?tenant=a&SAMLResponse=');
    expect(sentBy(answered).xml).toContain('Destination="https://apart.test/slo-return?tenant=a"');
    await fillIn(browser, await browser.open(apart.sso.identityProvider.startUrl), 'ada');
    const asked = await browser.submit(formOf(await browser.open(rollcall.url)));
    expect(asked.text).toContain('content="0; url=https://apart.test/slo?SAMLRequest=');
  });

  it.each([
    ['has no address for logouts', { sloUrl: null }],
    ['has had single sign-on turned off since', { enabled: false }],
  ])('who began hears that it is partial where an application %s', async (_name, change) => {
    const { browser, index } = await signedIn();
    const skipped = await Wiki.start(rollcall, [ada], settings);
    await browser.open(skipped.sso.identityProvider.startUrl);
    const kept = { spEntityId: SP, acsUrls: [ACS], ...settings };
    await setUpSso(rollcall, skipped.id, { ...kept, ...change });
    const asked = sentBy(await browser.visit(requestUrl(index, sp.privateKey)));
    expect(asked.to).toBe('https://post.test/slo');
    const answered = sentBy(await browser.visit(answerUrl(posting, idOf(asked.xml))));
    expect(answered.xml).toMatch(/:status:Success"><[^>]*:status:PartialLogout"/);
  });

  it('who began hears that it is partial where an answer is not signed, which is logged', async () => {
    const { browser, index } = await signedIn();
    const asked = sentBy(await browser.visit(requestUrl(index, sp.privateKey)));
    const answered = sentBy(await browser.visit(answerUrl(posting, idOf(asked.xml), null)));
    expect(answered.to).toBe('https://sp.test/slo');
    expect(answered.xml).toMatch(/:status:Success"><[^>]*:status:PartialLogout"/);
    expect((await signInLog(rollcall, posting.id))[0]).toMatch(/^refused: The message is not signed/);
  });

  it('who began hears that it is partial where the last one has signed out, and one before it has not', async () => {
    const { browser, index } = await signedIn();
    const third = await Wiki.start(rollcall, [ada], { ...settings, sloUrl: 'https://third.test/slo' });
    await browser.open(third.sso.identityProvider.startUrl);
    const asked = sentBy(await browser.visit(requestUrl(index, sp.privateKey)));
    expect(asked.to).toBe('https://post.test/slo');
    const next = sentBy(await browser.visit(answerUrl(posting, idOf(asked.xml), null)));
    expect(next.to).toBe('https://third.test/slo');
    const answered = sentBy(await browser.visit(answerUrl(third, idOf(next.xml))));
    expect(answered.xml).toMatch(/:status:Success"><[^>]*:status:PartialLogout"/);
  });

  it('goes on where the application that comes next was deleted meanwhile', async () => {
    const { browser, index } = await signedIn();
    const gone = await Wiki.start(rollcall, [ada], settings);
    await browser.open(gone.sso.identityProvider.startUrl);
    const asked = sentBy(await browser.visit(requestUrl(index, sp.privateKey)));
    await rollcall.database.db.deleteFrom('applications').where('id', '=', gone.id).execute();
    const answered = sentBy(await browser.visit(answerUrl(posting, idOf(asked.xml))));
    expect(answered.to).toBe('https://sp.test/slo');
    expect(answered.xml).toMatch(/:status:Success"><[^>]*:status:PartialLogout"/);
  });

  it('who began hears that it is partial where an application says that it could not', async () => {
    const { browser, index } = await signedIn();
    const asked = sentBy(await browser.visit(requestUrl(index, sp.privateKey)));
    const failed = { code: 'Responder', detail: null, message: null } as const;
    const url = answerUrl(posting, idOf(asked.xml), sp.privateKey, failed);
    expect(sentBy(await browser.visit(url)).xml).toMatch(/:status:Success"><[^>]*:status:PartialLogout"/);
  });

  it('an answer of another application than the one that was asked is none, and the right one counts', async () => {
    const { browser, index } = await signedIn();
    const asked = sentBy(await browser.visit(requestUrl(index, sp.privateKey)));
    const wrong = await browser.visit(answerUrl(wiki, idOf(asked.xml)));
    expect(wrong.text).toContain('answer to no logout');
    expect(sentBy(await browser.visit(answerUrl(posting, idOf(asked.xml)))).to).toBe('https://sp.test/slo');
  });

  it('an answer to a logout that was given up is none', async () => {
    const { browser, index } = await signedIn();
    const asked = sentBy(await browser.visit(requestUrl(index, sp.privateKey)));
    await sql`UPDATE saml_logouts SET expires_at = now()`.execute(rollcall.database.db);
    expect((await browser.visit(answerUrl(posting, idOf(asked.xml)))).text).toContain('answer to no logout');
  });

  it('who signs in as somebody else is not known where the one before was', async () => {
    const eve = await made({ call: rollcall.api }, '/users', { username: 'eve', email: 'eve@example.com' });
    await givePassword(rollcall, eve);
    const { browser, index } = await signedIn();
    await fillIn(browser, await browser.open(`${rollcall.url}/sign-in?again=1`), 'ada');
    const asked = await browser.open(`${rollcall.url}/sign-in?again=1`);
    const { action, fields } = formOf(asked);
    const { again: _again, ...others } = fields;
    await browser.submit({ action, fields: { ...others, username: 'eve', password: PASSWORD } });
    await browser.visit(requestUrl(index, sp.privateKey));
    expect(await isIn(browser)).toBe(true);
  });

  it('an answer that is not signed, and to nothing, is no answer', async () => {
    const page = await new Browser().visit(answerUrl(wiki, '_nothing', null));
    expect([page.status, page.location]).toEqual([403, undefined]);
    expect(page.text).toContain('The message is not signed');
  });

  it('a look with HEAD is no request: it ends nothing, and uses nothing up', async () => {
    const { browser, index } = await signedIn();
    const url = requestUrl(index, sp.privateKey);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(404);
    expect(await isIn(browser)).toBe(true);
    expect(sentBy(await browser.visit(url)).to).toBe('https://post.test/slo');
  });

  it.each([
    ['signed', sp.privateKey],
    ['not signed', null],
  ])(
    'from here: signing out of the portal leads through every application, and back (%s)',
    async (_what, key) => {
      const { browser } = await signedIn();
      const { fields, action } = formOf(await browser.open(rollcall.url));
      let page = await browser.submit({ action, fields });
      const told: string[] = [];
      for (const each of [wiki, posting]) {
        const leads = /http-equiv="refresh" content="0; url=([^"]*)"/.exec(page.text)?.[1];
        const sent =
          leads === undefined
            ? sentBy(page)
            : sentBy({ ...page, location: new URL(leads.replaceAll('&amp;', '&')) });
        told.push(sent.to);
        page = await browser.visit(answerUrl(each, idOf(sent.xml), key));
      }
      expect(told.sort()).toEqual(['https://post.test/slo', 'https://sp.test/slo']);
      expect(page.location?.href).toContain('/sign-in?said=signed-out');
      expect(await isIn(browser)).toBe(false);
    },
  );

  it('nobody is signed out by a request that is not signed, is for somebody else, or comes again', async () => {
    const { browser, index } = await signedIn();
    expect(await browser.visit(requestUrl(index, null))).toMatchObject({ status: 403 });
    await browser.visit(requestUrl(index, sp.privateKey, 'eve@example.com'));
    await browser.visit(requestUrl('_another', sp.privateKey));
    expect(await isIn(browser)).toBe(true);
    const url = requestUrl(index, sp.privateKey);
    await browser.visit(url);
    const again = await browser.visit(url);
    expect([again.status, again.location]).toEqual([403, undefined]);
    expect(await isIn(browser)).toBe(false);
  });

  it('an answer to nothing is no answer', async () => {
    const page = await new Browser().visit(answerUrl(wiki, '_nothing'));
    expect(page.text).toContain('answer to no logout');
  });

  it('who has signed in again is signed out everywhere too', async () => {
    const { browser, index } = await signedIn();
    const asked = await browser.open(wiki.url({ attributes: { ForceAuthn: 'true' } }));
    await fillIn(browser, asked, 'ada');
    await browser.visit(requestUrl(index, sp.privateKey));
    expect(await isIn(browser)).toBe(false);
  });

  it('the audit trail has the sign-out of who holds a role, and of nobody else', async () => {
    const endings = async () => {
      const { items } = await listAudit(rollcall.database.db, {
        action: 'session.ended',
        limit: 10,
        sort: '-at',
      });
      return items.map(({ actor, subject }) => [actor.name, subject.name]);
    };
    const before = await endings();
    const plain = await signedIn();
    await plain.browser.visit(requestUrl(plain.index, sp.privateKey));
    expect(await endings()).toEqual(before);
    const { browser, index } = await signedIn();
    await transact(rollcall.database, (tx) => giveRole(tx, ada, 'help-desk'));
    await browser.visit(requestUrl(index, sp.privateKey));
    expect(await endings()).toEqual([['ada', 'ada'], ...before]);
  });
});
