/** The connection of an application, from the token in Segment's stand-in to people who appear there. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { call, person } from '../support/company.ts';
import { until } from '../support/scene.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { holdWrites } from './held-writes.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

const SWITCH = 'Enable management of User Groups and Group Membership in this application';

describe('Identity Management in the console', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };
  const sandboxUrl = new URL(house.segment.baseUrl).origin;

  /** An application with SSO, and a group of these people. */
  const application = async (label: string, ...names: readonly string[]): Promise<string> => {
    const id = await made(caller, '/applications', { connector: 'segment', label });
    await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
    const group = await made(caller, '/groups', { name: `${label} people` });
    const add = [];
    for (const name of names) add.push(await made(caller, '/users', person(name)));
    await call(rollcall, 'POST', `/groups/${group}/members`, { add });
    return id;
  };

  /** What an administrator of Segment presses, in a tab of their own. */
  const generateToken = async (story: Story): Promise<string> => {
    const tab = await story.page.context().newPage();
    await tab.goto(sandboxUrl);
    await tab.getByRole('button', { name: 'Generate SSO Token' }).click();
    const token = await tab.getByRole('textbox', { name: 'SSO token' }).inputValue();
    await tab.close();
    return token;
  };

  const configure = async (story: Story, token: string): Promise<void> => {
    await story.press('Configure');
    await story.fill('Token Key', token);
    await story.fill('Base URL', house.segment.baseUrl);
    await story.press('Save connection');
    await story.seesNoMore('Configure the connection of');
  };

  it('R3: an address that is needed is asked for before anything is saved', async () => {
    const id = await made(caller, '/applications', { connector: 'scim2', label: 'Without address' });
    const story = await house.as('abe', 'administrator');
    await story.open(`/applications/${id}/identity-management`);
    await story.press('Configure');
    await story.fill('Bearer token', 'a-token');
    await story.press('Save connection');
    await story.sees('Say where Without address is provisioned.');
    await expect.poll(() => story.focused()).toBe('Base URL *');
    expect(await call(rollcall, 'GET', `/applications/${id}/identity-management`)).toMatchObject({
      tokenSet: false,
    });
  });

  it('R3: what a test found is not shown of another token', async () => {
    const id = await application('Tested before');
    const story = await house.as('abe', 'administrator');
    await story.open(`/applications/${id}/identity-management`);
    await configure(story, await house.segment.newToken());
    await story.press('Test');
    await story.sees('The users can be read.');
    await configure(story, 'a-token-of-nobody');
    await story.seesNoMore('The users can be read.');
  });

  it('R2–R5: a token is pasted, groups are bound, people appear; the token is changed only while inactive', async () => {
    const id = await application('Segment', 'ada', 'grace');
    const story = await house.as('ann', 'administrator');
    await story.open(`/applications/${id}/identity-management`);
    await story.sees('Set the Token Key under Configure.');
    await story.press('Activate');
    await story.sees('No group is bound yet. Nothing is sent before one is.');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await story.sees(/no token/i);
    await story.press('Cancel');
    await configure(story, 'a-token-of-nobody');
    await story.press('Test');
    await story.sees(/The application rejected the token\./);
    await expect.poll(() => story.page.getByText(/The application rejected the token\./).count()).toBe(1);
    await configure(story, await generateToken(story));
    await story.press('Test');
    await story.sees('Segment answered as it should: users and groups can be provisioned.');
    await story.press('Activate');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await story.sees(/The connection is active\./);

    await story.press('User Groups', 'tab');
    await story.press('Bind Segment people');
    await story.sees('2 people would get an account, or be linked to the one that is there already.');
    await story.press('Bind 1 group');
    await story.sees('Segment: 1 group bound.');
    await until('both are in Segment', async () => {
      const { people, groups } = await house.segment.holds();
      return people.length === 2 && groups['Segment people']?.length === 2;
    });
    const members = await story.page.context().newPage();
    await members.goto(sandboxUrl);
    await members.getByText('ada@acme.test').first().waitFor();
    await members.close();

    await story.press('Identity Management', 'tab');
    const token = await generateToken(story);
    await story.press('Configure');
    await story.sees(/^The Token Key and the Base URL can be changed only while the connection is inactive/);
    expect(await story.field('Token Key').count()).toBe(0);
    await story.page
      .getByRole('dialog', { name: /^Configure/ })
      .getByRole('button', { name: 'Deactivate connection' })
      .click();
    await story.page
      .getByRole('dialog', { name: /^Deactivate/ })
      .getByRole('button', { name: 'Deactivate connection' })
      .click();
    await story.fill('Token Key', token);
    await story.press('Save connection');
    await story.seesNoMore('Configure the connection of');
    await story.press('Activate');
    await story.sees('Nothing has to be sent.');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await story.sees(/The connection is active\./);
    expect(await story.page.content()).not.toContain(token);
  });

  it('R2: without single sign-on the reason is said', async () => {
    const id = await made(caller, '/applications', { connector: 'segment', label: 'Without SSO' });
    await call(rollcall, 'PATCH', `/applications/${id}/identity-management`, {
      baseUrl: house.segment.baseUrl,
      token: await house.segment.newToken(),
    });
    const story = await house.as('bob', 'administrator');
    await story.open(`/applications/${id}/identity-management`);
    await story.sees('Enable single sign-on under');
    await story.seesNoMore('Set the Token Key under Configure.');
    await story.press('Activate');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await story.sees(/SAML 2.0/);
    await story.press('Cancel');
    await story.sees('Inactive');
  });

  it('R7: groups are managed or left alone, after a question', async () => {
    const id = await application('Switched');
    const story = await house.as('cat', 'administrator');
    await story.open(`/applications/${id}/identity-management`);
    // Somebody else's change of another part is no conflict.
    await call(rollcall, 'PATCH', `/applications/${id}/identity-management`, {
      threshold: { number: 3, percent: 7 },
    });
    await story.page.getByRole('switch', { name: SWITCH }).click();
    await story.press('Stop managing groups');
    await story.sees('Only users are managed.');
    await story.page.getByRole('switch', { name: SWITCH }).click();
    await story.sees(/brought in line in Switched once the connection is active, with their members/);
    await story.press('Cancel');
    expect(await call(rollcall, 'GET', `/applications/${id}/identity-management`)).toMatchObject({
      groupManagement: false,
      threshold: { number: 3, percent: 7 },
    });
  });

  it('R44: until when the application asked to wait is told, also where what is sent is shown', async () => {
    const id = await application('Patient');
    const { db } = rollcall.database;
    await sql`UPDATE applications SET idm_state = 'active' WHERE id = ${id}`.execute(db);
    await sql`UPDATE lanes SET wait_until = now() + interval '20 minutes' WHERE application_id = ${id}`.execute(
      db,
    );
    const story = await house.as('eli', 'read-only');
    for (const tab of ['identity-management', 'plan']) {
      await story.open(`/applications/${id}/${tab}`);
      await story.sees(/^Patient asked to wait until \d\d:\d\d\. Nothing is lost/);
    }
    await sql`UPDATE lanes SET wait_until = now() - interval '1 minute' WHERE application_id = ${id}`.execute(
      db,
    );
    await story.open(`/applications/${id}/identity-management`);
    await story.sees('Active');
    await story.seesNoMore(/asked to wait/);
  });

  it('R44: a paused connection says why, and is resumed', async () => {
    const id = await application('Paused', 'joan');
    const at = `/applications/${id}`;
    await call(rollcall, 'PATCH', `${at}/identity-management`, {
      baseUrl: house.segment.baseUrl,
      token: await house.segment.newToken(),
    });
    await call(rollcall, 'POST', `${at}/identity-management/activate`);
    const story = await house.as('dan', 'administrator');
    await story.open(`${at}/identity-management`);
    await story.sees('Active');
    await house.segment.newToken();
    const { items } = (await call(rollcall, 'GET', '/groups?search=Paused')) as { items: { id: string }[] };
    await call(rollcall, 'POST', `${at}/groups`, { add: items.map((group) => group.id) });
    await story.sees('The connection is paused');
    await story.sees(/The application said: “The token is missing or not the one generated last\.”/);
    await story.sees(/^A new token is set in three steps:/);
    const filled = story.page.locator('main .mantine-Button-root:not([data-variant])');
    await expect.poll(() => filled.allInnerTexts()).toEqual(['Deactivate connection']);
    await story.press('Resume');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await story.page.getByRole('dialog').getByRole('alert').waitFor();
    await story.press('Cancel');
    await story.press('Deactivate connection');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Deactivate connection' }).click();
    await story.seesNoMore('The connection is paused');
  });

  it('the mapping is tried on somebody while it is written, and saved', async () => {
    const id = await application('Mapped', 'linus');
    const story = await house.as('eve', 'administrator');
    await story.open(`/applications/${id}/identity-management`);
    await story.fill('Try it on somebody', 'linus');
    await story.press('Linus Test (linus@acme.test)', 'option');
    await story.sees('linus@acme.test');
    await story.fill('Value, row 3', 'user.firstname + " of Acme"');
    await story.sees('Linus of Acme');
    await story.fill('Value, row 3', 'user.firstname +');
    await story.sees(/The expression cannot be used/);
    await story.press('Save mapping');
    await story.sees(/Cannot be used/);
    await story.fill('Value, row 3', 'user.lastname');
    await story.press('Add an attribute');
    await story.fill('Called, row 4', 'Title');
    await story.fill('Attribute there, row 4', 'title');
    await story.fill('Value, row 4', '"Dr."');
    await story.press('Save mapping');
    await story.sees('The mapping of Mapped was saved.');
    expect(await call(rollcall, 'GET', `/applications/${id}/identity-management`)).toMatchObject({
      mapping: [{}, {}, { expression: 'user.lastname' }, { target: 'title', label: 'Title' }],
    });
    await story.press('Reset to the connector’s own');
    await story.press('Reset mapping');
    await story.seesNoMore('Reset to the connector’s own');
    const rows = story.page.getByRole('list', { name: 'Attribute mapping' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(3);
  });

  it('the behaviour is changed, only as far as somebody changed it, and somebody else’s change is no loss', async () => {
    const id = await application('Behaving');
    const path = `/applications/${id}/identity-management`;
    const story = await house.as('fay', 'administrator');
    await story.open(path);
    await story.fill('People who may leave at once', '5');
    // Another part of the connection is no conflict.
    await call(rollcall, 'PATCH', path, { groupManagement: false });
    await story.press('Save behaviour');
    await story.sees('The behaviour of Behaving was saved.');
    await story.press('How fast');
    await story.fill('Requests in a second, at most', '3');
    await call(rollcall, 'PATCH', path, { behaviour: { rate: { concurrency: 2 } } });
    await story.press('Save behaviour');
    await story.sees('Somebody else changed this meanwhile');
    await story.sees('Requests at the same time, at most: 2');
    await story.press('Keep what I typed');
    await story.press('Save behaviour');
    await story.seesNoMore('Save behaviour');
    expect(await call(rollcall, 'GET', path)).toMatchObject({
      threshold: { number: 5, percent: 20 },
      groupManagement: false,
      behaviour: { rate: { requestsPerSecond: 3, concurrency: 2 } },
    });
  });

  it('R3: says on another page that the connection is active', async () => {
    const id = await application('Left early', 'katherine');
    const story = await house.as('hana', 'administrator');
    const token = await generateToken(story);
    await story.open(`/applications/${id}/identity-management`);
    await configure(story, token);
    await story.press('Activate');
    const { goOn } = await holdWrites(story, '**/activate');
    await story.page.getByRole('dialog').getByRole('button', { name: 'Activate' }).click();
    await story.keys('Escape');
    await story.press('User Groups', 'link');
    await story.isAt('User Groups');
    goOn();
    await story.sees(/The connection is active\./);
  });

  it('is configured, tested and activated by keyboard alone', async () => {
    const id = await application('By keyboard', 'margaret');
    const story = await house.as('gus', 'administrator');
    const token = await generateToken(story);
    await story.open(`/applications/${id}/identity-management`);
    const reach = async (name: string): Promise<void> => {
      for (let step = 0; step < 60 && (await story.focused()) !== name; step += 1) await story.keys('Tab');
      await expect.poll(() => story.focused()).toBe(name);
    };
    await reach('Configure');
    await story.keys('Enter');
    const isFocused = async (label: string): Promise<boolean> =>
      (await story.page.getByLabel(label, { exact: true }).and(story.page.locator(':focus')).count()) > 0;
    await expect.poll(() => isFocused('Token Key')).toBe(true);
    await story.page.keyboard.type(token);
    for (let step = 0; step < 5 && !(await isFocused('Base URL')); step += 1) await story.keys('Tab');
    await story.keys('Control+a');
    await story.page.keyboard.type(house.segment.baseUrl);
    await story.keys('Enter');
    await story.seesNoMore('Configure the connection of');
    await reach('Activate');
    await story.keys('Enter');
    await story.sees('Activate the connection of By keyboard?');
    await reach('Cancel');
    await reach('Activate');
    await story.keys('Enter');
    await story.sees(/The connection is active\./);
  });
});
