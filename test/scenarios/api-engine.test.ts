import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { secretBox, writeSecret } from '../../src/store/secrets.ts';
import { detailOf } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { startScene, until } from '../support/scene.ts';
import { SSO_ENABLED } from '../support/sso.ts';

const json = { headers: { 'content-type': 'application/json' } };

describe.each(databaseKinds)('the connection over HTTP, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at, control } = scene;
  const act = (action: string) => api('POST', at(`/identity-management/${action}`), undefined, json);
  const status = async () => (await api('GET', at('/status'))).body;
  const baseUrl = async (): Promise<void> => {
    await scene.activate();
    await act('deactivate');
  };

  test('R3: without a token nothing is asked, and the answer says what to set', async () => {
    await api('PUT', at('/sso'), SSO_ENABLED);
    const refused = await act('activate');
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'token' }] } });
    expect(await status()).toMatchObject({ state: 'inactive', idle: true });
  });

  test('R3: a rejected token has its own message; the connection stays inactive and nothing is changed', async () => {
    await baseUrl();
    await api('PATCH', at('/identity-management'), { token: 'wrong' });
    const tested = await act('test');
    expect(tested).toMatchObject({ status: 200, body: { passed: false } });
    const refused = await act('activate');
    const { message } = z.looseObject({ message: z.string() }).parse(tested.body);
    expect(refused).toMatchObject({
      status: 409,
      body: { type: 'urn:rollcall:problem:conflict', detail: message, checks: [{ passed: false, message }] },
    });
    expect(message).toMatch(/token/i);
    expect(await status()).toMatchObject({ state: 'inactive' });
  });

  test('R3, R5: activation and deactivation are confirmed in words', async () => {
    await api('PATCH', at('/identity-management'), { token: await scene.newToken() });
    const activated = await act('activate');
    expect(activated).toMatchObject({
      status: 200,
      body: { state: 'active', checks: [{ passed: true }, { passed: true }, { passed: true }] },
    });
    expect(JSON.stringify(activated.body)).toContain('The connection is active.');
    expect(detailOf(await act('activate'))).toBe('The connection is active already.');
    expect((await act('deactivate')).body).toEqual({
      state: 'inactive',
      message:
        'The connection of Segment is inactive. Nothing more is sent to it, and what it holds stays as it is.',
    });
    expect((await act('deactivate')).status).toBe(409);
    expect((await act('resume')).status).toBe(409);
  });

  test('a connection is turned on and off only as If-Match names it, and its application is not asked before', async () => {
    await scene.activate();
    const tag = async () => String((await api('GET', at('/identity-management'))).headers.etag);
    const actAt = (action: string, etag: string) =>
      api('POST', at(`/identity-management/${action}`), undefined, { headers: { 'if-match': etag } });
    const first = await tag();
    await api('PATCH', at('/identity-management'), { threshold: { number: 7, percent: 7 } });
    for (const action of ['deactivate', 'activate', 'resume'])
      expect(await actAt(action, first)).toMatchObject({ status: 412 });
    expect(await status()).toMatchObject({ state: 'active' });
    const second = await tag();
    expect(await actAt('deactivate', second)).toMatchObject({ status: 200 });
    expect(await actAt('activate', second)).toMatchObject({ status: 412 });
    expect(await status()).toMatchObject({ state: 'inactive' });
    expect(await actAt('activate', await tag())).toMatchObject({ status: 200 });
    await act('deactivate');
  });

  test('R4, R44: a token rejected later pauses the connection; it is changed only after deactivating', async () => {
    await scene.activate();
    const ada = await scene.user('ada');
    await control('POST', '/tokens', {});
    await scene.boundGroup('Paused', [ada]);
    await until('paused', async () => JSON.stringify(await status()).includes('"paused"'));
    expect(await status()).toMatchObject({
      state: 'paused',
      reason: { status: 401, at: expect.any(String) as unknown },
      idle: false,
    });
    const token = await scene.newToken();
    const refused = await api('PATCH', at('/identity-management'), { token });
    expect(refused.status).toBe(409);
    expect(detailOf(refused)).toContain('it is paused: deactivate it, change the token, activate it again');
    for (const path of ['/sync', '/import/users/refresh'])
      expect(detailOf(await api('POST', at(path)))).toMatch(
        /^The connection is paused.*: resume it first\.$/,
      );
    expect(detailOf(await act('activate'))).toBe(
      'The connection is paused: resume it, or deactivate it and activate it again.',
    );
    expect(await act('resume')).toMatchObject({ status: 409, body: { checks: [{}] } });
    expect(await status()).toMatchObject({ state: 'paused' });
    await act('deactivate');
    await scene.activate();
    await scene.idle();
    expect(await status()).toMatchObject({ users: { linked: 1, active: 1 }, groups: { linked: 1 } });
  });

  test('R3: a target that fails does not pass, and says nothing for good', async () => {
    await control('PATCH', '/behaviour', { errorRate: 1 });
    expect(await act('test')).toMatchObject({ status: 200, body: { passed: false } });
    await control('PATCH', '/behaviour', { errorRate: 0 });
    expect(await act('test')).toMatchObject({ status: 200, body: { passed: true } });
  });

  test('R44: a token that was encrypted with another key pauses the connection; it can be planned, and replaced', async () => {
    await act('deactivate');
    await scene.activate();
    // A lane that is still at work has the token in its hand.
    await scene.idle();
    const { db } = scene.rollcall.database;
    const otherKey = secretBox(Buffer.alloc(32, 8));
    await writeSecret(db, otherKey, `application/${scene.applicationId}/token`, 'sealed elsewhere');
    const kay = await scene.user('kay');
    await scene.boundGroup('Keys', [kay]);
    await until('paused', async () => JSON.stringify(await status()).includes('"paused"'));
    expect(JSON.stringify(await status())).toContain('With the right key, resume the connection;');
    const events = await api('GET', `/events?application=${scene.applicationId}&operation=pauseConnection`);
    expect(JSON.stringify(events.body)).toContain('was encrypted with the key');
    expect(await act('resume')).toMatchObject({ status: 503 });
    expect(await api('GET', at('/plan'))).toMatchObject({
      status: 200,
      body: { summary: { createUser: 1 } },
    });
    expect(await act('deactivate')).toMatchObject({ status: 200 });
    await scene.activate();
    await scene.idle();
    expect((await scene.held()).members.map(({ userName }) => userName)).toContain('kay@acme.test');
  });

  test.each(['/users', '/groups'])(
    'an empty body with a JSON media type is no body: DELETE %s',
    async (path) => {
      const created = await api('POST', path, path === '/users' ? { username: 'gone' } : { name: 'Gone' });
      const { id } = z.looseObject({ id: z.string() }).parse(created.body);
      expect((await api('DELETE', `${path}/${id}`, undefined, json)).status).toBe(204);
    },
  );

  test('an application that does not exist is not found, whatever is asked of it', async () => {
    const nowhere = '/applications/01890a5d-ac96-774b-bcce-b302099a8057';
    const asked = [
      api('POST', `${nowhere}/identity-management/test`),
      api('POST', `${nowhere}/identity-management/deactivate`),
      api('POST', `${nowhere}/sync`, {}),
      ...['status', 'plan', 'users', 'linked-groups', 'holds'].map((path) =>
        api('GET', `${nowhere}/${path}`),
      ),
      api('GET', '/stream?application=01890a5d-ac96-774b-bcce-b302099a8057'),
    ];
    for (const answer of await Promise.all(asked)) expect(answer.status).toBe(404);
  });
});
