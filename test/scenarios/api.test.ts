import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { problemSchema } from '../../src/api/problem.ts';
import { startApi, type CallOptions, type Method } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

describe.each(databaseKinds)('the API itself, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const count = async (): Promise<number> =>
    z.object({ total: z.number() }).parse((await api.call('GET', '/users')).body).total;

  describe('who asks', () => {
    const ask = (authorization: string) =>
      api.call('GET', '/users', undefined, { headers: { authorization } });

    test.each([
      ['nothing', '', 'no API key'],
      ['another scheme', 'Basic YTpi', 'holds no API key'],
      ['an unknown key', 'Bearer rc_unknown', 'not valid'],
    ])('%s is refused, and told how to ask', async (_what, authorization, words) => {
      const answer = await ask(authorization);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="Rollcall"/);
      expect(problem.parse(answer.body).detail).toContain(words);
    });

    test('a key ends with its deletion, and is told only once', async () => {
      const answer = await api.call('POST', '/api-keys', { name: 'robot' });
      const { id, key } = z.object({ id: z.string(), key: z.string() }).parse(answer.body);
      expect(key).toMatch(/^rc_[\w-]{43}$/);
      expect((await ask(`Bearer ${key}`)).status).toBe(200);
      expect(JSON.stringify((await api.call('GET', '/api-keys')).body)).not.toContain(key);
      expect((await api.call('DELETE', `/api-keys/${id}`)).status).toBe(204);
      expect((await ask(`Bearer ${key}`)).status).toBe(401);
    });

    test('a key that has expired is refused, and one that would be made expired', async () => {
      const soon = new Date(Date.now() + 700).toISOString();
      const answer = await api.call('POST', '/api-keys', { name: 'brief', expiresAt: soon });
      const { key } = z.object({ key: z.string() }).parse(answer.body);
      await new Promise((resolve) => setTimeout(resolve, 900));
      expect((await ask(`Bearer ${key}`)).status).toBe(401);
      const late = await api.call('POST', '/api-keys', { name: 'late', expiresAt: '2020-01-01T00:00:00Z' });
      expect(problem.parse(late.body).errors?.[0]?.path).toBe('expiresAt');
    });

    test('an address that keeps failing is told to wait; a valid key from there still works', async () => {
      const other = await startApi(kind);
      const ask = (key: string) =>
        other.call('GET', '/users', undefined, { headers: { authorization: `Bearer ${key}` } });
      const from = async (key: string): Promise<number> => (await ask(key)).status;
      const statuses = [];
      for (let attempt = 0; attempt < 31; attempt += 1) statuses.push(await from('rc_guess'));
      expect(new Set(statuses.slice(0, 30))).toEqual(new Set([401]));
      expect(statuses.at(-1)).toBe(429);
      expect((await ask('rc_guess')).body).toMatchObject({ retryAfter: expect.any(Number) as unknown });
      expect(await from(other.key)).toBe(200);
    });
  });

  describe('R49: what cannot be used is refused with its reason, and nothing is written', () => {
    type Row = [string, Method, string, CallOptions, number, string | RegExp, string?];
    const big = JSON.stringify({ username: 'x'.repeat(1024 * 1024) });
    const text = { headers: { 'content-type': 'text/plain' }, raw: 'username: ada' };
    const rows: Row[] = [
      [
        'JSON that ends early',
        'POST',
        '/users',
        { raw: '{"username": "ada"' },
        400,
        'The body is not valid JSON: it goes wrong at character 18.',
        '',
      ],
      ['no JSON at all', 'POST', '/users', { raw: 'username=ada' }, 400, /JSON/, ''],
      ['an empty body', 'POST', '/users', { raw: '' }, 400, /empty/, ''],
      ['no body', 'POST', '/users', {}, 400, /must be an object/, ''],
      [
        'a CSV that cannot be read',
        'POST',
        '/users/bulk',
        { raw: '"username', headers: { 'content-type': 'text/csv' } },
        400,
        /Line 1 .* never closed/,
        '',
      ],
      [
        'a prototype in the JSON',
        'POST',
        '/users',
        { raw: '{"username":"a","__proto__":{"x":1}}' },
        400,
        /proto/,
        '',
      ],
      ['a list for an object', 'POST', '/users', { raw: '[]' }, 400, /not a list/, ''],
      ['null', 'POST', '/users', { raw: 'null' }, 400, /not null/, ''],
      ['a body over the limit', 'POST', '/users', { raw: big }, 413, /larger/],
      ['another media type', 'POST', '/users', text, 415, /application\/json/],
      [
        'CSV where JSON is taken',
        'POST',
        '/users',
        { raw: 'username\nada', headers: { 'content-type': 'text/csv' } },
        415,
        /application\/json/,
      ],
      ['a field missing', 'POST', '/users', { raw: '{}' }, 400, 'username is missing.', 'username'],
      [
        'a field of the wrong type',
        'POST',
        '/users',
        { raw: '{"username":7}' },
        400,
        'username must be text, not a number.',
        'username',
      ],
      [
        'an empty name',
        'POST',
        '/users',
        { raw: '{"username":"  "}' },
        400,
        'username must not be empty.',
        'username',
      ],
      [
        'an unknown field',
        'POST',
        '/users',
        { raw: '{"username":"a","admin":true}' },
        400,
        /^admin is not a field/,
        'admin',
      ],
      [
        'a bad email',
        'POST',
        '/users',
        { raw: '{"username":"a","email":"a@"}' },
        400,
        /email address/,
        'email',
      ],
      [
        'an unknown state',
        'POST',
        '/users',
        { raw: '{"username":"a","state":"gone"}' },
        400,
        /staged, active, suspended/,
        'state',
      ],
      ['a NUL', 'POST', '/users', { raw: '{"username":"a\\u0000b"}' }, 400, /control characters/, 'username'],
      [
        'half a surrogate pair',
        'POST',
        '/users',
        { raw: '{"username":"a","attributes":{"x":"\\ud800"}}' },
        400,
        /attributes\.x must not hold control characters/,
        'attributes.x',
      ],
      [
        'a character that XML cannot hold',
        'POST',
        '/users',
        { raw: '{"username":"a","displayname":"A\\uFFFE"}' },
        400,
        /displayname must not hold U\+FFFE/,
        'displayname',
      ],
      [
        'the same in attributes',
        'POST',
        '/users',
        { raw: '{"username":"a","attributes":{"x":"\\uFFFF"}}' },
        400,
        /attributes\.x must not hold U\+FFFE or U\+FFFF/,
        'attributes.x',
      ],
      [
        'the same in one of many',
        'POST',
        '/users/bulk',
        { raw: '{"users":[{"username":"a","attributes":{"x":"a\\u0001"}}]}' },
        400,
        /users\[0\]\.attributes\.x must not hold control characters/,
        'users[0].attributes.x',
      ],
      [
        'nested attributes',
        'POST',
        '/users',
        { raw: '{"username":"a","attributes":{"x":{}}}' },
        400,
        /attributes\.x/,
        'attributes.x',
      ],
      [
        'a bad attribute name',
        'POST',
        '/users',
        { raw: '{"username":"a","attributes":{"1 x":1}}' },
        400,
        /attribute name/,
        'attributes.1 x',
      ],
      ...['constructor', 'prototype'].map((name): Row => [
        `an attribute called ${name}`,
        'POST',
        '/users/bulk',
        { raw: `{"users":[{"username":"a","attributes":{"${name}":"x"}}]}` },
        400,
        /cannot be the name of an attribute/,
        `users[0].attributes.${name}`,
      ]),
      [
        'a prototype in the attributes',
        'POST',
        '/users',
        { raw: '{"username":"a","attributes":{"__proto__":"x"}}' },
        400,
        /"__proto__"/,
        '',
      ],
      [
        'too much in attributes',
        'POST',
        '/users',
        {
          raw: JSON.stringify({
            username: 'a',
            attributes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`a${i}`, 1])),
          }),
        },
        400,
        /100 attributes/,
        'attributes',
      ],
      ['a limit out of range', 'GET', '/users?limit=1001', {}, 400, 'limit must be at most 1000.', 'limit'],
      ['a limit of text', 'GET', '/users?limit=abc', {}, 400, 'limit must be a number, not "abc".', 'limit'],
      ['half a limit', 'GET', '/users?limit=1.5', {}, 400, 'limit must be a whole number, not 1.5.', 'limit'],
      [
        'two limits',
        'GET',
        '/users?limit=1&limit=2',
        {},
        400,
        /^limit must be a number, not a list/,
        'limit',
      ],
      [
        'no ids',
        'POST',
        '/applications/delete',
        { raw: '{"ids":[],"confirm":0}' },
        400,
        'ids must have at least 1 entry.',
        'ids',
      ],
      ['an unknown parameter', 'GET', '/users?colour=red', {}, 400, /^colour is not a field/, 'colour'],
      ['a cursor of nobody', 'GET', '/users?cursor=abc', {}, 400, /nextCursor/, 'cursor'],
      ['a route that is not there', 'GET', '/wherever', {}, 404, /There is no GET/],
      ['a method that is not there', 'PUT', '/users', { raw: '{}' }, 405, /PUT is not taken here/],
      ['an id that is none', 'GET', '/users/ada', {}, 404, /UUID/],
      [
        'an address that cannot be decoded',
        'GET',
        '/users/%ZZ',
        {},
        400,
        /followed by two hexadecimal digits/,
      ],
      [
        'a record that is not there',
        'GET',
        '/groups/01890a5d-ac96-774b-bcce-b302099a8057',
        {},
        404,
        /does not exist/,
      ],
      ['a connector that is not there', 'GET', '/connectors/nope', {}, 404, /does not exist/],
    ];

    test.each(rows)('%s', async (_what, method, path, options, status, words, field) => {
      const before = await count();
      const answer = await api.call(method, path, undefined, options);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      const { detail, errors, requestId, ...rest } = problem.parse(answer.body);
      expect({ said: rest.status, really: answer.status }).toEqual({ said: status, really: status });
      if (typeof words === 'string') expect(detail).toBe(words);
      else expect(detail).toMatch(words);
      if (field !== undefined) expect(errors?.map((error) => error.path)).toContain(field);
      expect(requestId).toBe(answer.headers['x-request-id']);
      expect(await count()).toBe(before);
    });
  });

  describe('lists', () => {
    const page = z.object({
      items: z.array(z.looseObject({ name: z.string() })),
      nextCursor: z.string().nullable(),
      total: z.number(),
    });
    const list = async (path: string) => {
      const { items, ...rest } = page.parse((await api.call('GET', path)).body);
      return { names: items.map(({ name }) => name), ...rest };
    };

    test.each([
      ['/connectors', 'segMENT'],
      ['/api-keys', 'page ONE'],
    ])('%s comes in pages, and can be searched', async (path, search) => {
      for (const name of ['page one', 'page two'])
        if (path === '/api-keys') await api.call('POST', path, { name });
      const all = await list(path);
      expect(all.total).toBeGreaterThan(1);
      const names: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const next = await list(`${path}?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
        expect([next.names.length, next.total]).toEqual([1, all.total]);
        names.push(...next.names);
        cursor = next.nextCursor;
      }
      expect(names).toEqual(all.names);
      const found = await list(`${path}?search=${encodeURIComponent(search)}`);
      expect(found.names.map((name) => name.toLowerCase())).toEqual([search.toLowerCase()]);
      expect(found.total).toBe(1);
      expect((await api.call('GET', `${path}?cursor=abc`)).status).toBe(400);
    });

    test.each<[Method, string]>([
      ['GET', '/connectors?colour=red'],
      ['GET', '/connectors/segment?colour=red'],
      ['GET', '/api-keys?colour=red'],
      ['POST', '/users?colour=red'],
      ['GET', '/applications/01890a5d-ac96-774b-bcce-b302099a8057/status?colour=red'],
      ['GET', '/applications/01890a5d-ac96-774b-bcce-b302099a8057/holds?colour=red'],
    ])('R49: %s %s is refused, as nobody reads that parameter', async (method, path) => {
      const answer = await api.call(method, path, method === 'POST' ? { username: 'red' } : undefined);
      expect(answer.status).toBe(400);
      expect(problem.parse(answer.body).errors?.map((error) => error.path)).toEqual(['colour']);
    });
  });

  test('a refusal holds what the document says of it, and nothing else', async () => {
    const { key } = z
      .looseObject({ key: z.string() })
      .parse((await api.call('POST', '/api-keys', { name: 'looks', role: 'read-only' })).body);
    const as = (bearer: string) => ({ headers: { authorization: `Bearer ${bearer}` } });
    const refused = await api.call('POST', '/users', { username: 'refused' }, as(key));
    expect(z.strictObject(problemSchema.shape).parse(refused.body)).toMatchObject({
      status: 403,
      permission: 'directory',
    });
    const guess = { username: 'nobody-is-called-so', password: 'guess' };
    let { body, status } = await api.call('POST', '/session', guess);
    while (status === 401) ({ body, status } = await api.call('POST', '/session', guess));
    expect(z.strictObject(problemSchema.shape).parse(body)).toMatchObject({
      status: 429,
      retryAfter: expect.any(Number) as unknown,
    });
  });

  test("keeps the caller's request id where it is harmless", async () => {
    const ask = (id: string) => api.call('GET', '/users', undefined, { headers: { 'x-request-id': id } });
    expect((await ask('trace-7')).headers['x-request-id']).toBe('trace-7');
    expect((await ask('<script>')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('every list takes limit, cursor and search', async () => {
    const { body } = await api.call('GET', '/api/v1/openapi.json');
    const { paths } = z
      .object({
        paths: z.record(
          z.string(),
          z.object({
            get: z
              .object({
                parameters: z.array(z.object({ name: z.string() })).default([]),
                responses: z.object({ 200: z.unknown() }),
              })
              .optional(),
          }),
        ),
      })
      .parse(body);
    const lists = Object.entries(paths).flatMap(([path, { get }]) =>
      JSON.stringify(get?.responses[200] ?? '').includes('"nextCursor"') ? [{ path, get }] : [],
    );
    expect(lists.length).toBeGreaterThan(20);
    for (const { get, path } of lists)
      expect({ path, takes: get?.parameters.map(({ name }) => name) }).toEqual({
        path,
        takes: expect.arrayContaining(['limit', 'cursor', 'search']) as unknown,
      });
    for (const path of ['/administrators/roles', '/first-steps', '/attention']) {
      const all = z.object({ items: z.array(z.unknown()), total: z.number() });
      const { items, total } = all.parse((await api.call('GET', path)).body);
      expect(items).toHaveLength(total);
      const first = all.parse((await api.call('GET', `${path}?limit=1`)).body);
      expect(first).toMatchObject({ items: items.slice(0, 1), total });
    }
  });

  test('describes every route in OpenAPI 3.1, without a key, and in a page that loads nothing from elsewhere', async () => {
    const noKey = { headers: { authorization: '' } };
    const { body } = await api.call('GET', '/api/v1/openapi.json', undefined, noKey);
    const document = z
      .object({
        openapi: z.string(),
        paths: z.record(z.string(), z.unknown()),
        components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
      })
      .parse(body);
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/users/bulk', '/api/v1/applications/{id}/identity-management']),
    );
    expect(JSON.stringify(body)).not.toMatch(/schemas\/\w+Input"/);
    expect(document.paths).toMatchObject({
      '/api/v1/users/{id}': {
        get: { responses: { 200: { headers: { ETag: {} } } } },
        patch: {
          parameters: expect.arrayContaining([
            expect.objectContaining({ name: 'If-Match', in: 'header', required: false }),
          ]) as unknown,
        },
      },
    });
    expect(JSON.stringify(body).split('"If-Match"')).toHaveLength(15);
    expect(document.paths).toMatchObject({
      '/api/v1/applications/{id}/sso/metadata': {
        get: { responses: { 200: { content: { 'application/samlmetadata+xml': {} } } } },
      },
      '/api/v1/applications/{id}/sso/service-provider-metadata': {
        put: { requestBody: { content: { 'application/xml': {}, 'application/samlmetadata+xml': {} } } },
      },
    });
    expect(document.paths).toMatchObject({
      '/api/v1/applications/{id}/sync': { post: { requestBody: { required: false } } },
      '/api/v1/applications/{id}/apply': { post: { requestBody: { required: true } } },
    });
    expect(document.components.schemas).toMatchObject({
      SsoSettings: { properties: { identityProvider: {}, required: {}, asks: {} } },
    });
    const located = (path: string) => document.paths[`/api/v1/${path}`];
    for (const path of ['users', 'groups', 'applications'])
      expect(located(path)).toMatchObject({
        post: { responses: { 201: { headers: { Location: {}, ETag: {} } } } },
      });
    expect(located('applications/{id}/imports')).toMatchObject({
      post: { responses: { 201: { headers: { Location: {} } } } },
    });
    expect(located('api-keys')).not.toHaveProperty('post.responses.201.headers');
    const tags = { get: { responses: { 200: { headers: { ETag: {} } } } }, post: { responses: { 200: {} } } };
    for (const path of ['/api/v1/groups/{id}/members', '/api/v1/applications/{id}/groups']) {
      expect(document.paths[path]).toMatchObject(tags);
      expect(document.paths[path]).not.toMatchObject({ post: tags.get });
    }
    const page = await api.call('GET', '/api/docs', undefined, noKey);
    expect(page.body).toContain('/api/v1/groups/{id}/members');
    expect(document.paths['/api/v1/groups/{id}']).toMatchObject({
      patch: { 'x-permission': 'directory', 'x-roles': ['administrator', 'manager'] },
    });
    expect(page.body).toContain('Asks for <code>directory</code>: Administrator, Manager.');
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('says that it lives, that it can work, and what it counts', async () => {
    const get = async (path: string): Promise<string> => (await fetch(api.url + path)).text();
    expect(await get('/healthz')).toBe('{"status":"ok"}');
    expect(await get('/readyz')).toBe('{"status":"ready"}');
    expect(await get('/metrics')).toMatch(
      /rollcall_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/users"/,
    );
  });

  test('says that it cannot work while its database is behind, and why', async () => {
    const { database, url } = await startApi(kind);
    await sql`DELETE FROM kysely_migration WHERE name = (SELECT max(name) FROM kysely_migration)`.execute(
      database.db,
    );
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      status: 'not ready',
      detail: 'The database is behind by 1: run `rollcall migrate`.',
    });
  });

  test('what it answers is kept by nobody on the way', async () => {
    for (const path of ['/users', '/users/nobody', '/users?colour=red'])
      expect((await api.call('GET', path)).headers['cache-control']).toBe('no-store');
  });
});
