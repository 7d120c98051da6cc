import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { spMetadata } from '../support/saml.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { fileWith } from './files.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

const ACS = 'https://segment-prod.auth0.com/login/callback?connection=acme';

const valueOf = (story: Story, label: string): Promise<string> =>
  story.page.getByLabel(label, { exact: true }).inputValue();

describe('single sign-on in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };
  const settingsOf = async (id: string) => (await rollcall.api('GET', `/applications/${id}/sso`)).body;

  async function application(connector: 'segment' | 'scim2', label: string): Promise<string> {
    const id = await made(caller, '/applications', { connector, label });
    if (connector === 'segment') await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
    return id;
  }

  it('R2: is a form made of what the connector asks for, which makes the rest anew with another answer', async () => {
    const id = await made(caller, '/applications', { connector: 'segment', label: 'Segment' });
    const story = await house.as('ann', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.sees(/The end of the Audience URI that Segment shows/);
    expect(await valueOf(story, 'SSO URL')).toContain(`/sso`);
    expect(await valueOf(story, 'IdP entity ID')).toContain(id);
    await story.sees(/^These addresses stay as they are\./);
    await story.fill('Customer ID', 'acme');
    await story.press('Enable SSO');
    await story.sees(/^Single sign-on is enabled\.$/);
    expect(await valueOf(story, 'SP entity ID')).toBe('urn:auth0:segment-prod:samlp-acme');
    expect(await valueOf(story, 'ACS URL 1')).toBe(ACS);
    await story.fill('Customer ID', 'acme2');
    await story.sees(/^The SP entity ID and the ACS URLs below are still those of before/);
    await story.press('Save changes');
    await story.sees('Single sign-on was saved. It is enabled.');
    await story.seesNoMore(/are still those of before/);
    expect(await valueOf(story, 'SP entity ID')).toBe('urn:auth0:segment-prod:samlp-acme2');
    await story.page.getByRole('switch', { name: /Enable single sign-on/ }).uncheck({ force: true });
    await story.press('Save changes');
    await story.sees('Single sign-on was saved. It is off.');
    await expect
      .poll(() => settingsOf(id))
      .toMatchObject({
        enabled: false,
        spEntityId: 'urn:auth0:segment-prod:samlp-acme2',
        attributes: [{ name: 'email', expression: 'userName' }],
      });
  });

  it('leads to the first field of what was refused, which may stand far above the button', async () => {
    const id = await application('scim2', 'Refused');
    const story = await house.as('bea', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.page.getByRole('switch', { name: /Enable single sign-on/ }).check({ force: true });
    const save = story.pressable('Save changes');
    const bottom = async () => {
      const box = await save.boundingBox();
      return (box?.y ?? Infinity) + (box?.height ?? 0);
    };
    const height = story.page.viewportSize()?.height ?? 0;
    await expect.poll(bottom).toBeLessThan(height);
    const seen = await story.page.evaluate<boolean[]>(`(async () => {
      const bar = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Save changes').closest('[class*=pending]');
      const fields = [...document.querySelectorAll('form input:not([type=checkbox], [type=hidden]), form textarea')].filter((each) => !bar.contains(each));
      return fields.map((field) => {
        scrollTo(0, 0);
        scrollTo(0, field.getBoundingClientRect().bottom + 20 - innerHeight);
        field.focus();
        return field.getBoundingClientRect().top < bar.getBoundingClientRect().top;
      });
    })()`);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).not.toContain(false);
    await story.press('Save changes');
    await expect.poll(() => story.focused()).toBe('SP entity ID');
    const errors = story.page.locator('.mantine-InputWrapper-error');
    const colors = await story.page.evaluate<string[]>(
      `[...document.querySelectorAll('.mantine-InputWrapper-error')].map((each) => getComputedStyle(each).color)`,
    );
    expect(colors.length).toBeGreaterThan(1);
    expect(new Set(colors).size).toBe(1);
    await expect
      .poll(() =>
        errors
          .first()
          .boundingBox()
          .then((box) => box?.y ?? -1),
      )
      .toBeGreaterThan(0);
    await story.isAccessible();
  });

  it('has every setting, and says what is wrong where it is', async () => {
    const id = await application('scim2', 'Wiki');
    const story = await house.as('bea', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.fill('SP entity ID', 'urn:wiki');
    await story.press('Add ACS URL');
    await story.fill('ACS URL 1', 'not an address');
    await story.press('Add an attribute');
    for (const label of ['Name', 'Format', 'Kind', 'Value'])
      await story.page.locator('label', { hasText: new RegExp(`^${label}$`) }).waitFor();
    await story.fill('Name of attribute 1', 'email');
    await story.fill('Value of attribute 1', 'user.');
    await story.press('Save changes');
    await story.sees(/^Cannot be used/);
    await story.fill('ACS URL 1', 'https://wiki.test/acs');
    await story.fill('Value of attribute 1', 'user.email');
    await story.page.getByLabel('Format of the NameID').selectOption('Persistent');
    await story.fill('Source of the NameID', 'user.id');
    await story.page.getByLabel('Signed', { exact: true }).selectOption('Assertion');
    await story.fill('Name of the attribute', 'groups');
    await story.press('Save changes');
    await story.sees('Single sign-on was saved. It is off.');
    await expect
      .poll(() => settingsOf(id))
      .toMatchObject({
        spEntityId: 'urn:wiki',
        acsUrls: ['https://wiki.test/acs'],
        nameId: { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', source: 'user.id' },
        attributes: [{ name: 'email', expression: 'user.email' }],
        groupAttribute: { name: 'groups', groups: 'bound' },
        sign: 'assertion',
      });
  });

  it('tells the service provider what it needs, to copy and to download', async () => {
    const id = await application('segment', 'Copied');
    const story = await house.as('cleo', 'read-only');
    await story.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await story.open(`/applications/${id}/sso`);
    await story.press('Copy: IdP metadata URL');
    await story.sees('Copied');
    const metadataUrl = `${rollcall.url}/saml/${id}/metadata`;
    expect(await story.page.evaluate('navigator.clipboard.readText()')).toBe(metadataUrl);
    await story.press('Copy: IdP certificate');
    await expect
      .poll(() => story.page.evaluate<string>('navigator.clipboard.readText()'))
      .toMatch(/^-----BEGIN CERTIFICATE-----/);
    const download = story.page.waitForEvent('download');
    await story.press('Download metadata');
    expect(readFileSync(await (await download).path(), 'utf8')).toContain(`entityID="${metadataUrl}"`);
    await expect
      .poll(() => story.page.getByRole('button', { name: /Save|Upload|Make|Activate|Remove/ }).count())
      .toBe(0);
  });

  it('selects what the browser does not let it copy, as without HTTPS, and says how it is copied', async () => {
    const id = await application('segment', 'Not copied');
    const story = await house.as('cleo', 'read-only');
    await story.open(`/applications/${id}/sso`);
    await story.page.evaluate('delete Object.getPrototypeOf(navigator).clipboard');
    await story.press('Copy: SSO URL');
    await story.sees(/^The browser does not let this page copy\. It is selected: press Ctrl\+C/);
    expect(await story.page.evaluate('getSelection().toString()')).toBe(
      await story.field('SSO URL').inputValue(),
    );
  });

  it('takes the metadata of the service provider, and says what it changed', async () => {
    const id = await application('segment', 'Uploaded');
    const story = await house.as('dora', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.press('Upload metadata');
    const chooser = story.page.locator('input[type=file]');
    await chooser.setInputFiles(fileWith('metadata.xml', '<html/>'));
    await story.press('Apply metadata');
    await story.page.getByRole('dialog').getByRole('alert').waitFor();
    await chooser.setInputFiles(fileWith('metadata.xml', spMetadata('https://sp.test')));
    await story.press('Apply metadata');
    await story.sees('The metadata was applied. This changed:');
    await expect
      .poll(() => story.rows('What changed'))
      .toEqual([
        ['SP entity ID', 'urn:auth0:segment-prod:samlp-acme', 'https://sp.test'],
        ['ACS URLs', ACS, 'https://sp.test/acs'],
      ]);
    await story.press('Done');
    expect(await valueOf(story, 'SP entity ID')).toBe('https://sp.test');
  });

  it('changes certificates in three steps', async () => {
    const id = await application('segment', 'Certified');
    const story = await house.as('eve', 'administrator');
    await story.open(`/applications/${id}/sso`);
    const states = async () => (await story.rows('Certificates')).map(([state]) => state);
    await expect.poll(() => states()).toEqual(['Signs now']);
    await story.press('Make the next certificate');
    await story.sees(/The next certificate is in the metadata/);
    await story.press('Activate');
    await story.sees(/refuses everybody who signs in/);
    await story.press('Activate certificate');
    await story.sees('The next certificate signs from now on.');
    await expect.poll(states).toContain('Signed before');
    await story.press('Remove');
    await story.press('Remove certificate');
    await story.sees('The certificate was removed.');
    await expect.poll(states).toEqual(['Signs now']);
  });

  it('is tried in a new tab, and says beforehand who is signed in as what', async () => {
    const id = await application('scim2', 'Tried');
    const settings = {
      enabled: true,
      spEntityId: 'urn:tried',
      acsUrls: [`${rollcall.url}/password`],
      attributes: [{ name: 'email', expression: 'user.email' }],
    };
    await call(rollcall, 'PUT', `/applications/${id}/sso`, settings);
    const story = await house.as('fay', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.press('Test sign-in');
    await story.sees(/fay .*is not assigned to Tried/);
    await story.press('Close');
    const { body } = await rollcall.api('GET', '/users?search=fay');
    const [fay] = (body as { items: { id: string }[] }).items;
    const group = await made(caller, '/groups', { name: 'Triers' });
    await call(rollcall, 'POST', `/groups/${group}/members`, { add: [fay?.id] });
    await call(rollcall, 'POST', `/applications/${id}/groups`, { add: [group] });
    await story.press('Test sign-in');
    await story.sees('fay would be signed in to Tried as fay.');
    await story.sees('fay@example.com');
    const opened = story.page.context().waitForEvent('page');
    const sent = story.page.context().waitForEvent('request', (request) => request.method() === 'POST');
    await story.press('Sign in, in a new tab');
    expect((await sent).postData()).toContain('SAMLResponse=');
    const tab = await opened;
    await tab.waitForLoadState();
    expect(tab.url()).toContain(rollcall.url);
  });

  it('R2: is not turned off while the connection needs it', async () => {
    const id = await application('segment', 'Needed');
    const at = `/applications/${id}/identity-management`;
    const connection = { baseUrl: house.segment.baseUrl, token: await house.segment.newToken() };
    await call(rollcall, 'PATCH', at, connection);
    await call(rollcall, 'POST', `${at}/activate`);
    const story = await house.as('gwen', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.page.getByRole('switch', { name: /Enable single sign-on/ }).uncheck({ force: true });
    await story.press('Save changes');
    await story.sees(/Deactivate the connection before you turn single sign-on off/);
  });
});
