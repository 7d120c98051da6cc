import type { PageState } from './settlement.ts';

export const insightPages: readonly PageState[] = [
  {
    name: 'insights',
    show: async (story) => {
      await story.open('/insights?days=7');
      await story.page.locator('.recharts-surface').first().waitFor();
      await story.press('Show as a table: Provisioned over time');
      await story.sees('Tried again');
    },
  },
  {
    name: 'insights-errors',
    show: async (story) => {
      const error = (label: string, refused: number, later: number) => ({
        application: { id: '01890a5d-ac96-774b-bcce-b302099a8057', label },
        refused,
        later,
        stopped: 0,
        frequent: [{ sentence: 'Could not create …: the application did not answer.', count: later }],
      });
      await story.answers('GET', '/api/v1/insights/errors', {
        applications: [error('Segment', 12, 40)],
      });
      await story.open('/insights');
      await story.sees('Segment: said most often');
    },
  },
  {
    name: 'insights-log',
    show: async (story) => {
      await story.open('/insights/log?outcome=done');
      await story.sees(/^Created the account "ada@acme.test"/);
    },
  },
  {
    name: 'audit',
    show: async (story) => {
      await story.open('/insights/audit');
      await story.press('Verify the trail');
      await story.sees(/^The trail is whole/);
    },
  },
  {
    name: 'audit-broken',
    show: async (story) => {
      await story.answers('GET', '/api/v1/audit/verification', {
        whole: false,
        entries: 1234,
        lastHash: '',
        broken: 'The entry 1235 was changed after it was written.',
      });
      await story.open('/insights/audit');
      await story.press('Verify the trail');
      await story.sees('The trail is not whole');
    },
  },
  {
    name: 'audit-entry',
    show: async (story) => {
      await story.open('/insights/audit?search=joan');
      await story.press('The API key "ROLLCALL_API_KEY" changed the user "joan@acme.test"');
      await story.page.getByRole('table', { name: 'What differs' }).waitFor();
    },
  },
];
