import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { conflict } from '../../src/errors.ts';
import type { EngineApi } from '../../src/http/engine.ts';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

let asked = 0;

const notExpected = (): Promise<never> => Promise.reject(new Error('This was not expected.'));

/** Paused between the moment when somebody looked at the connection and the one in which it was to be read. */
const pausedMeanwhile: EngineApi = {
  test: notExpected,
  activate: notExpected,
  deactivate: notExpected,
  resume: notExpected,
  plan: notExpected,
  apply: notExpected,
  sync: notExpected,
  readUsers: () => {
    asked += 1;
    return Promise.reject(conflict('The connection is paused: resume it first.'));
  },
};

describe.each(databaseKinds)('the first reading for an import, on the %s database', async (kind) => {
  const api = await startApi(kind, { engine: pausedMeanwhile });

  test('R30: a connection that is paused at this very moment is shown as one whose users nobody has read', async () => {
    const id = await made(api, '/applications', { connector: 'segment', label: 'Segment' });
    await api.database.db
      .updateTable('applications')
      .set({ idm_state: 'active' })
      .where('id', '=', id)
      .execute();
    expect(await api.call('GET', `/applications/${id}/import/users`)).toMatchObject({
      status: 200,
      body: { items: [], roster: { state: 'never' } },
    });
    expect((await api.call('POST', `/applications/${id}/import/users/refresh`)).status).toBe(409);
  });

  test('R30: whoever may only look has nothing read, nor who says so', async () => {
    const id = await made(api, '/applications', { connector: 'segment', label: 'Looked at' });
    const { db } = api.database;
    await db.updateTable('applications').set({ idm_state: 'active' }).where('id', '=', id).execute();
    const { body } = await api.call('POST', '/api-keys', { name: 'looks', role: 'read-only' });
    const { key } = z.object({ key: z.string() }).parse(body);
    const users = `/applications/${id}/import/users`;
    const readings = async (query: string, bearer = api.key): Promise<number> => {
      const before = asked;
      const headers = { authorization: `Bearer ${bearer}` };
      expect((await api.call('GET', users + query, undefined, { headers })).status).toBe(200);
      return asked - before;
    };
    expect(await readings('', key)).toBe(0);
    expect(await readings('?read=false')).toBe(0);
    expect(await readings('')).toBe(1);
  });
});
