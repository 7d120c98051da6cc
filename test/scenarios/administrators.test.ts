/** Who may change whom: nobody climbs to a role that was not given to them, and somebody who can give roles always remains. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Role } from '../../src/access/roles.ts';
import { createApiKey } from '../../src/store/api-keys.ts';
import { caller, detailOf, made, startApi, type TestApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

const bulkSchema = z.object({
  results: z.array(z.looseObject({ outcome: z.string(), username: z.string() })),
});

describe.each(databaseKinds)('people who hold a role, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const as = async (role: Role): Promise<TestApi['call']> => {
    const { key } = await createApiKey(api.database.db, { name: role, role, expiresAt: null });
    return caller(api.url, key);
  };
  const manager = await as('manager');
  const person = (username: string): Promise<string> =>
    made(api, '/users', { username, email: `${username}@acme.test`, state: 'active' });
  const give = (userId: string, role: Role) => api.call('PUT', `/administrators/${userId}`, { role });

  const ada = await person('ada');
  const grace = await person('grace');
  const reader = await person('reader');
  const nobody = await person('nobody');
  await give(ada, 'administrator');
  await give(reader, 'read-only');

  test('a role is given, changed, listed and taken away', async () => {
    expect(await give(grace, 'help-desk')).toMatchObject({
      status: 200,
      body: { username: 'grace', role: 'help-desk' },
    });
    expect(await give(grace, 'manager')).toMatchObject({ status: 200, body: { role: 'manager' } });
    const { body } = await api.call('GET', '/administrators');
    expect(body).toMatchObject({
      total: 3,
      items: [
        { userId: ada, role: 'administrator', state: 'active', last: true },
        { userId: grace, role: 'manager', last: false },
        { userId: reader, role: 'read-only' },
      ],
    });
    expect((await api.call('DELETE', `/administrators/${grace}`)).status).toBe(204);
    expect((await api.call('DELETE', `/administrators/${grace}`)).status).toBe(404);
    expect((await give('01890a5d-ac96-774b-bcce-b302099a8057', 'manager')).status).toBe(404);
  });

  test('each role says what it may', async () => {
    expect((await api.call('GET', '/administrators/roles')).body).toMatchObject({
      total: 4,
      items: [
        { role: 'administrator', name: 'Administrator' },
        { role: 'manager' },
        {
          role: 'help-desk',
          sentence:
            'May look at everything that is no secret; reset passwords, factors and sessions; try a failed record again.',
        },
        { role: 'read-only', name: 'Read-only', sentence: 'May look at everything that is no secret.' },
      ],
    });
  });

  test.each([
    ['email', 'PATCH', { email: 'mallory@acme.test' }],
    ['username', 'PATCH', { username: 'mallory' }],
    ['state', 'PATCH', { state: 'suspended' }],
    ['life', 'DELETE', undefined],
  ] as const)(
    'a manager cannot change the %s of somebody with a role, however small',
    async (_what, method, body) => {
      for (const id of [ada, reader]) {
        const before = (await api.call('GET', `/users/${id}`)).body;
        const answer = await manager(method, `/users/${id}`, body);
        expect(answer.status).toBe(403);
        expect(detailOf(answer)).toMatch(
          /holds the role (Administrator|Read-only) in Rollcall, so only an administrator/,
        );
        expect((await api.call('GET', `/users/${id}`)).body).toEqual(before);
      }
      expect((await manager('PATCH', `/users/${nobody}`, { firstname: 'No' })).status).toBe(200);
    },
  );

  test('nor by an import: that row is refused, and the others are taken where that was asked for', async () => {
    const users = [
      { username: 'ADA', email: 'mallory@acme.test' },
      { username: 'nobody', lastname: 'Body' },
    ];
    const whole = await manager('POST', '/users/bulk?existing=update', { users });
    expect(whole.status).toBe(400);
    expect(detailOf(whole)).toContain('holds the role Administrator');
    const partial = await manager('POST', '/users/bulk?existing=update&partial=true', { users });
    expect(bulkSchema.parse(partial.body).results.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'updated',
    ]);
    expect((await api.call('GET', `/users/${ada}`)).body).toMatchObject({ email: 'ada@acme.test' });
    expect((await api.call('POST', '/users/bulk?existing=update', { users })).status).toBe(200);
    await api.call('PATCH', `/users/${ada}`, { username: 'ada' });
  });

  test.each(['manager', 'help-desk', 'read-only'] as const)(
    '%s gives no roles and makes no keys',
    async (role) => {
      const call = await as(role);
      const answers = [
        await call('PUT', `/administrators/${nobody}`, { role }),
        await call('DELETE', `/administrators/${ada}`),
        await call('POST', '/api-keys', { name: 'mine', role: 'administrator' }),
        await call('GET', '/administrators'),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    },
  );

  test('the last administrator stays one, whichever way it would go', async () => {
    const ways = [
      await api.call('DELETE', `/administrators/${ada}`),
      await give(ada, 'manager'),
      await api.call('PATCH', `/users/${ada}`, { state: 'suspended' }),
      await api.call('PATCH', `/users/${ada}`, { state: 'staged' }),
      await api.call('DELETE', `/users/${ada}`),
      await api.call('POST', '/users/bulk?existing=update', {
        users: [{ username: 'ada', state: 'suspended' }],
      }),
    ];
    expect(ways.map(({ status }) => status)).toEqual(ways.map(() => 409));
    for (const way of ways)
      expect(detailOf(way)).toContain('Nobody would be left who can administer Rollcall.');
    expect((await api.call('PATCH', `/users/${ada}`, { firstname: 'Ada' })).status).toBe(200);
  });

  test('one who is suspended does not count as the one who remains', async () => {
    await give(grace, 'administrator');
    await api.call('PATCH', `/users/${grace}`, { state: 'suspended' });
    expect((await api.call('DELETE', `/administrators/${ada}`)).status).toBe(409);
    expect((await api.call('DELETE', `/administrators/${grace}`)).status).toBe(204);
    await api.call('PATCH', `/users/${grace}`, { state: 'active' });
  });

  test('two who remove each other at the same moment: one remains', async () => {
    for (let round = 0; round < 5; round += 1) {
      await give(ada, 'administrator');
      await give(grace, 'administrator');
      const [one, other] = await Promise.all([
        api.call('DELETE', `/administrators/${ada}`),
        api.call('PATCH', `/users/${grace}`, { state: 'suspended' }),
      ]);
      expect([one.status, other.status].filter((status) => status === 409)).toHaveLength(1);
      await give(ada, 'administrator');
      await api.call('PATCH', `/users/${grace}`, { state: 'active' });
    }
  });

  test('the keys of before are administrators, and a key ends on its day', async () => {
    const body = { name: 'reports', role: 'read-only', expiresAt: '2099-01-31T00:00:00Z' };
    expect(await api.call('POST', '/api-keys', body)).toMatchObject({
      status: 201,
      body: { role: 'read-only', expiresAt: '2099-01-31T00:00:00.000Z' },
    });
    expect((await api.call('POST', '/api-keys', { name: 'x', role: 'owner' })).status).toBe(400);
  });
});
