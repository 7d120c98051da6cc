/** What those see who may only look, who come to an address of nothing, or whose list was asked for in a wrong way. */
import type { PageState } from './settlement.ts';

export const restrictedPages: readonly PageState[] = [
  {
    name: 'not-found',
    show: async (story) => {
      await story.open('/no-such-page');
      await story.sees('The address leads nowhere');
    },
  },
  {
    name: 'loading',
    show: async (story) => {
      await story.page.route('**/api/v1/users?*', () => undefined);
      await story.open('/users');
      await story.page.getByRole('status', { name: 'Loading' }).waitFor();
    },
  },
  {
    name: 'wrong-filter',
    show: async (story) => {
      await story.open(`/users?search=${'x'.repeat(400)}`);
      await story.sees('Show all');
    },
  },
  {
    name: 'not-for-the-role',
    whose: 'reader',
    show: async (story) => {
      await story.open('/settings/security');
      await story.sees('This is not for your role');
    },
  },
  {
    name: 'reader-identity-management',
    whose: 'reader',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/identity-management`);
      await story.sees('Only an administrator can change the connection.');
    },
  },
  {
    name: 'reader-bindings',
    whose: 'reader',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/groups`);
      await story.sees(/^To bind groups takes the role/);
    },
  },
  {
    name: 'reader-sso',
    whose: 'reader',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/sso`);
      await story.sees('IdP metadata URL');
    },
  },
];
