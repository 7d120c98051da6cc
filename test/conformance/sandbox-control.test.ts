/** `/_control` and the web page of the sandbox. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultBehaviour } from '../../src/sandbox/toggles.ts';
import { Journal } from '../../src/sandbox/journal.ts';
import { Client } from './sandbox-client.ts';

let client: Client;

beforeAll(async () => {
  client = await Client.start();
});
beforeEach(() => client.fresh());
afterAll(() => client.stop());

const ADA = 'ada@example.com';

describe('behaviour', () => {
  it('is read with a description and a certainty for each toggle', async () => {
    const { body } = await client.control('GET', '/behaviour');
    expect(body).toMatchObject({ behaviour: defaultBehaviour });
    expect(body).toMatchObject({
      toggles: expect.arrayContaining([
        expect.objectContaining({
          name: 'userUpdates',
          certainty: 'inferred',
          guess: true,
          value: 'ignore',
        }),
        expect.objectContaining({ name: 'unknownAttributes', certainty: 'inferred', guess: true }),
        expect.objectContaining({
          name: 'patchAnswer',
          certainty: 'unknown',
          guess: true,
          options: [200, 204],
        }),
        expect.objectContaining({ name: 'dropRate', certainty: null, guess: false }),
      ]) as unknown,
      facts: expect.arrayContaining([expect.objectContaining({ certainty: 'documented' })]) as unknown,
    });
  });

  const refused: [patch: unknown, path: string][] = [
    [{ userUpdate: 'apply' }, 'userUpdate'],
    [{ userUpdates: 'sometimes' }, 'userUpdates'],
    [{ errorRate: 2 }, 'errorRate'],
    [{ pageSize: '10' }, 'pageSize'],
    [{ refuseUsers: [7] }, 'refuseUsers[0]'],
    [['apply'], ''],
  ];

  it.each(refused)('refuses %j whole, naming the field', async (patch, path) => {
    const reply = await client.control(
      'PATCH',
      '/behaviour',
      Array.isArray(patch) ? patch : { ids: 'number', ...(Object(patch) as object) },
    );
    const message = expect.stringMatching(/^(must|is not a field) /) as unknown;
    expect(reply).toMatchObject({ status: 400, body: { errors: [{ path, message }] } });
    expect((await client.control('GET', '/behaviour')).body).toMatchObject({ behaviour: { ids: 'string' } });
  });

  it('changes only what is named', async () => {
    await client.control('PATCH', '/behaviour', { ids: 'number' });
    const reply = await client.control('PATCH', '/behaviour', { pageSize: 7 });
    expect(reply.body).toEqual({ behaviour: { ...defaultBehaviour, ids: 'number', pageSize: 7 } });
  });
});

describe('looking in', () => {
  it('GET /state shows accounts, members and groups', async () => {
    const id = await client.member(ADA, 'Ada');
    const group = await client.group('Engineering', [ADA]);
    await client.control('POST', '/accounts', { email: 'out@example.com', displayName: 'Out' });
    const { body } = await client.control('GET', '/state');
    const role = 'Minimal Workspace Access';
    expect(body).toEqual({
      accounts: [
        { id, email: ADA, displayName: 'Ada', inWorkspace: true, standing: 'member' },
        {
          id: expect.any(String) as unknown,
          email: 'out@example.com',
          displayName: 'Out',
          inWorkspace: false,
          standing: 'outside',
        },
      ],
      members: [{ id, userName: ADA, displayName: 'Ada', active: true, role }],
      groups: [{ id: group, displayName: 'Engineering', role, members: [{ id, userName: ADA }] }],
      token: { set: true, createdAt: expect.any(String) as unknown },
    });
    expect((await client.control('GET', '/summary')).body).toEqual({
      accounts: 2,
      members: 1,
      groups: 1,
      memberships: 1,
      requests: 1,
    });
  });

  it('finds one member by email or id', async () => {
    const id = await client.member(ADA);
    for (const key of [ADA, id]) {
      expect(await client.control('GET', `/members/${key}`)).toMatchObject({
        status: 200,
        body: { id, userName: ADA },
      });
    }
    expect(await client.control('GET', '/members/nobody@example.com')).toMatchObject({ status: 404 });
  });

  it('counts requests by method and route, and keeps their bodies', async () => {
    const id = await client.member(ADA);
    await client.scim('GET', `/Users/${id}?attributes=userName`);
    await client.scim('GET', '/Users');
    await client.scim('POST', '/Users', 'no json');
    await client.scim('GET', '/Robots/1');
    expect((await client.control('GET', '/requests')).body).toMatchObject({
      total: 5,
      counts: { 'GET /Users': 1, 'GET /Users/{id}': 1, 'POST /Users': 2, 'GET (unknown)': 1 },
    });
    expect(await client.journal('?route=POST%20/Users')).toMatchObject([
      { method: 'POST', path: '/scim/v2/Users', status: 201, fault: null },
      {
        requestBody: 'no json',
        status: 400,
        responseBody: expect.stringContaining('invalidSyntax') as unknown,
      },
    ]);
  });

  it('reads on from a sequence number, also after DELETE /requests', async () => {
    await client.member(ADA);
    const [first] = await client.journal();
    await client.member('grace@example.com');
    expect(await client.journal(`?since=${first?.sequence}`)).toMatchObject([{ route: 'POST /Users' }]);
    expect(await client.journal('?limit=1')).toHaveLength(1);
    expect(await client.control('DELETE', '/requests')).toMatchObject({ status: 204 });
    expect((await client.control('GET', '/requests')).body).toEqual({ counts: {}, total: 0, journal: [] });
    await client.scim('GET', '/Users');
    expect(await client.journal(`?since=${first?.sequence}`)).toMatchObject([{ route: 'GET /Users' }]);
  });
});

describe('preparing', () => {
  it('makes members whom nobody provisioned', async () => {
    await client.control('POST', '/accounts', { email: ADA, displayName: 'Countess' });
    const reply = await client.control('POST', '/members', { userName: ADA });
    expect(reply).toMatchObject({ status: 201, body: { userName: ADA, displayName: 'Countess' } });
    expect(await client.memberEmails()).toEqual([ADA]);
  });

  const refused: [path: string, body: unknown, status: number, said: string][] = [
    ['/accounts', { email: 'taken@example.com', displayName: 'x' }, 409, 'taken@example.com'],
    ['/accounts', { email: 'no email', displayName: 'x' }, 400, 'email'],
    ['/accounts', { email: ADA, displayName: 'x', admin: true }, 400, 'admin'],
    ['/groups', { displayName: 'A', members: ['nobody@example.com'] }, 404, 'nobody@example.com'],
    ['/members', '{', 400, 'JSON'],
    ['/reset', { keep: ['everything'] }, 400, 'keep[0]'],
    ['/nothing', {}, 404, '/nothing'],
  ];

  it.each(refused)('POST %s %j is refused', async (path, body, status, said) => {
    await client.control('POST', '/members', { userName: 'taken@example.com' });
    const reply = await client.control('POST', path, body);
    expect(reply).toMatchObject({ status, body: { status } });
    expect(reply.text).toContain(said);
    expect((await client.holds()).accounts).toHaveLength(1);
    expect((await client.holds()).groups).toHaveLength(0);
  });

  it('refuses a browser that comes for another site', async () => {
    const reply = await client.send('POST', '/_control/tokens', {}, { 'sec-fetch-site': 'cross-site' });
    expect(reply.status).toBe(403);
    expect(await client.send('POST', '/token', '', { 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 403,
    });
    expect(await client.scim('GET', '/Users')).toMatchObject({ status: 200 });
  });
});

describe('reset', () => {
  const fill = async (): Promise<void> => {
    await client.fresh({ pageSize: 7 });
    await client.member(ADA);
    await client.group('Engineering', [ADA]);
  };

  it('empties everything, token and toggles with it', async () => {
    await fill();
    expect(await client.control('POST', '/reset')).toMatchObject({ status: 204 });
    expect((await client.control('GET', '/state')).body).toEqual({
      accounts: [],
      members: [],
      groups: [],
      token: { set: false, createdAt: null },
    });
    expect((await client.control('GET', '/behaviour')).body).toMatchObject({ behaviour: defaultBehaviour });
    expect(await client.journal()).toEqual([]);
  });

  it('keeps token and toggles when asked', async () => {
    await fill();
    await client.control('POST', '/reset', { keep: ['token', 'behaviour'] });
    expect(await client.scim('GET', '/Users')).toMatchObject({ status: 200, body: { totalResults: 0 } });
    expect((await client.control('GET', '/behaviour')).body).toMatchObject({ behaviour: { pageSize: 7 } });
  });
});

describe('journal', () => {
  const entry = (requestBody: string) => ({
    time: 0,
    method: 'POST',
    path: '/Users',
    route: 'POST /Users',
    status: 201,
    requestBody,
    responseBody: '',
    durationMs: 0,
    fault: null,
  });

  const limits = { entries: 3, characters: 100, body: 40 };
  const rows: [name: string, bodies: string[], kept: string[]][] = [
    ['the newest entries', ['a', 'b', 'c', 'd'], ['b', 'c', 'd']],
    [
      'no more characters than its limit',
      ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)],
      ['b'.repeat(40), 'c'.repeat(40)],
    ],
    ['the start of a long body', ['a'.repeat(99)], [`${'a'.repeat(40)}… (99 characters)`]],
  ];

  it.each(rows)('keeps %s', (_, bodies, kept) => {
    const journal = new Journal(limits);
    for (const body of bodies) journal.record(entry(body));
    expect(journal.entries({}).map(({ requestBody }) => requestBody)).toEqual(kept);
  });
});

describe('facts', () => {
  it.each([
    'Generating another token revokes the one before.',
    'Emails and group names are compared without case.',
    'After DELETE the id answers 404; a refused request changes nothing.',
    'A create without a displayName takes the email for it.',
  ])('tells of what Segment does not document: %s', async (text) => {
    const { body } = await client.control('GET', '/behaviour');
    expect(body).toMatchObject({
      facts: expect.arrayContaining([{ certainty: 'inferred', text }]) as unknown,
    });
  });
});

describe('page', () => {
  it('says what it is, and labels every guess', async () => {
    const page = await client.send('GET', '/');
    expect(page.headers['content-type']).toContain('text/html');
    for (const words of [
      'Sandbox — not Segment; a stand-in',
      'Settings › Advanced Settings › SSO Sync',
      'Generate SSO Token',
      'guess · unknown',
      'documented',
    ]) {
      expect(page.text).toContain(words);
    }
  });

  it('shows a generated token once, and it works', async () => {
    const { text } = await client.send('POST', '/token', '');
    client.token = /value="(sandbox_[^"]+)"/.exec(text)?.[1] ?? '';
    expect(await client.scim('GET', '/Users')).toMatchObject({ status: 200 });
    expect((await client.send('GET', '/')).text).not.toContain(client.token);
  });

  it('shows members, groups and requests, escaped', async () => {
    await client.member(ADA, '<script>alert(1)</script>');
    await client.group('R&D', [ADA]);
    const { text } = await client.send('GET', '/?search=%22%3E%3Cb%3E');
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('"><b>');
    expect(text).toContain('R&amp;D');
    expect(text).toContain('POST /Users');
    expect((await client.send('GET', '/?search=ADA')).text).toContain('&lt;script&gt;alert');
  });
});

describe('close', () => {
  it('ends kept-alive connections and answers that are still waited for', async () => {
    const other = await Client.start();
    await other.fresh({ latencyMs: 60_000 });
    const waiting = other.createUser(ADA).then(
      () => 'answered',
      () => 'ended',
    );
    while ((await other.memberEmails()).length === 0);
    await other.sandbox.close();
    expect(await waiting).toBe('ended');
    await expect(other.control('GET', '/state')).rejects.toThrow();
    await other.stop();
  });
});
