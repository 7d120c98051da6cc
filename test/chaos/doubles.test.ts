import { describe, expect, test } from 'vitest';
import { blindRepeats, doubledAccounts } from './doubles.ts';
import type { TargetRequest } from './target.ts';

const ADA = 'ada@acme.test';
const id = '7';

const sent = (method: string, path: string, more: Partial<TargetRequest> = {}): TargetRequest => ({
  method,
  path: `/scim/v2${path}`,
  status: 200,
  requestBody: '',
  responseBody: '',
  fault: null,
  ...more,
});

const create = sent('POST', '/Users', {
  status: 201,
  requestBody: JSON.stringify({ userName: ADA, displayName: 'Ada' }),
  responseBody: JSON.stringify({ id }),
});
const createGroup = sent('POST', '/Groups', {
  status: 201,
  requestBody: JSON.stringify({ displayName: 'Eng' }),
});
const ask = sent('GET', `/Users?filter=${encodeURIComponent('userName eq "Ada@acme.test"')}&count=2`);
const askGroup = sent('GET', `/Groups?filter=displayName+eq+%22Eng%22`);

describe('R42: what was repeated blindly is found', () => {
  const check = (name: string, requests: readonly TargetRequest[], repeats: number): void =>
    test(name, () => expect(blindRepeats(requests)).toHaveLength(repeats));

  check('a create once', [create], 0);
  check('a create twice', [create, create], 1);
  check('a create whose answer was lost, sent again', [{ ...create, fault: 'dropped' }, create], 1);
  check(
    'an error that may have come after the work',
    [{ ...create, status: 503, fault: 'error' }, create],
    1,
  );
  check('a refusal for haste did no work', [{ ...create, status: 429, fault: 'rate-limited' }, create], 0);
  check('asked first, in whatever case', [{ ...create, fault: 'dropped' }, ask, create], 0);
  check('asked, and the answer was lost', [create, { ...ask, fault: 'dropped' }, create], 1);
  check('asked for somebody else', [create, askGroup, create], 1);
  check('taken out meanwhile', [create, sent('PUT', `/Users/${id}`), create], 0);
  check(
    'a group and a user of the same name',
    [create, { ...createGroup, requestBody: create.requestBody }],
    0,
  );
  check('a group twice', [createGroup, createGroup], 1);
  check('a group asked for first', [createGroup, askGroup, createGroup], 0);
});

test('R10: a person with two accounts is found, and two people with one each are not', () => {
  const held = (...emails: readonly string[]) => ({
    members: [],
    groups: [],
    accounts: emails.map((email, at) => ({ id: String(at), email, displayName: email })),
  });
  const owners = new Map([
    [ADA, 'ada'],
    ['countess@acme.test', 'ada'],
    ['bob@acme.test', 'bob'],
  ]);
  const ownerOf = (email: string): string | undefined => owners.get(email);
  expect(doubledAccounts(held(ADA, 'bob@acme.test'), ownerOf)).toEqual([]);
  expect(doubledAccounts(held(ADA, 'countess@acme.test'), ownerOf)).toEqual([
    'ada has 2 accounts: ada@acme.test, countess@acme.test.',
  ]);
});
