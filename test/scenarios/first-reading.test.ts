import { describe, expect, test } from 'vitest';
import { conflict } from '../../src/errors.ts';
import type { EngineApi } from '../../src/http/engine.ts';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

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
  readUsers: () => Promise.reject(conflict('The connection is paused: resume it first.')),
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
});
