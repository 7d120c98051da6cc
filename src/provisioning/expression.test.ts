import { describe, expect, test } from 'vitest';
import { ada } from '../../test/support/facts.ts';
import { checkExpression, compileExpression, isEmail } from './expression.ts';
import type { DirectoryUser } from './types.ts';

const nobody: DirectoryUser = { ...ada, email: null, firstname: null, lastname: null };

describe('an expression', () => {
  const check = (text: string, user: DirectoryUser, expected: unknown): void =>
    expect(compileExpression(text)(user)).toEqual(expected);

  test.each<[string, DirectoryUser, unknown]>([
    ['user.username', ada, 'ada@acme.test'],
    ['user.firstname + " " + user.lastname', ada, 'Ada Lovelace'],
    ['trim(user.firstname + " " + user.lastname)', { ...ada, lastname: null }, 'Ada'],
    ['isEmail(user.username) ? user.username : user.email', { ...ada, username: 'ada' }, 'ada@acme.test'],
    ['user.attributes.level', { ...ada, attributes: { level: 3 } }, 3],
    ['user.attributes.manager', { ...ada, attributes: { manager: true } }, true],
    ['1 + 1', ada, 2],
    ['user.username.startsWith("ada")', ada, true],
    ['"title" in user.attributes ? user.attributes.title : ""', ada, undefined],
  ])('%s', check);

  test.each<[string]>([['user.email'], ['user.displayname'], ['trim(user.firstname)'], ['""']])(
    '%s of a user who has none is no value, not an empty one',
    (text) => check(text, nobody, undefined),
  );

  test.each<[string]>([['[user.username]'], ['{"a": 1}'], ['null']])('%s is no plain value', (text) =>
    check(text, ada, undefined),
  );

  test('an attribute that is missing is an error, which the mapping turns into a refusal', () => {
    expect(() => compileExpression('user.attributes.nothing')(ada)).toThrow(/nothing/);
  });
});

describe('what cannot be used', () => {
  test.each<[string, RegExp]>([
    ['user.email.matches("(a+)+$")', /matches\(\) cannot be used/],
    ['matches (user.email, "a")', /matches\(\) cannot be used/],
    ['user.', /./],
    ['', /./],
    ['usr.email', /usr/],
    ['user.emial', /emial/],
    ['user["emial"]', /emial/],
    ['isEmail()', /isEmail/],
    ['unknown(user.email)', /unknown/],
    ['1 + "a"', /./],
    [`"${'a'.repeat(10)}"${' + "a"'.repeat(600)}`, /./],
    ['('.repeat(60) + '1' + ')'.repeat(60), /./],
  ])('%#: %s', (text, expected) => {
    expect(checkExpression(text)).toMatch(expected);
    expect(() => compileExpression(text)).toThrow(expected);
  });

  test('is said on one line', () => expect(checkExpression('user.email +')).not.toContain('\n'));
});

test.each<[unknown, boolean]>([
  ['ada@acme.test', true],
  ['ada', false],
  ['', false],
  [undefined, false],
  [7, false],
  ['ada@acme', false],
])('isEmail(%s) is %s', (text, expected) => expect(isEmail(text)).toBe(expected));
