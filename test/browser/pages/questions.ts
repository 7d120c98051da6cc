/** Dialogs and questions beside those of the other files here: about people, groups and settings. */
import { PASSWORD } from '../../support/people.ts';
import type { Story } from '../story.ts';
import type { PageState, Settlement } from './settlement.ts';

async function openPerson(story: Story, { userId }: Settlement, name: string): Promise<void> {
  await story.open(`/users/${userId(name)}`);
  await story.press('More');
}

const people: readonly PageState[] = [
  {
    name: 'user-edit',
    show: async (story, { userId }) => {
      await story.open(`/users/${userId('grace')}`);
      await story.press('Edit');
      await story.press('Add an attribute');
    },
  },
  {
    name: 'user-edit-unsaved',
    show: async (story) => {
      await story.open('/users');
      await story.press('Grace Hopper', 'link');
      await story.isAt('Grace Hopper');
      await story.press('Edit');
      await story.fill('First name', 'Admiral');
      await story.page.evaluate('history.back()');
      await story.sees('Leave without saving?');
    },
  },
  {
    name: 'user-activate',
    show: async (story, settlement) => {
      await openPerson(story, settlement, 'joan');
      await story.press('Activate');
      await story.sees(/^They can sign in, and get an account/);
    },
  },
  {
    name: 'user-add-to-groups',
    show: async (story, { userId }) => {
      await story.open(`/users/${userId('don')}`);
      await story.press('Add to groups');
      await story.press('Select Engineering');
      await story.sees('1 selected');
    },
  },
  {
    name: 'user-leave-group',
    show: async (story, { userId }) => {
      await story.open(`/users/${userId('grace')}`);
      await story.press('Remove Grace Hopper from Engineering');
      await story.sees(/1 person would lose the account there/);
    },
  },
  {
    name: 'user-factors-and-sessions',
    show: async (story, { house: { town } }) => {
      const seated = `seated-${Date.now()}`;
      const id = await town.person(seated);
      await town.browser().signIn(seated, PASSWORD);
      await story.answers('GET', `/api/v1/users/${id}/factors`, {
        items: [
          { id: '1', kind: 'totp', label: 'Phone', createdAt: '2026-01-05T08:00:00.000Z', lastUsedAt: null },
        ],
        nextCursor: null,
        total: 1,
      });
      await story.open(`/users/${id}`);
      await story.press('Remove Phone');
      await story.sees('Remove Phone?');
    },
  },
  {
    name: 'group-create',
    show: async (story) => {
      await story.open('/groups');
      await story.press('Create a group');
      await story.press('Create group');
      await story.sees('Must not be empty.');
    },
  },
];

const settings: readonly PageState[] = [
  {
    name: 'settings-change-role',
    show: async (story, { house: { town } }) => {
      const clerk = `clerk-${Date.now()}`;
      await town.person(clerk, 'read-only');
      await story.open(`/settings/administrators?search=${clerk}`);
      await story.press(`Change the role of ${clerk}`);
      await story.sees(/^May look at everything that is no secret\.$/);
    },
  },
  {
    name: 'settings-take-role',
    show: async (story, { house: { town } }) => {
      const clerk = `clerk-${Date.now()}`;
      await town.person(clerk, 'read-only');
      await story.open(`/settings/administrators?search=${clerk}`);
      await story.press(`Take away the role of ${clerk}`);
      await story.sees(/^They can no longer open the console/);
    },
  },
  {
    name: 'settings-api-key-end',
    show: async (story, settlement) => {
      await settlement.call('POST', '/api-keys', { name: 'Weekly', role: 'read-only' });
      await story.open('/settings/api-keys?search=Weekly');
      await story.page.getByRole('button', { name: 'End the key Weekly' }).first().click();
      await story.sees(/^Whatever still uses it is refused/);
    },
  },
];

export const questionPages: readonly PageState[] = [...people, ...settings];
