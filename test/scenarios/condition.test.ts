/** How applications stand, in a word and in counts, in one question. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

describe.each(databaseKinds)('how applications stand, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const { db } = api.database;
  const add = (label: string): Promise<string> => made(api, '/applications', { connector: 'scim2', label });
  const ids: string[] = [];
  for (const label of ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']) ids.push(await add(label));
  const [, paused, held, failing, working, , undecided, besides] = ids;
  await sql`UPDATE applications SET idm_state = 'active' WHERE label <> 'A'`.execute(db);
  await sql`UPDATE applications SET idm_state = 'paused' WHERE id = ${paused}`.execute(db);
  await sql`
    WITH hold AS (
      INSERT INTO holds (id, application_id, state, reason, detail)
      VALUES (gen_random_uuid(), ${held}, 'open', 'Many.', '{}') RETURNING id)
    INSERT INTO pending (application_id, kind, subject_id, priority, hold_id)
    SELECT ${held}::uuid, 'user', gen_random_uuid(), 0, id FROM hold`.execute(db);
  for (const id of [held, failing])
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, error)
      VALUES (${id}, 'user', gen_random_uuid(), 'x', 'x', 'active', '{"retrying": false}')`.execute(db);
  for (const id of [failing, undecided])
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, attention)
      VALUES (${id}, 'user', gen_random_uuid(), 'y', 'y', 'active', '{}')`.execute(db);
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, kept, drift) VALUES
      (${besides}, 'user', gen_random_uuid(), 'z', '1', 'active', true, NULL),
      (${besides}, 'user', gen_random_uuid(), 'z', '2', 'active', false, '{"missing": true}'),
      (${besides}, 'group', gen_random_uuid(), 'z', '3', 'active', false, '{"missing": true}')`.execute(db);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority)
    VALUES (${working}, 'user', gen_random_uuid(), 1)`.execute(db);

  test('each with its status, the worst that is so about it as its condition', async () => {
    expect((await api.call('GET', '/applications/status')).body).toMatchObject({
      total: 8,
      items: [
        { label: 'A', logo: null, status: { condition: 'inactive', idle: true } },
        { label: 'B', status: { condition: 'paused' } },
        { label: 'C', status: { condition: 'held', held: 1, failed: 1 } },
        { label: 'D', status: { condition: 'failing', failed: 1, users: { linked: 2, active: 2 } } },
        { label: 'E', status: { condition: 'working', pending: 1, idle: false } },
        { label: 'F', status: { condition: 'in-step', idle: true, kept: 0, drift: { users: 0, groups: 0 } } },
        { label: 'G', status: { condition: 'undecided', attention: 1, idle: true } },
        { label: 'H', status: { condition: 'in-step', kept: 1, drift: { users: 1, groups: 1 } } },
      ],
    });
  });

  test('in pages, sorted and searched as applications are', async () => {
    const page = (await api.call('GET', '/applications/status?sort=-label&limit=1')).body;
    expect(page).toMatchObject({ total: 8, items: [{ label: 'H' }] });
    expect((await api.call('GET', '/applications/status?search=e')).body).toMatchObject({
      total: 1,
      items: [{ label: 'E', status: { condition: 'working' } }],
    });
  });
});
