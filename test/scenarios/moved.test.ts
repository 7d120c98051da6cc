/** A connection that gets another address or token: no link is used for somebody else's record (R10, R17). */
import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/database.ts';
import { importer } from '../support/imports.ts';
import { until } from '../support/scene.ts';
import { emailOf, startSegment } from '../support/segment.ts';
import { stage } from '../support/stage.ts';

describe.each(databaseKinds)('a connection that changes, on the %s database', async (kind) => {
  const { company: begins, rollcall, segment } = await stage(kind);
  const elsewhere = await startSegment();
  const people = Array.from({ length: 30 }, (_, number) => `p${number}`);

  /** A workspace of somebody else, which has every id that the first one may have given. */
  async function stands(): Promise<void> {
    await elsewhere.reset();
    await elsewhere.behaves({ ids: 'number' });
    await elsewhere.hasMembers(people.length);
    for (const name of ['Board', 'Press', 'Legal', 'Sales']) await elsewhere.hasGroup(name, ['p0', 'p1']);
  }

  it('R10, R17: touches no stranger of another workspace, and makes everybody there', async () => {
    await stands();
    await segment.behaves({ ids: 'number' });
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    await company.deactivates();
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    expect(await company.ask('GET', '/import/users')).toMatchObject({ roster: { state: 'never' } });
    await company.activates();
    await company.untilIdle();
    const strangers = (await elsewhere.holds()).groups.Board;
    expect(strangers).toEqual(['p0', 'p1']);
    expect((await elsewhere.holds()).groups.Staff).toEqual(['ada', 'bob']);

    await company.dismisses('bob');
    await company.dissolves('Staff');
    await company.untilIdle();
    const { groups, people: left } = await elsewhere.holds();
    expect(Object.keys(groups).sort()).toEqual(['Board', 'Legal', 'Press', 'Sales']);
    expect(left).toEqual(expect.arrayContaining(people));
    expect(left).not.toContain('bob');
    for (const name of people) expect(await elsewhere.displayNameOf(name)).not.toMatch(/Test/);
  });

  it('R10, R17: touches no stranger where most of the accounts are there by id and name', async () => {
    await elsewhere.reset();
    await elsewhere.behaves({ ids: 'number' });
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      segment: { ids: 'number' },
    });
    await company.deactivates();
    await elsewhere.hasMember('ada');
    await elsewhere.hasMember('ceo');
    await elsewhere.hasGroup('Board', ['ceo']);
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await company.activates();
    await company.untilIdle();
    expect(await elsewhere.displayNameOf('ceo')).not.toMatch(/Test/);
    const { groups, people: there } = await elsewhere.holds();
    expect(groups).toEqual({ Board: ['ceo'], Staff: ['ada', 'bob'] });
    expect([...there].sort()).toEqual(['ada', 'bob', 'ceo']);
  });

  it('R7, R17: a group linked at the other workspace is forgotten while groups are not managed, too', async () => {
    await elsewhere.reset();
    await elsewhere.behaves({ ids: 'number' });
    const company = await begins({
      users: ['ada'],
      groups: { Staff: ['ada'] },
      segment: { ids: 'number' },
    });
    await company.deactivates();
    await elsewhere.hasMember('ada');
    await elsewhere.hasGroup('Board', []);
    await company.configures({ groupManagement: false });
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await company.activates();
    await company.untilIdle();
    await company.configures({ groupManagement: true });
    await company.untilIdle();
    expect((await elsewhere.holds()).groups).toEqual({ Board: [], Staff: ['ada'] });
  });

  it('R12: deactivates a leaver who has another id there', async () => {
    await stands();
    await elsewhere.hasMember('bob');
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    await company.deactivates();
    await company.suspends('bob');
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await company.activates();
    await company.untilIdle();
    expect((await elsewhere.holds()).people).not.toContain('bob');
    expect((await elsewhere.holds()).groups).toMatchObject({ Staff: ['ada'], Board: ['p0', 'p1'] });
  });

  it('R45: a token that was renewed costs one reading, and a leaver is sent', async () => {
    const company = await begins({ users: ['ada', 'bob', 'cyd'], groups: { Staff: ['ada', 'bob', 'cyd'] } });
    await company.deactivates();
    await company.suspends('bob');
    await company.configures({ token: await segment.newToken() });
    const asked = await company.sends(() => company.activates());
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
    expect((await segment.holds()).people).toEqual(['ada', 'cyd']);
    expect((await segment.holds()).groups).toEqual({ Staff: ['ada', 'cyd'] });
  });

  it('R10: a create that is answered after the move is no account of the other workspace', async () => {
    await elsewhere.reset();
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      active: false,
    });
    const before = await segment.now();
    await segment.behaves({ latencyMs: 2000 });
    await company.activates();
    await until('a create is under way', async () =>
      (await segment.asked(before)).some(({ method }) => method === 'POST'),
    );
    const deactivated = company.deactivates();
    await until('it is inactive', async () => (await company.status()).state === 'inactive');
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await deactivated;
    await segment.behaves({ latencyMs: 0 });
    await company.activates();
    await company.untilIdle();
    expect(await elsewhere.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
  });

  it('R17, R31: an import that is tried again after the move links nobody to a stranger', async () => {
    await stands();
    const company = await begins({
      users: ['ada'],
      groups: { Staff: ['ada'] },
      segment: { ids: 'number' },
    });
    await segment.hasMember('mia');
    const imports = importer({
      api: rollcall.api,
      at: (path) => `/applications/${company.applicationId}${path}`,
    });
    await imports.read();
    const [id] = await imports.idsOf(emailOf('mia'));
    const email = (address: string) => ({ overrides: { [id]: { email: address } } });
    const run = await imports.start({ remoteIds: [id], state: 'active', ...email('nonsense') });
    expect(run).toMatchObject({ counts: { failed: 1 } });
    await company.deactivates();
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await company.activates();
    await company.untilIdle();
    const { items } = await imports.read();
    expect(
      items.map(({ remoteId }) => remoteId),
      'a stranger has the id',
    ).toContain(id);
    const [result] = (await imports.retry(run.id, email(emailOf('mia')))).results ?? [];
    expect(result).toMatchObject({ outcome: 'failed', userId: null });
    expect(result?.errors[0]?.message).toMatch(/not in the application under that name any more/);
  });

  it('R41: nothing is sent while the target cannot be read, and everything afterwards', async () => {
    await stands();
    const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
    await company.deactivates();
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await elsewhere.behaves({ latencyMs: 200 });
    const before = await elsewhere.now();
    await company.activates();
    await elsewhere.behaves({ latencyMs: 0, errorRate: 1 });
    await until('a reading has failed', async () =>
      (await elsewhere.asked(before)).some(({ status }) => status === 503),
    );
    await rollcall.restart();
    expect((await elsewhere.asked(before)).filter(({ method }) => method !== 'GET')).toEqual([]);
    await elsewhere.behaves({ errorRate: 0 });
    await company.untilIdle();
    expect((await elsewhere.holds()).groups.Staff).toEqual(['ada']);
    expect((await elsewhere.holds()).groups.Board).toEqual(['p0', 'p1']);
  });
});
