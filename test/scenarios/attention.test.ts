/** What needs an administrator first, across applications. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { needInWords } from '../../src/api/attention.ts';
import type { Need } from '../../src/store/attention.ts';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { refuseThree } from '../support/refused-members.ts';

describe.each(databaseKinds)('what needs an administrator, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const { db } = api.database;
  const add = (label: string): Promise<string> => made(api, '/applications', { connector: 'scim2', label });
  const ids = {
    paused: await add('Paused'),
    held: await add('Held'),
    failed: await add('Failed'),
    signed: await add('Signed'),
    unread: await add('Unread'),
    delayed: await add('Delayed'),
  };
  await add('Quiet');
  const read = async () => (await api.call('GET', '/attention')).body;

  async function link(applicationId: string, error: object | null, attention: object | null): Promise<void> {
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, error, attention)
      VALUES (${applicationId}, 'user', gen_random_uuid(), 'x', 'active', ${error && JSON.stringify(error)}::jsonb,
        ${attention && JSON.stringify(attention)}::jsonb)`.execute(db);
  }

  async function certificate(applicationId: string, state: string, days: number): Promise<void> {
    await sql`
      INSERT INTO saml_certificates (id, application_id, state, certificate, not_before, not_after, key_id, nonce, ciphertext)
      VALUES (gen_random_uuid(), ${applicationId}, ${state}, 'x', now(), now() + ${days} * interval '1 day', 'k', '', '')`.execute(
      db,
    );
  }

  /** It cannot be reached since it was moved to another address, for so many minutes. */
  async function cannotBeRead(applicationId: string, minutes: number): Promise<void> {
    await sql`UPDATE applications SET idm_state = 'active' WHERE id = ${applicationId}`.execute(db);
    await sql`
      UPDATE lanes SET unsure = true, inventory_error_since = now() - make_interval(mins => ${minutes}),
        inventory_error = '{"code": "unreachable", "message": "It cannot be reached.", "retrying": true}'
      WHERE application_id = ${applicationId}`.execute(db);
  }

  /** A record that has failed for so many minutes, and is tried again. */
  async function delay(applicationId: string, kind: 'user' | 'group', minutes: number): Promise<void> {
    await sql`UPDATE applications SET idm_state = 'active' WHERE id = ${applicationId}`.execute(db);
    await sql`
      WITH link AS (
        INSERT INTO links (application_id, kind, subject_id, subject_name, state, error)
        VALUES (${applicationId}, ${kind}, gen_random_uuid(), 'x', 'absent', jsonb_build_object(
          'code', 'x', 'message', 'It is down.', 'retrying', true, 'since', now() - make_interval(mins => ${minutes})))
        RETURNING application_id, kind, subject_id)
      INSERT INTO pending (application_id, kind, subject_id, priority, attempts, cause)
      SELECT application_id, kind, subject_id, 1, 3, jsonb_build_object('at', now() - interval '3 hours') FROM link`.execute(
      db,
    );
  }

  test('nothing, where all is well', async () => {
    expect(await read()).toEqual({ items: [], nextCursor: null, total: 0 });
  });

  test('nothing, and no status says that something failed, where an account that was found only waits for its turn', async () => {
    const id = await add('Backlog');
    await sql`UPDATE applications SET idm_state = 'active' WHERE id = ${id}`.execute(db);
    await sql`
      INSERT INTO pending (application_id, kind, subject_id, priority, attempts, cause)
      VALUES (${id}, 'user', gen_random_uuid(), 1, 1, jsonb_build_object('at', now() - interval '2 hours'))`.execute(
      db,
    );
    expect((await api.call('GET', `/applications/${id}/status`)).body).toMatchObject({
      condition: 'working',
    });
    expect(await read()).toMatchObject({ total: 0 });
  });

  test('each kind with its application, its count and a sentence, the worst first', async () => {
    await sql`
      UPDATE applications SET idm_state = 'paused', idm_reason = '{"code": "unauthorized", "message": "The token was rejected.", "at": "2026-11-03T08:00:00+00:00"}'
      WHERE id = ${ids.paused}`.execute(db);
    await sql`
      WITH hold AS (
        INSERT INTO holds (id, application_id, state, reason, detail)
        VALUES (gen_random_uuid(), ${ids.held}, 'open', 'Many.', '{}') RETURNING id)
      INSERT INTO pending (application_id, kind, subject_id, priority, hold_id)
      SELECT ${ids.held}::uuid, 'user', gen_random_uuid(), 0, id FROM hold, generate_series(1, 3)`.execute(
      db,
    );
    await sql`
      INSERT INTO holds (id, application_id, state, reason, detail)
      VALUES (gen_random_uuid(), ${ids.held}, 'rejected', 'Few.', '{}')`.execute(db);
    await link(ids.failed, { code: 'x', message: 'No.', retrying: false }, null);
    await link(ids.failed, { code: 'x', message: 'Later.', retrying: true }, null);
    await link(ids.failed, null, {
      code: 'identifier-not-accepted',
      message: 'Decide.',
      sent: 'a',
      kept: 'b',
    });
    await refuseThree(db, ids.failed);
    await sql`UPDATE applications SET sso = '{"enabled": true}' WHERE id = ${ids.signed}`.execute(db);
    await certificate(ids.signed, 'current', 30);
    await certificate(ids.signed, 'retired', 1);
    await certificate(ids.paused, 'current', 1);
    await delay(ids.delayed, 'group', 30);
    await cannotBeRead(ids.unread, 1);
    expect(await read()).toMatchObject({ total: 5 });
    await cannotBeRead(ids.unread, 20);
    await delay(ids.delayed, 'group', 90);
    await delay(ids.delayed, 'group', 120);
    for (const id of [ids.unread, ids.delayed])
      expect((await api.call('GET', `/applications/${id}/status`)).body).toMatchObject({
        condition: 'failing',
      });
    expect(await read()).toMatchObject({
      total: 7,
      items: [
        {
          kind: 'paused',
          application: { id: ids.paused, label: 'Paused' },
          sentence: 'The connection of Paused is paused, and nothing is sent. The token was rejected.',
          count: 1,
          since: '2026-11-03T08:00:00.000Z',
        },
        {
          kind: 'unread',
          application: { id: ids.unread },
          sentence:
            'What Unread holds could not be read since the address or the token was changed, and nothing is sent before it is. It cannot be reached.',
        },
        {
          kind: 'delayed',
          application: { id: ids.delayed },
          among: 'group',
          sentence:
            '2 records have failed to be sent to Delayed for more than an hour, and are tried again. It is down.',
        },
        {
          kind: 'held',
          application: { id: ids.held },
          count: 3,
          sentence: '3 deactivations wait in Held for your approval.',
        },
        { kind: 'choice', application: { id: ids.failed }, count: 1 },
        // The account, and of the refused memberships the one that is still wanted.
        { kind: 'failed', application: { id: ids.failed }, count: 2, among: 'user' },
        {
          kind: 'certificate',
          application: { id: ids.signed, label: 'Signed' },
          sentence: expect.stringContaining('expires in 30 days') as string,
        },
      ],
    });
  });
});

const now = new Date('2026-11-26T12:00:00Z');
const need: Need = {
  kind: 'held',
  application: { id: '1', label: 'Segment' },
  count: 1,
  since: now,
  reason: null,
  among: null,
};

test.each<[Partial<Need>, string]>([
  [{}, '1 deactivation waits in Segment for your approval.'],
  [{ kind: 'failed' }, '1 record of Segment was refused. Each says why, and what to do about it.'],
  [{ kind: 'paused' }, 'The connection of Segment is paused, and nothing is sent.'],
  [
    { kind: 'choice', count: 2 },
    '2 accounts of Segment kept another user name: keep it, or move to the new one.',
  ],
  [
    { kind: 'inventory', reason: 'It shows too little.' },
    'The last reading of what Segment holds could not be used. It shows too little.',
  ],
  [
    { kind: 'certificate' },
    'The signing certificate of Segment has expired. Make a new one and give it to the application.',
  ],
])('%j is said in words', (change, words) => {
  expect(needInWords({ ...need, ...change }, now)).toBe(words);
});
