import type { PageState } from './settlement.ts';

export const logPages: readonly PageState[] = [
  {
    name: 'application-log',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/log`);
      await story.sees(/^Created the account "ada@acme.test"/);
    },
  },
  {
    name: 'application-log-nothing',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/log?outcome=stopped`);
      await story.sees('Nothing matches');
    },
  },
  {
    name: 'application-log-operation',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/log?search=margaret`);
      await story.page.getByRole('button', { name: /^Created the account/ }).click();
      await story.page.getByText('Show the request and answer').click();
      await story.sees('Request: POST /Users');
    },
  },
];
