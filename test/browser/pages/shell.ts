/** What stands around and over every page. */
import { holdWrites } from '../held-writes.ts';
import { NARROW } from '../accessible.ts';
import type { Story } from '../story.ts';
import type { PageState, Settlement } from './settlement.ts';

/** Somebody answers a question with yes, and what is to be done waits on its way. */
async function suspending(story: Story, { userId }: Settlement) {
  await story.open(`/users/${userId('don')}`);
  await story.press('More');
  await story.press('Suspend');
  await story.sees(/Access to Segment ends/);
  const way = await holdWrites(story, `**/users/${userId('don')}`);
  await story.press('Suspend user');
  return way;
}

export const shellPages: readonly PageState[] = [
  {
    name: 'signed-out',
    whose: 'another',
    show: async (story) => {
      await story.open('/groups');
      await story.press('Create a group');
      await story.fill('Name', 'Auditors');
      await story.page.context().clearCookies();
      await story.press('Create group');
      await story.sees('You were signed out');
    },
  },
  {
    name: 'conflict',
    show: async (story, { userId, call }) => {
      await story.open(`/users/${userId('peggy')}`);
      await story.press('Edit');
      await story.fill('First name', 'Margaret');
      await call('PATCH', `/users/${userId('peggy')}`, { displayname: `Peggy ${Date.now() % 1000}` });
      await story.press('Save changes');
      await story.sees('Somebody else changed this meanwhile');
    },
  },
  {
    name: 'menu',
    show: async (story) => {
      await story.page.setViewportSize(NARROW);
      await story.open('/users');
      await story.press('Open the menu');
      await story.page.getByRole('dialog', { name: 'Menu' }).waitFor();
    },
  },
  {
    name: 'account-menu',
    show: async (story) => {
      await story.open('/users');
      await story.page.getByRole('button', { name: /: your account$/ }).click();
      await story.sees('My applications');
    },
  },
  {
    name: 'notification',
    show: async (story) => {
      await story.open('/users');
      await story.press('Create a user');
      await story.fill('User name', `told-${Date.now()}`);
      await story.press('Create user');
      await story.sees(/was created\.$/);
    },
  },
  {
    name: 'question-under-way',
    show: async (story, settlement) => {
      await suspending(story, settlement);
      await story.page.locator('button[data-loading]').waitFor();
    },
  },
  {
    name: 'question-refused',
    show: async (story, settlement) => {
      const { getLost } = await suspending(story, settlement);
      getLost();
      await story.sees(/^The server does not answer/);
    },
  },
  {
    name: 'question-refused-elsewhere',
    show: async (story, settlement) => {
      const { getLost } = await suspending(story, settlement);
      await story.keys('Escape');
      await story.press('User Groups', 'link');
      await story.isAt('User Groups');
      await story.sees('Engineering');
      getLost();
      await story.sees(/^“Suspend user” did not succeed\./);
    },
  },
];
