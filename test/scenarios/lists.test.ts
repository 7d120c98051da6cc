/** Lists as a person sorts them: every order both ways, page by page, and read from an index where there are many. */
import { sql, type RawBuilder } from 'kysely';
import { describe, expect, test } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { giveRole } from '../../src/store/administrators.ts';
import { orderOf } from '../../src/store/order.ts';
import { transact } from '../../src/store/transact.ts';
import { userKeys, userSorts } from '../../src/store/user-list.ts';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

const pageSchema = z.object({
  items: z.array(z.record(z.string(), z.unknown())),
  nextCursor: z.string().nullable(),
  total: z.number(),
});
const problemSchema = z.looseObject({ errors: z.array(z.looseObject({ path: z.string() })) });

type Item = z.infer<typeof pageSchema>['items'][number];

const field = (name: string) => (item: Item) => item[name];
const lower = (name: string) => (item: Item) => z.string().nullable().parse(item[name])?.toLowerCase() ?? '';

describe.each(databaseKinds)('sorted lists, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const { database } = api;
  const { db } = database;
  const people = [
    ['carla', 'Zoe', 'Berg', 'active'],
    ['Ada', 'Ada', 'Lovelace', 'suspended'],
    ['bert', 'bert', 'berg', 'active'],
    ['dora', null, null, 'staged'],
    ['emil', 'Emil', 'Aas', 'active'],
  ] as const;
  const ids: string[] = [];
  for (const [username, firstname, lastname, state] of people)
    ids.push(await made(api, '/users', { username, firstname, lastname, state }));
  const groups: string[] = [];
  for (const name of ['Writers', 'editors', 'All']) groups.push(await made(api, '/groups', { name }));
  const [writers = '', , all = ''] = groups;
  await api.call('POST', `/groups/${all}/members`, { add: ids });
  await api.call('POST', `/groups/${writers}/members`, { add: ids.slice(0, 2) });
  const application = await made(api, '/applications', { connector: 'segment', label: 'Segment' });
  for (const label of ['segment', 'Archive']) await made(api, '/applications', { connector: 'scim2', label });
  await api.call('POST', `/applications/${application}/groups`, { add: groups });
  for (const name of ['robot', 'Backup']) await made(api, '/api-keys', { name });
  await transact(database, async (tx) => {
    await giveRole(tx, ids[0] ?? '', 'administrator');
    await giveRole(tx, ids[1] ?? '', 'read-only');
  });
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, updated_at)
    SELECT ${application}::uuid, 'user', id, firstname || ' ' || lastname || ' (' || username || ')', username, CASE state WHEN 'active' THEN 'active' ELSE 'inactive' END,
      now() - ascii(username) * interval '1 hour' FROM users WHERE state <> 'staged'`.execute(db);
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority)
    SELECT ${application}::uuid, 'user', id, 1 FROM users WHERE state = 'staged'`.execute(db);

  const read = async (path: string) => {
    const { status, body } = await api.call('GET', path);
    expect(status, JSON.stringify(body)).toBe(200);
    return pageSchema.parse(body);
  };

  async function pages(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await read(`${path}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  const at = `/applications/${application}`;
  const orders: [list: string, sort: string, valueOf: (item: Item) => unknown][] = [
    ['/users', 'username', lower('username')],
    ['/users', 'name', lower('lastname')],
    ['/users', 'state', field('state')],
    ['/users', 'createdAt', field('createdAt')],
    [`/groups/${all}/members`, 'name', lower('lastname')],
    ['/groups', 'name', lower('name')],
    ['/groups', 'memberCount', field('memberCount')],
    ['/groups', 'createdAt', field('createdAt')],
    [`${at}/groups`, 'memberCount', field('memberCount')],
    ['/applications', 'label', lower('label')],
    ['/applications', 'createdAt', field('createdAt')],
    [
      '/applications',
      'state',
      (item) => z.looseObject({ state: z.string() }).parse(item['identityManagement']).state,
    ],
    [`${at}/users`, 'added', field('userId')],
    [`${at}/users`, 'name', lower('name')],
    [`${at}/users`, 'state', field('state')],
    [`${at}/users`, 'updatedAt', (item) => item['updatedAt'] ?? ''],
    [`${at}/linked-groups`, 'name', lower('name')],
    [`${at}/linked-groups`, 'state', field('state')],
    [`${at}/linked-groups`, 'updatedAt', (item) => item['updatedAt'] ?? ''],
    ['/api-keys', 'createdAt', field('id')],
    ['/api-keys', 'name', lower('name')],
    ['/api-keys', 'lastUsedAt', (item) => item['lastUsedAt'] ?? ''],
    ['/administrators', 'username', lower('username')],
    ['/administrators', 'role', field('role')],
    ['/administrators', 'givenAt', field('givenAt')],
    ['/audit', 'at', field('seq')],
    ['/events', 'at', field('id')],
  ];

  const inOrder = (values: readonly unknown[]): unknown[] =>
    [...values].sort((one, other) =>
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : String(one).localeCompare(String(other), 'en'),
    );

  test.each([
    ['/users', 'username', 'ADA', ['Ada']],
    ['/users', 'username', 'ad', []],
    ['/groups', 'name', 'WRITERS', ['Writers']],
    ['/groups', 'name', 'Writer', []],
    ['/applications', 'label', 'SEGMENT', ['segment', 'Segment']],
  ])('%s, narrowed to the %s %s', async (list, name, text, found) => {
    const { items, total } = await read(`${list}?${name}=${text}`);
    expect(items.map(field(name)).sort()).toEqual([...found].sort());
    expect(total).toBe(found.length);
  });

  test('imports are searched by who started them', async () => {
    await sql`
      INSERT INTO imports (id, application_id, state, user_state, background, cause)
      SELECT gen_random_uuid(), ${application}::uuid, 'done', 'staged', false, jsonb_build_object('actor', actor)
      FROM unnest(ARRAY['Ada', 'bert']) AS actor`.execute(db);
    const { items, total } = await read(`${at}/imports?search=ADA`);
    expect({ names: items.map(field('startedBy')), total }).toEqual({ names: ['Ada'], total: 1 });
    expect(await read(`${at}/imports`)).toMatchObject({ total: 2 });
  });

  test.each(['sessions', 'factors'])('the %s of a user are a list like the others', async (what) => {
    const list = `/users/${ids[0] ?? ''}/${what}`;
    expect(await read(`${list}?limit=10&search=x`)).toEqual({ items: [], nextCursor: null, total: 0 });
    expect(await api.call('GET', `${list}?limit=0`)).toMatchObject({ status: 400 });
  });

  test.each(orders)('%s by %s, both ways, in pages as in one', async (list, sort, valueOf) => {
    const ascending = await read(`${list}?sort=${sort}`);
    const descending = await read(`${list}?sort=-${sort}`);
    const values = ascending.items.map(valueOf);
    expect(values).toEqual(inOrder(values));
    expect(descending.items).toEqual([...ascending.items].reverse());
    expect(await pages(`${list}?sort=${sort}`)).toEqual(ascending.items);
    expect(await pages(`${list}?sort=-${sort}`)).toEqual(descending.items);
    expect(ascending.total).toBe(ascending.items.length);
  });

  test.each([...new Set(orders.map(([list]) => list))])(
    'R49: %s names `sort` where it knows no such order, and `cursor` where it is of another one',
    async (list) => {
      const unknown = await api.call('GET', `${list}?sort=colour`);
      expect(unknown.status).toBe(400);
      expect(problemSchema.parse(unknown.body).errors).toMatchObject([{ path: 'sort' }]);
      const cursor = Buffer.from(JSON.stringify(['colour', 'x'])).toString('base64url');
      const other = await api.call('GET', `${list}?cursor=${cursor}`);
      expect(other.status).toBe(400);
      expect(problemSchema.parse(other.body).errors).toMatchObject([{ path: 'cursor' }]);
    },
  );

  test('a cursor whose values are none of ours is refused, and reaches no statement', async () => {
    const cursor = Buffer.from(JSON.stringify(['createdAt', 'never', 'ada'])).toString('base64url');
    const answer = await api.call('GET', `/users?sort=createdAt&cursor=${cursor}`);
    expect(answer.status).toBe(400);
  });
});

describe.each(databaseKinds)('lists of many, on the %s database', async (kind) => {
  const { db } = (await startApi(kind)).database;
  const application = '01890a5d-ac96-774b-bcce-b302099a8057';
  await sql`
    INSERT INTO users (id, username, firstname, lastname, state, created_at)
    SELECT gen_random_uuid(), 'user' || n, 'First' || n % 500, 'Last' || n % 3000, CASE WHEN n % 10 = 0 THEN 'suspended' ELSE 'active' END,
      now() - n * interval '1 minute' FROM generate_series(1, 20000) n`.execute(db);
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, state)
    SELECT ${application}::uuid, 'user', id, username, 'active' FROM users`.execute(db);
  await sql`ANALYZE users, links`.execute(db);

  async function planOf(query: RawBuilder<unknown>): Promise<string> {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`EXPLAIN ${query}`.execute(db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  const sorts = userSorts.flatMap((sort) => [sort, `-${sort}`] as const);
  test.each(sorts)('a page of users by %s comes from an index', async (sort) => {
    const { orderBy } = orderOf(userKeys('users'), sort, undefined);
    const plan = await planOf(sql`SELECT * FROM users ORDER BY ${orderBy} LIMIT 51`);
    expect(plan).toContain('Index');
    expect(plan).not.toMatch(/Seq Scan|Sort/);
  });

  test("a page of an application's users by name comes from an index", async () => {
    const plan = await planOf(sql`
      SELECT * FROM links WHERE application_id = ${application} AND kind = 'user' AND lower(subject_name) >= ''
      ORDER BY lower(subject_name), subject_id LIMIT 51`);
    expect(plan).toContain('links_name');
    expect(plan).not.toMatch(/Seq Scan|Sort/);
  });

  test('a link is looked up by its whole key, also while nothing is known of its application', async () => {
    const plan = await planOf(sql`
      SELECT * FROM links WHERE application_id = ${uuidv7()} AND kind = 'user' AND subject_id = ${uuidv7()}`);
    expect(plan).toContain('links_pkey');
  });
});
