import { describe, expect, test } from 'vitest';
import { ADA, ada, adaValues, groupFacts, userFacts } from '../../test/support/facts.ts';
import { textLike } from '../../test/support/matchers.ts';
import { groupLinkOf } from './group-link.ts';
import type { LinkWrite, Settlement } from './settlement.ts';
import { refuseShared, type LinkHolder } from './shared-accounts.ts';
import { userLinkOf } from './user-link.ts';

const linked = (state: LinkWrite['state'] = 'active', id = ada.id, name = ADA): Settlement => ({
  kind: 'user',
  subjectId: id,
  generation: '7',
  next: { do: 'done' },
  link: userLinkOf(userFacts({ name }), { remoteId: 'r-1', state, accepted: adaValues }),
  joined: true,
  event: {
    subject: { kind: 'user', id, name },
    operation: 'createUser',
    outcome: 'done',
    sentence: `Created the account "ada@acme.test" for ${name}`,
  },
});

const ENG: Settlement = {
  kind: 'group',
  subjectId: 'g-eng',
  generation: '7',
  next: { do: 'done' },
  link: groupLinkOf(groupFacts({ name: 'Eng' }), { remoteId: 'r-1', state: 'active' }),
};

const bob: LinkHolder = {
  subjectId: ada.id,
  kind: 'user',
  holderId: 'u-bob',
  name: 'Bob',
  state: 'active',
  departed: false,
};

describe('R17: an account belongs to one record', () => {
  test('whoever would get what somebody else has is refused, and looked at again', () => {
    const [one] = refuseShared([linked()], [bob]).settlements;
    const message = textLike(/account .* for Ada Lovelace .* belongs to Bob\./);
    expect(one).toMatchObject({
      subjectId: ada.id,
      generation: '7',
      next: { do: 'again' },
      link: {
        remoteId: null,
        state: 'absent',
        accepted: {},
        key: null,
        error: { code: 'account-shared', message, retrying: false },
      },
      event: { operation: 'createUser', outcome: 'refused', sentence: message },
    });
    expect(one).not.toHaveProperty('joined');
  });

  test('and ever later, where it was refused before', () => {
    const one = linked();
    const fifth = { ...one, event: one.event && { ...one.event, attempt: 5 } };
    expect(refuseShared([fifth], [bob]).settlements[0]?.next).toEqual({ do: 'again', delayMs: 16_000 });
  });

  test('of two in one batch, the first has it', () => {
    const first = linked();
    const { settlements } = refuseShared([first, linked('active', 'u-bob', 'Bob')], []);
    expect(settlements[0]).toBe(first);
    expect(settlements[1]).toMatchObject({ subjectId: 'u-bob', link: { remoteId: null } });
  });

  test('a group is refused as a group, and an account of the same id is nothing to it', () => {
    const holder: LinkHolder = { ...bob, kind: 'group', subjectId: 'g-eng', name: 'Sales' };
    const { settlements, departed } = refuseShared([linked(), ENG], [holder]);
    expect(settlements[0]).toMatchObject({ link: { remoteId: 'r-1', error: null } });
    expect(settlements[1]).toMatchObject({ link: { remoteId: null, error: { code: 'group-shared' } } });
    expect(departed).toEqual([]);
  });

  test('what links nothing is as it was', () => {
    const batch: Settlement[] = [
      { ...linked(), link: undefined },
      { ...linked(), link: 'forget' },
    ];
    expect(refuseShared(batch, []).settlements).toEqual(batch);
  });
});

describe('R17: whoever had the account before', () => {
  test.each<[string, Partial<LinkHolder>, LinkWrite['state'], 'has it' | 'gives it up' | 'leaves again']>([
    ['is there still', {}, 'active', 'has it'],
    ['had left the target', { state: 'inactive' }, 'active', 'leaves again'],
    ['had left the target, and nobody came in', { state: 'inactive' }, 'inactive', 'has it'],
    ['has no account', { state: 'absent' }, 'active', 'has it'],
    ['had departed and is active in the target', { departed: true }, 'active', 'gives it up'],
    ['had departed and left the target', { state: 'inactive', departed: true }, 'active', 'gives it up'],
  ])('%s', (_, holder, state, expected) => {
    const one = linked(state);
    const { settlements, departed, revived } = refuseShared([one], [{ ...bob, ...holder }]);
    expect(settlements[0] === one).toBe(expected === 'gives it up');
    expect(departed.map(({ holderId }) => holderId)).toEqual(expected === 'gives it up' ? ['u-bob'] : []);
    expect(revived).toEqual(expected === 'leaves again' ? ['u-bob'] : []);
  });
});
