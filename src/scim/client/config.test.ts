import { describe, expect, it } from 'vitest';
import { judgeServiceProviderConfig, serviceProviderConfigRequest } from './config.ts';

const judged = (status: number, json: unknown) =>
  judgeServiceProviderConfig({ status, headers: {}, body: JSON.stringify(json) });

it('asks for it', () => {
  expect(serviceProviderConfigRequest()).toEqual({ method: 'GET', path: '/ServiceProviderConfig' });
});

describe('an answer', () => {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'];

  it.each<[string, number, unknown, object]>([
    ['that is one', 200, { schemas, patch: { supported: true } }, { verdict: 'done', value: undefined }],
    ['without a schema', 200, { Patch: { Supported: 'True' } }, { verdict: 'done', value: undefined }],
    ['of odd types', 200, { schemas, patch: true, bulk: [], filter: null }, { verdict: 'done' }],
    ['of other JSON', 200, { hello: 'world' }, { verdict: 'stop', problem: { code: 'not-scim' } }],
    ['that is a list', 200, [], { verdict: 'stop', problem: { code: 'not-scim' } }],
    ['that there is none', 404, {}, { verdict: 'again', reason: 'missing' }],
    ['to a wrong token', 401, {}, { verdict: 'stop', problem: { code: 'token-rejected' } }],
  ])('%s', (_, status, body, expected) => {
    expect(judged(status, body)).toMatchObject(expected);
  });
});
