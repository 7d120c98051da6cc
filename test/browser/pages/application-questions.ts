/** Dialogs and questions of an application beside those of the other files here. */
import { made } from '../../support/api.ts';
import { fileWith } from '../files.ts';
import type { PageState } from './settlement.ts';

export const applicationQuestionPages: readonly PageState[] = [
  {
    name: 'application-logo-chosen',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/general`);
      await story.page.locator('input[type=file]').setInputFiles(fileWith('logo.png', '<svg/>'));
      await story.sees(/^This is how it will look/);
      await story.press('Use this logo');
      await story.page.getByRole('main').getByRole('alert').waitFor();
    },
  },
  {
    name: 'sso-of-any-application',
    show: async (story, { house: { town } }) => {
      const id = await made({ call: town.rollcall.api }, '/applications', {
        connector: 'scim2',
        label: 'Wiki',
      });
      await story.open(`/applications/${id}/sso`);
      await story.press('Add ACS URL');
      await story.press('Add an attribute');
      await story.press('Add signing certificate');
    },
  },
  {
    name: 'sso-certificate-next',
    show: async (story, { newApplicationId }) => {
      await story.open(`/applications/${newApplicationId}/sso`);
      await story.press('Make the next certificate');
      await story.press('Activate');
      await story.sees('Let the next certificate sign?');
    },
  },
  {
    name: 'sso-test-allowed',
    show: async (story, { applicationId }) => {
      await story.page.route('**/sso/people/*', (route) =>
        route.fulfill({
          json: {
            message: 'Segment would know you as "ada@acme.test".',
            claims: {
              nameId: 'ada@acme.test',
              attributes: [{ name: 'email', values: ['ada@acme.test'] }],
            },
          },
        }),
      );
      await story.open(`/applications/${applicationId}/sso`);
      await story.press('Test sign-in');
      await story.sees('Sign in, in a new tab');
    },
  },
  {
    name: 'identity-management-paused',
    show: async (story, { applicationId, call }) => {
      const path = `/applications/${applicationId}/identity-management`;
      const connection = await call('GET', path);
      const reason = { message: 'Segment rejected the token. Make a new one there, and enter it here.' };
      await story.answers(
        'GET',
        `/api/v1${path}`,
        Object.assign({}, connection, { state: 'paused', reason }),
      );
      await story.open(path);
      await story.press('Resume');
      await story.sees(/^Segment is asked first/);
    },
  },
  {
    name: 'identity-management-mapping',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/identity-management`);
      await story.press('Add an attribute');
      await story.press('Save mapping');
      await story.sees('Change what is sent to Segment?');
    },
  },
  {
    name: 'identity-management-reset',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/identity-management`);
      await story.press('Reset to the usual');
      await story.sees('Take back what was set?');
    },
  },
];
