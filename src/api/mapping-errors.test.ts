import { expect, test } from 'vitest';
import { catalog } from '../connectors/catalog.ts';
import type { AttributeMapping } from '../connectors/connector.ts';
import { mappingErrors } from './mapping-errors.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const row = (target: string): AttributeMapping => ({
  target,
  label: target,
  expression: '"x"',
  required: false,
  format: 'any',
});

/** What is said of each field of a mapping of these targets. */
const refusals = (targets: readonly string[]): [path: string, message: string][] =>
  mappingErrors(targets.map(row)).map(({ path, message }) => [path, message]);

test.each(catalog.map((connector) => [connector.key, connector.behaviour.mapping] as const))(
  'the mapping of %s can be used',
  (_key, mapping) => expect(mappingErrors(mapping)).toEqual([]),
);

test.each<[string[]]>([
  [['userName', 'name.givenName', 'name.familyName', 'nickName']],
  [['userName', `${ENTERPRISE}:department`, `${ENTERPRISE}:manager.value`]],
  [['userName', 'emails[type eq "work"].value', 'emails[type eq "home"].value']],
  [
    [
      'userName',
      'emails[type eq "work"].value',
      'emails[type eq "work"].display',
      'roles.value',
      'roles.type',
    ],
  ],
  [['userName', 'title', 'titles', 'urn:acme:2.0:User:active']],
])('a mapping of %j can be used', (targets) => expect(refusals(targets)).toEqual([]));

test.each<[string, string[], string, RegExp]>([
  ['a password', ['password'], 'mapping[1].target', /cannot be mapped/],
  ['a part of a reserved one', ['meta.location'], 'mapping[1].target', /cannot be mapped/],
  ['a filter on a reserved one', ['Groups [type eq "x"].value'], 'mapping[1].target', /cannot be mapped/],
  ['a password by its full path', [`${CORE}:password`], 'mapping[1].target', /plain path/],
  ['active by its full path', [`${CORE}:active`], 'mapping[1].target', /plain path/],
  ['userName by its full path', [`${CORE}:userName`], 'mapping[1].target', /plain path/],
  ['a full path in any case', [`${CORE.toUpperCase()}:title`], 'mapping[1].target', /plain path/],
  [
    'a group by its full path',
    ['urn:ietf:params:scim:schemas:core:2.0:Group:members'],
    'mapping[1].target',
    /plain path/,
  ],
  ['a target twice', ['title', 'TITLE'], 'mapping[2].target', /mapping\[1\] already/],
  [
    'a target twice, spaced',
    ['emails[type eq "a"].value', 'emails[type  eq "a"].value'],
    'mapping[2].target',
    /mapping\[1\] already/,
  ],
  ['the whole before its part', ['name', 'name.givenName'], 'mapping[1].target', /holds mapping\[2\]/],
  ['the whole after its part', ['Name.givenName', 'name'], 'mapping[2].target', /holds mapping\[1\]/],
  [
    'a list and one of it',
    ['emails[type eq "work"].value', 'emails'],
    'mapping[2].target',
    /holds mapping\[1\]/,
  ],
  [
    'one of a list and its primary one',
    ['emails[type eq "work"].value', 'emails.value'],
    'mapping[1].target',
    /overwritten by mapping\[2\]/,
  ],
  [
    'one value under two filters',
    ['emails[type eq "work"].value', 'emails[type eq "work" and primary eq true].value'],
    'mapping[1].target',
    /overwritten by mapping\[2\]/,
  ],
  [
    'an extension and one of it',
    [ENTERPRISE, `${ENTERPRISE}:department`],
    'mapping[1].target',
    /holds mapping\[2\]/,
  ],
])('R49: %s is refused by name', (_what, targets, path, message) =>
  expect(refusals(['userName', ...targets])).toEqual([[path, expect.stringMatching(message)]]),
);

test.each<[string]>([['displayName'], ['USERNAME'], ['userName.value']])(
  'a mapping of %s alone maps no userName',
  (target) => expect(refusals([target])).toEqual([['mapping', expect.stringMatching(/must map userName/)]]),
);
