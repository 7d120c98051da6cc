import { describe, expect, it } from 'vitest';
import * as groups from './groups.ts';
import type { ScimReply, ScimRequest } from './verdict.ts';

const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
const reply = (status: number, json: unknown): ScimReply => ({
  status,
  headers: {},
  body: JSON.stringify(json),
});
const patch = (...operations: object[]): ScimRequest => ({
  method: 'PATCH',
  path: '/Groups/g',
  body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations as never },
});

describe('requests', () => {
  it.each<[string, ScimRequest, ScimRequest]>([
    [
      'find',
      groups.findGroupRequest('R & "D"'),
      {
        method: 'GET',
        path: '/Groups?filter=displayName%20eq%20%22R%20%26%20%5C%22D%5C%22%22&excludedAttributes=members',
      },
    ],
    [
      'list',
      groups.listGroupsRequest({ startIndex: 1, count: 5 }),
      { method: 'GET', path: '/Groups?startIndex=1&count=5&excludedAttributes=members' },
    ],
    [
      'list by cursor',
      groups.listGroupsRequest({ cursor: 'c', count: 5 }),
      { method: 'GET', path: '/Groups?cursor=c&count=5&excludedAttributes=members' },
    ],
    [
      'create',
      groups.createGroupRequest({ displayName: 'A' }),
      { method: 'POST', path: '/Groups', body: { schemas, displayName: 'A' } },
    ],
    [
      'create with members',
      groups.createGroupRequest({ displayName: 'A', members: ['1', '2'] }),
      {
        method: 'POST',
        path: '/Groups',
        body: { schemas, displayName: 'A', members: [{ value: '1' }, { value: '2' }] },
      },
    ],
    ['get', groups.getGroupRequest('g/1'), { method: 'GET', path: '/Groups/g%2F1' }],
    [
      'get without members',
      groups.getGroupRequest('g', { withoutMembers: true }),
      { method: 'GET', path: '/Groups/g?excludedAttributes=members' },
    ],
    [
      'R23: rename',
      groups.renameGroupRequest('g', 'B'),
      patch({ op: 'replace', path: 'displayName', value: 'B' }),
    ],
    [
      'replace',
      groups.replaceGroupRequest('g', { displayName: 'B', members: [] }),
      { method: 'PUT', path: '/Groups/g', body: { schemas, displayName: 'B', members: [], id: 'g' } },
    ],
    [
      'R22: add members',
      groups.changeMembersRequest('g', { add: ['1', '2'], remove: [] }, 'filter'),
      patch({ op: 'add', path: 'members', value: [{ value: '1' }, { value: '2' }] }),
    ],
    [
      'R22: remove members by filter, one operation each',
      groups.changeMembersRequest('g', { add: [], remove: ['1', 'a"b\\c'] }, 'filter'),
      patch(
        { op: 'remove', path: 'members[value eq "1"]' },
        { op: 'remove', path: 'members[value eq "a\\"b\\\\c"]' },
      ),
    ],
    [
      'R22: both, removals first, as a list',
      groups.changeMembersRequest('g', { add: ['3'], remove: ['1', '2'] }, 'array'),
      patch(
        { op: 'remove', path: 'members', value: [{ value: '1' }, { value: '2' }] },
        { op: 'add', path: 'members', value: [{ value: '3' }] },
      ),
    ],
    // A `remove` of `members` without values would empty the group.
    ['no change', groups.changeMembersRequest('g', { add: [], remove: [] }, 'array'), patch()],
    ['delete', groups.deleteGroupRequest('g'), { method: 'DELETE', path: '/Groups/g' }],
  ])('%s', (_, request, expected) => {
    expect(request).toEqual(expected);
  });
});

describe('a group as targets show it', () => {
  it.each<[string, object, object]>([
    [
      'as it should be',
      { id: 'g', displayName: 'A', members: [{ value: '1' }] },
      { id: 'g', displayName: 'A', members: ['1'] },
    ],
    ['no members shown', { id: 'g', displayName: 'A' }, { members: undefined }],
    ['members null', { id: 'g', displayName: 'A', members: null }, { members: [] }],
    ['members empty', { id: 'g', displayName: 'A', Members: [] }, { members: [] }],
    [
      'members of all kinds, some twice',
      { id: 'g', members: [{ value: 1 }, { Value: '1' }, '2', null, {}, { value: null }, { value: '3' }] },
      { members: ['1', '2', '3'] },
    ],
    [
      'members by their address',
      {
        id: 'g',
        members: [
          { $ref: 'https://app.example/scim/Users/1' },
          { $ref: '../Users/2' },
          { value: '3', $ref: '../Users/4' },
          { $ref: '../Users/a%2Fb' },
          { $ref: 'Users' },
          { $ref: 5 },
        ],
      },
      { members: ['1', '2', '3'] },
    ],
    ['one member without a list', { id: 'g', members: { value: '1' } }, { members: ['1'] }],
    ['no name', { id: 'g' }, { displayName: '' }],
    ['numbers', { id: 4, displayName: 5 }, { id: '4', displayName: '5' }],
    ['names in another case', { ID: 'g', displayname: 'A' }, { id: 'g', displayName: 'A' }],
  ])('%s', (_, body, value) => {
    expect(groups.judgeCreatedGroup(reply(201, body))).toMatchObject({ verdict: 'done', value });
    expect(groups.judgeUpdatedGroup(reply(200, body))).toMatchObject({ verdict: 'done', value });
    expect(groups.judgeGroup(reply(200, body))).toMatchObject({ verdict: 'done', value });
    expect(groups.judgeGroupPage(reply(200, { Resources: [body] }))).toMatchObject({
      value: { resources: [value] },
    });
  });

  it('R21: all groups of that name are found, and no others', () => {
    const named = (id: string, displayName: string): object => ({ id, displayName });
    const body = { Resources: [named('1', 'Ops'), named('2', 'OPS'), named('3', 'Ops 2')] };
    const verdict = groups.judgeFindGroup(reply(200, body), 'ops');
    expect(verdict.verdict === 'done' && verdict.value.map((group) => group.id)).toEqual(['1', '2']);
  });

  it('R21: a group whose name the target writes as a number is found', () => {
    const body = { Resources: [{ id: 1, displayName: 2026 }] };
    expect(groups.judgeFindGroup(reply(200, body), '2026')).toMatchObject({
      verdict: 'done',
      value: [{ id: '1', displayName: '2026' }],
    });
  });
});
