import { expect, it } from 'vitest';
import { ScimError, scimErrorBody } from './error.ts';
import type { JsonObject } from './json.ts';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];

it.each<[ScimError, JsonObject]>([
  [
    new ScimError(409, 'ada is taken.', 'uniqueness'),
    { schemas, status: '409', scimType: 'uniqueness', detail: 'ada is taken.' },
  ],
  [new ScimError(404, 'No such user.'), { schemas, status: '404', detail: 'No such user.' }],
])('an error body is that of RFC 7644 §3.12: %s', (error, body) => {
  expect(scimErrorBody(error)).toEqual(body);
});
