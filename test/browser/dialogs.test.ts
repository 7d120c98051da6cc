/** Closing a dialog while what it began is under way: whoever closed it stays where they are, and is told what came of it. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { spMetadata } from '../support/saml.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { fileWith } from './files.ts';
import { holdWrites, stayWhenReloaded } from './held-writes.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';
import { makeUnseenKey } from './unseen-key.ts';

async function middleOf(thing: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await thing.boundingBox();
  if (box === null) throw new Error(`${String(thing)} is not on the page.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const isClosed = ({ page }: Story) => expect.poll(() => page.getByRole('dialog').count()).toBe(0);

/** By what a dialog is closed. */
const WAYS: readonly { way: string; username: string; close: (story: Story) => Promise<void> }[] = [
  { way: 'Escape', username: 'joan', close: (story) => story.keys('Escape') },
  { way: 'Cancel', username: 'megan', close: (story) => story.press('Cancel') },
  { way: 'a click beside it', username: 'betty', close: (story) => story.page.mouse.click(5, 5) },
];

const CROSS: (typeof WAYS)[number] = {
  way: 'its cross',
  username: 'ida',
  close: (story) => story.press('Close'),
};

/** Forms that open what they made: where each is, what opens it, what is typed, what it sends and what it says. */
const FORMS = [
  {
    at: '/users',
    title: 'Users',
    open: 'Create a user',
    field: 'User name',
    act: 'Create user',
    address: '**/api/v1/users',
    told: /^new was created\.$/,
  },
  {
    at: '/groups',
    title: 'User Groups',
    open: 'Create a group',
    field: 'Name',
    act: 'Create group',
    address: '**/api/v1/groups',
    told: /^The group new was created\.$/,
  },
  {
    at: '/applications/new',
    title: 'Add New Application',
    open: 'Add Segment',
    field: 'Label',
    act: 'Add application',
    address: '**/api/v1/applications',
    told: /^new was added\.$/,
  },
] as const;

describe('a form in a dialog', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;
  const caller = { call: rollcall.api };

  /** Somebody fills in a form and sends it, and the save waits on its way. */
  async function sending(story: Story, { open, field, act, address }: (typeof FORMS)[number], name: string) {
    await story.pressable(open).first().click();
    await story.fill(field, name);
    const way = await holdWrites(story, address);
    await story.press(act);
    return way;
  }

  it.each([...WAYS, CROSS])('with something in it asks whoever closes it by $way', async ({ close }) => {
    const story = await house.as('ann', 'administrator');
    await story.open('/users');
    await story.press('Create a user');
    await close(story);
    await isClosed(story);
    await story.press('Create a user');
    await story.fill('User name', 'Carefully typed');
    await close(story);
    await story.sees('Close without saving?');
    await story.sees('What you typed is not saved, and would be lost.');
    await story.keys('Escape');
    await story.seesNoMore('Close without saving?');
    expect(await story.field('User name').inputValue()).toBe('Carefully typed');
    await close(story);
    await story.press('Stay');
    expect(await story.field('User name').inputValue()).toBe('Carefully typed');
    await close(story);
    await story.press('Close without saving');
    await isClosed(story);
    await expect.poll(() => story.focused()).toBe('Create a user');
  });

  it.each(FORMS)('opens nothing once it was closed: $act', async (form) => {
    const story = await house.as('ann', 'administrator');
    await story.open(form.at);
    const { goOn } = await sending(story, form, 'new');
    await story.keys('Escape');
    await isClosed(story);
    goOn();
    await story.sees(form.told);
    await story.isAt(form.title);
    await story.staysAt(form.at);
  });

  it('opens nothing where another page is open by then', async () => {
    const story = await house.as('bea', 'administrator');
    await story.open('/groups');
    await story.press('Users', 'link');
    await story.isAt('Users');
    const { goOn } = await sending(story, FORMS[0], 'late');
    await story.page.goBack();
    await story.isAt('User Groups');
    goOn();
    await story.sees(/^late was created\.$/);
    await story.staysAt('/groups');
  });

  it('leaves another one alone that was opened by then', async () => {
    const id = await made(caller, '/groups', { name: 'Sales' });
    const story = await house.as('cleo', 'administrator');
    await story.open(`/groups/${id}`);
    await story.press('Edit');
    await story.fill('Name', 'Selling');
    const { goOn } = await holdWrites(story, `**/groups/${id}`);
    await story.press('Save changes');
    await story.press('Cancel');
    await story.press('Edit');
    await story.fill('Description', 'They sell.');
    goOn();
    await story.sees(/^The group Selling was saved\.$/);
    await expect.poll(() => story.field('Description').inputValue()).toBe('They sell.');
  });

  it('says of an API key that nobody saw it', async () => {
    const story = await house.as('dora', 'administrator');
    await makeUnseenKey(story, 'Nightly');
    await story.sees(/^The key Nightly was made, but was not shown to you\. End it, and make another one\.$/);
  });

  it('says that what was chosen in it was refused', async () => {
    const id = await made(caller, '/groups', { name: 'Marketing' });
    await made(caller, '/users', { username: 'ada' });
    const story = await house.as('eve', 'administrator');
    await story.open(`/groups/${id}`);
    await story.pressable('Add members').first().click();
    await story.press('Select ada');
    const { getLost } = await holdWrites(story, `**/groups/${id}/members`);
    await story.press('Add 1 member');
    await story.press('Cancel');
    getLost();
    await story.sees(/^“Add 1 member” did not succeed\. The server does not answer/);
  });

  it('says that the file of it was applied', async () => {
    const id = await made(caller, '/applications', { connector: 'segment', label: 'Uploaded' });
    await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
    const story = await house.as('fay', 'administrator');
    await story.open(`/applications/${id}/sso`);
    await story.press('Upload metadata');
    const file = fileWith('metadata.xml', spMetadata('https://sp.test'));
    await story.page.locator('input[type=file]').setInputFiles(file);
    const { goOn } = await holdWrites(story, '**/service-provider-metadata');
    await story.press('Apply metadata');
    await story.press('Cancel');
    goOn();
    await story.sees('The metadata of the service provider was applied.');
  });
});

describe('a question', async () => {
  const house = await openPlayhouse();
  const { rollcall } = house.town;

  /** Somebody answers it with yes, and what is to be done waits on its way. */
  async function doing(username: string, entry: string, act: string) {
    const id = await made({ call: rollcall.api }, '/users', { username });
    const story = await house.as(`manager-of-${username}`, 'manager');
    await story.open(`/users/${id}`);
    await story.press('More');
    await story.press(entry);
    const way = await holdWrites(story, `**/users/${id}`);
    await story.press(act);
    return { id, story, ...way };
  }

  const suspending = (username: string) => doing(username, 'Suspend', 'Suspend user');

  it.each(WAYS)(
    'that was closed by $way says afterwards that it was refused',
    async ({ username, close }) => {
      const { id, story, goOn } = await suspending(username);
      await close(story);
      await isClosed(story);
      await rollcall.api('PATCH', `/users/${id}`, { lastname: 'Harris' });
      goOn();
      await story.sees(/^“Suspend user” did not succeed\. The user "\w+" was changed by somebody/);
    },
  );

  it('that was closed says so on another page too', async () => {
    const { story, getLost } = await suspending('peggy');
    await story.keys('Escape');
    await story.press('User Groups', 'link');
    await story.isAt('User Groups');
    getLost();
    await story.sees(/^“Suspend user” did not succeed\. The server does not answer/);
  });

  it('says so also while it vanishes', async () => {
    const { story, getLost } = await suspending('freddy');
    await story.page.emulateMedia({ reducedMotion: 'no-preference' });
    await story.keys('Escape');
    getLost();
    await story.sees(/^“Suspend user” did not succeed\./);
  });

  it('shows in the middle of its button that something is under way, also without motion', async () => {
    const { story, goOn } = await suspending('sal');
    const button = story.page.locator('button[data-loading]');
    const [middle, loader] = [await middleOf(button), await middleOf(button.locator('.mantine-Loader-root'))];
    expect(Math.hypot(loader.x - middle.x, loader.y - middle.y)).toBeLessThan(2);
    goOn();
    await story.sees(/^sal is suspended\.$/);
  });

  it('that is open shows why it was refused, and nothing beside it', async () => {
    const { story, getLost } = await suspending('stan');
    getLost();
    await story.sees(/^The server does not answer/);
    expect(await story.page.getByText('did not succeed').count()).toBe(0);
  });

  it('leaves the next one alone', async () => {
    const { story, goOn } = await suspending('don');
    await story.keys('Escape');
    await story.press('More');
    await story.press('Delete');
    await story.sees('Delete don?');
    goOn();
    await story.sees(/^don is suspended\.$/);
    await story.sees('Delete don?');
  });

  it('asks before the page is loaded again', async () => {
    const { story, goOn } = await suspending('roger');
    await stayWhenReloaded(story);
    goOn();
    await story.sees(/^roger is suspended\.$/);
  });

  it('that was closed leaves the page of what is deleted', async () => {
    const { story, goOn } = await doing('pete', 'Delete', 'Delete user');
    await story.keys('Escape');
    goOn();
    await story.isAt('Users');
    await story.sees(/^pete was deleted\.$/);
  });

  it('that was closed leaves no other page', async () => {
    const { story, goOn } = await doing('ken', 'Delete', 'Delete user');
    await story.keys('Escape');
    await story.press('User Groups', 'link');
    await story.isAt('User Groups');
    goOn();
    await story.sees(/^ken was deleted\.$/);
    await story.staysAt('/groups');
  });
});
