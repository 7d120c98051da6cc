/** The audit trail: every act leaves its entry, nothing else does, and nobody changes it unnoticed. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hasWords } from '../../src/access/act-words.ts';
import { createApiKey } from '../../src/store/api-keys.ts';
import { createPasskey } from '../../src/store/factors.ts';
import { createSession } from '../../src/store/sessions.ts';
import { verifyAudit } from '../../src/store/verify-audit.ts';
import { caller, made, startApi, type Answer } from '../support/api.ts';
import { runCli } from '../support/cli.ts';
import { databaseKinds } from '../support/database.ts';
import { importer } from '../support/imports.ts';
import { routeTable } from '../support/routes.ts';
import { spMetadata } from '../support/saml.ts';
import { startScene, until } from '../support/scene.ts';
import { readSso } from '../support/sign-on.ts';
import { SSO_ENABLED } from '../support/sso.ts';

/** Those that a key may do; what people do for themselves is in audit-people.test.ts. */
const routes = await routeTable();
const acts = routes.flatMap(({ config, method, url }) =>
  typeof config.audit === 'string' && config.allow !== 'self' && config.allow !== 'public'
    ? [[`${method} ${url.replace('/api/v1', '')}`, config.audit] as const]
    : [],
);

const entrySchema = z.looseObject({
  seq: z.number(),
  action: z.string(),
  origin: z.looseObject({ requestId: z.string() }),
});
const listSchema = z.object({
  items: z.array(entrySchema),
  nextCursor: z.string().nullable(),
  total: z.number(),
});
const idSchema = z.looseObject({ id: z.string() });

type List = (query?: string) => Promise<z.infer<typeof listSchema>>;
const reader =
  (call: (method: 'GET', path: string) => Promise<Answer>): List =>
  async (query = '') =>
    listSchema.parse((await call('GET', `/audit${query}`)).body);

test.each(routes.flatMap(({ config: { audit } }) => audit ?? []))('%s has its words', (action) => {
  expect(hasWords(action)).toBe(true);
});

describe.each(databaseKinds)('every act, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at } = scene;
  const { db } = scene.rollcall.database;
  const list = reader(api);
  const post = (path: string, body?: unknown) => api('POST', path, body);
  const create = (path: string, body: unknown) => made({ call: api }, path, body);
  await scene.activate();
  const people = await Promise.all(['ada', 'bea', 'cyd', 'dan', 'eva'].map((name) => scene.user(name)));
  const [ada = '', bea = '', cyd = '', dan = ''] = people;
  const staff = await scene.boundGroup('Staff', people);
  await scene.idle();

  async function hold(user: string): Promise<string> {
    await api('PATCH', at('/identity-management'), { threshold: { number: 0, percent: 1 } });
    await api('PATCH', `/users/${user}`, { state: 'suspended' });
    const open = async (): Promise<unknown[]> =>
      z.looseObject({ items: z.array(z.unknown()) }).parse((await api('GET', at('/holds?state=open'))).body)
        .items;
    await until('a hold', async () => (await open()).length > 0);
    return idSchema.parse((await open())[0]).id;
  }

  const certificate = async (state: string): Promise<string> => {
    const { certificates } = (await readSso(scene.rollcall, scene.applicationId)).identityProvider;
    return certificates.find((one) => one.state === state)?.id ?? '';
  };

  async function undecided(): Promise<void> {
    await api('PATCH', `/users/${bea}`, { username: 'beatrice@acme.test', email: 'beatrice@acme.test' });
    await scene.idle();
  }

  async function session(): Promise<string> {
    const limits = { idleSeconds: 60, maxSeconds: 60 };
    const from = { address: '192.0.2.7', userAgent: 'Firefox' };
    return (await createSession(db, { userId: ada, methods: ['password'], ...limits, ...from })).id;
  }

  /** One of each, in an order in which all succeed. */
  const examples: Readonly<Record<string, () => Promise<Answer>>> = {
    'POST /users': () => post('/users', { username: 'fay' }),
    'POST /users/bulk': () => post('/users/bulk', { users: [{ username: 'gus' }, { username: 'hal' }] }),
    'PATCH /users/:id': () => api('PATCH', `/users/${ada}`, { lastname: 'Lovelace' }),
    'DELETE /users/:id': async () => api('DELETE', `/users/${await create('/users', { username: 'ian' })}`),
    'POST /groups': () => post('/groups', { name: 'Guests' }),
    'PATCH /groups/:id': () => api('PATCH', `/groups/${staff}`, { description: 'Everybody' }),
    'DELETE /groups/:id': async () => api('DELETE', `/groups/${await create('/groups', { name: 'Brief' })}`),
    'POST /groups/:id/members': () => post(`/groups/${staff}/members`, { remove: [people[4]] }),
    'POST /applications': () => post('/applications', { connector: 'segment', label: 'Second' }),
    'PATCH /applications/:id': () => api('PATCH', at(''), { description: 'For marketing' }),
    'DELETE /applications/:id': async () =>
      api('DELETE', `/applications/${await create('/applications', { connector: 'segment' })}`),
    'POST /applications/delete': async () =>
      post('/applications/delete', {
        ids: [await create('/applications', { connector: 'segment' })],
        confirm: 1,
      }),
    'POST /applications/:id/groups': async () =>
      post(at('/groups'), { add: [await create('/groups', { name: 'Bound' })] }),
    'PUT /applications/:id/sso': () => api('PUT', at('/sso'), { ...SSO_ENABLED, defaultRelayState: 'home' }),
    'PUT /applications/:id/sso/service-provider-metadata': () =>
      api('PUT', at('/sso/service-provider-metadata'), undefined, {
        raw: spMetadata('https://sp.test'),
        headers: { 'content-type': 'application/xml' },
      }),
    'POST /applications/:id/sso/certificates': () => post(at('/sso/certificates')),
    'POST /applications/:id/sso/certificates/:certificateId/activate': async () =>
      post(at(`/sso/certificates/${await certificate('next')}/activate`)),
    'DELETE /applications/:id/sso/certificates/:certificateId': async () =>
      api('DELETE', at(`/sso/certificates/${await certificate('retired')}`)),
    'POST /applications/:id/sync': () => post(at('/sync'), { user: ada }),
    'POST /applications/:id/users/:userId/retry': () => post(at(`/users/${ada}/retry`)),
    'POST /applications/:id/linked-groups/:groupId/retry': () => post(at(`/linked-groups/${staff}/retry`)),
    'POST /applications/:id/apply': async () => {
      await scene.idle();
      const plan = z.looseObject({ checksum: z.string() }).parse((await api('GET', at('/plan'))).body);
      return post(at('/apply'), { checksum: plan.checksum });
    },
    'POST /applications/:id/users/:userId/choose': async () => {
      await undecided();
      return post(at(`/users/${bea}/choose`), { choice: 'keep' });
    },
    'POST /applications/:id/holds/:holdId/reject': async () => post(at(`/holds/${await hold(cyd)}/reject`)),
    'POST /applications/:id/holds/:holdId/approve': async () => post(at(`/holds/${await hold(dan)}/approve`)),
    'POST /applications/:id/imports': async () => {
      const imports = importer(scene);
      await imports.holds('stranger@acme.test', 'S'.repeat(201));
      await imports.read();
      return post(at('/imports'), { all: true, new: true });
    },
    'POST /applications/:id/imports/:importId/retry': async () => {
      const { items } = z.object({ items: z.array(idSchema) }).parse((await api('GET', at('/imports'))).body);
      return post(at(`/imports/${items[0]?.id ?? ''}/retry`), {});
    },
    'POST /applications/:id/imports/:importId/cancel': async () => {
      const { items } = z.object({ items: z.array(idSchema) }).parse((await api('GET', at('/imports'))).body);
      await sql`UPDATE imports SET state = 'running'`.execute(scene.rollcall.database.db);
      return post(at(`/imports/${items[0]?.id ?? ''}/cancel`));
    },
    'POST /applications/:id/identity-management/resume': async () => {
      await scene.idle();
      await sql`UPDATE applications SET idm_state = 'paused'`.execute(scene.rollcall.database.db);
      return post(at('/identity-management/resume'));
    },
    'POST /applications/:id/identity-management/deactivate': () =>
      post(at('/identity-management/deactivate')),
    'PATCH /applications/:id/identity-management': async () =>
      api('PATCH', at('/identity-management'), { token: await scene.newToken(), groupManagement: false }),
    'POST /applications/:id/identity-management/activate': () => post(at('/identity-management/activate')),
    'POST /users/:id/password-reset': () => post(`/users/${ada}/password-reset`, { deliver: 'link' }),
    'DELETE /users/:id/factors/:factorId': async () => {
      const passkey = { label: 'Key', publicKey: new Uint8Array(1), signCount: 0, transports: [] };
      const own = { ...passkey, userId: ada, credentialId: 'ada' };
      return api('DELETE', `/users/${ada}/factors/${await createPasskey(db, own)}`);
    },
    'DELETE /users/:id/sessions/:sessionId': async () =>
      api('DELETE', `/users/${ada}/sessions/${await session()}`),
    'DELETE /users/:id/sessions': async () => {
      await session();
      return api('DELETE', `/users/${ada}/sessions`);
    },
    'PUT /administrators/:userId': () => api('PUT', `/administrators/${ada}`, { role: 'manager' }),
    'DELETE /administrators/:userId': () => api('DELETE', `/administrators/${ada}`),
    'POST /settings/mail/test': () => post('/settings/mail/test', { to: 'ada@acme.test' }),
    'POST /api-keys': () => post('/api-keys', { name: 'ci', role: 'read-only' }),
    'DELETE /api-keys/:id': async () =>
      api('DELETE', `/api-keys/${await create('/api-keys', { name: 'brief' })}`),
  };

  test('there is an example of each', () => {
    expect(Object.keys(examples).sort()).toEqual(acts.map(([route]) => route).sort());
  });

  const inOrder = Object.entries(examples);
  test.each(inOrder)(
    '%s leaves one entry, which says who, from where and to whom',
    async (route, example) => {
      const answer = await example();
      expect({ status: answer.status < 300, body: answer.body }).toMatchObject({ status: true });
      const { items } = await list('?limit=100');
      const own = items.filter(({ origin }) => origin.requestId === answer.headers['x-request-id']);
      expect(own).toEqual([
        expect.objectContaining({
          action: acts.find(([name]) => name === route)?.[1],
          actor: { kind: 'key', id: expect.any(String) as unknown, name: 'api key ROLLCALL_API_KEY' },
          origin: expect.objectContaining({ address: '127.0.0.1' }) as unknown,
          subject: expect.objectContaining({ name: expect.stringMatching(/./) as unknown }) as unknown,
        }),
      ]);
    },
  );

  test('what came before and after is told, and no secret', async () => {
    const { items } = await list('?limit=1000');
    const last = (action: string) => items.find((entry) => entry.action === action);
    expect(last('user.imported')).toBeUndefined();
    expect(last('users.imported')).toMatchObject({
      subject: { id: null, name: '2 users' },
      after: { created: 2 },
    });
    expect(items.filter(({ action }) => action === 'user.updated').at(-1)).toMatchObject({
      subject: { kind: 'user', id: ada },
      before: { lastname: 'Test' },
      after: { lastname: 'Lovelace' },
    });
    expect(last('application.connectionChanged')).toMatchObject({
      before: { groupManagement: true, tokenReplaced: false },
      after: { groupManagement: false, tokenReplaced: true },
    });
    expect(last('role.given')).toMatchObject({
      subject: { kind: 'user', id: ada },
      before: null,
      after: { role: 'manager' },
    });
    expect(last('hold.approved')).toMatchObject({
      before: { state: 'open' },
      after: { state: 'approved', users: 1 },
    });
    const keys = await sql<{ hash: string }>`SELECT encode(hash, 'hex') AS hash FROM api_keys`.execute(
      scene.rollcall.database.db,
    );
    for (const { hash } of keys.rows) expect(JSON.stringify(items)).not.toContain(hash);
    expect(JSON.stringify(items)).not.toMatch(/rc_[\w-]{20}/);
  });

  test('members who joined or left, and groups that were bound or unbound, are named where they are few', async () => {
    const sales = await create('/groups', { name: 'Sales' });
    const service = await create('/groups', { name: 'Service' });
    const newest = async () => (await list('?limit=1')).items[0];
    await post(`/groups/${sales}/members`, { add: [cyd, bea] });
    expect(await newest()).toMatchObject({
      subject: { id: sales },
      after: {
        added: 2,
        removed: 0,
        joined: [
          { id: bea, name: 'beatrice@acme.test' },
          { id: cyd, name: 'cyd@acme.test' },
        ],
      },
    });
    await post(`/groups/${sales}/members`, { add: [dan], remove: [cyd] });
    expect(await newest()).toMatchObject({
      after: { joined: [{ id: dan }], left: [{ id: cyd, name: 'cyd@acme.test' }] },
    });
    await post(at('/groups'), { add: [sales] });
    expect(await newest()).toHaveProperty('after', {
      added: 1,
      removed: 0,
      bound: [{ id: sales, name: 'Sales' }],
    });
    await post(at('/groups'), { add: [service], remove: [sales] });
    expect(await newest()).toMatchObject({ after: { bound: [{ id: service }], unbound: [{ id: sales }] } });
    const crowd = await Promise.all(Array.from({ length: 21 }, (_, of) => scene.user(`crowd-${of}`)));
    await post(`/groups/${sales}/members`, { add: crowd, remove: [dan] });
    expect(await newest()).toHaveProperty('after', {
      added: 21,
      removed: 1,
      left: [{ id: dan, name: 'dan@acme.test' }],
    });
  });

  test('many users at once who do no more than join groups are told of, and whoever is in them already is not', async () => {
    const crew = await create('/groups', { name: 'Crew' });
    await create('/groups', { name: 'Ship' });
    await post(`/groups/${crew}/members`, { add: [bea] });
    const users = [
      { username: 'beatrice@acme.test', groups: ['Crew'] },
      { username: 'cyd@acme.test', groups: ['Crew', 'Ship'] },
    ];
    const { total } = await list();
    await post('/users/bulk?existing=update', { users });
    const { items, total: after } = await list('?limit=1');
    expect(after).toBe(total + 1);
    expect(items[0]).toMatchObject({
      action: 'users.imported',
      subject: { name: '1 user' },
      after: { created: 0, updated: 0, unchanged: 2, joined: 2 },
    });
    await post('/users/bulk?existing=update', { users });
    expect((await list()).total).toBe(after);
  });

  test('what changes nothing, or is refused, leaves none', async () => {
    const { total } = await list();
    await api('PATCH', `/users/${ada}`, { lastname: 'Lovelace' });
    await post(`/groups/${staff}/members`, { add: [ada] });
    await post('/users/bulk?dryRun=true', { users: [{ username: 'zoe' }] });
    await post(at('/identity-management/test'));
    await post('/users', { username: 'ada@acme.test' });
    await post('/groups', { name: '' });
    expect((await list()).total).toBe(total);
  });
});

describe.each(databaseKinds)('the trail, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const { db } = api.database;
  const list = reader(api.call);
  const ada = await made(api, '/users', { username: 'ada' });
  await api.call('PATCH', `/users/${ada}`, { firstname: '=Ada' });
  const { key } = await createApiKey(db, { name: 'other', role: 'manager', expiresAt: null });
  const other = caller(api.url, key);
  await other('POST', '/groups', { name: 'Émigrés "quoted" ✓' });
  await other('PATCH', `/users/${ada}`, { lastname: '\u2028 Lovelace', attributes: { b: 1, a: 'x' } });

  test('is listed the newest first, page by page', async () => {
    const first = await list('?limit=3');
    expect(first.items.map(({ seq }) => seq)).toEqual([4, 3, 2]);
    const rest = await list(`?limit=3&cursor=${first.nextCursor ?? ''}`);
    expect(rest).toMatchObject({
      total: 4,
      nextCursor: null,
      items: [{ seq: 1, sentence: 'The API key "ROLLCALL_API_KEY" created the user "ada"' }],
    });
    expect((await api.call('GET', '/audit?cursor=nonsense')).status).toBe(400);
  });

  const future = encodeURIComponent('2999-01-01T00:00:00Z');
  test.each([
    ['action=user.updated', [4, 2]],
    [`actor=${encodeURIComponent('api key other')}`, [4, 3]],
    [`subject=${ada}`, [4, 2, 1]],
    [`subject=${ada}&action=user.created`, [1]],
    [`from=${future}`, []],
    [`to=${future}`, [4, 3, 2, 1]],
    ['search=QUOTED', [3]],
    ['search=100%25', []],
  ])('?%s', async (query, seqs) => {
    const { items, total } = await list(`?${query}`);
    expect(items.map(({ seq }) => seq)).toEqual(seqs);
    expect(total).toBe(seqs.length);
  });

  test('is a file for a spreadsheet, which runs nothing in it', async () => {
    const { body, headers } = await api.call('GET', '/audit?format=csv&action=user.updated');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(String(body)).toMatch(/^seq,at,actor,action,kind,subject,before,after,/);
    expect(String(body)).toContain('"{""firstname"":""=Ada""}"');
    expect(String(body).trimEnd().split('\r\n')).toHaveLength(3);
  });

  test.each([
    `UPDATE audit SET content = '{}'`,
    'UPDATE audit SET seq = 9 WHERE seq = 1',
    'DELETE FROM audit',
    'DELETE FROM audit WHERE false',
    'TRUNCATE audit',
  ])('is only ever added to: %s', async (statement) => {
    await expect(sql.raw(statement).execute(db)).rejects.toThrow('The audit trail is only ever added to.');
  });

  test('has no gap and no fork where many write at once, and an act that fails takes no number', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `crowd-${at % 25}`);
    const answers = await Promise.all(names.map((username) => api.call('POST', '/users', { username })));
    const done = answers.filter(({ status }) => status === 201).length;
    expect(done).toBe(25);
    expect(await verifyAudit(db)).toMatchObject({ whole: true, entries: 4 + done, broken: null });
  });

  test('is verified by the doctor, who names the first entry that does not fit', async () => {
    const { env } = api.database;
    const doctor = () => runCli(['doctor', '--json', '--server', api.url, '--api-key', api.key], env);
    const finding = async (): Promise<unknown> => {
      const { findings } = z
        .object({ findings: z.array(z.looseObject({ check: z.string() })) })
        .parse(JSON.parse((await doctor()).out));
      return findings.find(({ check }) => check === 'Audit trail');
    };
    const { lastHash } = await verifyAudit(db);
    expect(await finding()).toMatchObject({
      level: 'ok',
      message: expect.stringContaining(lastHash) as unknown,
    });

    // Somebody with the database's own password, who knows of the triggers.
    const forge = async (statement: string): Promise<void> => {
      await sql.raw('ALTER TABLE audit DISABLE TRIGGER audit_keep').execute(db);
      await sql.raw(statement).execute(db);
      await sql.raw('ALTER TABLE audit ENABLE TRIGGER audit_keep').execute(db);
    };
    await forge(
      `UPDATE audit SET content = replace(content::text, 'Émigrés', 'Emigres')::json WHERE seq = 3`,
    );
    expect(await finding()).toMatchObject({
      level: 'problem',
      message: expect.stringContaining('entry 3 was changed after it was written') as unknown,
    });
    await forge('DELETE FROM audit WHERE seq = 2');
    expect(await finding()).toMatchObject({
      level: 'problem',
      message: expect.stringContaining('entry 2 is missing') as unknown,
    });
  });
});
