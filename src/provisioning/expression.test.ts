import { describe, expect, test } from 'vitest';
import { ada } from '../../test/support/facts.ts';
import { checkExpression, compileExpression, compileMapped, isEmail } from './expression.ts';
import type { DirectoryUser } from './facts.ts';

const nobody: DirectoryUser = { ...ada, email: null, firstname: null, lastname: null };

describe('an expression', () => {
  const check = (text: string, user: DirectoryUser, expected: unknown): void =>
    expect(compileMapped(text)(user)).toEqual(expected);

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

  const some: DirectoryUser = { ...ada, attributes: { a: 'x', which: 'a', floor: 3 } };
  test.each<[string, unknown]>([
    ['user.attributes.nothing', undefined],
    ['user.attributes["nothing"]', undefined],
    ['(user.attributes).nothing', undefined],
    ['( user . attributes ) [("noth") + "ing"]', undefined],
    ['trim(user.attributes.nothing)', undefined],
    ['user.attributes.nothing == ""', true],
    ['user.attributes.nothing == "" ? user.email : user.attributes.nothing', 'ada@acme.test'],
    ['user.attributes.nothing == 3', false],
    ['user.attributes.nothing + user.attributes.a + "é" + user.attributes["nothing"]', 'xé'],
    ['["nothing", "a"].map(name, user.attributes[name]).join("-")', '-x'],
    ['user.attributes.nothing.startsWith("x")', false],
    ['size(user.attributes.nothing)', 0],
    ['user.attributes.constructor', undefined],
    ['user.attributes.__proto__', undefined],
    ['user.attributes[user.attributes.which]', 'x'],
    ['user.attributes[user.attributes.nothing]', undefined],
    ['user.attributes.floor > 2', true],
    ['has(user.attributes.nothing)', false],
    ['has(user.attributes.a) ? user.attributes.a : "none"', 'x'],
    ['has(user.attributes.nothing) ? user.attributes.nothing : "none"', 'none'],
    ['"nothing" in user.attributes', false],
    ['user.attributes.exists(name, name == "a")', true],
    ['"user.attributes.nothing"', 'user.attributes.nothing'],
  ])('%s: an attribute that is missing reads as empty', (text, expected) => check(text, some, expected));

  test('an expression of the greatest size that is taken can be used', () => {
    const text = Array.from({ length: 124 }, () => 'user.attributes.a')
      .join('+')
      .slice(0, 500);
    const whole = text.slice(0, text.lastIndexOf('+'));
    check(whole, some, 'x'.repeat(whole.split('+').length));
  });

  test('what an attribute is not is still an error, which the mapping turns into a refusal', () => {
    expect(() => compileMapped('user.attributes.a.b')(some)).toThrow(/b/);
    expect(() => compileMapped('user.attributes.nothing > 3')(some)).toThrow(/overload/);
  });

  test('outside a mapping, an attribute that is missing is an error: what is left of a name is no name', () => {
    const text = 'user.attributes.nothing + "@acme.test"';
    expect(() => compileExpression(text)(ada)).toThrow(/nothing/);
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
    ['user.attributes.orEmpty("a")', /orEmpty/],
    ['1 + "a"', /./],
    [`"${'a'.repeat(10)}"${' + "a"'.repeat(600)}`, /./],
    ['('.repeat(60) + '1' + ')'.repeat(60), /./],
  ])('%#: %s', (text, expected) => {
    expect(checkExpression(text)).toMatch(expected);
    expect(() => compileExpression(text)).toThrow(expected);
    expect(() => compileMapped(text)).toThrow(expected);
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
