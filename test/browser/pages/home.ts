import type { PageState } from './settlement.ts';

export const homePages: readonly PageState[] = [
  {
    name: 'home',
    show: async (story) => {
      await story.open('/');
      await story.sees('In step');
      await story.page.locator('.recharts-surface').first().waitFor();
    },
  },
  {
    name: 'home-needs-attention',
    show: async (story) => {
      await story.answers('GET', '/api/v1/attention', {
        items: [
          ['paused', 'The connection of Segment is paused, and nothing is sent. The token was rejected.'],
          [
            'delayed',
            '3 records have failed to be sent to Segment for more than an hour, and are tried again. The application has a fault or is down.',
          ],
          ['held', '31 deactivations wait in Segment for your approval.'],
          ['failed', '2 records of Segment were refused. Each says why, and what to do about it.'],
          ['certificate', 'The signing certificate of Segment expires in 12 days. Make the next one.'],
        ].map(([kind, sentence]) => ({
          kind,
          sentence,
          application: { id: '01890a5d-ac96-774b-bcce-b302099a8057', label: 'Segment' },
          count: 1,
          among: null,
          since: '2026-01-05T08:00:00.000Z',
        })),
        nextCursor: null,
        total: 5,
      });
      await story.open('/');
      await story.sees('31 deactivations wait in Segment for your approval.');
    },
  },
  {
    name: 'home-first-steps',
    show: async (story) => {
      const steps = ['people', 'groups', 'application', 'activation', 'binding'];
      await story.answers('GET', '/api/v1/first-steps', {
        items: steps.map((step) => ({ step, done: step === 'people' })),
        nextCursor: null,
        total: steps.length,
      });
      await story.open('/');
      await story.sees('First steps');
    },
  },
  {
    name: 'home-not-reached',
    show: async (story) => {
      await story.page.route('**/api/v1/first-steps', (route) => route.abort());
      await story.open('/');
      await story.sees('Rollcall cannot be reached');
    },
  },
];
