/** What a caller can get wrong beyond the wrong type: texts, times and cursors that the database does not take (R49). */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { made, startApi, type Method } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

const cursorOf = (...position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

const refusalSchema = z.object({
  status: z.literal(400),
  body: z.looseObject({
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
});

describe.each(databaseKinds)('bad input, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const application = await made(api, '/applications', { connector: 'segment', label: 'Segment' });
  const at = (path: string): string => path.replace('{id}', application);
  const mapped = (change: Record<string, string>) => ({
    mapping: [{ target: 'userName', expression: 'user.username', label: 'Name', ...change }],
  });

  test.each<[string, Method, string, unknown, string]>([
    ['a name', 'POST', '/session', { username: 'a\0', password: 'x' }, 'username'],
    ['a remote id', 'POST', '/applications/{id}/imports', { remoteIds: ['\0'] }, 'remoteIds[0]'],
    [
      'whom a correction is for',
      'POST',
      '/applications/{id}/imports',
      { remoteIds: ['a'], overrides: { '\0': {} } },
      'overrides.\0',
    ],
    [
      'a label',
      'PATCH',
      '/applications/{id}/identity-management',
      mapped({ label: 'a\0' }),
      'mapping[0].label',
    ],
    [
      'an expression',
      'PATCH',
      '/applications/{id}/identity-management',
      mapped({ expression: 'user.username + "\ud800"' }),
      'mapping[0].expression',
    ],
  ])('R49: text that cannot be stored is refused by name: %s', async (_what, method, path, body, field) => {
    const { body: refused } = refusalSchema.parse(await api.call(method, at(path), body));
    expect(refused.errors).toContainEqual({ path: field, message: 'must not hold control characters.' });
  });

  test('R49: a form with such a text is read as one without it', async () => {
    const page = await fetch(`${api.url}/sign-in`);
    const cookie = page.headers.getSetCookie().map((one) => one.split(';')[0]).join('; '); // prettier-ignore
    const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    const form = new URLSearchParams({ csrf, username: 'a\0', password: 'x' });
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${api.url}/sign-in`, { method: 'POST', headers, body: form.toString() });
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).toContain('name="username"');
  });

  test.each([
    ['/users', ['username', '\0']],
    ['/groups', ['name', '\0']],
    ['/users?sort=createdAt', ['createdAt', '1', 'a']],
    ['/users?sort=createdAt', ['createdAt', '2026-02-30 00:00:00+00', 'a']],
    ['/users?sort=createdAt', ['createdAt', '2026-01-01 00:00:00+20', 'a']],
    ['/users?sort=createdAt', ['createdAt', '0000-01-01 00:00:00+00', 'a']],
    ['/applications/{id}/users?sort=name', ['name', '\0', '01890a5d-ac96-774b-bcce-b302099a8057']],
    ['/applications/{id}/import/users', ['userName', '\0', 'x']],
  ])('R49: a cursor of nobody is refused: %s %j', async (path, position) => {
    const whole = `${at(path)}${path.includes('?') ? '&' : '?'}cursor=${cursorOf(...position)}`;
    const { body } = refusalSchema.parse(await api.call('GET', whole));
    expect(body.errors).toEqual([
      { path: 'cursor', message: 'must be the nextCursor of an earlier answer.' },
    ]);
  });

  test.each(['name', 'createdAt'])('a list by %s takes its own cursor, however long it is', async (sort) => {
    const names = { firstname: '界'.repeat(200), lastname: '界'.repeat(200) };
    for (const number of [1, 2])
      await api.call('POST', '/users', { username: `${number}${'界'.repeat(254)}`, ...names });
    const list = async (cursor?: string) => {
      const query = new URLSearchParams({
        sort: `-${sort}`,
        limit: '1',
        ...(cursor !== undefined && { cursor }),
      });
      const { body } = await api.call('GET', `/users?${query.toString()}`);
      return z
        .object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })
        .parse(body);
    };
    const first = await list();
    const second = await list(first.nextCursor ?? '');
    expect(second.items).toHaveLength(1);
    expect(second.items).not.toEqual(first.items);
  });

  test.each([
    ['GET', '/audit?from=0000-01-01T00%3A00%3A00Z', undefined, 'from'],
    ['GET', '/audit?to=9999-12-31T23%3A59%3A59-20%3A00', undefined, 'to'],
    ['POST', '/api-keys', { name: 'late', expiresAt: '9999-12-31T23:59:59-20:00' }, 'expiresAt'],
  ] as const)('R49: a time outside the calendar is refused: %s %s', async (method, path, body, field) => {
    const refused = refusalSchema.parse(await api.call(method, path, body));
    expect(refused.body.errors.map((error) => error.path)).toEqual([field]);
  });

  test('a time may be of any zone', async () => {
    const from = encodeURIComponent('2026-01-01T00:00:00+20:00');
    expect((await api.call('GET', `/audit?from=${from}`)).status).toBe(200);
    expect(
      await api.call('POST', '/api-keys', { name: 'far', expiresAt: '2130-01-01T00:00:00+20:00' }),
    ).toMatchObject({ status: 201, body: { expiresAt: '2129-12-31T04:00:00.000Z' } });
  });

  test.each(['nonsense', '%00', '__proto__'])(
    'there is no single sign-on of an application that is none: %s',
    async (id) => {
      expect((await api.call('PUT', `/applications/${id}/sso`, {})).status).toBe(404);
    },
  );

  test('R49: many groups are compared in no time, and a hundred faults are told of them', async () => {
    const path = `/applications/${application}/groups`;
    const ids = (): string[] => Array.from({ length: 60_000 }, randomUUID);
    const begun = performance.now();
    const { body } = refusalSchema.parse(await api.call('POST', path, { add: ids(), remove: ids() }));
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(body.errors).toHaveLength(100);
    expect(body.detail).toMatch(/^60000 of the groups to add do not exist; the first: add\[0\] /);
  });

  test.each(['/users/%zz', '/users/%', '/groups/%E0%A4', '/applications/%ff/users'])(
    'R49: an address that is none is refused in words of our own: %s',
    async (path) => {
      const { body, headers, status } = await api.call('GET', path);
      const detail =
        'The address cannot be read: a "%" in it must be followed by two hexadecimal digits, and what they stand for must be UTF-8. Write a percent sign itself as %25.';
      expect({ status, type: String(headers['content-type']).split(';')[0] }).toEqual({
        status: 400,
        type: 'application/problem+json',
      });
      expect(body).toMatchObject({ type: 'urn:rollcall:problem:bad-input', detail });
    },
  );

  test('R49: an address that is too long is refused in words of our own', async () => {
    const { body, status } = await api.call('GET', `/users/${'a'.repeat(201)}`);
    expect(status).toBe(414);
    expect(body).toMatchObject({
      detail: 'A part of the address is longer than anything here is called. Check the address.',
    });
  });

  const invisible = { 'U+200B': '\u200b', 'U+FEFF': '\u2060\ufeff\u2060', 'U+00AD': '\u00ad\u00ad', 'U+3164': '\u3164', 'U+2800': '\u2800 \u200d' }; // prettier-ignore

  test.each(Object.entries(invisible))(
    'R49: a name of which nothing can be seen is refused by its field: %s',
    async (_code, text) => {
      const user = await made(api, '/users', { username: `seen-${randomUUID()}` });
      const group = await made(api, '/groups', { name: `seen-${randomUUID()}` });
      const attempts = [
        ['POST', '/users', { username: text }, 'username'],
        ['PATCH', `/users/${user}`, { username: text }, 'username'],
        ['POST', '/users/bulk', { users: [{ username: text }] }, 'users[0].username'],
        ['POST', '/groups', { name: text }, 'name'],
        ['PATCH', `/groups/${group}`, { name: text }, 'name'],
        ['POST', '/applications', { connector: 'segment', label: text }, 'label'],
        ['PATCH', at('/applications/{id}'), { label: text }, 'label'],
        ['POST', '/api-keys', { name: text }, 'name'],
      ] as const;
      for (const [method, path, sent, field] of attempts) {
        const { body } = refusalSchema.parse(await api.call(method, path, sent));
        expect(body.errors).toContainEqual({
          path: field,
          message: 'must have a character that can be seen.',
        });
      }
    },
  );

  test('a name may hold what cannot be seen beside what can: joined emoji, a soft hyphen', async () => {
    for (const name of ['👩\u200d🚀', 'می\u200cخواهم', 'co\u00adop', '.'])
      expect((await api.call('POST', '/groups', { name })).body).toMatchObject({ name });
    const sent = { username: `blank-${randomUUID()}`, displayname: '\u200b', firstname: '\u00ad' };
    expect((await api.call('POST', '/users', sent)).body).toMatchObject({
      displayname: null,
      firstname: null,
    });
  });

  test.each(['9007199254740993', '9007199254740992', '-9007199254740993', '1e30'])(
    'R49: a whole number that would lose digits is refused by the name of its attribute: %s',
    async (number) => {
      const user = await made(api, '/users', { username: `count-${randomUUID()}` });
      const raws = [
        ['POST', '/users', `{"username":"big","attributes":{"badge":${number}}}`, 'attributes.badge'],
        ['PATCH', `/users/${user}`, `{"attributes":{"badge":${number}}}`, 'attributes.badge'],
        [
          'POST',
          '/users/bulk',
          `{"users":[{"username":"big","attributes":{"badge":${number}}}]}`,
          'users[0].attributes.badge',
        ],
      ] as const;
      for (const [method, path, raw, field] of raws) {
        const { body } = refusalSchema.parse(await api.call(method, path, undefined, { raw }));
        expect(body.errors).toEqual([
          {
            path: field,
            message:
              'must be a whole number from -9007199254740991 to 9007199254740991, or text: a larger one would lose digits.',
          },
        ]);
      }
    },
  );

  test('the largest whole number, and a fraction, are kept as they are', async () => {
    const attributes = { badge: 9007199254740991, share: 0.25, debt: -9007199254740991 };
    const answer = await api.call('POST', '/users', { username: `kept-${randomUUID()}`, attributes });
    expect(answer).toMatchObject({ status: 201, body: { attributes } });
  });

  test('R49: what has one value alone is told which', async () => {
    const refused = refusalSchema.parse(
      await api.call('POST', at('/applications/{id}/imports'), { all: false }),
    );
    expect(refused.body.detail).toBe('all must be true.');
  });

  test('the stream is not asked for its head: it would never end', async () => {
    const headers = { authorization: `Bearer ${api.key}` };
    expect((await fetch(`${api.url}/api/v1/stream`, { method: 'HEAD', headers })).status).toBe(405);
  });

  test.each([
    ['GET', '/stream', { headers: { 'last-event-id': 'x' } }, 'Last-Event-ID'],
    ['GET', '/users/%ZZ', {}, ''],
    [
      'PUT',
      '/applications/{id}/sso/service-provider-metadata',
      { raw: '<a', headers: { 'content-type': 'application/xml' } },
      '',
    ],
    ['PUT', '/applications/{id}/sso', { raw: '{"enabled":"yes"}' }, 'enabled'],
    ['POST', '/applications/{id}/identity-management/activate', { raw: '{"token":"t"}' }, 'token'],
    ['DELETE', '/applications/{id}', { raw: '{"confirm":2}' }, 'confirm'],
  ] as const)('R49: what cannot be used is named: %s %s', async (method, path, options, field) => {
    const { body } = refusalSchema.parse(await api.call(method, at(path), undefined, options));
    expect(body.errors.map((error) => error.path)).toEqual([field]);
  });
});
