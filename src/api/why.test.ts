import { describe, expect, test } from 'vitest';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { UserInApplication } from '../store/user-links.ts';
import { keptOf, whenOf, whyOf, whyOfGroup, whyOfGroupThere, whyThere } from './why.ts';

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
  dueAt: null,
  holdId: null,
  error: null,
  attention: null,
  accepted: {},
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
    'Suspended in the directory. An administrator rejected the deactivation, so the account stays until they are assigned again and leave once more, or an administrator lets them leave.',
    { ...suspended, kept: true },
  ],
  [
    'In no group that is bound to the application. Imported and never assigned, so the account is left alone.',
    { via: [], managed: false },
  ],
  ['Decide.', { attention, pending: true }],
  ['The application said no.', { error, attention }],
])('%s', (why, change) => {
  expect(whyOf({ ...assigned, ...change }, null)).toBe(why);
});

test.each<[ConnectionState, string]>([
  ['active', 'Assigned through Editors, Staff.'],
  ['inactive', 'Assigned through Editors, Staff. The connection is inactive, so nothing is sent.'],
  ['paused', 'Assigned through Editors, Staff. The connection is paused, so nothing is sent.'],
])('among the applications of a user, where the connection is %s', (connection, why) => {
  expect(whyThere(assigned, connection, null)).toBe(why);
});

describe('R44: while the application asked to wait', () => {
  const until = new Date('2026-11-26T14:05:40.000Z');
  const asked = 'The application asked to wait until 14:05 UTC.';
  const retried = { ...error, retrying: true };

  test('whoever waits for that is told so, and nobody else', () => {
    const why = (change: Partial<UserInApplication>) => whyOf({ ...assigned, ...change }, until);
    expect(why({ pending: true })).toBe(
      `Assigned through Editors, Staff. To be looked at, and waiting for its turn. ${asked}`,
    );
    expect(why({ pending: true, error: retried })).toBe(`The application said no. ${asked}`);
    for (const change of [{}, { error }, { pending: true, holdId: '1' }])
      expect(why(change)).not.toContain(asked);
  });

  test('a group, and what comes next', () => {
    expect(whyOfGroup({ bound: true, error: null, pending: true }, until)).toContain(asked);
    const next = (change: Partial<UserInApplication>) =>
      whenOf({ ...assigned, ...change }, { state: 'active', waitUntil: until }, 1, new Date(noon));
    expect(next(waiting)).toBe('After 14:05 UTC, until when the application asked to wait.');
    expect(next({ holdId: '1' })).toBe('Once an administrator approves it.');
  });
});

const noon = '2026-11-26T12:00:00.000Z';
const waiting = { pending: true, dueAt: noon };

test.each<[string, Partial<UserInApplication>, ConnectionState, number, string]>([
  ['Nothing is left to do.', {}, 'active', 0, noon],
  ['Nothing is left to do.', {}, 'inactive', 0, noon],
  ['Once the connection is activated.', {}, 'inactive', 1, noon],
  ['Once the connection is resumed.', waiting, 'paused', 1, noon],
  ['Once an administrator approves it.', { holdId: '1', dueAt: noon }, 'active', 1, noon],
  ['When the account is looked at next: Retry does it now.', {}, 'active', 1, noon],
  ['Now, when its turn comes.', waiting, 'active', 1, noon],
  ['Tried again by itself.', waiting, 'active', 1, '2026-11-26T11:00:00.000Z'],
])('what comes next: %s', (when, change, state, steps, now) => {
  expect(whenOf({ ...assigned, ...change }, { state, waitUntil: null }, steps, new Date(now))).toBe(when);
});

test.each([
  ['Bound to the application.', {}],
  ['Bound to the application. To be looked at, and waiting for its turn.', { pending: true }],
  ['Deleted in the directory, and to be deleted there.', { bound: false }],
  ['The application said no.', { error, pending: true }],
])('of a group: %s', (why, change) => {
  expect(whyOfGroup({ bound: true, error: null, pending: false, ...change }, null)).toBe(why);
});

const there = {
  error: null,
  pending: false,
  state: 'active',
  memberCount: 2,
  connection: 'active',
  groupManagement: true,
} as const;

test.each([
  ['Bound to the application.', {}],
  [
    'Bound to the application. A group without members is not created there.',
    { state: 'absent', memberCount: 0 },
  ],
  ['Bound to the application. The connection is inactive, so nothing is sent.', { connection: 'inactive' }],
  ['Groups are not managed there, so this one is left as it is.', { groupManagement: false }],
] as const)('of a group in one of its applications: %s', (why, change) => {
  expect(whyOfGroupThere({ ...there, ...change }, null)).toBe(why);
});

test.each([
  ['Keeps its own display name "Ada L.", although "Ada" was sent.', { kept: 'Ada L.', sent: 'Ada' }],
  ['Keeps its own display name "Ada L.".', { kept: 'Ada L.', sent: '' }],
  ['Keeps no display name, although "Ada" was sent.', { kept: '', sent: 'Ada' }],
])('%s', (sentence, values) => {
  expect(keptOf('display name', values)).toBe(sentence);
});
