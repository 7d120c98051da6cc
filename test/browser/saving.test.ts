/** Leaving a page while what was entered on it is still being saved: nobody believes that something was saved that was not. */
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { fileWith } from './files.ts';
import { byKeyboard, byMouse } from './hands.ts';
import { holdWrites, stayWhenReloaded } from './held-writes.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

const QUESTION = 'Leave while this is being saved?';

const HANDS = [
  ['mouse', byMouse],
  ['keyboard', byKeyboard],
] as const;

describe('a save that is under way', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const ssoOf = async (id: string) => (await rollcall.api('GET', `/applications/${id}/sso`)).body;

  const application = (name: string): Promise<string> =>
    made({ call: rollcall.api }, '/applications', { connector: 'segment', label: `Segment of ${name}` });

  /** Somebody presses "Enable SSO", and the save waits on its way. */
  async function enabling(name: string, handOf: (typeof HANDS)[number][1]) {
    const id = await application(name);
    const story = await house.as(name, 'administrator');
    const hand = handOf(story);
    await story.open(`/applications/${id}/sso`);
    await hand.fill('Customer ID', 'acme');
    const way = await holdWrites(story, '**/sso');
    await hand.press('Enable SSO');
    return { id, story, hand, ...way };
  }

  it.each(HANDS)('holds whoever leaves until it is done, by %s', async (name, handOf) => {
    const { id, story, hand, goOn } = await enabling(name, handOf);
    await hand.turnTo('Identity Management');
    await story.sees(QUESTION);
    await hand.answer('Stay');
    await story.seesNoMore(QUESTION);
    await hand.press('Users', 'link');
    await story.sees(QUESTION);
    goOn();
    await story.isAt('Users');
    await story.seesNoMore(QUESTION);
    expect(await ssoOf(id)).toMatchObject({ enabled: true });
  });

  /** Somebody ticks a group, and presses "Bind 1 group"; what they are about to ask for first waits on its way. */
  async function binding(name: string, address: string) {
    const id = await application(name);
    const group = await made({ call: rollcall.api }, '/groups', { name: `Team of ${name}` });
    const story = await house.as(name, 'manager');
    await story.open(`/applications/${id}/groups`);
    await story.press(`Bind Team of ${name}`);
    await story.sees(/^The connection is /);
    const way = await holdWrites(story, address);
    await story.press('Bind 1 group');
    return { id, group, story, ...way };
  }

  it.each([
    ['fay', 'while it is written', '**/groups'],
    ['flo', 'while what would come of it is read', '**/groups/preview'],
  ])('of ticks holds too: %s, %s', async (name, _when, address) => {
    const { story, goOn } = await binding(name, address);
    await story.press('User Groups', 'link');
    await story.sees(QUESTION);
    goOn();
    await story.isAt('User Groups');
    await story.sees(`Segment of ${name}: 1 group bound.`);
  });

  it('of a logo holds too, and says elsewhere that it was refused', async () => {
    const id = await application('gus');
    const story = await house.as('gus', 'administrator');
    await story.open(`/applications/${id}/general`);
    await story.page.locator('input[type=file]').setInputFiles(fileWith('logo.png', '<svg/>'));
    const { goOn } = await holdWrites(story, `**/applications/${id}`);
    await story.press('Use this logo');
    await story.press('SSO', 'tab');
    await story.press('Leave without waiting');
    await story.sees('Customer ID');
    goOn();
    await story.sees(/^“Use this logo” did not succeed\..*is no PNG image/);
  });

  /** Somebody imports a person, and the import waits on its way. */
  async function importing(name: string) {
    const story = await house.as(`importer-of-${name}`, 'manager');
    await story.open('/users/import');
    const csv = `username,email\n${name}@acme.test,${name}@acme.test\n`;
    await story.page.locator('input[type=file]').setInputFiles(fileWith('people.csv', csv));
    await story.sees('What would happen');
    const way = await holdWrites(story, '**/users/bulk?*');
    await story.press('Import 1 user');
    return { story, ...way };
  }

  it('of a CSV holds too, and opens the page that was chosen', async () => {
    const { story, goOn } = await importing('lea');
    await story.press('User Groups', 'link');
    await story.sees(QUESTION);
    await story.staysAt('/users/import');
    goOn();
    await story.sees(/^1 user created, 0 updated\.$/);
    await story.isAt('User Groups');
    await story.staysAt('/groups');
  });

  it('of a CSV opens the users where no other page was chosen', async () => {
    const { story, goOn } = await importing('moe');
    goOn();
    await story.isAt('Users');
    await story.seesNoMore(QUESTION);
  });

  it('of a CSV opens nothing where another page is open by then', async () => {
    const { story, goOn } = await importing('kim');
    await story.press('User Groups', 'link');
    await story.press('Leave without waiting');
    await story.isAt('User Groups');
    goOn();
    await story.sees(/^1 user created, 0 updated\.$/);
    await story.staysAt('/groups');
  });

  it('asks before the page is loaded again', async () => {
    const { id, story, goOn } = await enabling('ann', byMouse);
    await stayWhenReloaded(story);
    goOn();
    await story.sees(/^Single sign-on is enabled\.$/);
    expect(await ssoOf(id)).toMatchObject({ enabled: true });
  });

  it('comes through where another part of the application was changed meanwhile', async () => {
    const { id, story, goOn } = await enabling('bea', byMouse);
    await rollcall.api('PATCH', `/applications/${id}/identity-management`, { token: 'a-token' });
    goOn();
    await story.sees(/^Single sign-on is enabled\.$/);
    expect(await ssoOf(id)).toMatchObject({ enabled: true });
  });

  /** Each save of single sign-on comes after this was done, which answers whether it was; it counts them. */
  async function savesAfter({ page }: Story, act: (number: number) => Promise<unknown>) {
    let saves = 0;
    await page.route('**/sso', async (route) => {
      if (route.request().method() === 'PUT') await act((saves += 1));
      await route.fallback();
    });
    return () => saves;
  }

  const changeAnotherPart = (id: string, number: number) =>
    rollcall.api('PATCH', `/applications/${id}/identity-management`, { token: `token-${number}` });

  it('comes through where other parts were changed meanwhile several times in a row', async () => {
    const id = await application('hal');
    const story = await house.as('hal', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.fill('Customer ID', 'acme');
    const saves = await savesAfter(story, async (number) => number < 4 && changeAnotherPart(id, number));
    await story.press('Enable SSO');
    await story.sees(/^Single sign-on is enabled\.$/);
    expect(saves()).toBe(4);
    expect(await ssoOf(id)).toMatchObject({ enabled: true });
  });

  it('says so where other parts are changed without an end', async () => {
    const id = await application('ivy');
    const story = await house.as('ivy', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.fill('Customer ID', 'acme');
    const saves = await savesAfter(story, (number) => changeAnotherPart(id, number));
    await story.press('Enable SSO');
    await story.sees(/^“Enable SSO” did not succeed\./);
    expect(saves()).toBe(5);
    expect(await ssoOf(id)).toMatchObject({ enabled: false });
  });

  it('asks where its own part was changed after another one', async () => {
    const id = await application('jon');
    await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
    const story = await house.as('jon', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.fill('Customer ID', 'mine');
    const saves = await savesAfter(story, async (number) =>
      number === 1
        ? changeAnotherPart(id, number)
        : call(rollcall, 'PUT', `/applications/${id}/sso`, {
            enabled: true,
            answers: { customerId: 'theirs' },
          }),
    );
    await story.press('Save changes');
    await story.sees('Somebody else changed this meanwhile');
    await story.sees('Customer ID: theirs');
    expect(saves()).toBe(2);
  });

  it('keeps whoever would leave where it fails, and says why', async () => {
    const { story, getLost } = await enabling('cleo', byMouse);
    await story.press('Users', 'link');
    await story.sees(QUESTION);
    getLost();
    await story.seesNoMore(QUESTION);
    await story.sees(/^The server does not answer/);
    await story.isAt('Segment of cleo');
  });

  it('says on another page that it was refused', async () => {
    const { id, story, goOn } = await enabling('dora', byMouse);
    await story.press('Users', 'link');
    await story.press('Leave without waiting');
    await story.isAt('Users');
    await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
    goOn();
    await story.sees(
      /^“Enable SSO” did not succeed\. The application "Segment of dora" was changed by somebody/,
    );
  });

  it('says so too where somebody else was faster, and shows what they saved', async () => {
    const { id, story, goOn } = await enabling('eve', byMouse);
    await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
    goOn();
    await story.sees(/^“Enable SSO” did not succeed\./);
    await story.sees('SP entity ID');
  });
});

describe('what was asked for and is done once another page is open', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };

  const goToGroups = async (story: Story): Promise<void> => {
    await story.press('User Groups', 'link');
    await story.isAt('User Groups');
  };

  it('is told there: groups are managed no more', async () => {
    const id = await made(caller, '/applications', { connector: 'segment', label: 'Switched' });
    const story = await house.as('ada', 'administrator');
    await story.open(`/applications/${id}/identity-management`);
    await story.page.getByRole('switch', { name: /^Enable management of User Groups/ }).click();
    const { goOn } = await holdWrites(story, '**/identity-management');
    await story.press('Stop managing groups');
    await story.keys('Escape');
    await goToGroups(story);
    goOn();
    await story.sees(/^Groups and memberships in Switched are managed no more\.$/);
  });

  it('is told there: a link for a new password was made that nobody saw', async () => {
    const id = await house.town.person('bob');
    const story = await house.as('bea', 'help-desk');
    await story.open(`/users/${id}`);
    const { goOn } = await holdWrites(story, '**/password-reset');
    await story.press('Make a link to hand over');
    await goToGroups(story);
    goOn();
    await story.sees(
      /^A link for a new password of .*bob.* was made, but was not shown to you\. Make another/,
    );
  });

  it('is told there: a link could not be made', async () => {
    const id = await house.town.person('cyd');
    const story = await house.as('cleo', 'help-desk');
    await story.open(`/users/${id}`);
    const { getLost } = await holdWrites(story, '**/password-reset');
    await story.press('Make a link to hand over');
    await goToGroups(story);
    getLost();
    await story.sees(/^“Make a link to hand over” did not succeed\. The server does not answer/);
  });
});
