import { describe, expect, it } from 'vitest';
import { changeOf, NOBODY, type UserValues } from './user-form';

const ada: UserValues = {
  ...NOBODY,
  username: 'ada',
  email: 'ada@acme.test',
  attributes: [{ name: 'floor', value: '3' }],
};

describe('what a save of a user sends', () => {
  it.each<[string, Partial<UserValues>, object]>([
    ['nothing where nothing differs', {}, {}],
    ['a field', { lastname: 'Lovelace' }, { lastname: 'Lovelace' }],
    ['an emptied field, which the server takes away', { email: '' }, { email: '' }],
    ['the state', { state: 'suspended' }, { state: 'suspended' }],
    [
      'a new attribute',
      { attributes: [...ada.attributes, { name: 'team', value: 'x' }] },
      { attributes: { team: 'x' } },
    ],
    ['an attribute that is gone', { attributes: [] }, { attributes: { floor: null } }],
    ['no attribute without a name', { attributes: [...ada.attributes, { name: '', value: 'x' }] }, {}],
  ])('%s', (_what, change, expected) => {
    expect(changeOf(ada, { ...ada, ...change })).toEqual(expected);
  });
});
