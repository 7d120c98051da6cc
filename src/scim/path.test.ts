import { describe, expect, it } from 'vitest';
import { ScimError } from './error.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { parseAttributePath, readAttribute, writeAttribute, type AttributePath } from './path.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const typeIsWork = { kind: 'compare', path: { attribute: 'type' }, operator: 'eq', value: 'work' } as const;

describe('parseAttributePath', () => {
  it.each<[string, AttributePath]>([
    ['userName', { attribute: 'userName' }],
    ['name.givenName', { attribute: 'name', subAttribute: 'givenName' }],
    ['emails[type eq "work"]', { attribute: 'emails', filter: typeIsWork }],
    ['emails[type eq "work"].value', { attribute: 'emails', filter: typeIsWork, subAttribute: 'value' }],
    [`${enterprise}:department`, { schema: enterprise, attribute: 'department' }],
    [`${enterprise}:manager.value`, { schema: enterprise, attribute: 'manager', subAttribute: 'value' }],
    [enterprise, { attribute: enterprise }],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName', { attribute: 'userName' }],
    ['urn:acme:scim:1.0:badge', { schema: 'urn:acme:scim:1.0', attribute: 'badge' }],
    ['manager.$ref', { attribute: 'manager', subAttribute: '$ref' }],
  ])('%s', (text, expected) => {
    expect(parseAttributePath(text)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    'a.b.c',
    'a..b',
    '1a',
    'a b',
    'emails[',
    'emails[]',
    'emails[type eq "work"',
    'emails[type eq "work"]value',
    'emails[type eq "work"].a.b',
    'emails[type eq "work"][primary eq true]',
    'emails.value[type eq "work"]',
    'emails[emails[type eq "a"]]',
    'urn:ietf:params:scim:schemas:core:2.0:User',
    '__proto__',
    'constructor.prototype',
    'name.__proto__',
    'toString',
    'name.hasOwnProperty',
    'name.Constructor',
    `${enterprise}:prototype`,
    'emails[constructor eq "x"]',
    'emails[type eq "x"].__proto__',
    'x'.repeat(10_001),
  ])('refuses %s', (text) => {
    expect(() => parseAttributePath(text)).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidPath' }),
    );
  });
});

describe('readAttribute', () => {
  const resource: JsonObject = {
    UserName: 'ada',
    nickName: null,
    name: { GIVENNAME: 'Ada' },
    emails: [
      { type: 'home', value: 'h@x' },
      { type: 'Work', value: 'w@x', primary: true },
    ],
    roles: [{ value: 'r1' }, { value: 'r2' }],
    tags: ['a'],
    phoneNumbers: [
      { value: '1', primary: 'False' },
      { value: '2', Primary: 'True' },
    ],
    [enterprise]: { department: 'Engines', manager: { value: '26' } },
  };
  it.each<[string, JsonValue | undefined]>([
    ['userName', 'ada'],
    ['nickName', undefined],
    ['title', undefined],
    ['name.givenName', 'Ada'],
    ['name.familyName', undefined],
    ['userName.value', undefined],
    ['emails[type eq "work"].value', 'w@x'],
    ['emails[type eq "home"]', { type: 'home', value: 'h@x' }],
    ['emails[type eq "other"].value', undefined],
    ['emails.value', 'w@x'],
    ['roles.value', 'r1'],
    ['phoneNumbers.value', '2'],
    ['phoneNumbers[primary eq true].value', '2'],
    ['tags', ['a']],
    [`${enterprise}:department`, 'Engines'],
    [`${enterprise.toUpperCase()}:Manager.value`, '26'],
    ['urn:acme:1.0:department', undefined],
  ])('%s', (path, expected) => {
    expect(readAttribute(resource, path)).toEqual(expected);
  });
});

describe('writeAttribute', () => {
  it.each<[string, JsonObject, [string, JsonValue][], JsonObject]>([
    ['a plain attribute', {}, [['userName', 'ada']], { userName: 'ada' }],
    ['over another case', { username: 'a' }, [['userName', 'b']], { username: 'b' }],
    [
      'a sub-attribute',
      { name: { givenName: 'A' } },
      [['name.familyName', 'L']],
      { name: { givenName: 'A', familyName: 'L' } },
    ],
    [
      'the first of a list as its primary',
      {},
      [
        ['emails[type eq "work"].value', 'w@x'],
        ['emails[type eq "home"].value', 'h@x'],
        ['emails[type eq "work"].display', 'W'],
      ],
      {
        emails: [
          { type: 'work', value: 'w@x', primary: true, display: 'W' },
          { type: 'home', value: 'h@x' },
        ],
      },
    ],
    ['a list without a filter', {}, [['emails.value', 'x']], { emails: [{ value: 'x', primary: true }] }],
    [
      'a whole element',
      {},
      [['addresses[type eq "work" and primary eq false]', { locality: 'Bath' }]],
      { addresses: [{ type: 'work', primary: false, locality: 'Bath' }] },
    ],
    [
      'an extension',
      {},
      [
        [`${enterprise}:department`, 'E'],
        [`${enterprise}:manager.value`, '26'],
      ],
      { [enterprise]: { department: 'E', manager: { value: '26' } } },
    ],
  ])('writes %s', (_, resource, writes, expected) => {
    for (const [path, value] of writes) writeAttribute(resource, path, value);
    expect(resource).toEqual(expected);
  });

  it.each([
    'emails',
    'phoneNumbers',
    'ims',
    'photos',
    'addresses',
    'entitlements',
    'roles',
    'x509Certificates',
  ])('writes %s as a list (RFC 7643 §4.1.2)', (attribute) => {
    const resource: JsonObject = {};
    writeAttribute(resource, `${attribute}.value`, 'x');
    expect(resource).toEqual({ [attribute]: [{ value: 'x', primary: true }] });
  });

  it('refuses a filter that describes no value', () => {
    expect(() => {
      writeAttribute({}, 'emails[type ne "work"].value', 'x');
    }).toThrow(ScimError);
  });
});
