import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { judgeDeleted } from './collection.ts';
import * as users from './users.ts';
import type { ScimReply, ScimRequest } from './verdict.ts';

const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const reply = (status: number, json?: unknown): ScimReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: json === undefined ? '' : JSON.stringify(json),
});

describe('requests', () => {
  it.each<[string, ScimRequest, ScimRequest]>([
    [
      'find',
      users.findUserRequest('a+"b\\c" ü@x.y'),
      {
        method: 'GET',
        path: '/Users?filter=userName%20eq%20%22a%2B%5C%22b%5C%5Cc%5C%22%20%C3%BC%40x.y%22',
      },
    ],
    [
      'find half a surrogate pair',
      users.findUserRequest('\ud800'),
      { method: 'GET', path: '/Users?filter=userName%20eq%20%22%5Cud800%22' },
    ],
    [
      'list by index',
      users.listUsersRequest({ startIndex: 101, count: 100 }),
      { method: 'GET', path: '/Users?startIndex=101&count=100' },
    ],
    [
      'list by cursor',
      users.listUsersRequest({ cursor: 'a&b=', count: 10 }),
      { method: 'GET', path: '/Users?cursor=a%26b%3D&count=10' },
    ],
    [
      'the first by cursor',
      users.listUsersRequest({ cursor: '', count: 10 }),
      { method: 'GET', path: '/Users?cursor=&count=10' },
    ],
    [
      'create',
      users.createUserRequest({ userName: 'ada' }),
      { method: 'POST', path: '/Users', body: { schemas, userName: 'ada' } },
    ],
    ['get', users.getUserRequest('a/b?c#d'), { method: 'GET', path: '/Users/a%2Fb%3Fc%23d' }],
    [
      'get by half a surrogate pair',
      users.getUserRequest('\udc00'),
      { method: 'GET', path: '/Users/%EF%BF%BD' },
    ],
    [
      'replace',
      users.replaceUserRequest('7', { schemas: [...schemas, 'urn:x'], userName: 'ada' }),
      { method: 'PUT', path: '/Users/7', body: { schemas: [...schemas, 'urn:x'], userName: 'ada', id: '7' } },
    ],
    [
      'patch',
      users.patchUserRequest('7', [{ op: 'replace', path: 'active', value: false }]),
      {
        method: 'PATCH',
        path: '/Users/7',
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'replace', path: 'active', value: false }],
        },
      },
    ],
    ['delete', users.deleteUserRequest('7'), { method: 'DELETE', path: '/Users/7' }],
  ])('%s', (_, request, expected) => {
    expect(request).toEqual(expected);
  });
});

describe('judgeFindUser keeps only the accounts of that name (R10)', () => {
  const ada = { schemas, id: '1', userName: 'Ada@Example.com', active: true };
  it.each<[string, unknown, string[]]>([
    ['the one', { Resources: [ada] }, ['1']],
    ['another case', { Resources: [{ ...ada, userName: 'ADA@example.com' }] }, ['1']],
    ['the filter was ignored', { Resources: [{ id: '2', userName: 'bob@example.com' }, ada] }, ['1']],
    ['nobody', { totalResults: 0, Resources: [] }, []],
    ['no Resources', { totalResults: 0 }, []],
    ['Resources null', { totalResults: 0, Resources: null }, []],
    [
      'entries that are no users',
      { Resources: [null, 7, 'ada', [], { id: '3' }, { id: '4', userName: 5 }] },
      [],
    ],
    ['two', { resources: [ada, { id: 9, username: 'ada@example.com' }] }, ['1', '9']],
    ['nothing at all', undefined, []],
  ])('%s', (_, body, ids) => {
    const verdict = users.judgeFindUser(reply(200, body), 'ada@example.com');
    expect(verdict.verdict === 'done' ? verdict.value.map((user) => user.id) : verdict).toEqual(ids);
  });

  it.each<[string, ScimReply, object]>([
    ['a 404 in JSON may be nobody', reply(404, { detail: 'none' }), { verdict: 'again', reason: 'missing' }],
    ['a bare 404 may be nobody', reply(404), { verdict: 'again', reason: 'missing' }],
    [
      'a 404 page is no SCIM service',
      { status: 404, headers: {}, body: '<html>' },
      { verdict: 'stop', problem: { code: 'no-endpoint' } },
    ],
    [
      'an account without an id is refused, not created anew',
      reply(200, { Resources: [{ userName: 'ada@example.com' }] }),
      { verdict: 'refused', problem: { code: 'no-id' } },
    ],
  ])('%s', (_, given, expected) => {
    expect(users.judgeFindUser(given, 'ada@example.com')).toMatchObject(expected);
  });
});

describe('judgeUserPage', () => {
  it.each<[string, unknown, object]>([
    [
      'a whole page',
      {
        totalResults: 3,
        startIndex: 1,
        itemsPerPage: 2,
        Resources: [
          { id: 'a', userName: 'a', active: 'False' },
          { ID: 7, USERNAME: 'b' },
        ],
      },
      {
        totalResults: 3,
        resources: [
          { id: 'a', active: false, resource: { id: 'a', userName: 'a', active: false } },
          { id: '7', active: undefined, resource: { id: '7', userName: 'b' } },
        ],
      },
    ],
    [
      'only Resources',
      { Resources: [{ id: 'a' }] },
      { resources: [{ id: 'a', active: undefined, resource: { id: 'a' } }] },
    ],
    ['RFC 9865', { Resources: [], nextCursor: 'abc' }, { resources: [], nextCursor: 'abc' }],
    ['a cursor that is a number', { Resources: [], nextCursor: 2 }, { resources: [], nextCursor: '2' }],
    ['the last cursor', { Resources: [], nextCursor: '' }, { resources: [] }],
    ['counts as strings', { totalResults: '50', startIndex: null }, { totalResults: 50, resources: [] }],
    ['records without an id', { Resources: [{}, null, { id: '..' }] }, { resources: [] }],
  ])('reads %s', (_, body, value) => {
    expect(users.judgeUserPage(reply(200, body))).toEqual({ verdict: 'done', value });
  });

  it('no /Users is no SCIM service', () => {
    expect(users.judgeUserPage(reply(404))).toMatchObject({
      verdict: 'stop',
      problem: { code: 'no-endpoint' },
    });
  });
});

describe('one account', () => {
  it.each<[string, unknown, JsonObject, boolean | undefined]>([
    ['as it should be', { id: 'a', active: true, x: 1 }, { id: 'a', active: true, x: 1 }, true],
    ['a number as id', { id: 7 }, { id: '7' }, undefined],
    ['"True"', { id: 'a', active: 'True' }, { id: 'a', active: true }, true],
    ['active that says nothing', { id: 'a', active: 'maybe' }, { id: 'a', active: 'maybe' }, undefined],
    [
      'names in another case',
      { Id: 'a', username: 'x', Active: 'false' },
      { id: 'a', userName: 'x', active: false },
      false,
    ],
    ['a name twice', { id: 'a', username: 'x', userName: 'y' }, { id: 'a', userName: 'y' }, undefined],
    ['no schemas', { id: 'a', schemas: null }, { id: 'a', schemas: null }, undefined],
  ])('%s', (_, body, resource, active) => {
    const value = { id: resource['id'], active, resource };
    expect(users.judgeCreatedUser(reply(201, body))).toEqual({ verdict: 'done', value });
    expect(users.judgeUpdatedUser(reply(200, body))).toEqual({ verdict: 'done', value });
    expect(users.judgeUser(reply(200, body))).toEqual({ verdict: 'done', value });
  });

  it('a byte order mark is skipped', () => {
    const given = { status: 201, headers: {}, body: '\ufeff{"id":"a"}' };
    expect(users.judgeCreatedUser(given)).toMatchObject({ verdict: 'done', value: { id: 'a' } });
  });

  it('R42: a create that was accepted without showing the account is looked up', () => {
    const verdict = users.judgeCreatedUser(reply(201));
    expect(verdict).toMatchObject({
      verdict: 'again',
      reason: 'taken',
      problem: { code: 'unusable-answer' },
    });
  });

  it('a create has no record that could be missing', () => {
    expect(users.judgeCreatedUser(reply(404))).toMatchObject({
      verdict: 'refused',
      problem: { code: 'missing' },
    });
  });

  it('an update may answer nothing', () => {
    expect(users.judgeUpdatedUser(reply(204))).toEqual({ verdict: 'done', value: undefined });
  });

  it.each([200, 202, 204])('a delete answered %i is done', (status) => {
    expect(judgeDeleted(reply(status, { id: 'a' }))).toEqual({ verdict: 'done', value: undefined });
  });

  it.each([404, 410])('a delete answered %i finds nothing, if that is to be believed', (status) => {
    expect(judgeDeleted(reply(status))).toMatchObject({ verdict: 'again', reason: 'missing' });
  });

  it('a delete that is not supported is refused', () => {
    expect(judgeDeleted(reply(501))).toMatchObject({
      verdict: 'refused',
      problem: { code: 'unsupported' },
    });
  });
});
