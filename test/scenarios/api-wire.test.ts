/** What comes over the wire as no program should send it: bytes that are no text, requests that are no HTTP or break off (R49). */
import { connect } from 'node:net';
import { expect, describe, test } from 'vitest';
import { startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

describe.each(databaseKinds)('requests as bytes, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const { port } = new URL(api.url);

  /** Sends it as it is, and reads until the server ends the connection. */
  const exchange = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });

  const post = (address: string, body: string, headers = ''): string =>
    `POST ${address} HTTP/1.1\r\nHost: rollcall\r\nAuthorization: Bearer ${api.key}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n${headers}\r\n${body}`;

  const problemIn = (answer: string): unknown => JSON.parse(answer.split('\r\n\r\n')[1] ?? '');

  test.each([
    ['POST', '/users', '{"username":"M', 'ller"}'],
    ['POST', '/users/bulk', '{"users":[{"username":"M', 'ller"}]}'],
    ['POST', '/groups', '{"name":"M', 'ller"}'],
  ] as const)(
    'R49: a body that is no UTF-8 is refused, and nothing made: %s %s',
    async (method, path, before, after) => {
      const raw = Buffer.concat([Buffer.from(before), Buffer.from([0xfc]), Buffer.from(after)]);
      expect(await api.call(method, path, undefined, { raw })).toMatchObject({
        status: 400,
        body: { detail: 'The body is not UTF-8, as JSON must be.', errors: [{ path: '' }] },
      });
      expect((await api.call('GET', path === '/groups' ? path : '/users')).body).toMatchObject({ total: 0 });
    },
  );

  test.each([
    ['POST', '/users', '{"username":"twice","email":"a@x.test","email":"b@x.test"}', 'email'],
    [
      'POST',
      '/users/bulk',
      '{"users":[{"username":"one"},{"username":"two","username":"three"}]}',
      'users[1].username',
    ],
    ['POST', '/groups', '{"name":"Twice","n\\u0061me":"Thrice"}', 'name'],
  ] as const)(
    'R49: a field that comes twice is refused by its name, and nothing made: %s %s',
    async (method, path, raw, field) => {
      const message = 'is given twice: which of them counts cannot be told.';
      expect(await api.call(method, path, undefined, { raw })).toMatchObject({
        status: 400,
        body: { detail: `${field} ${message}`, errors: [{ path: field, message }] },
      });
      expect((await api.call('GET', path === '/groups' ? path : '/users')).body).toMatchObject({ total: 0 });
    },
  );

  test.each(['', 'Content-Type: application/json\r\n'])(
    'a method that nothing here takes is told with those that are taken: QUERY %j',
    async (header) => {
      const head = `QUERY /api/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.key}\r\nConnection: close\r\n`;
      const answer = await exchange(`${head}${header}\r\n`);
      expect(problemIn(answer)).toMatchObject({
        status: 405,
        detail:
          'QUERY is not taken here, but GET, HEAD, POST. The reference at /api/docs says what each does.',
      });
      expect(answer).toMatch(/^allow: GET, HEAD, POST\r$/im);
    },
  );

  test.each([
    ['PUT', '/users', 'GET, HEAD, POST'],
    ['PUT', '/users/bulk', 'DELETE, GET, HEAD, PATCH, POST'],
    ['POST', '/groups/x?y=z', 'DELETE, GET, HEAD, PATCH'],
    ['DELETE', '/applications/x/identity-management/activate', 'POST'],
  ] as const)('R49: %s %s is refused as a method, with those that are taken', async (method, path, allow) => {
    const answer = await api.call(method, path, undefined);
    expect(answer).toMatchObject({
      status: 405,
      body: { type: 'urn:rollcall:problem:method-not-allowed', title: 'This method is not taken here' },
    });
    expect(answer.headers.allow).toBe(allow);
  });

  test.each(['/nothing', '/users/', '/users/x/nothing'])(
    'nothing is at %s, by whatever method',
    async (path) => {
      expect((await api.call('PUT', path, {})).status).toBe(404);
    },
  );

  test('a body of JSON may begin with a byte order mark', async () => {
    const raw = Buffer.from('\ufeff{"name":"Marked"}');
    expect((await api.call('POST', '/groups', undefined, { raw })).body).toMatchObject({ name: 'Marked' });
  });

  test.each(['/groups?', 'http://elsewhere.test/api/v1/groups', '/groups'])(
    'what was made is where Location says: %s',
    async (address) => {
      const target = address.startsWith('/') ? `/api/v1${address}` : address;
      const answer = await exchange(post(target, JSON.stringify({ name: `At ${address}` })));
      const [, id = ''] = /"id":"([^"]+)"/.exec(answer) ?? [];
      expect(/^location: (.*)\r$/im.exec(answer)?.[1]).toBe(`/api/v1/groups/${id}`);
    },
  );

  test.each([
    ['a method that HTTP does not know', 'FOO /api/v1/users HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'bad-input'],
    ['nothing of HTTP', '\x16\x03\x01\r\n\r\n', 400, 'bad-input'],
    [
      'headers without end',
      `GET /api/v1/users HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('R49: what cannot be read as HTTP is told as a problem: %s', async (_what, text, status, kind) => {
    const answer = await exchange(text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/^content-type: application\/problem\+json/im);
    expect(answer).toMatch(/^cache-control: no-store\r$/im);
    expect(problemIn(answer)).toMatchObject({
      type: `urn:rollcall:problem:${kind}`,
      status,
      detail: expect.any(String) as unknown,
      requestId: expect.any(String) as unknown,
    });
  });
});
