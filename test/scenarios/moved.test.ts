/** A connection that gets another address or token: no link is used for somebody else's record (R10, R17). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writes, type Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { importer } from '../support/imports.ts';
import { textLike } from '../support/matchers.ts';
import { until } from '../support/scene.ts';
import { emailOf, startSegment } from '../support/segment.ts';
import { stage } from '../support/stage.ts';
import { startBetween, type Answered } from '../support/target.ts';

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

  it.each([
    ['nobody has it yet', []],
    ['a stranger has it, who left and is on no list', ['zoe']],
  ])('R10, R17: the id of a leaver is not theirs at the other workspace, where %s', async (_, hidden) => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      segment: { ids: 'number' },
    });
    await company.suspends('ada', 'bob');
    await company.untilIdle();
    await company.deactivates();
    await elsewhere.reset();
    await elsewhere.behaves({ ids: 'number' });
    const token = await elsewhere.newToken();
    for (const name of hidden) {
      await elsewhere.hasMember(name);
      await elsewhere.leaves(name);
    }
    await company.hires('cyd', ['Staff']);
    await company.configures({ baseUrl: elsewhere.baseUrl, token });
    await company.activates();
    await company.untilIdle();
    expect((await elsewhere.holds()).people).toEqual(['cyd']);
    await company.reinstates('ada', 'bob');
    await company.untilIdle();
    expect(await elsewhere.holds()).toEqual({
      people: ['ada', 'bob', 'cyd'],
      groups: { Staff: ['ada', 'bob', 'cyd'] },
    });
    for (const name of hidden) expect(await elsewhere.displayNameOf(name)).toBe(emailOf(name));
  });

  it('R13: a leaver who is on no list keeps their account after another token, and returns to it', async () => {
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    await company.suspends('bob');
    await company.untilIdle();
    await company.deactivates();
    await company.configures({ token: await segment.newToken() });
    const before = await segment.now();
    await company.activates();
    await company.untilIdle();
    expect(writes(await segment.asked(before))).toEqual([]);
    const back = await company.sends(() => company.reinstates('bob'));
    expect(writes(back)).toEqual(['PUT /Users/{id}', 'PATCH /Groups/{id}']);
  });

  it.each(['correct', 'report'])(
    'R13: whoever has a new account there gets their groups anew, where drift is for %s',
    async (drift) => {
      const company = await begins({
        users: ['ada'],
        groups: { Staff: ['ada'] },
        connection: { behaviour: { drift } },
        segment: { ids: 'number' },
      });
      await company.founds('Board', ['ada']);
      await company.sends(() => company.binds('Board'));
      await company.deactivates();
      await elsewhere.reset();
      await elsewhere.behaves({ ids: 'number' });
      for (const name of ['zoe', 'ada']) await elsewhere.hasMember(name);
      await elsewhere.hasGroup('Board');
      expect(await elsewhere.groupIdOf('Board')).toBe(await segment.groupIdOf('Board'));
      await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
      await company.activates();
      await company.untilIdle();
      expect((await elsewhere.holds()).groups).toEqual({ Board: ['ada'], Staff: ['ada'] });
    },
  );

  it('R22: whoever has a new account there is taken out of a group that they left meanwhile', async () => {
    const company = await begins({
      users: ['ada'],
      groups: { Staff: ['ada'] },
      connection: { behaviour: { drift: 'report' } },
      segment: { ids: 'number' },
    });
    await company.founds('Board', ['ada']);
    await company.sends(() => company.binds('Board'));
    await company.deactivates();
    await company.removes('Board', 'ada');
    await elsewhere.reset();
    await elsewhere.behaves({ ids: 'number' });
    for (const name of ['zoe', 'ada']) await elsewhere.hasMember(name);
    await elsewhere.hasGroup('Board', ['ada']);
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await company.activates();
    await company.untilIdle();
    expect((await elsewhere.holds()).groups).toEqual({ Board: [], Staff: ['ada'] });
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

  it('R10, R47: status, plan and activation say that accounts are read first', async () => {
    const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
    const noteOf = async (): Promise<unknown> =>
      z.looseObject({ note: z.unknown() }).parse(await company.ask('GET', '/plan')).note;
    expect(await company.status()).toMatchObject({ unsure: false, note: null });
    expect(await noteOf()).toBeNull();
    await company.deactivates();
    await company.configures({ token: await segment.newToken() });
    expect(await company.status()).toMatchObject({ unsure: true, idle: true });
    expect(await noteOf()).toEqual(textLike(/^This plan may change: /));
    await segment.behaves({ latencyMs: 300 });
    expect(await company.ask('POST', '/identity-management/activate')).toMatchObject({
      message: textLike(/The connection is active\. Since .* Rollcall first reads which accounts/),
    });
    expect(await company.status()).toMatchObject({
      unsure: true,
      idle: false,
      note: textLike(/^Since .* Rollcall first reads which accounts/),
    });
    await segment.behaves({ latencyMs: 0 });
    await company.untilIdle();
    expect(await company.status()).toMatchObject({ unsure: false });
    expect(await noteOf()).toBeNull();
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

  /** An import of Mia that failed at the target before the move, to be tried again after it. */
  const failsToImportMia = async (company: Company) => {
    await segment.hasMember('mia');
    const imports = importer({
      api: rollcall.api,
      at: (path) => `/applications/${company.applicationId}${path}`,
    });
    await imports.read();
    const [id] = await imports.idsOf(emailOf('mia'));
    const email = (address: string) => ({ overrides: { [id]: { email: address } } });
    const run = await imports.start({ remoteIds: [id], state: 'active', ...email('nonsense') });
    return { imports, id, run, email };
  };

  it('R17, R31: an import that is tried again after the move links nobody to a stranger', async () => {
    await stands();
    const company = await begins({
      users: ['ada'],
      groups: { Staff: ['ada'] },
      segment: { ids: 'number' },
    });
    const { imports, id, run, email } = await failsToImportMia(company);
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

  it('R17, R31: an import after the move says of nobody that they were imported, whose id another linked user has', async () => {
    await elsewhere.reset();
    await elsewhere.behaves({ ids: 'number' });
    const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] }, segment: { ids: 'number' } });
    const { imports, id, run, email } = await failsToImportMia(company);
    await company.deactivates();
    // Ids begin at 1001.
    await elsewhere.hasMembers(Number(id) - 1001);
    await elsewhere.hasMember('ada');
    await company.configures({ baseUrl: elsewhere.baseUrl, token: await elsewhere.newToken() });
    await company.activates();
    await company.untilIdle();
    expect(await company.account('ada')).toMatchObject({ remoteId: id });
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
    expect(await company.status()).toMatchObject({ state: 'active', idle: false });
    await elsewhere.behaves({ errorRate: 0 });
    await company.untilIdle();
    expect((await elsewhere.holds()).groups.Staff).toEqual(['ada']);
    expect((await elsewhere.holds()).groups.Board).toEqual(['p0', 'p1']);
  });

  describe('where a list cannot be read after another token', () => {
    const page = { status: 200, body: '<html><title>Sign in</title></html>', type: 'text/html' };
    const says = (status: number): Answered => ({ status, body: '{"detail":"no lists here"}' });
    const WAYS: readonly [string, Answered][] = [
      ['400', says(400)],
      ['403', says(403)],
      ['405', says(405)],
      ['501', says(501)],
      ['a web page', page],
      ['a web page with 400', { ...page, status: 400 }],
    ];

    it('R44: one that is refused later stops nothing, and the status says so until it comes', async () => {
      let refuses = false;
      const baseUrl = await startBetween(segment.baseUrl, (asked, pass) =>
        refuses && asked.path.startsWith('/Users?startIndex') ? says(501) : pass(),
      );
      const company = await begins({
        users: ['ada'],
        groups: { Staff: ['ada'] },
        connection: { baseUrl },
      });
      refuses = true;
      await company.hires('bob', ['Staff']);
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
      expect(await company.status()).toMatchObject({
        state: 'active',
        condition: 'failing',
        lastInventoryAt: null,
        inventoryError: { status: 501, retrying: false, message: textLike(/status 501, so that its users/) },
      });
      refuses = false;
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect(await company.status()).toMatchObject({ condition: 'in-step', inventoryError: null });
    });

    /** A connection with a leaver and a new hire; lists of that path are answered so from its next activation on. */
    async function changes(path: '/Users?' | '/Groups?', answer: Answered) {
      let refuses = false;
      // The test of the connection reads one record, which is there.
      const isRefused = (asked: string): boolean => asked.startsWith(path) && asked.includes('count=100');
      const baseUrl = await startBetween(segment.baseUrl, (asked, pass) =>
        refuses && isRefused(asked.path) ? answer : pass(),
      );
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'] },
        connection: { baseUrl },
      });
      await company.deactivates();
      await company.suspends('bob');
      await company.hires('cyd', ['Staff']);
      await company.configures({ token: await segment.newToken() });
      refuses = true;
      const before = await segment.now();
      await company.activates();
      await until('it is paused', async () => (await company.status()).state === 'paused');
      expect(writes(await segment.asked(before))).toEqual([]);
      const repairs = (): void => {
        refuses = false;
      };
      return { company, repairs };
    }

    const sentencesOf = async (company: Company): Promise<string> => {
      const { items } = z
        .object({ items: z.array(z.looseObject({ sentence: z.string() })) })
        .parse(
          await company.call('GET', `/events?application=${company.applicationId}&operation=pauseConnection`),
        );
      return items.map(({ sentence }) => sentence).join('\n');
    };

    it.each(WAYS)(
      'R44: %s pauses the connection, which says what was asked, and loses nothing',
      async (_, answer) => {
        const { company, repairs } = await changes('/Users?', answer);
        const question = textLike(/GET \/Users\?startIndex=1&count=100/);
        expect(await company.status()).toMatchObject({
          reason: { status: answer.status, message: question },
          idle: false,
        });
        expect(await sentencesOf(company)).toEqual(question);
        expect(await company.call('GET', '/attention')).toMatchObject({
          items: [{ kind: 'paused', sentence: question }],
        });
        repairs();
        await company.resumes();
        await company.untilIdle();
        expect(await segment.holds()).toEqual({ people: ['ada', 'cyd'], groups: { Staff: ['ada', 'cyd'] } });
      },
    );

    it('R7, R44: a list of groups pauses it too, and is not needed without group management', async () => {
      const { company } = await changes('/Groups?', says(501));
      expect(await company.status()).toMatchObject({
        reason: {
          message: textLike(/answered GET \/Groups\?\S+ with status 501.* turn group management off/),
        },
      });
      await company.configures({ groupManagement: false });
      await company.resumes();
      await company.untilIdle();
      expect((await segment.holds()).people).toEqual(['ada', 'cyd']);
    });
  });
});
