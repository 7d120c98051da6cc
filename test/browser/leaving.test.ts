/** The browser's own ways out, Back and loading again, while something is entered: they ask as the links of the console do. */
import { describe, expect, it } from 'vitest';
import { made } from '../support/api.ts';
import { call } from '../support/company.ts';
import { spMetadata } from '../support/saml.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { fileWith } from './files.ts';
import { stayWhenReloaded } from './held-writes.ts';
import { openPlayhouse } from './playhouse.ts';
import type { Story } from './story.ts';

/** Back, as its button in the browser does; nothing is waited for, since it may lead nowhere. */
const goBack = (story: Story): Promise<void> => story.page.evaluate('history.back()');

/** Goes to a page as a link does: in the same document, as one more step of the router, which counts them. */
const follow = (story: Story, path: string): Promise<void> =>
  story.page.evaluate(
    `history.pushState({ __TSR_index: history.state.__TSR_index + 1 }, '', ${JSON.stringify(`/console${path}`)})`,
  );

interface Entry {
  readonly what: string;
  /** Where it is entered. */
  readonly at: (house: Awaited<ReturnType<typeof openPlayhouse>>) => Promise<string>;
  readonly enter: (story: Story) => Promise<void>;
  /** Waits until what was entered is on the screen. */
  readonly holds: (story: Story) => Promise<void>;
  readonly question: string;
}

const application = (
  connector: 'segment' | 'scim2',
  label: string,
  part: string,
  enabled = connector === 'segment',
): Entry['at'] =>
  async function at({ town: { rollcall } }) {
    const id = await made({ call: rollcall.api }, '/applications', { connector, label });
    if (enabled) await call(rollcall, 'PUT', `/applications/${id}/sso`, SSO_ENABLED);
    return `/applications/${id}/${part}`;
  };

const page =
  (path: string): Entry['at'] =>
  () =>
    Promise.resolve(path);

const holdsValue = (field: string, value: string) => async (story: Story) => {
  await expect.poll(() => story.field(field).inputValue()).toBe(value);
};

const choose = (story: Story, name: string, content: string): Promise<void> =>
  story.page.locator('input[type=file]').setInputFiles(fileWith(name, content));

const SAVING = 'Leave without saving';
const IMPORTING = 'Leave without importing';

const ENTRIES: readonly Entry[] = [
  {
    what: 'a dialog that creates',
    at: page('/users'),
    enter: async (story) => {
      await story.press('Create a user');
      await story.fill('User name', 'typed');
    },
    holds: holdsValue('User name', 'typed'),
    question: SAVING,
  },
  {
    what: 'a dialog that changes',
    at: async ({ town }) =>
      `/groups/${await made({ call: town.rollcall.api }, '/groups', { name: 'Sales' })}`,
    enter: async (story) => {
      await story.press('Edit');
      await story.fill('Name', 'Selling');
    },
    holds: holdsValue('Name', 'Selling'),
    question: SAVING,
  },
  {
    what: 'ticks in a dialog',
    at: async ({ town }) => `/users/${await town.person('ticked')}`,
    enter: async (story) => {
      await story.press('Add to groups');
      await story.press('Select Sales');
    },
    holds: (story) => story.sees('1 selected'),
    question: SAVING,
  },
  {
    what: 'a form that changes',
    at: application('segment', 'Changed', 'general'),
    enter: (story) => story.fill('Label', 'typed'),
    holds: holdsValue('Label', 'typed'),
    question: SAVING,
  },
  {
    what: 'a form that begins something',
    at: application('segment', 'Begun', 'sso', false),
    enter: (story) => story.fill('Customer ID', 'typed'),
    holds: holdsValue('Customer ID', 'typed'),
    question: SAVING,
  },
  {
    what: 'an image',
    at: application('scim2', 'Pictured', 'general'),
    enter: (story) => choose(story, 'logo.png', '<svg/>'),
    holds: (story) => story.sees(/^This is how it will look/),
    question: SAVING,
  },
  {
    what: 'a file in a dialog',
    at: application('segment', 'Uploaded', 'sso'),
    enter: async (story) => {
      await story.press('Upload metadata');
      await choose(story, 'metadata.xml', spMetadata('https://sp.test'));
    },
    holds: (story) => story.sees('metadata.xml'),
    question: SAVING,
  },
  {
    what: 'a CSV',
    at: page('/users/import'),
    enter: (story) => choose(story, 'people.csv', 'username\nnew@acme.test\n'),
    holds: (story) => story.sees('1 user would be created.'),
    question: IMPORTING,
  },
  {
    what: 'a key that is shown once',
    at: page('/settings/api-keys'),
    enter: async (story) => {
      await story.press('Make an API key');
      await story.fill('Name', 'Reports');
      await story.press('Make key');
    },
    holds: (story) => story.sees('The new API key'),
    question: 'Leave without the key',
  },
  {
    what: 'a link that is shown once',
    at: async ({ town }) => `/users/${await town.person('forgetful')}`,
    enter: (story) => story.press('Make a link to hand over'),
    holds: (story) => story.sees('A link for a new password'),
    question: 'Leave without the link',
  },
];

describe('whoever leaves by Back or loads the page again', async () => {
  const house = await openPlayhouse();

  it.each(ENTRIES)('is asked about $what', async ({ at, enter, holds, question }) => {
    const path = await at(house);
    const story = await house.as('ann', 'administrator');
    await story.open('/insights');
    await follow(story, path);
    await enter(story);
    await holds(story);
    await stayWhenReloaded(story);
    await goBack(story);
    await story.sees(`${question}?`);
    await story.press('Stay');
    await story.seesNoMore(`${question}?`);
    await holds(story);
    await goBack(story);
    await story.press(question);
    await story.isAt('Insights');
  });

  it('is not asked before anything is entered, nor after it is saved', async () => {
    const story = await house.as('bea', 'administrator');
    await story.open('/insights');
    await story.press('User Groups', 'link');
    await story.isAt('User Groups');
    await story.press('Create a group');
    await goBack(story);
    await story.isAt('Insights');
    await story.press('User Groups', 'link');
    await story.press('Create a group');
    await story.fill('Name', 'Saved');
    await story.press('Create group');
    await story.isAt('Saved');
    await goBack(story);
    await story.isAt('User Groups');
  });

  it('leaves a question behind, which is about its page', async () => {
    const id = await house.town.person('asked-about');
    const story = await house.as('cleo', 'administrator');
    await story.open('/users');
    await story.press('asked-about');
    await story.isAt('asked-about');
    await story.press('More');
    await story.press('Delete');
    await story.sees('Delete asked-about?');
    await goBack(story);
    await story.isAt('Users');
    await story.seesNoMore('Delete asked-about?');
    expect((await house.town.rollcall.api('GET', `/users/${id}`)).status).toBe(200);
  });
});
