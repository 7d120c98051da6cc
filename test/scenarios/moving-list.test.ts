/** Targets without a filter: their lists are read page by page, for many at once, and move while they are read. */
import { describe, expect, test } from 'vitest';
import { routes } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { stage } from '../support/stage.ts';
import { startBetween, type Answered } from '../support/target.ts';

describe.each(databaseKinds)('lists that move, on the %s database', async (kind) => {
  const { company, segment } = await stage(kind);

  /** The target loses the answer to the creation that `isLost` names, and an account before the second page is shown after it. */
  const begins = async (isLost: (route: string) => boolean, loses: () => Promise<void>) => {
    let state: 'before' | 'lost' | 'moved' = 'before';
    const lost = { meanwhile: async (): Promise<void> => {} };
    const baseUrl = await startBetween(segment.baseUrl, async ({ method, path }, pass): Promise<Answered> => {
      if (state === 'lost' && /startIndex=(?!1&|1$)/.test(path)) {
        state = 'moved';
        await loses();
      }
      const answered = await pass();
      if (state !== 'before' || !isLost(`${method} ${path}`)) return answered;
      state = 'lost';
      await lost.meanwhile();
      throw new Error('The answer is lost.');
    });
    const begun = await company({
      connector: 'scim2',
      connection: { baseUrl, behaviour: { filter: false } },
      segment: { pageSize: 3, filter: 'ignored' },
      active: false,
    });
    return { company: begun, lost, hasMoved: () => state === 'moved' };
  };

  test('R12, R42: whoever leaves after a create that was not answered is found although the list moved up', async () => {
    const { company, lost, hasMoved } = await begins(
      (route) => route === 'POST /Users',
      () => segment.deletes('Users', 'eve'),
    );
    for (const name of ['eve', 'fay', 'gil']) await segment.hasMember(name);
    await company.hires('ada');
    await company.founds('Staff', ['ada']);
    await company.binds('Staff');
    lost.meanwhile = () => company.suspends('ada');
    await company.activates();
    await company.untilIdle();
    expect(hasMoved()).toBe(true);
    expect((await segment.holds()).people).toEqual(['fay', 'gil']);
  });

  test('R25, R42: a group that is deleted after a create that was not answered is found although the list moved up', async () => {
    const { company, lost, hasMoved } = await begins(
      (route) => route === 'POST /Groups',
      () => segment.deletes('Groups', 'E'),
    );
    for (const name of ['E', 'F', 'G']) await segment.hasGroup(name);
    await company.hires('ada');
    await company.founds('Staff', ['ada']);
    await company.binds('Staff');
    lost.meanwhile = () => company.dissolves('Staff');
    await company.activates();
    await company.untilIdle();
    expect(hasMoved()).toBe(true);
    expect(Object.keys((await segment.holds()).groups)).toEqual(['F', 'G']);
  });

  test('R10: an account that is there already is found although the list moved up before it was shown', async () => {
    let hasMoved = false;
    const baseUrl = await startBetween(segment.baseUrl, async ({ path }, pass): Promise<Answered> => {
      if (!hasMoved && /^\/Users.*startIndex=(?!1&|1$)/.test(path)) {
        hasMoved = true;
        await segment.deletes('Users', 'eve');
      }
      return pass();
    });
    const { untilIdle, activates } = await company({
      connector: 'scim2',
      connection: { baseUrl, behaviour: { filter: false } },
      users: ['ada'],
      groups: { Staff: ['ada'] },
      segment: { pageSize: 3, filter: 'ignored' },
      active: false,
    });
    for (const name of ['eve', 'fay', 'gil', 'ada']) await segment.hasMember(name);
    await activates();
    await untilIdle();
    expect(hasMoved).toBe(true);
    expect(routes(await segment.asked(), '/Users')).not.toContain('POST /Users');
    expect((await segment.holds()).people).toEqual(['ada', 'fay', 'gil']);
  });

  test('R10: many people are looked for together, not each in a reading of the list of their own', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `u${number}`);
    const { sends, activates } = await company({
      connector: 'scim2',
      connection: { behaviour: { filter: false } },
      users: names,
      groups: { Staff: names },
      segment: { filter: 'ignored' },
      active: false,
    });
    await segment.hasMembers(200);
    const asked = await sends(activates);
    expect(routes(asked).filter((route) => route === 'POST /Users')).toHaveLength(40);
    expect(routes(asked).filter((route) => route === 'GET /Users').length).toBeLessThan(40);
  });

  test('R10: many people whose accounts are there, and whom the filter does not find, are looked for together', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `p${number}`);
    const { sends, activates } = await company({
      users: names,
      groups: { Staff: names },
      segment: { filter: 'empty', activeMember: 'conflict' },
      active: false,
    });
    await segment.hasMembers(200);
    const asked = await sends(activates);
    const lists = asked.filter(({ route, path }) => route === 'GET /Users' && !path.includes('filter'));
    expect(lists.length).toBeLessThan(40);
    expect(asked.filter(({ route }) => route === 'POST /Users')).toHaveLength(40);
    expect((await segment.holds()).groups).toEqual({ Staff: [...names].sort() });
  });

  test('R12: many leavers whose accounts are gone are looked for together', async () => {
    const names = Array.from({ length: 40 }, (_, number) => `l${number}`);
    const { sends, activates, removes } = await company({
      connector: 'scim2',
      connection: { behaviour: { filter: false }, threshold: { number: 1000, percent: 100 } },
      users: names,
      groups: { Staff: names },
      segment: { filter: 'ignored' },
      active: false,
    });
    await segment.hasMembers(200);
    await sends(activates);
    await segment.losesAccounts(names);
    const asked = await sends(() => removes('Staff', ...names));
    const lists = routes(asked).filter((route) => route === 'GET /Users');
    expect(lists.length).toBeGreaterThan(0);
    expect(lists.length).toBeLessThan(40);
  });
});
