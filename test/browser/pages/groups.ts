import type { PageState } from './settlement.ts';

export const groupPages: readonly PageState[] = [
  {
    name: 'groups',
    show: async (story) => {
      await story.open('/groups');
      await story.sees('Engineering');
    },
  },
  {
    name: 'group',
    show: async (story, { groupId }) => {
      await story.open(`/groups/${groupId('Engineering')}`);
      await story.sees('Ada Lovelace');
      await story.press('Select Ada Lovelace');
    },
  },
  {
    name: 'group-empty',
    show: async (story, { groupId }) => {
      await story.open(`/groups/${groupId('Contractors')}`);
      await story.sees('No members yet');
    },
  },
  {
    name: 'group-add-members',
    show: async (story, { groupId }) => {
      await story.open(`/groups/${groupId('Contractors')}`);
      await story.page.getByRole('button', { name: 'Add members' }).first().click();
      await story.press('Select Grace Hopper');
      await story.sees(/an account/);
    },
  },
  {
    name: 'group-remove-members',
    show: async (story, { groupId }) => {
      await story.open(`/groups/${groupId('Engineering')}`);
      await story.press('Select all on this page');
      await story.press('Remove from the group');
      await story.sees(/4 people would lose the account there/);
    },
  },
  {
    name: 'group-delete',
    show: async (story, { groupId }) => {
      await story.open(`/groups/${groupId('Engineering')}`);
      await story.press('More');
      await story.press('Delete');
      await story.sees(/would lose the account there/);
    },
  },
];
