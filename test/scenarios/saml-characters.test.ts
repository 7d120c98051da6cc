/** What XML cannot hold is refused where it would come in; where it is there all the same, no sign-in fails by it. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { Browser, type Page } from '../../src/cli/demo-browser.ts';
import { tag } from '../../src/saml/xml-text.ts';
import { detailOf, made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { textLike } from '../support/matchers.ts';
import { startRollcall } from '../support/rollcall.ts';
import { fillIn, givePassword, responseOn, signInLog, Wiki } from '../support/sign-on.ts';

describe.each(databaseKinds)('what XML cannot hold, on the %s database', async (kind) => {
  const rollcall = await startRollcall(kind);
  const { db } = rollcall.database;
  const ada = await made({ call: rollcall.api }, '/users', { username: 'ada', email: 'ada@example.com' });
  await givePassword(rollcall, ada);
  const settings = {
    attributes: [
      { name: 'title', expression: 'user.attributes.title' },
      { name: 'email', expression: 'user.email' },
    ],
    groupAttribute: { name: 'groups' },
    nameId: { source: 'user.email' },
  };
  const wiki = await Wiki.start(rollcall, [ada], settings);
  const path = `/applications/${wiki.id}/sso`;

  async function signedIn(): Promise<Browser> {
    const browser = new Browser();
    await fillIn(browser, await browser.open(`${rollcall.url}/sign-in`), 'ada');
    return browser;
  }
  const signOn = async (): Promise<Page> => (await signedIn()).open(wiki.url());
  const preview = async () => (await rollcall.api('GET', `${path}/people/${ada}`)).body;

  it.each<[string, object, string]>([
    [
      'a control character in a constant',
      { attributes: [{ name: 'a', constant: 'x\u0001' }] },
      'attributes[0].constant',
    ],
    ['a NUL in a constant', { attributes: [{ name: 'a', constant: 'x\u0000' }] }, 'attributes[0].constant'],
    ['half of a pair in a name', { attributes: [{ name: '\ud800', constant: 'x' }] }, 'attributes[0].name'],
    ['U+FFFE in the entity ID', { spEntityId: 'urn:\ufffe' }, 'spEntityId'],
    ['a control character in an ACS URL', { acsUrls: ['https://sp.test/\u0001'] }, 'acsUrls[0]'],
    ['a NUL in the logout address', { sloUrl: 'https://sp.test/\u0000' }, 'sloUrl'],
    ['U+FFFF in the name for groups', { groupAttribute: { name: 'g\uffff' } }, 'groupAttribute.name'],
    ['a NUL in the RelayState', { defaultRelayState: '\u0000' }, 'defaultRelayState'],
    ['a NUL in an answer', { answers: { customerId: '\u0000' } }, 'answers.customerId'],
    ['a NUL in the name of an answer', { answers: { 'a\u0000': 'x' } }, 'answers.a\u0000'],
    ['a control character in an expression', { nameId: { source: '"\u0001"' } }, 'nameId.source'],
  ])('R49: is refused in the settings by name: %s', async (_what, given, field) => {
    const body = { enabled: true, spEntityId: 'urn:sp', acsUrls: ['https://sp.test/acs'], ...given };
    const before = (await rollcall.api('GET', path)).body;
    const answer = await rollcall.api('PUT', path, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ path: field, message: textLike(/XML cannot hold/) }] },
    });
    expect((await rollcall.api('GET', path)).body).toEqual(before);
  });

  it("leaves a person's value out that cannot be written, and a group", async () => {
    await sql`UPDATE users SET attributes = jsonb_build_object('title', ${'Lead\u0001'}::text) WHERE id = ${ada}`.execute(
      db,
    );
    await sql`UPDATE groups SET name = ${'Writers\ufffe'}`.execute(db);
    const { attributes } = await wiki.judge(await signOn());
    expect(attributes).toEqual({ email: 'ada@example.com' });
    expect(await preview()).toMatchObject({
      claims: { attributes: [{ name: 'email', values: ['ada@example.com'] }] },
    });
    await sql`UPDATE users SET attributes = '{}' WHERE id = ${ada}`.execute(db);
    await sql`UPDATE groups SET name = 'Writers'`.execute(db);
  });

  it('leaves out what an expression makes of a sound value', async () => {
    const attributes = [{ name: 'odd', expression: String.raw`user.email + "\u0001"` }];
    expect((await rollcall.api('PUT', path, { ...wiki.sso, ...settings, attributes })).status).toBe(200);
    expect((await wiki.judge(await signOn())).attributes).toEqual({ groups: 'Writers' });
    expect((await rollcall.api('PUT', path, { ...wiki.sso, ...settings })).status).toBe(200);
  });

  it('signs nobody in by a name that cannot be written: it would be the name of somebody else', async () => {
    await sql`UPDATE users SET email = ${'ada\ufffe@example.com'} WHERE id = ${ada}`.execute(db);
    const page = await signOn();
    expect([page.status, responseOn(page)]).toEqual([403, undefined]);
    expect(page.text).toContain(
      'ada cannot be signed in: their NameID holds a character that XML cannot hold',
    );
    expect(await preview()).toMatchObject({ message: textLike(/that XML cannot hold/), claims: null });
    const log = await signInLog(rollcall, wiki.id);
    expect(log.some((line) => /^refused: ada cannot be signed in/.test(line))).toBe(true);
    await sql`UPDATE users SET email = 'ada@example.com' WHERE id = ${ada}`.execute(db);
  });

  it('nor by a name that is longer than any name', async () => {
    const long = () => randomBytes(1400).toString('base64url');
    const person = { attributes: { one: long(), two: long() } };
    expect((await rollcall.api('PATCH', `/users/${ada}`, person)).status).toBe(200);
    const nameId = { source: 'user.attributes.one + user.attributes.two' };
    expect((await rollcall.api('PUT', path, { ...wiki.sso, ...settings, nameId })).status).toBe(200);
    const page = await signOn();
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('longer than')]);
    await rollcall.api('PUT', path, { ...wiki.sso, ...settings });
  });

  it('says which setting it is in, where it was stored by an older version', async () => {
    const stored = (name: string) =>
      sql`UPDATE applications SET sso = jsonb_set(sso, '{spEntityId}', to_jsonb(${name}::text)) WHERE id = ${wiki.id}`.execute(
        db,
      );
    await stored('urn:\u0001');
    const page = await signOn();
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('in its setting spEntityId')]);
    expect((await rollcall.api('GET', path)).status).toBe(200);
    expect(await preview()).toMatchObject({ message: textLike(/in its setting spEntityId/), claims: null });
    await stored(wiki.sso.spEntityId);
  });

  it.each(['page\u0000', 'page\u0001', 'page\ufffe'])(
    'refuses a RelayState that no form gives back: %j',
    async (relayState) => {
      const browser = await signedIn();
      const page = await browser.open(wiki.url({}, relayState));
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('RelayState holds')]);
    },
  );

  it.each(['&#0;', '&#1;', '&#xFFFE;', '&#xD800;', '&#x110000;', '\u0001'])(
    'refuses a request that holds it, also as a reference: %j',
    async (text) => {
      const subject = `</saml:Issuer><saml:Subject><saml:NameID>a${text}b</saml:NameID></saml:Subject>`;
      const xml = wiki.request().replace('</saml:Issuer>', subject);
      const { action } = wiki.form();
      const fields = { SAMLRequest: Buffer.from(xml).toString('base64') };
      const page = await new Browser().submit({ action, fields });
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('not well-formed XML')]);
    },
  );

  it('quotes what a service provider sent without cutting a character in two', async () => {
    const Format = `urn:${'a'.repeat(195)}😀${'b'.repeat(10)}`;
    const page = await (
      await signedIn()
    ).open(wiki.url({ children: [tag('samlp:NameIDPolicy', { Format })] }));
    expect(responseOn(page)).toContain('InvalidNameIDPolicy');
  });

  it('signs for an application whose label is cut inside its certificate', async () => {
    const label = `${'x'.repeat(53)}😀${'y'.repeat(20)}`;
    const id = await made({ call: rollcall.api }, '/applications', { connector: 'scim2', label });
    const body = { enabled: true, spEntityId: 'urn:sp', acsUrls: ['https://sp.test/acs'] };
    const answer = await rollcall.api('PUT', `/applications/${id}/sso`, body);
    expect([answer.status, answer.status === 200 ? '' : detailOf(answer)]).toEqual([200, '']);
  });
});
