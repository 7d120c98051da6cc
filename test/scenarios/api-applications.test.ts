import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { segment } from '../../src/connectors/segment.ts';
import { writeSecret, readSecret, secretBox } from '../../src/store/secrets.ts';
import { detailOf, made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { textLike } from '../support/matchers.ts';

describe.each(databaseKinds)('applications, on the %s database', async (kind) => {
  const secrets = secretBox(Buffer.alloc(32, 7));
  const api = await startApi(kind, { secrets });
  const { db } = api.database;
  const add = (label: string, connector = 'segment') => made(api, '/applications', { connector, label });
  const idm = (id: string) => `/applications/${id}/identity-management`;
  const patch = (id: string, body: unknown) => api.call('PATCH', idm(id), body);
  const setState = (id: string, state: 'inactive' | 'active' | 'paused') =>
    db.updateTable('applications').set({ idm_state: state }).where('id', '=', id).execute();
  const marks = async (id: string): Promise<string[]> => {
    const rows = await db
      .deleteFrom('pending')
      .where('application_id', '=', id)
      .returning(['kind', 'whole'])
      .execute();
    return rows.map((row) => `${row.kind}${row.whole ? ' whole' : ''}`).sort();
  };

  test('R1: the catalog says what can be added, with what is known of it and how surely', async () => {
    const { body } = await api.call('GET', '/connectors');
    expect(body).toMatchObject({
      total: 2,
      items: [{ key: 'segment', token: { label: 'Token Key' } }, { key: 'scim2' }],
    });
    expect((await api.call('GET', '/connectors/segment')).body).toEqual({
      ...z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(segment))),
      logo: textLike(/^data:image\/svg\+xml;base64,/),
    });
  });

  test.each<
    [string, { from?: number; to?: number; lane?: string; state?: 'active' | 'paused' | 'inactive' }, string]
  >([
    ['from never', { from: 0, to: 24 }, '23 hours'],
    ['from never, of a paused one', { from: 0, to: 24, state: 'paused' }, '23 hours'],
    ['from never, of one that is off', { from: 0, to: 24, state: 'inactive' }, 'infinity'],
    ['to more often than it was read', { from: 24, to: 0.5, lane: '23 hours' }, '0'],
    ['to never', { from: 24, to: 0, lane: '23 hours' }, 'infinity'],
    ['to never where it was asked for', { from: 24, to: 0, lane: '-1 second' }, '-1 second'],
    ['to less often where it is to be tried again', { from: 24, to: 48, lane: '10 minutes' }, '10 minutes'],
    ['in nothing', { from: 24, to: 24, lane: '5 hours' }, '5 hours'],
  ])(
    'R16: how often a connection is read is changed %s, and it is read so from then on',
    async (what, { from = 24, to = 24, lane = 'infinity', state = 'active' }, expected) => {
      const id = await add('Read');
      await patch(id, { behaviour: { inventoryHours: from } });
      await setState(id, state);
      const error = what.includes('again') ? '{"code": "x", "message": "x", "retrying": true}' : null;
      await sql`UPDATE applications SET last_inventory_at = now() - interval '1 hour' WHERE id = ${id}`.execute(
        db,
      );
      await sql`
        UPDATE lanes SET inventory_error = ${error}::jsonb, inventory_due_at =
          CASE WHEN ${lane} = 'infinity' THEN 'infinity' ELSE now() + nullif(${lane}, 'infinity')::interval END
        WHERE application_id = ${id}`.execute(db);
      expect((await patch(id, { behaviour: { inventoryHours: to } })).status).toBe(200);
      const { rows } = await sql`
        SELECT CASE WHEN ${expected} = 'infinity' THEN inventory_due_at = 'infinity'
          ELSE abs(extract(epoch FROM inventory_due_at - now() - nullif(${expected}, 'infinity')::interval)) < 20 END AS right
        FROM lanes WHERE application_id = ${id}`.execute(db);
      expect(rows).toEqual([{ right: true }]);
    },
  );

  test('R49: a logo that is none is refused by name, and one that is one is kept', async () => {
    const id = await made(api, '/applications', { connector: 'segment', label: 'With a logo' });
    const logo = 'data:image/jpeg;base64,/9j/4A==';
    const patch = (value: unknown) => api.call('PATCH', `/applications/${id}`, { logo: value });
    expect(await patch(logo)).toMatchObject({ status: 200, body: { logo } });
    expect(await patch('data:image/svg+xml;base64,PHN2Zy8+')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'logo', message: textLike(/SVG is not taken/) }] },
    });
    expect(await patch(null)).toMatchObject({ status: 200, body: { logo: null } });
    await api.call('DELETE', `/applications/${id}`);
  });

  test('R1: an application is added, found, renamed, and begins without a connection', async () => {
    const id = await add('Analytics');
    expect((await api.call('GET', '/applications?search=analy')).body).toMatchObject({
      total: 1,
      items: [{ id }],
    });
    const renamed = await api.call('PATCH', `/applications/${id}`, { label: 'Product analytics' });
    expect(renamed.body).toMatchObject({
      label: 'Product analytics',
      identityManagement: { state: 'inactive' },
    });
    expect(
      await db.selectFrom('lanes').select('epoch').where('application_id', '=', id).execute(),
    ).toHaveLength(1);
    const described = { connector: 'segment', label: 'Described', description: 'For marketing' };
    const other = await made(api, '/applications', described);
    expect((await api.call('GET', `/applications/${other}`)).body).toMatchObject(described);
    const logo = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n', 'latin1').toString('base64')}`;
    await made(api, '/applications', { connector: 'segment', label: 'Drawn', logo });
    expect((await api.call('GET', '/audit?action=application.created&search=drawn')).body).toMatchObject({
      items: [{ after: { label: 'Drawn', logo: expect.stringMatching(/^image [0-9a-f]{12}$/) as string } }],
    });
    expect((await api.call('POST', '/applications', { connector: 'segment' })).body).toMatchObject({
      label: segment.name,
    });
    expect(await api.call('POST', '/applications', { connector: 'nope', label: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'connector' }] },
    });
  });

  describe('R4: the token', () => {
    test('is written, said to be set, and never read', async () => {
      const id = await add('Token');
      expect((await api.call('GET', idm(id))).body).toMatchObject({
        tokenSet: false,
        tokenLabel: 'Token Key',
      });
      const answer = await patch(id, { token: ' sgp_very-secret ' });
      expect(answer.body).toMatchObject({ tokenSet: true });
      for (const path of [idm(id), `/applications/${id}`, '/applications']) {
        expect(JSON.stringify((await api.call('GET', path)).body)).not.toContain('very-secret');
      }
      expect(JSON.stringify(answer)).not.toContain('very-secret');
      expect(await readSecret(db, secrets, `application/${id}/token`)).toBe('sgp_very-secret');
      const row = await db
        .selectFrom('secrets')
        .selectAll()
        .where('id', '=', `application/${id}/token`)
        .executeTakeFirstOrThrow();
      expect(row.ciphertext.toString('latin1')).not.toContain('very-secret');
    });

    test.each(['active', 'paused'] as const)(
      'cannot be changed while the connection is %s',
      async (state) => {
        const id = await add(`Token ${state}`);
        await patch(id, { token: 'first' });
        await setState(id, state);
        const refused = await patch(id, { token: 'second', groupManagement: false });
        expect(refused.status).toBe(409);
        expect(detailOf(refused)).toBe(
          `The token can be changed only while the connection is inactive, and it is ${state}: deactivate it, change the token, activate it again.`,
        );
        const moved = await patch(id, { baseUrl: 'https://elsewhere.example.com/scim' });
        expect(moved.status).toBe(409);
        expect(detailOf(moved)).toContain('The address can be changed only while the connection is inactive');
        const besides = await patch(id, { baseUrl: `${segment.baseUrl ?? ''}/elsewhere` });
        expect(besides.status).toBe(409);
        expect(detailOf(besides)).toContain('The address can be changed only while');
        expect((await patch(id, { baseUrl: `${segment.baseUrl ?? ''}/` })).status).toBe(200);
        expect(await readSecret(db, secrets, `application/${id}/token`)).toBe('first');
        expect((await api.call('GET', idm(id))).body).toMatchObject({ groupManagement: true });
      },
    );

    test('R4: goes to no other host than the one that it was given for', async () => {
      const id = await add('Token and address');
      await patch(id, { token: 'first', baseUrl: 'https://one.example.com/scim' });
      const moved = await patch(id, { baseUrl: 'https://two.example.com/scim' });
      expect(moved.status).toBe(409);
      expect(detailOf(moved)).toContain('Give the token of the new address in the same change.');
      expect((await patch(id, { baseUrl: null })).status).toBe(409);
      expect((await patch(id, { baseUrl: 'https://one.example.com:8443/scim' })).status).toBe(409);
      expect((await patch(id, { baseUrl: 'https://one.example.com/scim/v2' })).status).toBe(200);
      const both = { baseUrl: 'https://two.example.com/scim', token: 'second' };
      expect((await patch(id, both)).status).toBe(200);
    });

    test('may be given before the address, where the connector knows none', async () => {
      const id = await add('Token first', 'scim2');
      await patch(id, { token: 'first' });
      expect((await patch(id, { baseUrl: 'https://one.example.com/scim' })).status).toBe(200);
    });

    test.each([
      ['pasted with its scheme', 'Bearer abc-secret'],
      ['pasted with a line break', 'abc\nsecret'],
      ['empty', '  '],
    ])('%s is refused, and not repeated', async (what, token) => {
      const id = await add(`Bad token ${what}`);
      const refused = await patch(id, { token });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'token' }] } });
      expect(JSON.stringify(refused.body)).not.toContain('secret');
    });
  });

  describe('the connection', () => {
    test('shows what is in effect: the connector, and over it what was set; null takes it back', async () => {
      const id = await add('Settings');
      const set = await patch(id, {
        threshold: { number: 5, percent: 1 },
        behaviour: { users: { update: 'patch' }, pageSize: 7 },
      });
      expect(set.body).toMatchObject({
        baseUrl: segment.baseUrl,
        threshold: { number: 5, percent: 1 },
        behaviour: { pageSize: 7, users: { ...segment.behaviour.users, update: 'patch' } },
        mapping: segment.behaviour.mapping,
      });
      const more = await patch(id, { behaviour: { users: { match: 'lookup' } } });
      expect(more.body).toMatchObject({
        behaviour: { pageSize: 7, users: { update: 'patch', match: 'lookup' } },
      });
      const back = await patch(id, { behaviour: null, threshold: null });
      expect(back.body).toMatchObject({
        threshold: { number: 25, percent: 20 },
        behaviour: { users: segment.behaviour.users },
      });
    });

    test("the mapping is the whole of it, and null is the connector's own", async () => {
      const id = await add('Mapping');
      const mapping = [
        { target: 'userName', label: 'Login', expression: 'user.email', required: true, format: 'email' },
      ];
      expect((await patch(id, { mapping })).body).toMatchObject({ mapping, mappingChanged: true });
      const kept = await patch(id, { behaviour: null });
      expect(kept.body).toMatchObject({ mapping, mappingChanged: true });
      expect((await patch(id, { mapping: null })).body).toMatchObject({
        mapping: segment.behaviour.mapping,
        mappingChanged: false,
      });
    });

    const row = (target: string, expression = 'user.email') => ({ target, expression, label: 'x' });
    test.each<[string, unknown, string]>([
      ['plain http', { baseUrl: 'http://scim.example.com' }, 'baseUrl'],
      ['another scheme', { baseUrl: 'ftp://scim.example.com' }, 'baseUrl'],
      ['no address', { baseUrl: 'scim.example.com' }, 'baseUrl'],
      ['a password in the address', { baseUrl: 'https://a:b@scim.example.com' }, 'baseUrl'],
      ['a user name in the address', { baseUrl: 'https://a@scim.example.com' }, 'baseUrl'],
      ['a query in the address', { baseUrl: 'https://scim.example.com/?x=1' }, 'baseUrl'],
      ['a fragment in the address', { baseUrl: 'https://scim.example.com/#x' }, 'baseUrl'],
      [
        'R12: what the application never does',
        { behaviour: { users: { deprovision: 'delete' } } },
        'behaviour.users.deprovision',
      ],
      ['an expression that is none', { mapping: [row('userName', 'user.email +')] }, 'mapping[0].expression'],
      [
        'an expression that could take for ever',
        { mapping: [row('userName', 'user.email.matches("a")')] },
        'mapping[0].expression',
      ],
      [
        'a target that is no path',
        { mapping: [row('userName'), row('emails[type eq')] },
        'mapping[1].target',
      ],
      ['a password mapped', { mapping: [row('userName'), row('password')] }, 'mapping[1].target'],
      ['a target twice', { mapping: [row('userName'), row('USERNAME')] }, 'mapping[1].target'],
      ['no userName', { mapping: [row('displayName')] }, 'mapping'],
      ['an empty mapping', { mapping: [] }, 'mapping'],
      [
        'a rate of nothing',
        { behaviour: { rate: { requestsPerSecond: 0 } } },
        'behaviour.rate.requestsPerSecond',
      ],
      ['an unknown behaviour', { behaviour: { users: { magic: true } } }, 'behaviour.users.magic'],
      ['a share over a hundred', { threshold: { number: 1, percent: 101 } }, 'threshold.percent'],
      ['an unknown field', { tokens: 'x' }, 'tokens'],
    ])('R49: %s is refused by name', async (what, body, path) => {
      const id = await add(`Bad ${what}`);
      const before = (await api.call('GET', idm(id))).body;
      const refused = await patch(id, body);
      const { errors } = z
        .looseObject({ errors: z.array(z.object({ path: z.string() })) })
        .parse(refused.body);
      expect({ status: refused.status, paths: errors.map((error) => error.path) }).toMatchObject({
        status: 400,
        paths: [path],
      });
      expect((await api.call('GET', idm(id))).body).toEqual(before);
    });

    test('a base URL of plain http is refused with the setting that allows it', async () => {
      expect((await patch(await add('Plain'), { baseUrl: 'http://127.0.0.1:8090' })).body).toMatchObject({
        errors: [{ message: textLike(/start the server with ROLLCALL_ALLOW_PRIVATE_TARGETS=true\.$/) }],
      });
    });

    test('If-Match keeps two administrators apart', async () => {
      const id = await add('Two');
      const seen = { headers: { 'if-match': String((await api.call('GET', idm(id))).headers.etag) } };
      expect((await api.call('PATCH', idm(id), { groupManagement: false }, seen)).status).toBe(200);
      expect((await api.call('PATCH', idm(id), { groupManagement: true }, seen)).status).toBe(412);
    });

    test('a change of nothing leaves the version that others have read, and a token that is given does not', async () => {
      const id = await add('Unchanged');
      expect((await patch(id, {})).headers['etag']).toBe('"1"');
      const sso = { enabled: true, answers: { customerId: 'acme' } };
      await api.call('PUT', `/applications/${id}/sso`, sso);
      await patch(id, { groupManagement: false, threshold: { number: 5, percent: 50 } });
      const version = async () => (await api.call('GET', `/applications/${id}`)).headers['etag'];
      const before = await version();
      for (const [method, path, body] of [
        ['PATCH', '', {}],
        ['PATCH', '', { label: 'Unchanged', description: null }],
        ['PATCH', '/identity-management', {}],
        ['PATCH', '/identity-management', { groupManagement: false, threshold: { percent: 50, number: 5 } }],
        ['PATCH', '/identity-management', { mapping: null, baseUrl: null }],
        ['PUT', '/sso', sso],
      ] as const) {
        const answer = await api.call(method, `/applications/${id}${path}`, body);
        expect(answer).toMatchObject({ status: 200, headers: { etag: before } });
      }
      expect(await version()).toBe(before);
      await patch(id, { token: 'another' });
      expect(await version()).not.toBe(before);
    });

    test('groups are bound and unbound only where those are bound that If-Match names', async () => {
      const id = await add('Bound');
      const group = await made(api, '/groups', { name: 'Bound' });
      const other = await made(api, '/groups', { name: 'Bound too' });
      const path = `/applications/${id}/groups`;
      const tagOf = async (query = '') => String((await api.call('GET', `${path}${query}`)).headers.etag);
      const bind = (body: unknown, etag: string) =>
        api.call('POST', path, body, { headers: { 'if-match': etag } });
      const none = await tagOf();
      const bound = await bind({ add: [group] }, none);
      expect(bound.body).toEqual({ added: 1, removed: 0 });
      const seen = await tagOf('?all=true&search=too');
      expect(bound.headers.etag).toBe(seen);
      expect((await bind({ add: [other], remove: [group] }, seen)).body).toEqual({ added: 1, removed: 1 });
      expect(await bind({ remove: [other] }, seen)).toMatchObject({ status: 412 });
      expect((await api.call('GET', path)).body).toMatchObject({ items: [{ id: other }] });
      await api.call('DELETE', `/groups/${other}`);
      expect(await tagOf()).toBe(none);
      await api.call('DELETE', `/groups/${group}`);
    });
  });

  describe('what a change brings in line', async () => {
    const id = await add('Live');
    const group = await made(api, '/groups', { name: 'Live' });
    const other = await made(api, '/groups', { name: 'Other' });
    const user = await made(api, '/users', { username: 'live' });
    for (const each of [group, other]) await api.call('POST', `/groups/${each}/members`, { add: [user] });
    const bind = (body: unknown) => api.call('POST', `/applications/${id}/groups`, body);

    test('nothing while it is inactive', async () => {
      expect((await bind({ add: [group, group] })).body).toEqual({ added: 1, removed: 0 });
      await patch(id, { mapping: null, groupManagement: true });
      expect(await marks(id)).toEqual([]);
      await setState(id, 'active');
    });

    const mapping = [
      { target: 'userName', label: 'Login', expression: 'user.email', required: true, format: 'any' },
    ];
    test.each<[string, () => Promise<unknown>, string[]]>([
      ['a new mapping', () => patch(id, { mapping }), ['group whole', 'user']],
      ['the same mapping', () => patch(id, { mapping }), []],
      ['a new rate', () => patch(id, { behaviour: { rate: { concurrency: 2 } } }), []],
      ['R7: group management off', () => patch(id, { groupManagement: false }), []],
      ['R7: group management on again', () => patch(id, { groupManagement: true }), ['group whole', 'user']],
      ['a group bound', () => bind({ add: [other] }), ['group whole', 'user']],
      ['a group bound that is', () => bind({ add: [other] }), []],
      ['R24: a group unbound: its members only', () => bind({ remove: [other] }), ['user']],
    ])('%s', async (_what, change, expected) => {
      await change();
      expect(await marks(id)).toEqual(expected);
    });

    test('lists what is bound, and refuses a group that is not there', async () => {
      expect((await api.call('GET', `/applications/${id}/groups`)).body).toMatchObject({
        total: 1,
        items: [{ id: group, bound: true }],
      });
      expect((await api.call('GET', `/applications/${id}/groups?all=true`)).body).toMatchObject({
        total: 2,
        items: [
          { id: group, bound: true },
          { id: other, bound: false },
        ],
      });
      const refused = await bind({ add: [other, '01890a5d-ac96-774b-bcce-b302099a8057'] });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'add[1]' }] } });
      expect((await api.call('GET', `/applications/${id}/groups`)).body).toMatchObject({ total: 1 });
    });
  });

  describe('R6: deleting', () => {
    const ask = (ids: string[], confirm: unknown) =>
      api.call('POST', '/applications/delete', { ids, confirm });
    const exists = async (id: string): Promise<boolean> =>
      (await api.call('GET', `/applications/${id}`)).status === 200;

    test.each(['active', 'paused'] as const)(
      'is refused while a connection is %s; all stay',
      async (state) => {
        const [idle, busy] = [await add('Idle'), await add('Busy')];
        await setState(busy, state);
        const refused = [await ask([idle, busy], 2), await api.call('DELETE', `/applications/${busy}`)];
        for (const answer of refused) {
          expect(answer.status).toBe(409);
          expect(detailOf(answer)).toContain(`connection of "Busy" is ${state}`);
        }
        expect([await exists(idle), await exists(busy)]).toEqual([true, true]);
      },
    );

    test.each([0, 1, 3, '2', undefined])('needs the number typed: %s is not 2', async (confirm) => {
      const ids = [await add('One'), await add('Two')];
      expect(await ask(ids, confirm)).toMatchObject({ status: 400, body: { errors: [{ path: 'confirm' }] } });
      expect(await exists(ids[0] ?? '')).toBe(true);
    });

    test('R6: one that is named twice is one application', async () => {
      const id = await add('Twice');
      expect(await ask([id, id], 2)).toMatchObject({ status: 400, body: { errors: [{ path: 'confirm' }] } });
      expect(await ask([id, id], 1)).toMatchObject({ status: 200, body: { deleted: 1 } });
      expect(await exists(id)).toBe(false);
    });

    test('takes everything of the application along, and nothing of another', async () => {
      const [gone, stays] = [await add('Gone'), await add('Stays')];
      for (const id of [gone, stays]) {
        await writeSecret(db, secrets, `application/${id}/token`, 'x');
        await db
          .insertInto('links')
          .values({
            application_id: id,
            kind: 'user',
            subject_id: id,
            subject_name: 'x',
            state: 'active',
            remote_id: null,
            key: null,
          })
          .execute();
        await db
          .insertInto('pending')
          .values({ application_id: id, kind: 'user', subject_id: id, priority: 1, hold_id: null })
          .execute();
        await sql`INSERT INTO pending_members (application_id, group_id, user_id) VALUES (${id}, ${id}, ${id})`.execute(
          db,
        );
        await sql`INSERT INTO link_members (application_id, group_id, user_id) VALUES (${id}, ${id}, ${id})`.execute(
          db,
        );
        await sql`
          INSERT INTO remote_resources (application_id, kind, remote_id, key, representation, run)
          VALUES (${id}, 'user', 'x', 'x', '{}', ${id})`.execute(db);
        await sql`
          INSERT INTO holds (id, application_id, state, reason, detail) VALUES (${id}, ${id}, 'approved', 'x', '{}')`.execute(
          db,
        );
      }
      expect(await ask([gone], 1)).toMatchObject({ status: 200, body: { deleted: 1 } });
      expect(await exists(gone)).toBe(false);
      const tables = [
        'links',
        'link_members',
        'pending',
        'pending_members',
        'lanes',
        'remote_resources',
        'holds',
      ] as const;
      for (const table of tables) {
        const left = await db
          .selectFrom(table)
          .select('application_id')
          .where('application_id', 'in', [gone, stays])
          .execute();
        expect(left.map((each) => each.application_id)).toEqual([stays]);
      }
      const kept = await db.selectFrom('secrets').select('id').where('id', 'like', `%${gone}%`).execute();
      expect(kept).toEqual([]);
    });
  });
});
