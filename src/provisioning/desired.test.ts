import { describe, expect, test } from 'vitest';
import { ada, adaValues, mapping, userFacts } from '../../test/support/facts.ts';
import { compileMapping, desiredOf, desiredValues, isAssigned } from './desired.ts';
import type { DirectoryUser, UserFacts } from './facts.ts';

describe('who is assigned', () => {
  test.each<[string, Partial<UserFacts>, boolean]>([
    ['active in a bound group', {}, true],
    ['active in none', { bound: false }, false],
    ['suspended', { user: { ...ada, state: 'suspended' } }, false],
    ['staged', { user: { ...ada, state: 'staged' } }, false],
    ['deleted from the directory', { user: null }, false],
  ])('%s', (_, facts, expected) => {
    expect(isAssigned(userFacts(facts))).toBe(expected);
    expect(desiredOf(userFacts(facts), mapping) !== null).toBe(expected);
  });
});

describe('what a user should be', () => {
  test('is what the mapping names, and nothing else (R14)', () => {
    const user = { ...ada, attributes: { password: 'secret', title: 'Countess' } };
    expect(desiredValues(user, mapping)).toEqual({ values: adaValues });
  });

  test('leaves out what has no value', () => {
    const user = { ...ada, email: null, firstname: null, lastname: null };
    expect(desiredValues(user, mapping)).toEqual({ values: { userName: 'ada@acme.test' } });
  });

  test.each<[string]>([['user.attributes.foo'], ['trim(user.attributes.foo)']])(
    'leaves out an optional %s that the user lacks',
    (expression) => {
      const row = { target: 'nickName', label: 'Nickname', required: false, format: 'any' } as const;
      const used = [...mapping, ...compileMapping([{ ...row, expression }])];
      expect(desiredValues(ada, used)).toEqual({ values: adaValues });
    },
  );

  test('falls back to the email where the username is no address', () => {
    expect(desiredValues({ ...ada, username: 'ada' }, mapping)).toMatchObject({
      values: { userName: 'ada@acme.test' },
    });
  });
});

describe('who cannot be sent is refused, with their name and the field', () => {
  const row = { target: 'title', label: 'Title', required: true, format: 'any' } as const;
  const check = (
    user: Partial<DirectoryUser>,
    expression: string | null,
    code: string,
    field: string,
  ): void => {
    const used = expression === null ? mapping : compileMapping([{ ...row, expression }]);
    const desired = desiredValues({ ...ada, ...user }, used);
    expect(desired).toMatchObject({ refusal: { code, field } });
    const message = 'refusal' in desired ? desired.refusal.message : '';
    expect(message).toContain(user.username ?? ada.username);
    expect(message).toContain(field);
  };

  test.each<[string, Partial<DirectoryUser>, string | null, string, string]>([
    ['no email address anywhere', { username: 'ada', email: null }, null, 'email-missing', 'userName'],
    ['an email that is none', { username: 'ada', email: 'at home' }, null, 'email-missing', 'userName'],
    ['a required value that is empty', {}, 'user.displayname', 'value-missing', 'title'],
    ['a required attribute that is missing', {}, 'user.attributes.title', 'value-missing', 'title'],
    ['an attribute that does not fit', {}, 'user.attributes.floor > 3', 'mapping-failed', 'title'],
  ])('%s', (_, user, expression, code, field) => check(user, expression, code, field));

  test('a mapping that cannot be used is not compiled', () => {
    expect(() => compileMapping([{ ...row, expression: 'usr.title' }])).toThrow(/usr/);
  });
});
