/** What Segment documents, over real HTTP, with every toggle at its default. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Client, idOf } from './sandbox-client.ts';

let client: Client;

beforeAll(async () => {
  client = await Client.start();
});
beforeEach(() => client.fresh());
afterAll(() => client.stop());

const ADA = 'ada@example.com';
const GRACE = 'grace@example.com';

describe('token', () => {
  it('refuses every SCIM request before a token is generated', async () => {
    await client.control('POST', '/reset');
    const reply = await client.scim('GET', '/Users');
    expect(reply).toMatchObject({ status: 401, body: { status: '401' } });
    expect(reply.headers['www-authenticate']).toContain('Bearer');
  });

  it('revokes the token before when another is generated', async () => {
    const before = client.token;
    await client.fresh();
    expect(await client.scim('GET', '/Users')).toMatchObject({ status: 200 });
    client.token = before;
    expect(await client.scim('GET', '/Users')).toMatchObject({ status: 401 });
  });
});

describe('users', () => {
  it('makes an account and a member of an unknown email, and drops other attributes', async () => {
    const reply = await client.scim('POST', '/Users', {
      userName: ADA,
      displayName: 'Ada Lovelace',
      active: true,
      emails: [{ value: ADA, type: 'work', primary: true }],
      password: 'secret-of-ada',
    });
    expect(reply).toMatchObject({
      status: 201,
      body: { userName: ADA, displayName: 'Ada Lovelace', active: true },
    });
    expect(reply.headers['content-type']).toBe('application/scim+json');
    expect(reply.headers['location']).toBe(`${client.sandbox.url}/scim/v2/Users/${idOf(reply)}`);
    expect(reply.body).not.toHaveProperty('emails');
    const state = await client.control('GET', '/state');
    expect(state.text).not.toContain('secret-of-ada');
    expect((await client.holds()).members).toEqual([
      { userName: ADA, displayName: 'Ada Lovelace', role: 'Minimal Workspace Access' },
    ]);
  });

  it('adds a known account under its own name, compared without case', async () => {
    await client.control('POST', '/accounts', { email: ADA, displayName: 'Countess' });
    expect(await client.memberEmails()).toEqual([]);
    const reply = await client.createUser('ADA@Example.com', 'Ada Lovelace');
    expect(reply).toMatchObject({ status: 201, body: { userName: ADA, displayName: 'Countess' } });
    expect((await client.holds()).accounts).toHaveLength(1);
  });

  it('answers success to a PUT of other names and keeps its own', async () => {
    const id = await client.member(ADA);
    const reply = await client.scim('PUT', `/Users/${id}`, {
      userName: 'new@example.com',
      displayName: 'New',
    });
    expect(reply).toMatchObject({ status: 200, body: { userName: ADA, displayName: 'Ada Lovelace' } });
  });

  const waysOut: [name: string, leave: (id: string) => Promise<unknown>][] = [
    ['PUT active: false', (id) => client.scim('PUT', `/Users/${id}`, { userName: ADA, active: false })],
    ['PATCH active', (id) => client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })],
    [
      'PATCH with a value object',
      (id) => client.patch(`/Users/${id}`, { op: 'Replace', value: { active: 'False' } }),
    ],
    ['DELETE', (id) => client.scim('DELETE', `/Users/${id}`)],
  ];

  it.each(waysOut)('%s removes from the workspace and its groups; the account survives', async (_, leave) => {
    const id = await client.member(ADA);
    await client.group('Engineering', [ADA]);
    await leave(id);
    expect(await client.memberEmails()).toEqual([]);
    expect(await client.emailsIn('Engineering')).toEqual([]);
    expect((await client.holds()).accounts).toMatchObject([{ email: ADA }]);
    expect(await client.scim('GET', `/Users?filter=userName eq "${ADA}"`)).toMatchObject({
      body: { totalResults: 0, Resources: [] },
    });
  });

  it.each(waysOut)('a create after %s adds the account again, without its groups', async (_, leave) => {
    const id = await client.member(ADA, 'First');
    await client.group('Engineering', [ADA]);
    await leave(id);
    expect(await client.createUser(ADA, 'Second')).toMatchObject({
      status: 201,
      body: { displayName: 'First' },
    });
    expect(await client.memberEmails()).toEqual([ADA]);
    expect(await client.emailsIn('Engineering')).toEqual([]);
  });

  it('active: true adds again, without groups', async () => {
    const id = await client.member(ADA);
    await client.group('Engineering', [ADA]);
    await client.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
    const reply = await client.scim('PUT', `/Users/${id}`, { userName: ADA, active: true });
    expect(reply).toMatchObject({ status: 200, body: { active: true } });
    expect(await client.memberEmails()).toEqual([ADA]);
    expect(await client.emailsIn('Engineering')).toEqual([]);
  });

  it('answers 404 after DELETE to every verb', async () => {
    const id = await client.member(ADA);
    expect(await client.scim('DELETE', `/Users/${id}`)).toMatchObject({ status: 204, text: '' });
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      expect(await client.scim(method, `/Users/${id}`, method === 'GET' ? undefined : {})).toMatchObject({
        status: 404,
      });
    }
  });

  it('shows the name that the user chose in the app', async () => {
    const id = await client.member(ADA);
    await client.control('PATCH', `/accounts/${id}`, { displayName: 'Countess', email: GRACE });
    expect(await client.scim('GET', `/Users/${id}`)).toMatchObject({
      body: { userName: GRACE, displayName: 'Countess' },
    });
    expect(await client.scim('GET', `/Users?filter=userName eq "${ADA}"`)).toMatchObject({
      body: { Resources: [] },
    });
  });
});

describe('groups', () => {
  it('creates, reads, lists, renames and deletes; members stay in the workspace', async () => {
    const ada = await client.member(ADA);
    const created = await client.scim('POST', '/Groups', {
      displayName: 'Engineering',
      members: [{ value: ada }],
    });
    expect(created).toMatchObject({
      status: 201,
      body: { displayName: 'Engineering', members: [{ value: ada }] },
    });
    const path = `/Groups/${idOf(created)}`;
    expect(await client.patch(path, { op: 'replace', path: 'displayName', value: 'R&D' })).toMatchObject({
      status: 204,
    });
    expect(await client.emailsIn('R&D')).toEqual([ADA]);
    expect(await client.patch(path, { op: 'replace', value: { displayName: 'Lab' } })).toMatchObject({
      status: 204,
    });
    expect(await client.scim('GET', '/Groups?filter=displayName eq "lab"')).toMatchObject({
      body: { totalResults: 1, Resources: [{ displayName: 'Lab', members: [{ value: ada }] }] },
    });
    expect(await client.scim('DELETE', path)).toMatchObject({ status: 204 });
    expect(await client.scim('GET', path)).toMatchObject({ status: 404 });
    expect(await client.memberEmails()).toEqual([ADA]);
  });

  const changes: [name: string, operations: (ada: string, grace: string) => unknown[], left: string[]][] = [
    ['add', (_, grace) => [{ op: 'add', path: 'members', value: [{ value: grace }] }], [ADA, GRACE]],
    [
      'add of one object',
      (_, grace) => [{ op: 'add', path: 'members', value: { value: grace } }],
      [ADA, GRACE],
    ],
    [
      'add without a path',
      (_, grace) => [{ op: 'Add', value: { members: [{ value: grace }] } }],
      [ADA, GRACE],
    ],
    ['add twice', (ada) => [{ op: 'add', path: 'members', value: [{ value: ada }] }], [ADA]],
    ['remove by filter', (ada) => [{ op: 'remove', path: `members[value eq "${ada}"]` }], []],
    ['remove of a stranger', (_, grace) => [{ op: 'remove', path: `members[value eq "${grace}"]` }], [ADA]],
    ['remove of all', () => [{ op: 'remove', path: 'members' }], []],
    ['replace', (_, grace) => [{ op: 'replace', path: 'members', value: [{ value: grace }] }], [GRACE]],
    ['replace by none', () => [{ op: 'replace', path: 'members', value: [] }], []],
    [
      'several at once',
      (ada, grace) => [
        { op: 'add', path: 'members', value: [{ value: grace }] },
        { op: 'remove', path: `members[value eq "${ada}"]` },
      ],
      [GRACE],
    ],
  ];

  it.each(changes)('members: %s', async (_, operations, left) => {
    const ada = await client.member(ADA);
    const grace = await client.member(GRACE);
    const id = await client.group('Engineering', [ADA]);
    expect(await client.patch(`/Groups/${id}`, ...operations(ada, grace))).toMatchObject({ status: 204 });
    expect(await client.emailsIn('Engineering')).toEqual(left);
  });

  it('PUT replaces name and members', async () => {
    await client.member(ADA);
    const grace = await client.member(GRACE);
    const id = await client.group('Engineering', [ADA]);
    const reply = await client.scim('PUT', `/Groups/${id}`, {
      displayName: 'Lab',
      members: [{ value: grace }],
    });
    expect(reply).toMatchObject({ status: 200, body: { displayName: 'Lab' } });
    expect(await client.emailsIn('Lab')).toEqual([GRACE]);
  });

  it('changes nothing when one operation of several is refused', async () => {
    await client.member(ADA);
    const id = await client.group('Engineering', [ADA]);
    const reply = await client.patch(
      `/Groups/${id}`,
      { op: 'remove', path: 'members' },
      { op: 'replace', path: 'displayName', value: 'Lab' },
      { op: 'add', path: 'members', value: [{ value: 'nobody' }] },
    );
    expect(reply).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('nobody') as unknown },
    });
    expect(await client.emailsIn('Engineering')).toEqual([ADA]);
  });

  const wrong: [body: object, detail: string][] = [
    [{ displayName: 5 }, 'userName is missing. displayName must be text, not a number.'],
    [
      { userName: 'ada', active: 'perhaps' },
      'userName must be an email address. active must be true or false.',
    ],
  ];

  it.each(wrong)('R49: says what is wrong with %j, by the names of the fields', async (body, detail) => {
    expect(await client.scim('POST', '/Users', body)).toMatchObject({ status: 400, body: { detail } });
  });
});

describe('lists', () => {
  beforeEach(async () => {
    for (let n = 1; n <= 5; n++) await client.member(`user${n}@example.com`, `User ${n}`);
  });

  const pages: [query: string, total: number, emails: string[]][] = [
    ['?startIndex=2&count=2', 5, ['user2', 'user3']],
    ['?startIndex=5&count=100', 5, ['user5']],
    ['?startIndex=9', 5, []],
    ['?count=0', 5, []],
    ['?startIndex=0&count=1', 5, ['user1']],
    ['?filter=userName eq "USER3@example.com"', 1, ['user3']],
    ['?filter=userName sw "user" and displayName eq "User 4"', 1, ['user4']],
    ['?filter=userName eq "nobody@example.com"', 0, []],
  ];

  it.each(pages)('GET /Users%s', async (query, totalResults, names) => {
    const Resources = names.map((name) => ({ userName: `${name}@example.com` }));
    expect(await client.scim('GET', `/Users${encodeURI(query)}`)).toMatchObject({
      status: 200,
      body: { totalResults, itemsPerPage: names.length, Resources },
    });
  });

  it('finds by id', async () => {
    const id = await client.member('one@example.com');
    expect(await client.scim('GET', `/Users?filter=id eq "${id}"`)).toMatchObject({
      body: { Resources: [{ id }] },
    });
    const group = await client.group('Engineering');
    expect(await client.scim('GET', `/Groups?filter=id eq "${group}"`)).toMatchObject({
      body: { Resources: [{ id: group }] },
    });
  });

  it('leaves out what excludedAttributes and attributes ask to leave out', async () => {
    const id = await client.group('Engineering', ['user1@example.com']);
    for (const query of ['?excludedAttributes=members', '?attributes=displayName']) {
      for (const path of [`/Groups${query}`, `/Groups/${id}${query}`]) {
        const { text } = await client.scim('GET', path);
        expect(text).toContain('Engineering');
        expect(text).not.toContain('members');
      }
    }
  });
});

describe('bad requests', () => {
  const deep = '['.repeat(2000) + ']'.repeat(2000);
  const rows: [name: string, method: string, path: string, body: unknown, status: number, said: string][] = [
    ['not JSON', 'POST', '/Users', '{"userName":', 400, 'invalidSyntax'],
    ['no object', 'POST', '/Users', '[1]', 400, 'invalidSyntax'],
    ['nested too deep', 'POST', '/Users', deep, 400, 'invalidSyntax'],
    ['no userName', 'POST', '/Users', { displayName: 'Ada' }, 400, 'userName'],
    ['userName that is no email', 'POST', '/Users', { userName: 'ada' }, 400, 'invalidValue'],
    ['displayName that is no text', 'POST', '/Users', { userName: ADA, displayName: 7 }, 400, 'displayName'],
    ['active that is no boolean', 'POST', '/Users', { userName: ADA, active: 'yes' }, 400, 'active'],
    ['no operations', 'PATCH', '/Users/ID', {}, 400, 'Operations'],
    ['unknown operation', 'PATCH', '/Users/ID', { Operations: [{ op: 'move' }] }, 400, 'Operations[0].op'],
    [
      'value without a path',
      'PATCH',
      '/Users/ID',
      { Operations: [{ op: 'add', value: 1 }] },
      400,
      'without a path',
    ],
    ['unknown filter', 'GET', '/Users?filter=userName%20is%20%22x%22', undefined, 400, 'invalidFilter'],
    ['count that is no number', 'GET', '/Users?count=many', undefined, 400, 'count'],
    ['unknown user', 'GET', '/Users/nobody', undefined, 404, 'nobody'],
    ['prototype as a user', 'GET', '/Users/__proto__', undefined, 404, '__proto__'],
    ['bad escape in an id', 'GET', '/Users/%E0%A4%A', undefined, 404, 'workspace'],
    ['unknown resource', 'GET', '/Robots', undefined, 404, '/Robots'],
    ['unknown verb on a list', 'DELETE', '/Users', undefined, 405, 'DELETE'],
    ['unknown verb on a user', 'POST', '/Users/ID', {}, 405, 'POST'],
    ['group without a name', 'POST', '/Groups', { members: [] }, 400, 'displayName'],
    ['members that are no list', 'POST', '/Groups', { displayName: 'A', members: 'x' }, 400, 'members'],
    ['more than the limit', 'POST', '/Users', 'x'.repeat(17 * 1024 * 1024), 413, 'bytes'],
  ];

  it.each(rows)('%s', async (_, method, path, body, status, said) => {
    const id = await client.member('someone@example.com');
    const reply = await client.scim(method, path.replace('ID', id), body);
    expect(reply).toMatchObject({
      status,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status) },
    });
    expect(reply.text).toContain(said);
    expect(await client.memberEmails()).toEqual(['someone@example.com']);
  });
});
