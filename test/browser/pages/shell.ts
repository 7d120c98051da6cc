/** What stands around and over every page. */
import { NARROW } from '../story.ts';
import type { PageState } from './settlement.ts';

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
];
