import { expect, test } from 'vitest';
import { UsersInHand } from './in-hand.ts';

const create = { id: 'ada', name: 'Ada', creates: true, sentAs: 'Ada@acme.test' };
const update = { id: 'bob', name: 'Bob', creates: false, sentAs: 'updateUser' };

test('R17: whoever is being created holds their userName until they are let go', () => {
  const inHand = new UsersInHand();
  inHand.take('ada', create);
  inHand.take('bob', update);
  inHand.take('cleo', null);
  expect(inHand.ids).toEqual(['ada', 'bob', 'cleo']);
  expect(inHand.sending).toEqual([create, update]);
  expect(inHand.holderOf('ada@acme.test')).toBe(create);
  expect(inHand.holderOf('updateuser')).toBeUndefined();
  inHand.letGo('ada');
  expect([inHand.size, inHand.holderOf('ada@acme.test')]).toEqual([2, undefined]);
});
