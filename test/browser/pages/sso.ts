import { spMetadata } from '../../support/saml.ts';
import { fileWith } from '../files.ts';
import type { PageState } from './settlement.ts';

export const ssoPages: readonly PageState[] = [
  {
    name: 'sso',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/sso`);
      await story.sees('IdP metadata URL');
    },
  },
  {
    name: 'sso-setup',
    show: async (story, { newApplicationId }) => {
      await story.open(`/applications/${newApplicationId}/sso`);
      await story.press('Enable SSO');
      await story.sees(/Is needed: the Customer ID/);
    },
  },
  {
    name: 'sso-saving',
    show: async (story, { newApplicationId }) => {
      await story.open(`/applications/${newApplicationId}/sso`);
      await story.fill('Customer ID', 'acme');
      // The save gets no answer.
      await story.page.route('**/sso', () => undefined);
      await story.press('Enable SSO');
      await story.press('Users', 'link');
      await story.sees('Leave while this is being saved?');
    },
  },
  {
    name: 'sso-metadata-refused',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/sso`);
      await story.press('Upload metadata');
      await story.page.locator('input[type=file]').setInputFiles(fileWith('metadata.xml', '<html/>'));
      await story.press('Apply metadata');
      await story.page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'sso-metadata-applied',
    show: async (story, { newApplicationId }) => {
      await story.open(`/applications/${newApplicationId}/sso`);
      await story.fill('Customer ID', 'acme');
      await story.press('Enable SSO');
      await story.press('Upload metadata');
      const metadata = fileWith('metadata.xml', spMetadata('https://sp.example.com'));
      await story.page.locator('input[type=file]').setInputFiles(metadata);
      await story.press('Apply metadata');
      await story.sees('The metadata was applied. This changed:');
    },
  },
  {
    name: 'sso-certificate',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/sso`);
      await story.press('Show');
      await story.sees('SHA-256 fingerprint');
    },
  },
  {
    name: 'sso-test',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/sso`);
      await story.press('Test sign-in');
      await story.sees('You would not be let in');
    },
  },
];
