import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { patchOperations, resourceFrom, scalarsOf, type PathChange, type PathValues } from './resource.ts';

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('resourceFrom', () => {
  it.each<[string, PathValues, JsonObject, JsonObject]>([
    ['nothing', {}, {}, { schemas: [user] }],
    [
      'the default mapping',
      { userName: 'ada', 'name.givenName': 'Ada', 'emails[type eq "work"].value': 'ada@x' },
      { active: true },
      {
        schemas: [user],
        active: true,
        userName: 'ada',
        name: { givenName: 'Ada' },
        emails: [{ type: 'work', value: 'ada@x', primary: true }],
      },
    ],
    [
      'an extension',
      { [`${enterprise}:department`]: 'E', [`${enterprise}:manager.value`]: '26' },
      {},
      { schemas: [user, enterprise], [enterprise]: { department: 'E', manager: { value: '26' } } },
    ],
    ['no nulls', { userName: 'ada', title: null }, {}, { schemas: [user], userName: 'ada' }],
  ])('%s', (_, values, extra, expected) => {
    expect(resourceFrom(values, extra)).toEqual(expected);
  });

  it('refuses a path into the language', () => {
    expect(() => resourceFrom({ 'constructor.prototype': 'x' })).toThrow('cannot be read');
  });
});

describe('scalarsOf', () => {
  it('reads back what resourceFrom wrote, and only what is there', () => {
    const values: Record<string, JsonValue> = {
      userName: 'ada',
      'name.givenName': 'Ada',
      'emails[type eq "work"].value': 'w@x',
      'emails[type eq "home"].value': 'h@x',
      [`${enterprise}:department`]: 'E',
    };
    const resource = { ...resourceFrom(values), nickName: ['Countess'] };
    expect(scalarsOf(resource, [...Object.keys(values), 'title', 'nickName'])).toEqual(values);
  });
});

describe('patchOperations (RFC 7644 §3.5.2)', () => {
  it.each<[string, PathChange, object[]]>([
    ['added', { path: 'title', after: 'x' }, [{ op: 'add', path: 'title', value: 'x' }]],
    [
      'added over null',
      { path: 'title', before: null, after: 'x' },
      [{ op: 'add', path: 'title', value: 'x' }],
    ],
    ['replaced', { path: 'title', before: 'x', after: 'y' }, [{ op: 'replace', path: 'title', value: 'y' }]],
    [
      'replaced by false',
      { path: 'active', before: true, after: false },
      [{ op: 'replace', path: 'active', value: false }],
    ],
    ['removed', { path: 'name.givenName', before: 'x' }, [{ op: 'remove', path: 'name.givenName' }]],
    ['nothing', { path: 'title' }, []],
    [
      'a value added to a list',
      { path: 'emails[type eq "work"].value', after: 'x' },
      [{ op: 'add', path: 'emails', value: [{ type: 'work', value: 'x' }] }],
    ],
    [
      'a value of a list replaced',
      { path: 'emails[type eq "work"].value', before: 'x', after: 'y' },
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'y' }],
    ],
    [
      'a value of a list removed',
      { path: 'emails[type eq "work"].value', before: 'x' },
      [{ op: 'remove', path: 'emails[type eq "work"]' }],
    ],
    [
      'an extension',
      { path: `${enterprise}:department`, after: 'x' },
      [{ op: 'add', path: `${enterprise}:department`, value: 'x' }],
    ],
  ])('%s', (_, change, expected) => {
    expect(patchOperations([change])).toEqual(expected);
  });

  const [city, country] = ['addresses[type eq "work"].locality', 'addresses[type eq "work"].country'];
  const [mail, shown] = ['emails[type eq "work"].value', 'emails[type eq "work"].display'];
  const home = 'addresses[type eq "home"].country';
  const half = { type: 'work', locality: 'Delft' };

  it.each<[string, PathChange[], PathValues, object[]]>([
    [
      'what a value of a list lacks is added to it',
      [{ path: country, after: 'NL' }],
      { [city]: 'Delft', [country]: 'NL' },
      [{ op: 'add', path: country, value: 'NL' }],
    ],
    [
      'also where the rest of it changes',
      [
        { path: country, after: 'NL' },
        { path: city, before: 'Ghent', after: 'Delft' },
      ],
      { [city]: 'Delft', [country]: 'NL' },
      [
        { op: 'add', path: country, value: 'NL' },
        { op: 'replace', path: city, value: 'Delft' },
      ],
    ],
    [
      'a value of a list is added whole, and not in pieces',
      [
        { path: city, after: 'Delft' },
        { path: home, after: 'BE' },
        { path: country, after: 'NL' },
      ],
      { [city]: 'Delft', [home]: 'BE', [country]: 'NL' },
      [
        { op: 'add', path: 'addresses', value: [{ ...half, country: 'NL' }] },
        { op: 'add', path: 'addresses', value: [{ type: 'home', country: 'BE' }] },
      ],
    ],
    [
      'what is removed of a value of a list leaves the rest of it',
      [{ path: mail, before: 'x' }],
      { [shown]: 'Ada' },
      [{ op: 'remove', path: mail }],
    ],
    [
      'also what is added at the same time',
      [
        { path: shown, after: 'Ada' },
        { path: mail, before: 'x' },
      ],
      { [shown]: 'Ada' },
      [
        { op: 'add', path: shown, value: 'Ada' },
        { op: 'remove', path: mail },
      ],
    ],
    [
      'a value of a list is removed once',
      [
        { path: mail, before: 'x' },
        { path: shown, before: 'Ada' },
      ],
      {},
      [{ op: 'remove', path: 'emails[type eq "work"]' }],
    ],
  ])('%s', (_, changes, values, expected) => {
    expect(patchOperations(changes, values)).toEqual(expected);
  });
});
