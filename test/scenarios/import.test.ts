/** Importing people who are already in the application (R30–R34): the list, small imports, corrections. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { importBatch } from '../../src/store/import-batch.ts';
import { caller, made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { candidateList, importer, writesOf } from '../support/imports.ts';
import { startScene } from '../support/scene.ts';
import { listen } from '../support/sse.ts';

const IMPORTED = { state: 'imported', user: { managed: false } };

describe.each(databaseKinds)('import, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at } = scene;
  const imports = importer(scene);
  const create = (fields: object): Promise<string> => made({ call: api }, '/users', fields);

  test('R30: refused while the connection is inactive, and the list says that nobody has read it', async () => {
    const refused = await api('POST', at('/import/users/refresh'));
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('activate it first') as unknown },
    });
    expect(await imports.list()).toMatchObject({ items: [], total: 0, roster: { state: 'never' } });
  });

  test('R31: who everybody is, is not known before they were read: refused', async () => {
    expect(await api('POST', at('/imports'), { all: true })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('have not been read to the end yet') as unknown },
    });
    expect((await api('GET', at('/imports'))).body).toMatchObject({ total: 0 });
  });

  test('R30: lists everybody whom the application holds as new, matching, or imported', async () => {
    await scene.activate();
    await imports.holds('jan@acme.test', 'Jan van der Berg');
    await imports.holds('ada@acme.test', 'Ada Lovelace');
    await imports.holds('BEA@acme.test', 'Bea');
    for (let number = 0; number < 130; number += 1)
      await imports.holds(`many${number}@acme.test`, `Many ${number}`);
    const bea = await create({ username: 'bea', email: 'bea@acme.test' });
    const unread = await imports.list('?read=false');
    expect(unread).toMatchObject({ total: 0, roster: { state: 'never' } });
    const made = await api('POST', '/api-keys', { name: 'looks', role: 'read-only' });
    const looks = caller(scene.rollcall.url, z.object({ key: z.string() }).parse(made.body).key);
    expect((await looks('GET', at('/import/users'))).body).toMatchObject({
      total: 0,
      roster: { state: 'never' },
    });
    expect(await imports.list()).toMatchObject({ total: 133, roster: { state: 'read', seen: 133 } });
    expect(await imports.list('?search=jan')).toMatchObject({
      total: 1,
      items: [
        {
          userName: 'jan@acme.test',
          state: 'new',
          person: {
            username: 'jan@acme.test',
            email: 'jan@acme.test',
            firstname: 'Jan',
            lastname: 'van der Berg',
          },
          user: null,
          matches: [],
        },
      ],
    });
    expect((await imports.list('?search=bea')).items).toMatchObject([
      { userName: 'BEA@acme.test', state: 'matches', matches: [{ id: bea, username: 'bea', by: 'email' }] },
    ]);
    expect((await imports.list('?new=true')).total).toBe(132);
  });

  test('R30: pages and sorts the list, each user once', async () => {
    for (const sort of ['userName', '-userName', 'name', '-name']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await imports.list(`?limit=50&sort=${sort}${cursor}`);
        seen.push(...page.items.map(({ remoteId }) => remoteId));
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
      } while (cursor !== '');
      expect(new Set(seen).size).toBe(133);
      expect(seen).toHaveLength(133);
    }
  });

  test('R31, R32: makes and links, answers each row, tells the stream, and sends nothing to the application', async () => {
    const [jan, bea] = await imports.idsOf('jan@acme.test', 'BEA@acme.test');
    const stream = await listen(`${scene.rollcall.url}/api/v1/stream`, scene.rollcall.key);
    const writes = await writesOf(scene);
    const done = await imports.start({ remoteIds: [jan, bea], state: 'active' });
    expect(done).toMatchObject({
      state: 'done',
      background: false,
      counts: { total: 2, created: 1, linked: 1, failed: 0, waiting: 0 },
      results: [{ outcome: 'linked' }, { outcome: 'created' }],
    });
    await stream.heard('jan was imported', ({ data }) => JSON.stringify(data).includes('importUser'));
    stream.close();
    const user = await api('GET', `/users/${done.results?.[1]?.userId ?? ''}`);
    expect(user.body).toMatchObject({
      username: 'jan@acme.test',
      firstname: 'Jan',
      lastname: 'van der Berg',
      state: 'active',
    });
    expect((await imports.list('?search=jan')).items).toMatchObject([IMPORTED]);
    expect(await writesOf(scene)).toBe(writes);
  });

  test('R32: answers before it is done where nobody waits for it, and is done all the same', async () => {
    const remoteIds = await imports.idsOf('many5@acme.test', 'many6@acme.test');
    const begun = await imports.start({ remoteIds, wait: false });
    expect(begun).toMatchObject({ state: 'running', results: null, counts: { waiting: 2 } });
    expect(await imports.done(begun.id)).toMatchObject({ counts: { created: 2, waiting: 0 } });
  });

  test('R30: whoever was imported is not new, whatever they are called by now, and is found by what they are called there', async () => {
    const shown = (await imports.list('?search=van%20der%20berg')).items;
    expect(shown).toMatchObject([{ userName: 'jan@acme.test', ...IMPORTED }]);
    const jan = `/users/${shown[0]?.user?.id ?? ''}`;
    await api('PATCH', jan, { username: 'johannes', email: null });
    expect(await imports.list('?new=true&search=jan')).toMatchObject({ total: 0, importable: 0 });
    await api('PATCH', jan, { username: 'jan@acme.test', email: 'jan@acme.test' });
  });

  test('R31: everybody who is new, and nobody who is only like somebody', async () => {
    const like = await create({ username: 'many40@acme.test' });
    expect(await imports.list('?search=many4')).toMatchObject({ total: 11, importable: 11 });
    const made = await imports.start({ all: true, new: true, search: 'many4' });
    expect(made.counts).toMatchObject({ total: 10, created: 10, linked: 0 });
    expect((await imports.list('?search=many40')).items).toMatchObject([
      { state: 'matches', matches: [{ id: like, by: 'username' }] },
    ]);
  });

  test('R33: importing again makes nobody twice', async () => {
    const [jan] = await imports.idsOf('jan@acme.test');
    const again = await imports.start({ remoteIds: [jan, jan] });
    expect(again).toMatchObject({ counts: { total: 1, unchanged: 1, created: 0 } });
  });

  test('R33: many imports of the same people at once make each once', async () => {
    const remoteIds = (await imports.list('?search=many1&limit=40')).items.map(({ remoteId }) => remoteId);
    const all = await Promise.all(Array.from({ length: 4 }, () => imports.start({ remoteIds })));
    const created = all.reduce((sum, { counts }) => sum + counts.created, 0);
    expect(created).toBe(remoteIds.length);
    expect(all.every(({ counts }) => counts.failed === 0)).toBe(true);
  });

  test('R30: says how many of those it shows can be imported, and imports so many', async () => {
    const [many] = await imports.idsOf('many70@acme.test');
    expect(await imports.list('?search=many7')).toMatchObject({ total: 11, importable: 11 });
    await imports.start({ remoteIds: [many] });
    expect(await imports.list('?search=many7')).toMatchObject({ total: 11, importable: 10 });
    expect(await imports.list('?new=true&search=many7')).toMatchObject({ total: 10, importable: 10 });
    expect((await imports.start({ all: true, search: 'many7' })).counts).toMatchObject({
      total: 10,
      created: 10,
    });
    expect(await imports.list('?search=many7')).toMatchObject({ total: 11, importable: 0 });
  });

  test('R31: a row that cannot be used says why, the others go on, and corrected it is tried again', async () => {
    const [ada, many] = await imports.idsOf('ada@acme.test', 'many99@acme.test');
    const first = await imports.start({
      remoteIds: [ada, many],
      overrides: { [ada]: { email: 'not an address' } },
    });
    expect(first.counts).toMatchObject({ created: 1, failed: 1 });
    expect(first.results?.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      remoteId: ada,
      userId: null,
      errors: [{ path: 'email', message: 'must be an email address such as ada@example.com.' }],
    });
    const corrected = await imports.retry(first.id, {
      overrides: { [ada]: { email: null, lastname: 'Byron', displayname: '' } },
    });
    expect(corrected).toMatchObject({ state: 'done', counts: { total: 2, created: 2, failed: 0 } });
    const { userId } = corrected.results?.find(({ remoteId }) => remoteId === ada) ?? {};
    expect((await api('GET', `/users/${userId ?? ''}`)).body).toMatchObject({
      email: null,
      lastname: 'Byron',
      displayname: null,
      state: 'staged',
    });
    expect((await api('GET', '/events?operation=importUser&outcome=refused')).body).toMatchObject({
      total: 1,
      items: [
        { sentence: 'Did not import ada@acme.test: email must be an email address such as ada@example.com.' },
      ],
    });
    expect(await api('POST', at(`/imports/${first.id}/retry`), { remoteIds: [ada] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'remoteIds[0]' }] },
    });
  });

  test('R31: an account that is like several people, or of one who has another, names them', async () => {
    await create({ username: 'twin', email: 'many2@acme.test' });
    await create({ username: 'double', email: 'many2@acme.test' });
    for (const username of ['third', 'fourth']) await create({ username, email: 'many60@acme.test' });
    for (const username of ['fifth', 'sixth']) await create({ username, email: 'MANY60@acme.test' });
    expect((await imports.list('?search=many60@')).items).toMatchObject([{ matches: { length: 3 } }]);
    const [twin, other] = await imports.idsOf('many2@acme.test', 'many3@acme.test');
    const { results } = await imports.start({
      remoteIds: [twin, other],
      overrides: { [other]: { username: 'jan@acme.test' } },
    });
    const said = Object.fromEntries(
      (results ?? []).map(({ errors, remoteId }) => [remoteId, errors[0]?.message]),
    );
    expect(said[twin]).toContain('several people of the directory, by username or email: twin, double');
    expect(said[other]).toContain('who has another account in this application already');
  });

  test('R49: a correction of somebody whom the import is not of is refused by name, and nothing is imported', async () => {
    const [bea, some, other] = await imports.idsOf('BEA@acme.test', 'many80@acme.test', 'many81@acme.test');
    const overrides = { [some]: { lastname: 'Some' }, [other]: { lastname: 'Other' } };
    const refused = { status: 400, body: { errors: [{ path: `overrides.${other}` }] } };
    expect(await api('POST', at('/imports'), { remoteIds: [some], overrides })).toMatchObject(refused);
    expect(await api('POST', at('/imports'), { all: true, search: 'many80', overrides })).toMatchObject(
      refused,
    );
    const imported = { all: true, overrides: { [bea]: { lastname: 'Arthur' } } };
    expect(await api('POST', at('/imports'), imported)).toMatchObject({
      status: 400,
      body: { errors: [{ path: `overrides.${bea}` }] },
    });
    expect((await imports.list('?search=many8')).importable).toBe(11);
    const first = await imports.start({ remoteIds: [some], overrides: { [some]: { email: 'wrong' } } });
    const retried = await api('POST', at(`/imports/${first.id}/retry`), {
      overrides: { [some]: { email: null }, [other]: { email: null } },
    });
    expect(retried).toMatchObject(refused);
    expect((await imports.get(first.id)).counts.failed).toBe(1);
  });

  test('R34: who was imported is not managed until they are in a bound group, and is then provisioned without a double', async () => {
    const writes = await writesOf(scene);
    const before = (await scene.held()).members.length;
    const jan = (await imports.list('?search=jan')).items[0]?.user?.id ?? '';
    await api('PATCH', `/users/${jan}`, { state: 'suspended', lastname: 'Other' });
    const gone = (await imports.list('?search=many79')).items[0]?.user?.id ?? '';
    expect(await api('DELETE', `/users/${gone}`)).toMatchObject({ status: 204 });
    await scene.idle();
    expect(await writesOf(scene)).toBe(writes);
    await api('PATCH', `/users/${jan}`, { state: 'active' });
    await scene.boundGroup('Engineering', [jan]);
    await scene.idle();
    expect((await imports.list('?search=jan')).items).toMatchObject([{ user: { managed: true } }]);
    const held = await scene.held();
    expect(held.members).toHaveLength(before);
    expect(held.groups).toMatchObject([{ displayName: 'Engineering', members: [{}] }]);
    await api('PATCH', `/users/${jan}`, { state: 'suspended' });
    await scene.idle();
    expect((await scene.held()).members).toHaveLength(before - 1);
  });

  test('R30: whoever has gone from the application is gone from the list once it is read again', async () => {
    const { total } = await imports.list();
    expect((await imports.read()).total).toBe(total - 1);
    const answer = await api('POST', at('/imports'), { remoteIds: ['nobody'] });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'remoteIds[0]' }] } });
  });

  test('R32: a hundred are done when it answers; one more, and all go on in the background', async () => {
    const remoteIds = (await imports.list('?limit=101')).items.map(({ remoteId }) => remoteId);
    const few = await imports.start({ remoteIds: remoteIds.slice(1) });
    expect(few).toMatchObject({ state: 'done', background: false, results: { length: 100 } });
    const many = await imports.start({ remoteIds });
    expect(many).toMatchObject({ state: 'running', background: true, results: null });
    const waiting = async () =>
      (await api('GET', at(`/imports/${many.id}/items?outcome=waiting&limit=1`))).body;
    expect(await waiting()).toMatchObject({ total: 101 });
    await imports.cancel(many.id);
    expect(await waiting()).toMatchObject({ total: 0 });
  });

  test.each<[unknown, string]>([
    [{}, 'remoteIds'],
    [{ remoteIds: ['a'], all: true }, 'remoteIds'],
    [{ remoteIds: ['a'], new: true }, 'all'],
    [{ all: true, state: 'suspended' }, 'state'],
    [{ all: true, overrides: { a: { state: 'active' } } }, 'overrides.a.state'],
    [{ all: true, notify: 'nobody' }, 'notify'],
    [{ all: true, notify: 'ada@acme.test' }, 'notify'],
  ])('R49: %j is refused for %s', async (body, path) => {
    expect(await api('POST', at('/imports'), body)).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(path) as string, errors: [{ path }] },
    });
  });

  test('an import has a report as CSV, and is in the list of imports', async () => {
    const { items } = z
      .object({ items: z.array(z.looseObject({ id: z.string() })) })
      .parse((await api('GET', at('/imports'))).body);
    const { body, headers } = await api('GET', at(`/imports/${items.at(-1)?.id ?? ''}/items?format=csv`));
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = String(body).trimEnd().split('\r\n');
    expect(lines[0]).toBe('outcome,username,email,firstname,lastname,displayname,error,remoteId,userId');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^created,jan@acme.test,jan@acme.test,Jan,van der Berg,Jan van der Berg,,/);
  });

  test('R32: one that is done is not ended again, and what became of each is found by name or address', async () => {
    const [many] = await imports.idsOf('many90@acme.test');
    const overrides = { [many]: { username: 'ninety', email: 'nine.zero@acme.test' } };
    const { id } = await imports.start({ remoteIds: [many], overrides });
    const ends = async () => (await api('GET', '/events?operation=import&limit=1')).body;
    const before = await ends();
    expect(await importBatch(scene.rollcall.database, id, 5)).toBe(false);
    expect(await ends()).toEqual(before);
    for (const [search, total] of [
      ['NINE.zero', 1],
      ['ninety', 1],
      ['nobody', 0],
    ] as const)
      expect((await api('GET', at(`/imports/${id}/items?search=${search}`))).body).toMatchObject({ total });
  });

  test('an import is of one application, and is neither seen nor changed at another one', async () => {
    const [many] = await imports.idsOf('many91@acme.test');
    const { id } = await imports.start({ remoteIds: [many], overrides: { [many]: { email: 'none' } } });
    const other = await made({ call: api }, '/applications', { connector: 'scim2', label: 'Other' });
    const its = `/applications/${other}/imports/${id}`;
    for (const [method, path] of [
      ['GET', its],
      ['GET', `${its}/items`],
      ['POST', `${its}/cancel`],
      ['POST', `${its}/retry`],
    ] as const)
      expect(
        (await api(method, path, method === 'POST' && path.endsWith('retry') ? {} : undefined)).status,
      ).toBe(404);
    expect(await imports.get(id)).toMatchObject({ state: 'done', counts: { failed: 1 } });
  });

  test('R5: what is read ends with the connection', async () => {
    await scene.control('PATCH', '/behaviour', { latencyMs: 300 });
    await api('POST', at('/import/users/refresh'));
    expect((await api('POST', at('/identity-management/deactivate'))).status).toBe(200);
    await scene.control('PATCH', '/behaviour', { latencyMs: 0 });
    expect(candidateList.parse((await api('GET', at('/import/users'))).body).roster).toMatchObject({
      state: 'failed',
      message: 'The connection was deactivated while the users were read.',
    });
  });
});

describe.each(databaseKinds)('the first import, on the %s database', async (kind) => {
  const scene = await startScene(kind);

  test('R30, R31: everybody is read first where nobody has read them yet', async () => {
    await scene.activate();
    await importer(scene).holds('jan@acme.test', 'Jan van der Berg');
    expect(await scene.api('POST', scene.at('/imports'), { all: true })).toMatchObject({
      status: 201,
      body: { state: 'done', counts: { created: 1, failed: 0 } },
    });
  });
});
