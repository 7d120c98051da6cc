import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loggedAnswer } from './logged.ts';

const PATHS = [
  'userName',
  'name.givenName',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
];
const USER = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: '1', active: true };

describe('R48: what of an answer is logged', () => {
  test.each<[string, unknown, unknown]>([
    [
      'the attributes that are mapped',
      { ...USER, userName: 'ada', name: { givenName: 'Ada' }, phoneNumbers: [{ value: '1' }], birthday: 'x' },
      { ...USER, userName: 'ada', name: { givenName: 'Ada' } },
    ],
    [
      'those of an extension, whatever case they are written in',
      {
        ...USER,
        UserName: 'ada',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user': { department: 'R&D' },
        'urn:example:salary': { amount: 1 },
      },
      {
        ...USER,
        UserName: 'ada',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user': { department: 'R&D' },
      },
    ],
    ['no name of a user that is not mapped', { ...USER, displayName: 'Ada' }, USER],
    [
      'the name of a group',
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id: '2', displayName: 'Eng', owner: 'x' },
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id: '2', displayName: 'Eng' },
    ],
    [
      'of its members only the ids',
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        id: '2',
        members: [{ value: '1', display: 'Ada' }],
      },
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id: '2', members: [{ value: '1' }] },
    ],
    [
      'of its members only the ids, whatever case that is written in',
      {
        id: '2',
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        Members: [{ value: '1', display: 'Ada' }],
      },
      { id: '2', schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], Members: [{ value: '1' }] },
    ],
    [
      'an error that came with a status of success',
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404', reason: 'Gone.' },
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404', reason: 'Gone.' },
    ],
    ['a person without an id no more than others', { userName: 'ada', birthday: 'x' }, { userName: 'ada' }],
    [
      'each record of a list, whatever case that is written in',
      { totalResults: 1, resources: [{ ...USER, birthday: 'x' }] },
      { totalResults: 1, resources: [USER] },
    ],
    [
      'each record of a list',
      { totalResults: 1, Resources: [{ ...USER, birthday: 'x' }] },
      { totalResults: 1, Resources: [USER] },
    ],
    ['an error as it is', { status: '400', detail: 'Not so.' }, { status: '400', detail: 'Not so.' }],
  ])('%s', (_, answer, logged) => {
    expect(
      JSON.parse(
        loggedAnswer({ status: 'detail' in Object(answer) ? 400 : 200, body: JSON.stringify(answer) }, PATHS),
      ),
    ).toEqual(logged);
  });

  test('of many members the first hundred', () => {
    const group = { id: '2', members: Array.from({ length: 101 }, (_, at) => ({ value: String(at) })) };
    const { members } = z
      .object({ members: z.array(z.unknown()) })
      .parse(JSON.parse(loggedAnswer({ status: 200, body: JSON.stringify(group) }, PATHS)));
    expect(members).toEqual(group.members.slice(0, 100));
  });

  test.each(['', '<html>', '{"id": "1", "userName": "ada"}'])('nothing else is touched: %s', (body) =>
    expect(loggedAnswer({ status: 200, body }, PATHS)).toBe(body),
  );
});
