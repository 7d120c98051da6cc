import { describe, expect, test } from 'vitest';
import { decideImport, refuseLink, type ImportFacts } from './import-decision.ts';

const person = {
  username: 'ada',
  email: 'ada@acme.test',
  firstname: 'Ada',
  lastname: null,
  displayname: null,
};
const nobody: ImportFacts = { linkedTo: null, matches: [] };
const [ada, twin] = [
  { id: 'u-ada', name: 'Ada' },
  { id: 'u-twin', name: 'Twin' },
];

describe('R31: what an import makes of an account', () => {
  test.each<[string, ImportFacts, object]>([
    ['of somebody new', nobody, { do: 'create' }],
    ['of one who matches', { ...nobody, matches: [ada] }, { do: 'link', userId: 'u-ada' }],
    ['of one who is linked', { ...nobody, linkedTo: 'u-eve' }, { do: 'unchanged', userId: 'u-eve' }],
    [
      'of one who is linked, whoever matches',
      { linkedTo: 'u-eve', matches: [ada, twin] },
      { do: 'unchanged', userId: 'u-eve' },
    ],
    ['of one whom several match', { ...nobody, matches: [ada, twin] }, { do: 'fail' }],
  ])('%s', (_, facts, expected) => expect(decideImport(person, 'staged', facts)).toMatchObject(expected));

  test.each(['staged', 'active'] as const)('made of it, somebody is %s as asked', (state) =>
    expect(decideImport(person, state, nobody)).toEqual({
      do: 'create',
      input: { username: 'ada', email: 'ada@acme.test', firstname: 'Ada', state },
    }),
  );

  test('nobody is made of fields that cannot be used', () =>
    expect(decideImport({ ...person, email: 'nowhere' }, 'staged', nobody)).toMatchObject({
      do: 'fail',
      errors: [{ path: 'email' }],
    }));

  test.each<[string, string | null, boolean, RegExp | null]>([
    ['has no account there', null, false, null],
    ['has another account', 'r-1', false, /^is that of Ada, who has another account/],
    ['is about to get one', null, true, /^is that of Ada, whom Rollcall is about to provision/],
  ])('who %s gets this one, or it is said why not', (_, remoteId, pending, words) => {
    const refusal = refuseLink({ name: 'Ada', remoteId, pending });
    if (words === null) expect(refusal).toBeNull();
    else expect(refusal).toMatch(words);
  });
});
