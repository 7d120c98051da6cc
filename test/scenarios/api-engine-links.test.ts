import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { detailOf, made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { anyText, listWith, textLike } from '../support/matchers.ts';
import { startScene, until } from '../support/scene.ts';

const pageSchema = z.looseObject({
  items: z.array(z.looseObject({ name: z.string() })),
  nextCursor: z.string().nullable(),
  total: z.number(),
});
type Scope = Record<string, string>;
const planSchema = z.looseObject({ checksum: z.string(), summary: z.record(z.string(), z.number()) });

describe.each(databaseKinds)('what an application holds, over HTTP, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at, control } = scene;
  const get = async (path: string) => (await api('GET', at(path))).body;
  const page = async (path: string) => pageSchema.parse(await get(path));
  const plan = async () => planSchema.parse(await get('/plan'));
  const post = (path: string, body?: unknown) => api('POST', at(path), body);
  const ids = new Map<string, string>();
  const id = (name: string): string => ids.get(name) ?? '';
  for (const name of ['ada', 'bea', 'cyd', 'dan', 'eva']) ids.set(name, await scene.user(name));
  const staff = await scene.boundGroup('Staff', [...ids.values()]);
  await scene.boundGroup('Editors', [id('ada'), id('bea')]);
  const empty = await scene.boundGroup('Empty', []);
  const user = (name: string, path = '') => get(`/users/${id(name)}${path}`);

  test('R47: a plan says what would be sent, for everything or for one record, and sends nothing', async () => {
    expect(await plan()).toMatchObject({
      summary: { createUser: 5, createGroup: 2, changeMembers: 2, takeOverGroup: 1 },
      truncated: false,
      steps: [
        { kind: 'createUser', subject: { kind: 'user', id: id('ada') } },
        ...Array.from({ length: 9 }, () => ({})),
      ],
    });
    expect(await get(`/plan?user=${id('ada')}`)).toMatchObject({
      steps: [{ values: { displayName: 'ada Test' } }],
    });
    expect(await get(`/plan?limit=1`)).toMatchObject({ steps: [{}], truncated: true });
    expect(await get(`/plan?kind=createUser&search=ADA`)).toMatchObject({
      steps: [{ kind: 'createUser', subject: { id: id('ada') } }],
      matching: 1,
      truncated: false,
    });
    expect((await scene.held()).members).toEqual([]);
    expect(await page('/users')).toMatchObject({ items: [], total: 0 });
  });

  test('users who wait are listed before anything is known of them', async () => {
    await control('PATCH', '/behaviour', { latencyMs: 300 });
    await scene.activate();
    const first = await page('/users?limit=2');
    expect(first).toMatchObject({
      total: 5,
      items: [{ name: 'ada Test (ada@acme.test)', userState: 'active' }, {}],
    });
    expect(await get('/status')).toMatchObject({ state: 'active', idle: false });
    await control('PATCH', '/behaviour', { latencyMs: 0 });
    await scene.idle();
  });

  test('the status counts what is there', async () => {
    expect(await get('/status')).toMatchObject({
      state: 'active',
      reason: null,
      pending: 0,
      inFlight: 0,
      held: 0,
      failed: 0,
      attention: 0,
      users: { linked: 5, active: 5 },
      groups: { linked: 2 },
      lastChangeAt: anyText,
      oldestPendingAt: null,
      idle: true,
    });
  });

  test('users are listed page by page, each once, with where they come from', async () => {
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const part = await page(`/users?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(part.total).toBe(5);
      names.push(...part.items.map((item) => item.name.slice(0, 3)));
      cursor = part.nextCursor;
    }
    expect(names).toEqual(['ada', 'bea', 'cyd', 'dan', 'eva']);
    expect(await user('ada')).toMatchObject({
      userId: id('ada'),
      username: 'ada@acme.test',
      state: 'active',
      remoteId: anyText,
      via: [{ name: 'Editors' }, { name: 'Staff' }],
      why: 'Assigned through Editors, Staff.',
      recentEvents: [{ operation: 'createUser', exchanges: [{ method: 'POST' }] }],
    });
    expect(await page('/users?search=BEA')).toMatchObject({ total: 1, items: [{ userId: id('bea') }] });
    expect(await page('/users?state=inactive')).toMatchObject({ total: 0 });
    const wrong = await api('GET', at('/users?cursor=nonsense'));
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'cursor' }] } });
  });

  test('groups are listed by name, with their members', async () => {
    expect(await page('/linked-groups')).toMatchObject({
      total: 3,
      items: [
        { name: 'Editors', state: 'active', members: { directory: 2, accepted: 2, refused: 0 } },
        { groupId: empty, state: 'absent', bound: true, remoteId: null },
        { groupId: staff, remoteName: 'Staff', members: { directory: 5, accepted: 5, refused: 0 } },
      ],
    });
    const first = await page('/linked-groups?limit=1');
    expect(await page(`/linked-groups?limit=1&cursor=${first.nextCursor ?? ''}`)).toMatchObject({
      items: [{ name: 'Empty' }],
    });
  });

  test("a user's applications, and through which groups", async () => {
    expect((await api('GET', `/users/${id('cyd')}/applications`)).body).toMatchObject({
      total: 1,
      items: [
        {
          label: 'Segment',
          connection: 'active',
          state: 'active',
          held: false,
          via: [{ id: staff, name: 'Staff' }],
          why: 'Assigned through Staff.',
        },
      ],
    });
  });

  test("a group's applications, and how it stands in each", async () => {
    const of = async (group: string) => (await api('GET', `/groups/${group}/applications`)).body;
    expect(await of(staff)).toMatchObject({
      total: 1,
      items: [
        {
          label: 'Segment',
          connection: 'active',
          state: 'active',
          remoteId: anyText,
          members: { directory: 5, accepted: 5, refused: 0 },
          why: 'Bound to the application.',
        },
      ],
    });
    expect(await of(empty)).toMatchObject({
      items: [
        {
          state: 'absent',
          why: 'Bound to the application. A group without members is not created there.',
        },
      ],
    });
    const apart = await made({ call: api }, '/groups', { name: 'Apart' });
    expect(await of(apart)).toMatchObject({ total: 0, items: [] });
  });

  test('a plan that has changed is not applied; the one that was seen is, and then there is none', async () => {
    const refused = await post('/apply', { checksum: 'seen long ago' });
    expect(refused.status).toBe(409);
    const { checksum, summary } = await plan();
    expect(summary).toEqual({});
    expect(await post('/apply', { checksum })).toMatchObject({
      status: 202,
      body: { checksum, summary: {} },
    });
    await scene.idle();
  });

  test('a sync looks again, with a body or without, but not for somebody whom nobody knows', async () => {
    for (const body of [undefined, {}, { user: id('ada') }, { group: staff }, { full: true }])
      expect((await post('/sync', body)).status).toBe(202);
    await scene.idle();
    expect(await get('/status')).toMatchObject({ lastInventoryAt: anyText });
    expect((await post('/sync', { users: [] })).status).toBe(400);
  });

  const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057';

  test.each([
    ['a plan', (scope: Scope) => api('GET', at(`/plan?${new URLSearchParams(scope).toString()}`))],
    ['a sync', (scope: Scope) => post('/sync', scope)],
    ['an apply', (scope: Scope) => post('/apply', { checksum: 'seen', ...scope })],
  ])('R49: %s of somebody whom nobody knows names the field', async (_what, ask) => {
    const refused = (path: string, words: string) => ({
      status: 404,
      body: { detail: `${path} ${words}: ${NOBODY}.`, errors: [{ path, message: `${words}: ${NOBODY}.` }] },
    });
    expect(await ask({ user: NOBODY })).toMatchObject(refused('user', 'is the id of no user'));
    expect(await ask({ group: NOBODY })).toMatchObject(
      refused('group', 'is the id of no group that is bound to this application or known there'),
    );
  });

  test('R44: a refused record and a refused member are found, with their reason, and tried again when asked', async () => {
    await control('PATCH', '/behaviour', {
      refuseUsers: ['fay@acme.test'],
      refuseMembers: ['eva@acme.test'],
    });
    const fay = await scene.user('fay');
    await scene.boundGroup('Trouble', [fay, id('eva')]);
    await scene.idle();
    expect(await get('/status')).toMatchObject({ failed: 2, idle: true });
    expect(await page('/users?trouble=true')).toMatchObject({
      total: 1,
      items: [{ userId: fay, state: 'absent', error: { status: 400, retrying: false, said: anyText } }],
    });
    expect(await page('/linked-groups?trouble=true')).toMatchObject({
      total: 1,
      items: [
        {
          name: 'Trouble',
          members: { refused: 1 },
          refusedMembers: [{ userId: id('eva'), error: { retrying: false } }],
        },
      ],
    });
    await control('PATCH', '/behaviour', { refuseUsers: [], refuseMembers: [] });
    const trouble = z
      .looseObject({ groupId: z.string() })
      .parse((await page('/linked-groups?search=trouble')).items[0]).groupId;
    expect(await post(`/users/${fay}/retry`)).toMatchObject({
      status: 202,
      body: { message: 'Looking at fay Test (fay@acme.test) again.' },
    });
    await scene.idle();
    expect((await post(`/linked-groups/${trouble}/retry`)).status).toBe(202);
    await scene.idle();
    expect(await get('/status')).toMatchObject({ failed: 0 });
    expect(await get(`/linked-groups/${trouble}`)).toMatchObject({
      members: { accepted: 2 },
    });
  });

  describe('R15: an account whose userName the application keeps', () => {
    const rename = async (name: string, username: string): Promise<void> => {
      await api('PATCH', `/users/${id(name)}`, { username, email: username });
      await scene.idle();
    };
    const choose = (name: string, body: unknown) => post(`/users/${id(name)}/choose`, body);

    test('asks for attention, and nothing is to be decided for anybody else', async () => {
      await rename('bea', 'beatrice@acme.test');
      expect(await user('bea')).toMatchObject({
        attention: { sent: 'beatrice@acme.test', kept: 'bea@acme.test' },
        notAccepted: listWith({
          path: 'userName',
          label: 'user name',
          sent: 'beatrice@acme.test',
          kept: 'bea@acme.test',
          chosen: false,
          sentence: 'Keeps its own user name "bea@acme.test", although "beatrice@acme.test" was sent.',
        }),
      });
      expect(await get('/status')).toMatchObject({ attention: 1 });
      const other = await choose('ada', { choice: 'keep' });
      expect(other.status).toBe(409);
      expect(detailOf(other)).toContain('nothing to decide');
      expect((await choose('bea', { choice: 'perhaps' })).status).toBe(400);
    });

    test('keep: the account stays, and nobody is asked again', async () => {
      expect(await choose('bea', { choice: 'keep' })).toMatchObject({
        status: 200,
        body: { choice: 'keep', message: textLike(/ keeps the old account, and nobody is asked again/) },
      });
      await post('/sync', {});
      await scene.idle();
      expect(await user('bea')).toMatchObject({ attention: null, notAccepted: [{ chosen: true }] });
      expect((await scene.held()).members.map((member) => member.userName)).toContain('bea@acme.test');
    });

    test('move: the old account is deactivated, the new one is made, groups with it', async () => {
      await rename('cyd', 'cydney@acme.test');
      expect(await choose('cyd', { choice: 'move' })).toMatchObject({
        status: 200,
        body: { choice: 'move', message: textLike(/ moves: the old account is deactivated/) },
      });
      await scene.idle();
      const { members, groups } = await scene.held();
      const names = members.map((member) => member.userName);
      expect(names).toContain('cydney@acme.test');
      expect(names).not.toContain('cyd@acme.test');
      expect(JSON.stringify(groups.find((group) => group.displayName === 'Staff'))).toContain(
        'cydney@acme.test',
      );
      expect(await user('cyd')).toMatchObject({
        attention: null,
        moving: false,
        state: 'active',
        notAccepted: [],
      });
    });
  });

  describe('R46: leavers whom the brake holds', () => {
    const leave = async (names: readonly string[]): Promise<string> => {
      for (const name of names) await api('PATCH', `/users/${id(name)}`, { state: 'suspended' });
      await until('a hold', async () => JSON.stringify(await get('/holds?state=open')).includes('"open"'));
      await scene.idle();
      return z
        .object({ id: z.string() })
        .loose()
        .parse(z.looseObject({ items: z.array(z.unknown()) }).parse(await get('/holds?state=open')).items[0])
        .id;
    };

    test('wait, and do not count as work; everybody is shown with the reason', async () => {
      await api('PATCH', at('/identity-management'), { threshold: { number: 0, percent: 1 } });
      const hold = await leave(['dan', 'eva']);
      expect(await get('/status')).toMatchObject({ held: 2, pending: 0, idle: true });
      expect(await get(`/holds/${hold}?limit=1`)).toMatchObject({
        id: hold,
        state: 'open',
        held: 2,
        decidedBy: null,
        users: {
          total: 2,
          nextCursor: anyText,
          items: [{ username: 'dan@acme.test', reason: 'suspended', cause: { action: 'user.updated' } }],
        },
      });
      expect(await get(`/holds/${hold}?search=eva`)).toMatchObject({
        users: { total: 1, items: [{ userId: id('eva') }] },
      });
      for (const [search, total] of [
        ['eva', 1],
        ['would%20be%20DEACTIVATED', 1],
        ['nobody', 0],
      ] as const)
        expect(await get(`/holds?search=${search}`)).toMatchObject({ total });
      expect(await user('dan')).toMatchObject({ held: true, holdId: hold, pending: false, state: 'active' });
      expect((await api('GET', `/users/${id('dan')}/applications`)).body).toMatchObject({
        items: [{ held: true }],
      });
    });

    test('rejected: their accounts stay; decided once', async () => {
      const hold = await leave([]);
      expect((await post(`/holds/${hold}/reject`)).body).toMatchObject({
        state: 'rejected',
        held: 0,
        decidedBy: textLike(/^api key/),
      });
      await scene.idle();
      expect(await user('dan')).toMatchObject({ held: false, kept: true, state: 'active' });
      expect(await get('/status')).toMatchObject({ kept: 2 });
      expect(await page('/users?kept=true&search=dan')).toMatchObject({ total: 1, items: [{ kept: true }] });
      expect(await page('/users?kept=true')).toMatchObject({ total: 2 });
      const again = await post(`/holds/${hold}/approve`);
      expect({ status: again.status, detail: detailOf(again) }).toEqual({
        status: 409,
        detail: 'This hold has been rejected already.',
      });
    });

    test('approved: they are deactivated', async () => {
      const hold = await leave(['ada']);
      const { held } = z.looseObject({ held: z.number() }).parse(await get(`/holds/${hold}`));
      const unseen = await post(`/holds/${hold}/approve`, { held: held + 1 });
      expect({ status: unseen.status, detail: detailOf(unseen) }).toEqual({
        status: 409,
        detail: textLike(/Nothing was decided: look at the list again\.$/),
      });
      expect(await get(`/holds/${hold}`)).toMatchObject({ state: 'open', held });
      expect((await post(`/holds/${hold}/approve`, { held })).body).toMatchObject({ state: 'approved' });
      await scene.idle();
      expect(await user('ada')).toMatchObject({ state: 'inactive', why: 'Suspended in the directory.' });
      expect(await page('/users?state=inactive')).toMatchObject({ total: 1, items: [{ userId: id('ada') }] });
    });

    test('closed by itself when everybody in it is back', async () => {
      const hold = await leave(['cyd']);
      await api('PATCH', `/users/${id('cyd')}`, { state: 'active' });
      await scene.idle();
      expect(await get(`/holds/${hold}`)).toMatchObject({
        state: 'closed',
        decidedBy: null,
        reason: textLike(/Nobody waits in it any more/),
        held: 0,
      });
      expect(await get('/holds?state=closed')).toMatchObject({ total: 1, items: [{ id: hold }] });
      const again = await post(`/holds/${hold}/approve`);
      expect({ status: again.status, detail: detailOf(again) }).toEqual({
        status: 409,
        detail: 'This hold has been closed already.',
      });
    });
  });

  test('R12: someone deleted from the directory is still shown where the account was', async () => {
    await api('DELETE', `/users/${id('ada')}`);
    await scene.idle();
    expect(await user('ada')).toMatchObject({
      username: null,
      name: 'ada Test (ada@acme.test)',
      why: 'Deleted from the directory.',
    });
    expect((await api('GET', at(`/users/01890a5d-ac96-774b-bcce-b302099a8057`))).status).toBe(404);
  });

  test('the figures of each application are at /metrics', async () => {
    const { body } = await request(`${scene.rollcall.url}/metrics`);
    const text = await body.text();
    const line = (name: string): string =>
      text.split('\n').find((each) => each.startsWith(`${name}{application="${scene.applicationId}"`)) ?? '';
    expect(line('rollcall_active')).toMatch(/ 1$/);
    expect(line('rollcall_pending')).toMatch(/ 0$/);
    expect(line('rollcall_oldest_pending_seconds')).toMatch(/label="Segment"} 0$/);
    expect(line('rollcall_held')).toMatch(/ 0$/);
  });
});

describe.each(databaseKinds)('holds, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at } = scene;
  const idSchema = z.looseObject({ id: z.string() });
  const names = ['ada', 'bea', 'cyd', 'dan', 'eva', 'fin', 'gil', 'hal'] as const;
  const users = new Map<string, string>();
  for (const name of names) users.set(name, await scene.user(name));
  const id = (name: (typeof names)[number]): string => users.get(name) ?? '';
  const staff = await scene.boundGroup('Staff', [...users.values()]);
  await scene.activate();
  await scene.idle();
  await api('PATCH', at('/identity-management'), { threshold: { number: 0, percent: 1 } });

  const openHold = async (): Promise<string | undefined> => {
    const { body } = await api('GET', at('/holds?state=open'));
    return z.looseObject({ items: z.array(idSchema) }).parse(body).items[0]?.id;
  };
  const held = async (leave: () => Promise<unknown>): Promise<string> => {
    await leave();
    await until('a hold', async () => (await openHold()) !== undefined);
    await scene.idle();
    return (await openHold()) ?? '';
  };
  const suspended = (...leavers: readonly (typeof names)[number][]): Promise<string> =>
    held(async () => {
      for (const name of leavers) await api('PATCH', `/users/${id(name)}`, { state: 'suspended' });
    });
  const decide = async (hold: string, decision: string): Promise<void> => {
    expect((await api('POST', at(`/holds/${hold}/${decision}`))).status).toBe(200);
    await scene.idle();
  };

  test('R48: made, decided and closed, each is in the log', async () => {
    await decide(await suspended('ada', 'bea'), 'reject');
    await decide(await suspended('cyd'), 'approve');
    await suspended('dan');
    await api('PATCH', `/users/${id('dan')}`, { state: 'active' });
    await scene.idle();
    const sentences = async (operation: string): Promise<string> => {
      const found = await api('GET', `/events?application=${scene.applicationId}&operation=${operation}`);
      return JSON.stringify(found.body);
    };
    expect(await sentences('holdLeavers')).toContain('Held 1 deactivation: ');
    expect(await sentences('approveHold')).toContain('Approved 1 deactivation that');
    expect(await sentences('rejectHold')).toContain('Rejected 2 deactivations that');
    expect(await sentences('closeHold')).toContain('Closed a hold, because nobody waits in it any more');
  });

  test('R46: they, and who is in them and why, come in pages, each once', async () => {
    const hold = await held(async () => {
      await api('PATCH', `/users/${id('eva')}`, { state: 'staged' });
      await api('POST', `/groups/${staff}/members`, { remove: [id('fin')] });
      await api('DELETE', `/users/${id('gil')}`);
    });
    await until('all of them', async () =>
      JSON.stringify((await api('GET', at(`/holds/${hold}`))).body).includes('"held":3'),
    );
    const people: unknown[] = [];
    const pageOfUsers = z.looseObject({
      users: z.looseObject({ items: z.array(z.unknown()), nextCursor: z.string().nullable() }),
    });
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await api('GET', at(`/holds/${hold}?limit=1${query}`));
      const { items, nextCursor } = pageOfUsers.parse(body).users;
      people.push(...items);
      cursor = nextCursor;
    }
    expect(people).toMatchObject([
      { userId: id('eva'), reason: 'staged' },
      { userId: id('fin'), reason: 'unassigned' },
      { userId: id('gil'), reason: 'deleted', username: null },
    ]);
    await decide(hold, 'reject');
    const next = await suspended('hal');
    const pageOfHolds = z.looseObject({
      items: z.array(idSchema),
      nextCursor: z.string().nullable(),
      total: z.number(),
    });
    const first = pageOfHolds.parse((await api('GET', at('/holds?limit=1'))).body);
    const second = pageOfHolds.parse(
      (await api('GET', at(`/holds?limit=1&cursor=${first.nextCursor ?? ''}`))).body,
    );
    expect([...first.items, ...second.items].map((each) => each.id)).toEqual([next, hold]);
    await decide(next, 'reject');
  });

  test('R46: each is of one application, and is neither seen nor decided at another one', async () => {
    const hold = (await openHold()) ?? (await held(() => api('DELETE', `/users/${id('dan')}`)));
    const other = await made({ call: api }, '/applications', { connector: 'scim2', label: 'Other' });
    expect((await api('GET', `/applications/${other}/holds/${hold}`)).status).toBe(404);
    for (const decision of ['approve', 'reject'])
      expect((await api('POST', `/applications/${other}/holds/${hold}/${decision}`)).status).toBe(404);
    expect((await api('GET', at(`/holds/${hold}`))).body).toMatchObject({ state: 'open' });
    expect((await api('GET', `/applications/${other}/holds`)).body).toMatchObject({ total: 0 });
    await decide(hold, 'approve');
  });
});
