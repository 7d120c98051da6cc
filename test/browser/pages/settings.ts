import { makeUnseenKey } from '../unseen-key.ts';
import type { PageState } from './settlement.ts';

export const settingPages: readonly PageState[] = [
  {
    name: 'settings-administrators',
    show: async (story) => {
      await story.open('/settings/administrators');
      await story.page.getByRole('cell', { name: 'Administrator', exact: true }).first().waitFor();
    },
  },
  {
    name: 'settings-give-role',
    show: async (story) => {
      await story.open('/settings/administrators');
      await story.press('Give a role');
      await story.sees(/^May look at everything that is no secret\.$/);
    },
  },
  {
    name: 'settings-api-keys',
    show: async (story) => {
      await story.open('/settings/api-keys');
      await story.page.getByRole('cell', { name: 'Administrator', exact: true }).first().waitFor();
    },
  },
  {
    name: 'settings-api-key-made',
    show: async (story) => {
      await story.open('/settings/api-keys');
      await story.press('Make an API key');
      await story.fill('Name', 'Reports');
      await story.press('Make key');
      await story.sees('Copy it now');
    },
  },
  {
    name: 'settings-api-key-unseen',
    show: async (story) => {
      await makeUnseenKey(story, 'Nightly');
      await story.sees(/was not shown to you/);
    },
  },
  {
    name: 'settings-mail',
    show: async (story) => {
      await story.answers('GET', '/api/v1/settings/mail', {
        set: true,
        from: 'Rollcall <rollcall@acme.test>',
        server: { host: 'mail.acme.test', port: 587, tls: false },
      });
      await story.open('/settings/mail');
      await story.fill('To', 'ada');
      await story.press('Send a test message');
      await story.sees(/^Must be an email address/);
      await story.fill('To', 'ada@acme.test');
      await story.press('Send a test message');
      await story.sees('Not sent');
    },
  },
  {
    name: 'settings-mail-not-set',
    show: async (story) => {
      await story.answers('GET', '/api/v1/settings/mail', { set: false, from: null, server: null });
      await story.open('/settings/mail');
      await story.sees('No mail server is set');
    },
  },
  {
    name: 'settings-security',
    show: async (story) => {
      await story.open('/settings/security');
      await story.sees('Changed by');
    },
  },
];
