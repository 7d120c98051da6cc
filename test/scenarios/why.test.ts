/** "Why?" for one user and one application, and a mapping tried on a user before it is saved. */
import { describe, expect, test } from 'vitest';
import { insertEvents } from '../../src/store/events.ts';
import { databaseKinds } from '../support/database.ts';
import { startScene } from '../support/scene.ts';

describe.each(databaseKinds)('why an account is as it is, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at } = scene;
  const ada = await scene.user('ada');
  await scene.boundGroup('Staff', [ada]);
  const why = async () => (await api('GET', at(`/users/${ada}`))).body;
  const attempt = (body: unknown) => api('POST', at('/identity-management/preview'), body);
  const row = (target: string, expression: string) => ({ target, expression, label: target });

  test('before activation: what would be sent, mapped from what to what', async () => {
    expect(await why()).toMatchObject({
      state: 'absent',
      dueAt: null,
      via: [{ name: 'Staff' }],
      mapping: [
        {
          target: 'userName',
          expression: 'isEmail(user.username) ? user.username : user.email',
          value: 'ada@acme.test',
          error: null,
          holds: null,
        },
        { target: 'emails[type eq "work"].value' },
        { target: 'displayName', value: 'ada Test', holds: null },
      ],
      next: {
        sentences: [
          'Create the account "ada@acme.test" for ada Test (ada@acme.test), or link the one that is already there',
        ],
        when: 'Once the connection is activated.',
      },
      recentEvents: [],
    });
  });

  test('after it: what the application holds, what was asked and answered, and that nothing is left', async () => {
    await scene.activate();
    await scene.idle();
    expect(await why()).toMatchObject({
      state: 'active',
      mapping: [{ holds: 'ada@acme.test' }, {}, { holds: 'ada Test' }],
      next: { sentences: [], when: 'Nothing is left to do.' },
      recentEvents: [{ operation: 'createUser', exchanges: [{ method: 'POST', status: 201 }] }],
    });
  });

  test('signing in every day leaves what was asked and answered where it is', async () => {
    const { db } = scene.rollcall.database;
    const signIn = {
      subject: { kind: 'user', id: ada, name: 'ada Test' },
      operation: 'signIn',
      outcome: 'done',
      sentence: 'ada Test signed in to Segment',
      cause: { actor: ada },
    } as const;
    await db.transaction().execute((tx) => insertEvents(tx, scene.applicationId, Array(30).fill(signIn)));
    expect(await why()).toMatchObject({ recentEvents: [{ operation: 'createUser' }] });
  });

  test('who is deleted from the directory has no mapping, and what comes next is that they leave', async () => {
    await api('PATCH', at('/identity-management'), { threshold: { number: 0, percent: 0 } });
    await scene.idle();
    await api('POST', at('/identity-management/deactivate'));
    await api('DELETE', `/users/${ada}`);
    expect(await why()).toMatchObject({
      mapping: [],
      next: {
        sentences: ['Deactivate ada Test (ada@acme.test) (deleted from the directory)'],
        when: 'Once the connection is activated.',
      },
    });
  });

  test('a mapping is tried on a user, row by row, and nothing is saved', async () => {
    const bea = await scene.user('bea');
    const mapping = [
      row('userName', 'user.email'),
      row('title', 'user.attributes.title'),
      row('displayName', 'user.nick'),
    ];
    const { status, body } = await attempt({ userId: bea, mapping });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      userId: bea,
      name: 'bea Test (bea@acme.test)',
      rows: [
        { target: 'userName', value: 'bea@acme.test', error: null, holds: null },
        { target: 'title', value: null, error: null },
        { target: 'displayName', value: null, error: expect.stringContaining('cannot be used') as string },
      ],
    });
    expect((await attempt({ userId: bea })).body).toMatchObject({
      rows: [{ target: 'userName' }, {}, { value: 'bea Test' }],
    });
    expect((await api('GET', at('/identity-management'))).body).toMatchObject({ mappingChanged: false });
  });

  test.each([
    ['userId', { userId: 'x' }, 400],
    ['mapping', { userId: '01890a5d-ac96-774b-bcce-b302099a8057', mapping: [] }, 400],
    [null, { userId: '01890a5d-ac96-774b-bcce-b302099a8057' }, 404],
  ])('R49: bad input names %s', async (path, body, status) => {
    const answer = await attempt(body);
    expect(answer.status).toBe(status);
    if (path !== null) expect(answer.body).toMatchObject({ errors: [{ path }] });
  });
});
