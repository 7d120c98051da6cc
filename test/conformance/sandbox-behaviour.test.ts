/** Every toggle of the sandbox, over real HTTP. The type of the table asks for rows on each of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Behaviour } from '../../src/sandbox/toggles.ts';
import { Client, idOf, type Reply } from './sandbox-client.ts';
import { Sso } from './sandbox-saml-idp.ts';

let client: Client;
let sso: Sso;

beforeAll(async () => {
  client = await Client.start();
  sso = new Sso(client);
});
afterAll(() => client.stop());

const ADA = 'ada@example.com';
const GRACE = 'grace@example.com';

/** What a value of the toggle changes: does something, and gives what there is to compare. */
type Row<K extends keyof Behaviour> = [
  value: Behaviour[K],
  rule: string,
  act: () => Promise<unknown>,
  expected: unknown,
];
type Table = { [K in keyof Behaviour]: Row<K>[] };

const status = async (reply: Promise<Reply>): Promise<number> => (await reply).status;
const text = async (reply: Promise<Reply>): Promise<string> => (await reply).text;

async function changedName(): Promise<unknown[]> {
  const id = await client.member(ADA, 'First');
  const reply = await client.scim('PUT', `/Users/${id}`, { userName: GRACE, displayName: 'Second' });
  const [member] = (await client.holds()).members;
  return [reply.status, member?.userName, member?.displayName];
}

async function createKnown(): Promise<unknown[]> {
  await client.control('POST', '/accounts', { email: ADA, displayName: 'Countess' });
  const reply = await client.createUser(ADA);
  return [reply.status, (await client.holds()).members[0]?.displayName];
}

async function createTwice(): Promise<unknown[]> {
  const id = await client.member(ADA);
  const again = await client.createUser('ADA@example.com');
  return [again.status, again.text.includes(id), again.text.includes('uniqueness')];
}

async function afterLeaving(): Promise<number[]> {
  const id = await client.member(ADA);
  await client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
  const path = `/Users/${id}`;
  return [
    await status(client.scim('GET', path)),
    await status(client.scim('PUT', path, { userName: ADA, active: true })),
  ];
}

async function idAfterRejoining(): Promise<boolean> {
  const id = await client.member(ADA);
  await client.scim('DELETE', `/Users/${id}`);
  const again = await client.member(ADA);
  await client.scim('GET', `/Users/${again}`);
  return id === again && (await status(client.scim('GET', `/Users/${again}`))) === 200;
}

const withEmails = (): Promise<number> =>
  status(client.scim('POST', '/Users', { userName: ADA, emails: [{ value: ADA }] }));

async function twoOfOneName(): Promise<unknown[]> {
  await client.group('Engineering');
  const other = await client.group('Other');
  return [
    await status(client.scim('POST', '/Groups', { displayName: 'ENGINEERING' })),
    await status(
      client.patch(`/Groups/${other}`, { op: 'replace', path: 'displayName', value: 'Engineering' }),
    ),
  ];
}

async function createFilled(): Promise<string[]> {
  const value = await client.member(ADA);
  await client.scim('POST', '/Groups', { displayName: 'Engineering', members: [{ value }] });
  return client.emailsIn('Engineering');
}

async function putName(): Promise<string[]> {
  await client.member(ADA);
  const id = await client.group('Engineering', [ADA]);
  await client.scim('PUT', `/Groups/${id}`, { displayName: 'Engineering' });
  return client.emailsIn('Engineering');
}

async function removeByArray(): Promise<unknown[]> {
  const value = await client.member(ADA);
  await client.member(GRACE);
  const id = await client.group('Engineering', [ADA, GRACE]);
  const reply = await client.patch(`/Groups/${id}`, { op: 'remove', path: 'members', value: [{ value }] });
  return [reply.status, (await client.emailsIn('Engineering')).length];
}

async function addStranger(): Promise<unknown[]> {
  const value = await client.member(ADA);
  const id = await client.group('Engineering');
  const reply = await client.patch(`/Groups/${id}`, {
    op: 'add',
    path: 'members',
    value: [{ value }, { value: '0' }],
  });
  return [reply.status, await client.emailsIn('Engineering')];
}

async function addTwo(): Promise<number> {
  const members = [{ value: await client.member(ADA) }, { value: await client.member(GRACE) }];
  const id = await client.group('Engineering');
  return status(client.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: members }));
}

const emptyGroup = async (): Promise<unknown> => {
  const { body } = await client.scim('GET', `/Groups/${await client.group('Engineering')}`);
  return typeof body === 'object' && body !== null && 'members' in body ? body.members : 'absent';
};

async function roundTripOfId(): Promise<unknown[]> {
  const created = await client.createUser(ADA);
  const { body } = created;
  const found = await client.scim('GET', `/Users/${idOf(created)}`);
  const value = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  const group = await client.scim('POST', '/Groups', { displayName: 'Engineering', members: [{ value }] });
  return [typeof value, found.status, group.status, await client.emailsIn('Engineering')];
}

const shownActive = async (): Promise<unknown> => {
  const { body } = await client.createUser(ADA);
  return typeof body === 'object' && body !== null && 'active' in body ? body.active : undefined;
};

async function patchUser(): Promise<number> {
  const id = await client.member(ADA);
  return status(client.patch(`/Users/${id}`, { op: 'replace', path: 'displayName', value: 'x' }));
}

async function patchGroup(): Promise<number> {
  const id = await client.group('Engineering');
  return status(client.patch(`/Groups/${id}`, { op: 'replace', path: 'displayName', value: 'Lab' }));
}

async function longList(): Promise<unknown> {
  for (const name of ['a', 'b', 'c']) await client.member(`${name}@example.com`);
  return (await client.scim('GET', '/Users?count=50')).body;
}

async function filtered(): Promise<unknown> {
  await client.member(ADA);
  await client.member(GRACE);
  return (await client.scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${ADA}"`)}`)).body;
}

async function discovery(): Promise<number[]> {
  const paths = ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', '/ResourceTypes/User'];
  return Promise.all(paths.map((path) => status(client.scim('GET', path))));
}

async function writesOfAda(): Promise<unknown[]> {
  const grace = await client.member(GRACE);
  await client.control('POST', '/members', { userName: ADA });
  const id = String((await client.control('GET', `/members/${ADA}`)).text.match(/"id":"([^"]+)"/)?.[1]);
  return [
    await status(client.createUser(ADA)),
    await status(client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })),
    await status(client.scim('DELETE', `/Users/${id}`)),
    await status(client.patch(`/Users/${grace}`, { op: 'replace', path: 'active', value: false })),
    await client.memberEmails(),
  ];
}

async function addAdaAndGrace(): Promise<unknown[]> {
  const ada = await client.member(ADA);
  const grace = await client.member(GRACE);
  const id = await client.group('Engineering');
  const add = (value: string) =>
    client.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value }] });
  return [await status(add(ada)), await status(add(grace)), await client.emailsIn('Engineering')];
}

async function timed(): Promise<boolean> {
  const startedAt = performance.now();
  await client.createUser(ADA);
  return performance.now() - startedAt >= 79;
}

async function createOne(): Promise<unknown[]> {
  const reply = await client.createUser(ADA).then(
    (answer) => answer.status,
    () => 'no answer',
  );
  return [reply, (await client.memberEmails()).length];
}

async function burst(): Promise<unknown[]> {
  const replies = await Promise.all(Array.from({ length: 12 }, () => client.scim('GET', '/Users')));
  const refused = replies.filter((reply) => reply.status === 429);
  return [refused.length >= 6, refused.every((reply) => reply.headers['retry-after'] === '1')];
}

async function kept(): Promise<unknown[]> {
  await client.createUser(ADA);
  const { text: requests } = await client.control('GET', '/requests');
  return [(await client.journal()).length, requests.includes('"POST /Users":1')];
}

async function comeBackBySso(): Promise<unknown[]> {
  const id = await client.member(ADA);
  await client.group('Engineering', [ADA]);
  await client.scim('DELETE', `/Users/${id}`);
  await sso.connect();
  const { status } = await sso.arrive(ADA);
  return [status, await client.memberEmails(), await client.emailsIn('Engineering')];
}

async function nameIdOfGrace(): Promise<unknown[]> {
  await sso.connect();
  const { status } = await sso.arrive(ADA, { nameId: GRACE });
  return [status, await client.memberEmails()];
}

const listed = (...names: string[]) => ({
  Resources: names.map((name) => ({ userName: `${name}@example.com` })),
});

const table: Table = {
  userUpdates: [
    ['ignore', 'success, and its own names stay', changedName, [200, ADA, 'First']],
    ['reject', '400', changedName, [400, ADA, 'First']],
    ['apply', 'the new names', changedName, [200, GRACE, 'Second']],
  ],
  knownAccount: [
    [201, '201 and its own name', createKnown, [201, 'Countess']],
    [200, '200 and its own name', createKnown, [200, 'Countess']],
  ],
  activeMember: [
    ['conflict', '409 uniqueness', createTwice, [409, false, true]],
    ['ok', '200 and the same member', createTwice, [200, true, false]],
  ],
  memberless: [
    ['by-id', 'still found by id', afterLeaving, [200, 200]],
    ['gone', '404', afterLeaving, [404, 404]],
  ],
  rejoinedId: [
    ['same', 'the id it had', idAfterRejoining, true],
    ['new', 'another id', idAfterRejoining, false],
  ],
  unknownAttributes: [
    ['ignore', 'accepted', withEmails, 201],
    ['reject', '400', withEmails, 400],
  ],
  groupNamesUnique: [
    [true, '409 to a second one, created or renamed', twoOfOneName, [409, 409]],
    [false, 'several may share a name', twoOfOneName, [201, 204]],
  ],
  createGroupWithMembers: [
    ['accepted', 'members are in', createFilled, [ADA]],
    ['ignored', 'members are not', createFilled, []],
  ],
  putWithoutMembers: [
    ['keep', 'members stay', putName, [ADA]],
    ['clear', 'members go', putName, []],
  ],
  arrayRemoval: [
    ['reject', '400, all stay', removeByArray, [400, 2]],
    ['ignore', 'success, all stay', removeByArray, [204, 2]],
    ['clear', 'success, all go', removeByArray, [204, 0]],
    ['remove', 'success, who is named goes', removeByArray, [204, 1]],
  ],
  unknownMember: [
    ['reject', '400 to the whole request', addStranger, [400, []]],
    ['not-found', '404 to the whole request', addStranger, [404, []]],
    ['ignore', 'the others are added', addStranger, [204, [ADA]]],
  ],
  membersPerRequest: [
    [1, 'two are too many', addTwo, 400],
    [2, 'two are taken', addTwo, 204],
  ],
  emptyMembers: [
    ['array', '[]', emptyGroup, []],
    ['null', 'null', emptyGroup, null],
    ['absent', 'nothing', emptyGroup, 'absent'],
  ],
  ids: [
    ['string', 'text', roundTripOfId, ['string', 200, 201, [ADA]]],
    ['number', 'numbers', roundTripOfId, ['number', 200, 201, [ADA]]],
  ],
  booleans: [
    ['boolean', 'true', shownActive, true],
    ['string', '"True"', shownActive, 'True'],
  ],
  removedMemberSignIn: [
    ['rejoin', 'a member again, without groups', comeBackBySso, [200, [ADA], []]],
    ['refuse', 'refused', comeBackBySso, [403, [], []]],
  ],
  nameIdAndEmail: [
    ['email', 'the attribute counts', nameIdOfGrace, [200, [ADA]]],
    ['name-id', 'the NameID counts', nameIdOfGrace, [200, [GRACE]]],
    ['refuse', 'refused', nameIdOfGrace, [403, []]],
  ],
  patchAnswer: [
    [200, '200', patchUser, 200],
    [204, '204', patchUser, 204],
  ],
  groupPatchAnswer: [
    [204, '204', patchGroup, 204],
    [200, '200', patchGroup, 200],
  ],
  pageSize: [
    [2, 'pages are cut', longList, { totalResults: 3, itemsPerPage: 2, ...listed('a', 'b') }],
    [3, 'pages as asked', longList, { totalResults: 3, itemsPerPage: 3, ...listed('a', 'b', 'c') }],
  ],
  totalResults: [
    ['present', 'counted', longList, { totalResults: 3, startIndex: 1 }],
    ['absent', 'not counted', longList, expect.not.objectContaining({ totalResults: 3 })],
  ],
  filter: [
    ['honoured', 'one match', filtered, { totalResults: 1, ...listed('ada') }],
    ['ignored', 'everybody', filtered, { totalResults: 2, ...listed('ada', 'grace') }],
    ['empty', 'nobody', filtered, { totalResults: 0, Resources: [] }],
  ],
  serviceProviderConfig: [
    ['present', '200', discovery, [200, 200, 200, 200]],
    ['absent', '404', discovery, [404, 404, 404, 404]],
  ],
  refuseUsers: [
    [[ADA.toUpperCase()], 'every write of that one is 400', writesOfAda, [400, 400, 400, 200, [ADA]]],
  ],
  refuseMembers: [[[ADA], 'that one is never added', addAdaAndGrace, [400, 204, [GRACE]]]],
  unauthorized: [[true, '401 with a good token', () => status(client.scim('GET', '/Users')), 401]],
  latencyMs: [[80, 'answers take that long', timed, true]],
  errorRate: [[1, 'errors, and nothing done', createOne, [503, 0]]],
  errorStatus: [[502, 'no effect without errorRate', createOne, [201, 1]]],
  errorAfterWork: [[true, 'no effect without errorRate', createOne, [201, 1]]],
  dropRate: [[1, 'no answer, and the work is done', createOne, ['no answer', 1]]],
  rateLimitPerSecond: [[5, '429 with Retry-After above it', burst, [true, true]]],
  journal: [
    [true, 'requests are kept', kept, [1, true]],
    [false, 'requests are only counted', kept, [0, true]],
  ],
};

describe.each(Object.entries(table))('%s', (name, rows) => {
  it.each<[unknown, string, () => Promise<unknown>, unknown]>(rows)(
    '%j: %s',
    async (value, _, act, expected) => {
      await client.fresh({ [name]: value });
      const result = await act();
      if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
        expect(result).toMatchObject(expected);
      } else {
        expect(result).toEqual(expected);
      }
    },
  );
});

describe('faults together', () => {
  it('answers the chosen error after the work', async () => {
    await client.fresh({ errorRate: 1, errorStatus: 500, errorAfterWork: true });
    expect(await createOne()).toEqual([500, 1]);
  });

  it('finds the work done although the caller left before a slow answer', async () => {
    await client.fresh({ latencyMs: 60_000 });
    void client.createUser(ADA).catch(() => undefined);
    while ((await client.memberEmails()).length === 0) await sleep(5);
    expect(await client.memberEmails()).toEqual([ADA]);
  });

  it('says in the journal what became of an answer', async () => {
    await client.fresh({ dropRate: 1 });
    await createOne();
    expect(await client.journal()).toMatchObject([{ status: 201, fault: 'dropped' }]);
  });

  it('takes requests again when the limit has had its time', async () => {
    await client.fresh({ rateLimitPerSecond: 20 });
    while ((await status(client.scim('GET', '/Users'))) !== 429);
    await sleep(100);
    expect(await text(client.scim('GET', '/Users'))).toContain('ListResponse');
  });
});
