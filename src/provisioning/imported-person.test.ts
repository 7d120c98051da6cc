import { expect, test } from 'vitest';
import { scim2 } from '../connectors/scim2.ts';
import { segment } from '../connectors/segment.ts';
import type { JsonObject } from '../scim/json.ts';
import { importedPerson, type ImportedPerson } from './imported-person.ts';

const nobody: ImportedPerson = {
  username: null,
  email: null,
  firstname: null,
  lastname: null,
  displayname: null,
};

test.each<[string, typeof segment, JsonObject, Partial<ImportedPerson>]>([
  [
    'Segment: userName and displayName are all there is',
    segment,
    { userName: 'ada@acme.test', displayName: 'Ada Lovelace', emails: [{ value: 'other@acme.test' }] },
    {
      username: 'ada@acme.test',
      email: 'ada@acme.test',
      firstname: 'Ada',
      lastname: 'Lovelace',
      displayname: 'Ada Lovelace',
    },
  ],
  [
    'Segment: no name',
    segment,
    { userName: 'a@b.test', displayName: ' ' },
    { username: 'a@b.test', email: 'a@b.test' },
  ],
  [
    'SCIM: the name that is given is not guessed',
    scim2,
    { userName: 'ada', displayName: 'The Countess', name: { givenName: 'Ada', familyName: 'King' } },
    { username: 'ada', firstname: 'Ada', lastname: 'King', displayname: 'The Countess' },
  ],
  [
    'SCIM: half of a name is not completed by a guess',
    scim2,
    { userName: 'ada', displayName: 'Ada King', name: { familyName: 'Lovelace' } },
    { username: 'ada', lastname: 'Lovelace', displayname: 'Ada King' },
  ],
  [
    'SCIM: the primary email, then that of work, then any',
    scim2,
    {
      userName: 'ada',
      emails: [
        { value: 'w@x.test', type: 'work' },
        { value: 'p@x.test', primary: true },
      ],
    },
    { username: 'ada', email: 'p@x.test' },
  ],
  [
    'SCIM: any email',
    scim2,
    { userName: 'ada', emails: [{ value: 'h@x.test', type: 'home' }] },
    { username: 'ada', email: 'h@x.test' },
  ],
  ['a userName that is a number', scim2, { userName: 7 }, { username: '7' }],
  ['a userName that is nothing of use', scim2, { userName: { a: 1 } }, {}],
])('%s', (_, { import: rule }, resource, expected) => {
  expect(importedPerson(resource, rule)).toEqual({ ...nobody, ...expected });
});
