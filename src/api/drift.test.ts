import { expect, test } from 'vitest';
import type { GroupDrift } from '../store/group-state.ts';
import type { Drift } from '../store/user-links.ts';
import { driftOfGroup, driftOfUser } from './drift.ts';

const accepted = { userName: 'ada@acme.test', displayName: 'Ada' };
const found = { missing: false, active: true, values: accepted };

const told = (what: string): string => `When the application was last read, ${what}. That is left as it is.`;

test.each<[string, Partial<Drift>, 'active' | 'inactive']>([
  ['the account was missing', { missing: true, active: false, values: null }, 'active'],
  ['the account was inactive', { active: false }, 'active'],
  ['the account was active', {}, 'inactive'],
  ['the display name was "Countess"', { values: { ...accepted, displayName: 'Countess' } }, 'active'],
  [
    'the account was inactive, the display name was "Countess", and the title was "Dr"',
    { active: false, values: { displayName: 'Countess', title: 'Dr' } },
    'active',
  ],
])('of a user: %s', (what, drift, state) => {
  expect(driftOfUser({ drift: { ...found, ...drift }, state, accepted })?.sentence).toBe(told(what));
});

test.each<[string, GroupDrift]>([
  [
    'the group was missing',
    { missing: true, active: false, values: null, members: { missing: 1, extra: 0 } },
  ],
  ['the group was called "Crew"', { ...found, values: { displayName: 'Crew' } }],
  ['1 member was missing from the group', { members: { missing: 1, extra: 0 } }],
  [
    'the group was called "Crew", 2 members were missing from the group, and 3 other members were in the group',
    { ...found, values: { displayName: 'Crew' }, members: { missing: 2, extra: 3 } },
  ],
  ['10,001 members were missing from the group', { members: { missing: 10_001, extra: 0 } }],
  ['10,001 other members were in the group', { members: { missing: 0, extra: 10_001 } }],
  ['1 other member was in the group', { members: { missing: 0, extra: 1 } }],
])('of a group: %s', (what, drift) => {
  expect(driftOfGroup({ drift })?.sentence).toBe(told(what));
});

test('nothing, where nothing is left as it is', () => {
  expect(driftOfUser({ drift: null, state: 'active', accepted })).toBeNull();
  expect(driftOfGroup({ drift: null })).toBeNull();
});
