import { expect, test } from 'vitest';
import type { UserInApplication } from '../store/links.ts';
import { whyOf } from './why.ts';

const assigned: UserInApplication = {
  userId: '01890a5d-ac96-774b-bcce-b302099a8057',
  name: 'Ada',
  username: 'ada@acme.test',
  userState: 'active',
  remoteId: '1',
  state: 'active',
  managed: true,
  kept: false,
  moving: false,
  pending: false,
  holdId: null,
  error: null,
  attention: null,
  notAccepted: {},
  drift: null,
  via: [
    { id: '1', name: 'Editors' },
    { id: '2', name: 'Staff' },
  ],
  updatedAt: null,
};

const error = { code: 'x', message: 'The application said no.', retrying: false };
const attention = { code: 'identifier-not-accepted', message: 'Decide.', sent: 'a', kept: 'b' } as const;
const suspended = { userState: 'suspended' } as const;

test.each<[string, Partial<UserInApplication>]>([
  ['Assigned through Editors, Staff.', {}],
  ['Assigned through Editors, Staff. To be looked at, and waiting for its turn.', { pending: true }],
  ['Assigned through Editors, Staff. Moving to another account.', { moving: true, pending: true }],
  ['In no group that is bound to the application.', { via: [] }],
  ['Suspended in the directory.', suspended],
  ['Not active in the directory yet.', { userState: 'staged' }],
  ['Deleted from the directory.', { userState: null, username: null, via: [] }],
  [
    "Suspended in the directory. The deactivation waits for an administrator's approval.",
    { ...suspended, holdId: '1' },
  ],
  [
    'Suspended in the directory. An administrator rejected the deactivation, so the account stays.',
    { ...suspended, kept: true },
  ],
  [
    'In no group that is bound to the application. Imported and never assigned, so the account is left alone.',
    { via: [], managed: false },
  ],
  ['Decide.', { attention, pending: true }],
  ['The application said no.', { error, attention }],
])('%s', (why, change) => {
  expect(whyOf({ ...assigned, ...change })).toBe(why);
});
