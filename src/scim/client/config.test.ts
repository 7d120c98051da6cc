import { describe, expect, it } from 'vitest';
import { judgeServiceProviderConfig, serviceProviderConfigRequest } from './config.ts';

const judged = (status: number, json: unknown) =>
  judgeServiceProviderConfig({ status, headers: {}, body: JSON.stringify(json) });

it('asks for it', () => {
  expect(serviceProviderConfigRequest()).toEqual({ method: 'GET', path: '/ServiceProviderConfig' });
});

describe('what a target says of itself', () => {
  it('is read whole', () => {
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: 'False', maxOperations: 4, maxPayloadSize: '1048576' },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: false },
      pagination: { cursor: true, index: false, maxPageSize: 100 },
    };
    expect(judged(200, body)).toEqual({
      verdict: 'done',
      value: {
        patch: true,
        filter: true,
        maxResults: 200,
        changePassword: false,
        sort: true,
        etag: false,
        bulk: { supported: false, maxOperations: 4, maxPayloadSize: 1048576 },
        pagination: { cursor: true, index: false, maxPageSize: 100 },
      },
    });
  });

  it.each<[string, number, unknown, object]>([
    [
      'only patch',
      200,
      { Patch: { Supported: 'True' } },
      { verdict: 'done', value: { patch: true, filter: undefined } },
    ],
    [
      'odd types',
      200,
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
        patch: true,
        bulk: [],
        filter: null,
      },
      { verdict: 'done', value: { patch: undefined, bulk: { supported: undefined } } },
    ],
    ['other JSON', 200, { hello: 'world' }, { verdict: 'stop', problem: { code: 'not-scim' } }],
    ['a list', 200, [], { verdict: 'stop', problem: { code: 'not-scim' } }],
    ['none', 404, {}, { verdict: 'again', reason: 'missing' }],
    ['a wrong token', 401, {}, { verdict: 'stop', problem: { code: 'token-rejected' } }],
  ])('%s', (_, status, body, expected) => {
    expect(judged(status, body)).toMatchObject(expected);
  });
});
