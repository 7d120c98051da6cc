import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from './error.ts';
import { isJsonValue, type JsonObject } from './json.ts';
import { applyPatch, parsePatchRequest, type PatchOperation } from './patch.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const work = { type: 'work', value: 'w@x', primary: true };
const home = { type: 'home', value: 'h@x' };
const emails = [work, home];
const members = [{ value: '1' }, { value: '2' }, { value: '3' }];

type Row = [rule: string, before: JsonObject, operations: PatchOperation[], after: JsonObject];

function check(_: string, before: JsonObject, operations: PatchOperation[], after: JsonObject): void {
  const copy = structuredClone(before);
  expect(applyPatch(before, operations)).toEqual(after);
  expect(before).toEqual(copy);
}

describe('add (RFC 7644 §3.5.2.1)', () => {
  it.each<Row>([
    ['an attribute', {}, [{ op: 'add', path: 'title', value: 'x' }], { title: 'x' }],
    ['over one', { Title: 'x' }, [{ op: 'ADD', path: 'title', value: 'y' }], { Title: 'y' }],
    ['a complex one', {}, [{ op: 'add', path: 'name.givenName', value: 'A' }], { name: { givenName: 'A' } }],
    [
      'to a complex one',
      { name: { givenName: 'A', familyName: 'L' } },
      [{ op: 'add', path: 'name', value: { GIVENNAME: 'B', formatted: 'B L' } }],
      { name: { givenName: 'B', familyName: 'L', formatted: 'B L' } },
    ],
    ['to a list', { emails: [work] }, [{ op: 'add', path: 'emails', value: [home] }], { emails }],
    [
      'one value to a list',
      {},
      [{ op: 'add', path: 'members', value: { value: '1' } }],
      { members: [{ value: '1' }] },
    ],
    [
      'what a list holds already',
      { members },
      [{ op: 'add', path: 'members', value: [{ value: '2' }, { value: '4' }, { value: '4' }] }],
      { members: [...members, { value: '4' }] },
    ],
    [
      'a member that is held with a type',
      { members: [{ value: '1', type: 'User' }] },
      [{ op: 'add', path: 'members', value: [{ value: '1' }] }],
      { members: [{ value: '1', type: 'User' }] },
    ],
    [
      'the same address under another type',
      { emails: [home] },
      [{ op: 'add', path: 'emails', value: [{ type: 'work', value: 'h@x' }] }],
      { emails: [home, { type: 'work', value: 'h@x' }] },
    ],
    [
      'a new primary',
      { emails },
      [{ op: 'add', path: 'emails', value: [{ type: 'other', value: 'o@x', primary: true }] }],
      { emails: [{ ...work, primary: false }, home, { type: 'other', value: 'o@x', primary: true }] },
    ],
    [
      'without a path',
      { userName: 'a', emails: [work] },
      [{ op: 'add', value: { userName: 'b', emails: [home], 'name.givenName': 'B' } }],
      { userName: 'b', emails, name: { givenName: 'B' } },
    ],
    [
      'under a filter that selects nothing',
      {},
      [{ op: 'add', path: 'emails[type eq "work"].value', value: 'w@x' }],
      { emails: [{ type: 'work', value: 'w@x' }] },
    ],
    [
      'under a filter',
      { emails },
      [{ op: 'add', path: 'emails[type eq "home"]', value: { display: 'H' } }],
      { emails: [work, { ...home, display: 'H' }] },
    ],
    [
      'to an extension, which schemas then names',
      { schemas: [user] },
      [{ op: 'add', path: `${enterprise}:manager.value`, value: '26' }],
      { schemas: [user, enterprise], [enterprise]: { manager: { value: '26' } } },
    ],
    [
      'a whole extension',
      { schemas: [user, enterprise], [enterprise]: { department: 'E', division: 'D' } },
      [{ op: 'add', value: { [enterprise]: { department: 'F' } } }],
      { schemas: [user, enterprise], [enterprise]: { department: 'F', division: 'D' } },
    ],
    ['null, which adds nothing', { title: 'x' }, [{ op: 'add', path: 'title', value: null }], { title: 'x' }],
    [
      'a simple list',
      { tags: ['a'] },
      [{ op: 'add', path: 'tags', value: ['a', 'b'] }],
      { tags: ['a', 'b'] },
    ],
  ])('%s', check);
});

describe('replace (RFC 7644 §3.5.2.3)', () => {
  it.each<Row>([
    ['an attribute', { active: true }, [{ op: 'Replace', path: 'active', value: false }], { active: false }],
    ['one that is missing', {}, [{ op: 'replace', path: 'title', value: 'x' }], { title: 'x' }],
    [
      'parts of a complex one',
      { name: { givenName: 'A', familyName: 'L' } },
      [{ op: 'replace', path: 'name', value: { givenName: 'B' } }],
      { name: { givenName: 'B', familyName: 'L' } },
    ],
    ['a list', { emails }, [{ op: 'replace', path: 'emails', value: [home] }], { emails: [home] }],
    ['by an empty list', { members }, [{ op: 'replace', path: 'members', value: [] }], {}],
    [
      'by null',
      { title: 'x', name: { a: 'b' } },
      [{ op: 'replace', value: { title: null, name: null } }],
      {},
    ],
    [
      'a value of a list',
      { emails },
      [{ op: 'replace', path: 'emails[type eq "work"]', value: { type: 'work', value: 'n@x' } }],
      { emails: [{ type: 'work', value: 'n@x' }, home] },
    ],
    [
      'a part of a value of a list',
      { emails },
      [{ op: 'replace', path: 'emails[type eq "WORK"].value', value: 'n@x' }],
      { emails: [{ ...work, value: 'n@x' }, home] },
    ],
    [
      'the primary one',
      { emails },
      [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'a part of all values of a list',
      { emails },
      [{ op: 'replace', path: 'emails.type', value: 'other' }],
      { emails: emails.map((email) => ({ ...email, type: 'other' })) },
    ],
    [
      'the id by itself',
      { id: '1' },
      [{ op: 'replace', value: { id: '1', active: true } }],
      { id: '1', active: true },
    ],
    [
      'in order',
      { title: 'a' },
      [
        { op: 'replace', path: 'title', value: 'b' },
        { op: 'remove', path: 'title' },
        { op: 'add', path: 'title', value: 'c' },
      ],
      { title: 'c' },
    ],
  ])('%s', check);
});

describe('remove (RFC 7644 §3.5.2.2)', () => {
  it.each<Row>([
    ['an attribute', { title: 'x', active: true }, [{ op: 'REMOVE', path: 'Title' }], { active: true }],
    ['one that is missing', { active: true }, [{ op: 'remove', path: 'title' }], { active: true }],
    [
      'the last part of a complex one',
      { name: { givenName: 'A' } },
      [{ op: 'remove', path: 'name.givenName' }],
      {},
    ],
    [
      'one member',
      { members },
      [{ op: 'remove', path: 'members[value eq "2"]' }],
      { members: [{ value: '1' }, { value: '3' }] },
    ],
    ['nobody', { members }, [{ op: 'remove', path: 'members[value eq "9"]' }], { members }],
    ['the last member', { members: [{ value: '1' }] }, [{ op: 'remove', path: 'members[value eq "1"]' }], {}],
    ['all members', { members }, [{ op: 'remove', path: 'members' }], {}],
    // The RFC knows no `value` here: this form, read strictly, empties the group.
    [
      'all members in the array form',
      { members },
      [{ op: 'remove', path: 'members', value: [{ value: '1' }] }],
      {},
    ],
    [
      'a part of a value',
      { emails },
      [{ op: 'remove', path: 'emails[type eq "work"].primary' }],
      { emails: [{ type: 'work', value: 'w@x' }, home] },
    ],
    [
      'in an extension',
      { [enterprise]: { department: 'E', division: 'D' } },
      [{ op: 'remove', path: `${enterprise}:division` }],
      { [enterprise]: { department: 'E' } },
    ],
    [
      'an extension',
      { userName: 'a', [enterprise]: { department: 'E' } },
      [{ op: 'remove', path: enterprise }],
      { userName: 'a' },
    ],
  ])('%s', check);
});

describe('refused, and nothing changed', () => {
  const resource = { id: '1', userName: 'a', emails, [enterprise]: 'odd' };
  const proto = JSON.parse('{"__proto__":{"polluted":true}}') as JsonObject;
  it.each<[string, PatchOperation, string]>([
    ['an unknown op', { op: 'frob', path: 'title', value: 1 }, 'invalidSyntax'],
    ['remove without a path', { op: 'remove' }, 'noTarget'],
    ['add without a value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['replace without a path or an object', { op: 'replace', value: 'x' }, 'invalidValue'],
    ['a path that cannot be read', { op: 'add', path: 'emails[type', value: 1 }, 'invalidPath'],
    [
      'a filter that selects nothing',
      { op: 'replace', path: 'emails[type eq "x"].value', value: 1 },
      'noTarget',
    ],
    [
      'a filter that describes nothing',
      { op: 'add', path: 'emails[value co "zzz"].type', value: 1 },
      'invalidPath',
    ],
    ['inside a text', { op: 'add', path: 'userName.x', value: 1 }, 'invalidPath'],
    ['inside an extension that is none', { op: 'add', path: `${enterprise}:x`, value: 1 }, 'invalidPath'],
    ['another id', { op: 'replace', path: 'id', value: '2' }, 'mutability'],
    ['no id', { op: 'remove', path: 'ID' }, 'mutability'],
    ['meta', { op: 'add', value: { meta: { created: 'x' } } }, 'mutability'],
    ['__proto__ as a path', { op: 'add', path: '__proto__.x', value: 1 }, 'invalidPath'],
    ['constructor as a path', { op: 'add', path: 'constructor.prototype', value: { x: 1 } }, 'invalidPath'],
    ['__proto__ in a value', { op: 'add', value: proto }, 'invalidValue'],
    ['__proto__ deep in a value', { op: 'replace', path: 'name', value: { a: [proto] } }, 'invalidValue'],
    ['prototype in a value', { op: 'add', path: 'name', value: { prototype: 1 } }, 'invalidValue'],
  ])('%s', (_, operation, scimType) => {
    const copy = structuredClone(resource);
    const work = (): JsonObject =>
      applyPatch(resource, [{ op: 'add', path: 'title', value: 'x' }, operation]);
    expect(work).toThrow(
      expect.objectContaining({
        status: 400,
        scimType,
        detail: expect.stringMatching(/^Operations\[1\]: /) as string,
      }),
    );
    expect(resource).toEqual(copy);
  });
});

describe('parsePatchRequest', () => {
  const operation = { op: 'add', path: 'title', value: 'x' };
  it.each<[string, unknown, PatchOperation[]]>([
    ['as it should be', { schemas: [patchOp], Operations: [operation] }, [operation]],
    ['names in another case', { operations: [{ Op: 'Add', Path: 'title', value: 'x' }] }, [operation]],
    [
      'null as value',
      { Operations: [{ op: 'replace', path: 'a', value: null }] },
      [{ op: 'replace', path: 'a', value: null }],
    ],
    ['null as path', { Operations: [{ op: 'add', path: null, value: {} }] }, [{ op: 'add', value: {} }]],
    ['no value', { Operations: [{ op: 'remove', path: 'a' }] }, [{ op: 'remove', path: 'a' }]],
  ])('reads %s', (_, body, expected) => {
    expect(parsePatchRequest(body)).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'invalidSyntax'],
    ['a list', [], 'invalidSyntax'],
    ['no operations', { schemas: [patchOp] }, 'invalidSyntax'],
    ['an empty list', { Operations: [] }, 'invalidSyntax'],
    ['an object of operations', { Operations: { 0: operation } }, 'invalidSyntax'],
    ['another schema', { schemas: [user], Operations: [operation] }, 'invalidSyntax'],
    ['an operation that is null', { Operations: [null] }, 'invalidSyntax'],
    ['no op', { Operations: [{ path: 'a', value: 1 }] }, 'invalidSyntax'],
    ['an unknown op', { Operations: [{ op: 'move', path: 'a' }] }, 'invalidSyntax'],
    ['a path that is a number', { Operations: [{ op: 'add', path: 1, value: 1 }] }, 'invalidPath'],
  ])('refuses %s', (_, body, scimType) => {
    expect(() => parsePatchRequest(body)).toThrow(expect.objectContaining({ status: 400, scimType }));
  });
});

describe('whatever the operations', () => {
  const name = fc.constantFrom(
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'polluted',
      'toString',
      'value',
      'type',
      'primary',
      'name',
      'emails',
    ],
    ...['members', 'userName', 'id', enterprise],
  );
  const filter = fc.constantFrom(
    '[type eq "work"]',
    '[value pr]',
    '[not (type eq "home")]',
    '[__proto__ pr]',
    '[',
    '',
  );
  const path = fc.oneof(
    fc
      .tuple(name, filter, fc.option(name))
      .map(([first, middle, last]) => first + middle + (last ? `.${last}` : '')),
    fc.string(),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('x', 1, true, null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.array(fc.tuple(name, tie('any')), { maxLength: 3 }).map(ownProperties),
    ),
  })).any;
  const operations = fc.array(
    fc.record(
      { op: fc.constantFrom('add', 'Replace', 'remove', 'frob'), path, value },
      { requiredKeys: ['op'] },
    ),
    { minLength: 1, maxLength: 5 },
  );

  /** As JSON.parse does it: `__proto__` becomes an own property. */
  function ownProperties(entries: [string, unknown][]): unknown {
    return Object.fromEntries(entries);
  }

  it('they apply or are refused as a whole, and never reach a prototype', () => {
    const before: JsonObject = { id: '1', userName: 'a', name: { givenName: 'A' }, emails, members };
    const copy = JSON.stringify(before);
    const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
    const owned = prototypes.map((prototype) => Object.getOwnPropertyNames(prototype).join());
    fc.assert(
      fc.property(operations, (list) => {
        try {
          const after = applyPatch(before, list as PatchOperation[]);
          expect(isJsonValue(after)).toBe(true);
          expect(after['id']).toBe('1');
          expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
        expect(JSON.stringify(before)).toBe(copy);
        expect(prototypes.map((prototype) => Object.getOwnPropertyNames(prototype).join())).toEqual(owned);
      }),
      { numRuns: 1_000 },
    );
  });
});
