import type { PageState } from './settlement.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Somebody as the application has nobody by itself. */
const account = (userId: string, name: string, more: object) => ({
  userId,
  name,
  username: name,
  userState: 'active',
  remoteId: '1',
  state: 'active',
  managed: true,
  kept: false,
  moving: false,
  pending: false,
  dueAt: null,
  held: false,
  holdId: null,
  error: null,
  attention: null,
  notAccepted: [],
  drift: null,
  via: [{ id: ID, name: 'Engineering' }],
  why: 'Assigned through Engineering.',
  updatedAt: '2026-11-20T10:00:00.000Z',
  ...more,
});

const refusal = {
  code: 'refused',
  message: 'The application refused the email address. Correct it in the directory; it is sent again then.',
  said: 'emails[0].value is not an address that we take',
  status: 400,
  retrying: false,
};

const attention = {
  code: 'identifier-not-accepted',
  message: 'The application keeps the user name "grace@acme.test", although "admiral@acme.test" was sent.',
  sent: 'admiral@acme.test',
  kept: 'grace@acme.test',
};

const troubled = [
  account(ID.replace('8057', '0001'), 'Joan Holloway', {
    state: 'absent',
    error: refusal,
    why: refusal.message,
  }),
  account(ID.replace('8057', '0002'), 'Grace Hopper', { attention, why: attention.message }),
  account(ID.replace('8057', '0003'), 'Ada Lovelace', {
    notAccepted: [
      {
        path: 'displayName',
        label: 'display name',
        sent: 'Ada Byron',
        kept: 'Ada L.',
        chosen: false,
        sentence: 'Keeps its own display name "Ada L.", although "Ada Byron" was sent.',
      },
    ],
  }),
  account(ID.replace('8057', '0004'), 'Don Draper', {
    held: true,
    why: "Suspended in the directory. The deactivation waits for an administrator's approval.",
    via: [],
  }),
  account(ID.replace('8057', '0005'), 'Roger Sterling', {
    managed: false,
    via: [],
    why: 'In no group that is bound to the application. Imported and never assigned, so the account is left alone.',
  }),
];

export const peoplePages: readonly PageState[] = [
  {
    name: 'application-users',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/users`);
      await story.sees(/^Ada Lovelace/);
    },
  },
  {
    name: 'application-users-trouble',
    show: async (story, { applicationId }) => {
      const page = { items: troubled, nextCursor: null, total: troubled.length };
      await story.answers('GET', `/api/v1/applications/${applicationId}/users`, page);
      await story.open(`/applications/${applicationId}/users`);
      await story.sees(/^Keeps its own display name/);
      await story.sees('The application said: “emails[0].value is not an address that we take”');
    },
  },
  {
    name: 'application-users-groups',
    show: async (story, { applicationId }) => {
      await story.open(`/applications/${applicationId}/users/groups`);
      await story.sees('4 of 4 members there');
    },
  },
  {
    name: 'why',
    show: async (story, { applicationId, userId }) => {
      await story.open(`/applications/${applicationId}/users/${userId('grace')}`);
      await story.sees('Nothing is left to do.');
    },
  },
  {
    name: 'why-trouble',
    show: async (story, { applicationId }) => {
      const path = `/applications/${applicationId}/users/${ID}`;
      await story.answers('GET', `/api/v1${path}`, {
        ...account(ID, 'Grace Hopper (admiral@acme.test)', {
          attention,
          error: refusal,
          why: refusal.message,
        }),
        mapping: [
          {
            target: 'userName',
            label: 'user name',
            expression: 'isEmail(user.username) ? user.username : user.email',
            value: 'admiral@acme.test',
            error: null,
            holds: 'grace@acme.test',
          },
        ],
        next: {
          sentences: ['Change the user name of Grace Hopper from "grace@acme.test" to "admiral@acme.test"'],
          when: 'When the account is looked at next: Retry does it now.',
        },
        recentEvents: [],
      });
      await story.open(path);
      await story.sees('Somebody has to decide');
    },
  },
  {
    name: 'provision-now',
    show: async (story, { applicationId, userId }) => {
      await story.open(`/applications/${applicationId}/users/${userId('linus')}`);
      await story.press('Provision now');
      await story.page.getByRole('dialog').getByRole('button', { name: 'Provision now' }).click();
      await story.sees('Nothing had to be sent.');
    },
  },
];
