import type { PageState } from './settlement.ts';

export const applicationPages: readonly PageState[] = [
  {
    name: 'applications',
    show: async (story) => {
      await story.open('/applications');
      await story.sees('In step');
    },
  },
  {
    name: 'applications-delete',
    show: async (story) => {
      await story.open('/applications');
      await story.press('Select Segment');
      await story.press('Delete');
      await story.fill('Type how many applications you are deleting', '1');
      await story.press('Delete Application');
      await story.sees(/Nothing was deleted/);
    },
  },
  {
    name: 'catalog',
    show: async (story) => {
      await story.open('/applications/new');
      await story.sees('Segment');
    },
  },
  {
    name: 'catalog-add',
    show: async (story) => {
      await story.open('/applications/new');
      await story.press('Add Segment');
    },
  },
  {
    name: 'application-general',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/general`);
      await story.sees('Deactivate IdM connection');
    },
  },
  {
    name: 'application-unsaved',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/general`);
      await story.fill('Label', 'Another label');
      await story.press('Users', 'link');
      await story.sees('Leave without saving?');
    },
  },
  {
    name: 'application-deactivate',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/general`);
      await story.press('Deactivate IdM connection');
    },
  },
];
