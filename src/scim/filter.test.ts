import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalsFilter } from './client/collection.ts';
import { ScimError } from './error.ts';
import { matchesFilter, parseFilter, type Filter } from './filter.ts';
import type { JsonObject } from './json.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const ada: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  id: 'aB1',
  externalId: 'Ext',
  userName: 'Ada@Example.com',
  displayName: 'Ada "the first" Lovelace',
  active: true,
  loginCount: 7,
  nickName: '',
  name: { familyName: "O'Malley" },
  emails: [
    { type: 'work', value: 'Ada@Example.com', primary: true },
    { type: 'home', value: 'ada@home.org' },
  ],
  meta: { lastModified: '2011-05-13T04:42:34Z' },
  members: [{ value: 'aB1' }],
  tags: ['Blue', 'red'],
  [enterprise]: { department: 'Engines', manager: { displayName: 'Charles' } },
};

const compare = (
  attribute: string,
  operator: 'eq' | 'gt',
  value: string | number | boolean | null,
): Filter => ({
  kind: 'compare',
  path: { attribute },
  operator,
  value,
});

describe('parseFilter', () => {
  it.each<[string, Filter]>([
    ['userName EQ "a\\"b\\\\\\u0041"', compare('userName', 'eq', 'a"b\\A')],
    ['n gt -1.5e2', compare('n', 'gt', -150)],
    ['active eq True', compare('active', 'eq', true)],
    ['title eq null', compare('title', 'eq', null)],
    ['title pr', { kind: 'present', path: { attribute: 'title' } }],
    [
      'a eq 1 or b eq 2 and not (c eq 3)',
      {
        kind: 'or',
        filters: [
          compare('a', 'eq', 1),
          { kind: 'and', filters: [compare('b', 'eq', 2), { kind: 'not', filter: compare('c', 'eq', 3) }] },
        ],
      },
    ],
    [
      '( a eq 1 OR b eq 2 ) and c eq 3',
      {
        kind: 'and',
        filters: [
          { kind: 'or', filters: [compare('a', 'eq', 1), compare('b', 'eq', 2)] },
          compare('c', 'eq', 3),
        ],
      },
    ],
    [
      'emails[type eq "work"]',
      { kind: 'present', path: { attribute: 'emails', filter: compare('type', 'eq', 'work') } },
    ],
  ])('%s', (text, expected) => {
    expect(parseFilter(text)).toEqual(expected);
  });

  it.each([
    '',
    '   ',
    'userName',
    'userName eq',
    'userName eq ada',
    "userName eq 'ada'",
    'userName eq "ada',
    'userName eq "a\nb"',
    'userName eq "\\x"',
    'userName is "ada"',
    'userName eq "a" userName eq "b"',
    'userName eq "a" and',
    'and userName eq "a"',
    '(userName eq "a"',
    'userName eq "a")',
    'not userName eq "a"',
    'userName eq ["a"]',
    'userName eq {"a":1}',
    'active gt true',
    'title lt null',
    'title co null',
    'emails[type eq "a" or]',
    'emails[]',
    '__proto__ pr',
    'constructor.name eq "Object"',
    `${'('.repeat(41)}a pr${')'.repeat(41)}`,
    `a eq "${'x'.repeat(10_000)}"`,
  ])('refuses %s', (text) => {
    expect(() => parseFilter(text)).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidFilter' }),
    );
  });

  it('takes 40 levels of parentheses', () => {
    expect(parseFilter(`${'('.repeat(40)}a pr${')'.repeat(40)}`)).toEqual({
      kind: 'present',
      path: { attribute: 'a' },
    });
  });
});

describe('matchesFilter', () => {
  it.each<[string, boolean]>([
    // Case, as the schema says (RFC 7643 §7).
    ['userName eq "ADA@example.COM"', true],
    ['USERNAME eq "ada@example.com"', true],
    ['displayName co "THE FIRST"', true],
    ['emails.value eq "ADA@HOME.ORG"', true],
    ['emails eq "ada@home.org"', true],
    ['id eq "aB1"', true],
    ['id eq "ab1"', false],
    ['externalId eq "ext"', false],
    ['members[value eq "aB1"]', true],
    ['members[value eq "AB1"]', false],
    // Operators.
    ['userName ne "ada@example.com"', false],
    ['userName ne "bob"', true],
    ['title ne "bob"', true],
    ['userName sw "ada@"', true],
    ['userName ew ".com"', true],
    ['userName co "@"', true],
    ['userName gt "abc"', true],
    ['userName lt "abc"', false],
    ['loginCount gt 6', true],
    ['loginCount ge 7', true],
    ['loginCount lt 7', false],
    ['loginCount le 7', true],
    ['loginCount eq "7"', false],
    ['active eq true', true],
    ['active eq false', false],
    ['active ne false', true],
    ['active eq "true"', false],
    ['name.familyName eq "o\'malley"', true],
    // Presence.
    ['userName pr', true],
    ['title pr', false],
    ['nickName pr', false],
    ['name pr', true],
    ['emails pr', true],
    ['title eq null', true],
    ['userName eq null', false],
    ['userName ne null', true],
    // Dates are instants.
    ['meta.lastModified gt "2011-05-13T05:42:33+01:00"', true],
    ['meta.lastModified ge "2011-05-13T04:42:34.000Z"', true],
    ['meta.lastModified eq "2011-05-13T06:42:34+02:00"', true],
    ['meta.lastModified lt "2011-05-13T04:42:34Z"', false],
    // Lists and value paths.
    ['tags eq "blue"', true],
    ['tags[value eq "green"]', false],
    ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user"', true],
    ['emails[type eq "work" and value co "@example.com"]', true],
    ['emails[type eq "home" and value co "@example.com"]', false],
    ['emails.type eq "home" and emails.value co "@example.com"', true],
    ['emails[type eq "work"].value eq "ada@example.com"', true],
    ['emails[type eq "home"].value eq "ada@example.com"', false],
    ['emails[not (type eq "home")].primary eq true', true],
    ['emails[type eq "other"]', false],
    // Extensions.
    [`${enterprise}:department eq "engines"`, true],
    [`${enterprise}:manager.displayName sw "char"`, true],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ada"', true],
    ['department eq "Engines"', false],
    // Logic.
    ['userName eq "x" or userName sw "ada" and active eq true', true],
    ['(userName eq "x" or userName sw "ada") and active eq false', false],
    ['not (userName eq "x")', true],
  ])('%s is %s', (text, expected) => {
    expect(matchesFilter(parseFilter(text), ada)).toBe(expected);
  });

  it.each([
    ['emails', true],
    ['members', false],
  ])(
    'compares values of %s in brackets as their attribute says: without case is %s',
    (attribute, expected) => {
      const record = { [attribute]: [{ value: 'ada@example.com' }] };
      expect(matchesFilter(parseFilter(`${attribute}[Value eq "ADA@example.com"]`), record)).toBe(expected);
    },
  );
});

describe('whatever the text', () => {
  const attribute = fc.constantFrom(
    'userName',
    'name.familyName',
    'emails',
    'emails[type eq "work"].value',
    'title',
  );
  const comparison = fc.constantFrom(
    'pr',
    'eq "ada@example.com"',
    'ne null',
    'CO "a"',
    'eq true',
    'gt 3',
    'le "z"',
  );
  const filters = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(attribute, comparison).map((parts) => parts.join(' ')),
      tie('filter').map((inner) => `not (${inner})`),
      fc
        .tuple(tie('filter'), fc.constantFrom(' and ', ' OR '), tie('filter'))
        .map((parts) => `(${parts.join('')})`),
    ),
  })).filter;

  it('a well-formed filter is read, and its negation is the contrary', () => {
    fc.assert(
      fc.property(filters, (text) => {
        const matched = matchesFilter(parseFilter(text), ada);
        return matchesFilter(parseFilter(`not (${text})`), ada) === !matched;
      }),
    );
  });

  it('a damaged one is read or refused with a SCIM error', () => {
    const damaged = fc
      .tuple(filters, fc.nat(60), fc.nat(9), fc.string({ unit: 'binary', maxLength: 5 }))
      .map(([text, at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ unit: 'binary' })), (text) => {
        try {
          return typeof matchesFilter(parseFilter(text), ada) === 'boolean';
        } catch (error) {
          return error instanceof ScimError;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('R10: a user is found by any userName that the client asks for', () => {
    const names = fc.string({ unit: 'binary', minLength: 1 }).filter((name) => !name.includes('\0'));
    fc.assert(
      fc.property(names, (userName) => {
        const filter = parseFilter(equalsFilter('userName', userName));
        expect(filter).toMatchObject({ value: userName });
        expect(matchesFilter(filter, { userName })).toBe(true);
      }),
    );
  });

  it('a long one takes no longer than its length', () => {
    const text = `a eq "${'\\\\'.repeat(4_000)}`;
    expect(() => parseFilter(text)).toThrow(ScimError);
    expect(() => parseFilter(`urn:${'a:'.repeat(4_000)}! pr`)).toThrow(ScimError);
  });
});
