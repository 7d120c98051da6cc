/**
 * From when on an account follows the directory that was left alone, imported (R34) or kept (R46): once its user is active in a bound
 * group, whatever comes next.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changeMembers } from '../../src/store/members.ts';
import { transact } from '../../src/store/transact.ts';
import { made } from '../support/api.ts';
import { writes, type Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { importer } from '../support/imports.ts';
import { until } from '../support/scene.ts';
import { emailOf } from '../support/segment.ts';
import { stage } from '../support/stage.ts';

describe.each(databaseKinds)('imported accounts, on the %s database', async (kind) => {
  const { rollcall, company: begins, segment, endsWith } = await stage(kind);

  const importOf = ({ applicationId }: Company) =>
    importer({ api: rollcall.api, at: (path) => `/applications/${applicationId}${path}` });

  /** Ada's account is there, and in the list of those that can be imported. Answers its id. */
  async function reads(company: Company): Promise<string> {
    await segment.hasMember('ada');
    await importOf(company).read();
    const [remoteId] = await importOf(company).idsOf(emailOf('ada'));
    return remoteId;
  }

  async function links(company: Company, remoteId: string): Promise<void> {
    const { counts } = await importOf(company).start({ remoteIds: [remoteId] });
    expect(counts).toMatchObject({ linked: 1 });
  }

  const imports = async (company: Company) => links(company, await reads(company));

  async function rejectsHold(company: Company): Promise<void> {
    const { items } = z
      .object({ items: z.array(z.looseObject({ id: z.string() })) })
      .parse(await company.ask('GET', '/holds'));
    await company.ask('POST', `/holds/${items[0]?.id ?? ''}/reject`);
  }

  const stops = {
    inactive: (company: Company) => company.deactivates(),
    paused: async (company: Company) => {
      await segment.behaves({ unauthorized: true });
      await company.hires('eve', ['Bound']);
      await until('it is paused', async () => (await company.status()).state === 'paused');
      await segment.behaves({ unauthorized: false });
    },
  };
  const goesOn = {
    inactive: (company: Company) => company.activates(),
    paused: (company: Company) => company.resumes(),
  };

  const assigns: readonly [string, (company: Company) => Promise<unknown>][] = [
    ['their group is bound', (company) => company.binds('Staff')],
    ['they join a bound group', (company) => company.adds('Bound', 'ada')],
    [
      'they become active in one',
      async (company) => {
        await company.suspends('ada');
        await company.adds('Bound', 'ada');
        await company.reinstates('ada');
      },
    ],
    [
      'a bulk import puts them there',
      (company) =>
        company.call('POST', '/users/bulk?existing=update', {
          users: [{ username: emailOf('ada'), groups: ['Bound'] }],
        }),
    ],
  ];
  const leaves: readonly [string, (company: Company) => Promise<unknown>][] = [
    ['suspended', (company) => company.suspends('ada')],
    ['deleted', (company) => company.dismisses('ada')],
  ];
  const stories = (['inactive', 'paused'] as const).flatMap((state) =>
    assigns.flatMap(([how, assign], at) =>
      leaves.slice(0, at === 0 ? 2 : 1).map(([end, leave]) => ({
        title: `${how} and they are ${end} while it is ${state}`,
        state,
        assign,
        leave,
      })),
    ),
  );

  it.each(stories)('R12, R34: they leave like everybody else: $title', async ({ state, assign, leave }) => {
    const company = await begins({ users: ['ada'], groups: { Bound: [] }, unbound: { Staff: ['ada'] } });
    await imports(company);
    await stops[state](company);
    await assign(company);
    await leave(company);
    await goesOn[state](company);
    await company.untilIdle();
    expect((await segment.holds()).people).not.toContain('ada');
  });

  it('R12, R46: whoever was kept, and was assigned again and left again while it was inactive, leaves', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { threshold: { number: 0, percent: 0 } },
    });
    await company.sends(() => company.suspends('bob'));
    await company.sends(() => rejectsHold(company));
    expect(await company.account('bob')).toMatchObject({ state: 'active', kept: true });
    await company.configures({ threshold: null });
    await company.deactivates();
    await company.reinstates('bob');
    expect(await company.account('bob')).toMatchObject({ kept: false });
    await company.suspends('bob');
    await company.activates();
    await company.untilIdle();
    expect((await segment.holds()).people).toEqual(['ada']);
  });

  it('R34: whoever is suspended in a bound group is left alone until they are active there', async () => {
    const company = await begins({
      users: [{ name: 'ada', state: 'suspended' }, 'bob'],
      groups: { Bound: ['ada', 'bob'] },
    });
    expect(writes(await company.sends(() => imports(company)))).toEqual([]);
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Bound: ['bob'] } });
    expect(await company.account('ada')).toMatchObject({
      managed: false,
      why: 'Suspended in the directory. Imported and never assigned, so the account is left alone.',
    });
    await company.sends(() => company.reinstates('ada'));
    expect((await segment.holds()).groups).toEqual({ Bound: ['ada', 'bob'] });
    await company.sends(() => company.suspends('ada'));
    expect(await segment.holds()).toEqual({ people: ['bob'], groups: { Bound: ['bob'] } });
  });

  it('R34: whoever is active in a bound group is managed from the import on', async () => {
    const company = await begins({ users: ['ada'], groups: { Bound: [] } });
    const remoteId = await reads(company);
    await company.deactivates();
    await company.adds('Bound', 'ada');
    await links(company, remoteId);
    expect(await company.account('ada')).toMatchObject({ managed: true });
    await company.activates();
  });

  it('R26, R31: whose account an import finds gets into the groups that waited for it', async () => {
    const company = await begins({
      users: [{ name: 'ada', username: 'ada', email: null }],
      groups: { Staff: ['ada'] },
    });
    const remoteId = await reads(company);
    const overrides = { [remoteId]: { username: 'ada', email: null } };
    const { counts } = await importOf(company).start({ remoteIds: [remoteId], overrides });
    expect(counts).toMatchObject({ linked: 1 });
    await company.untilIdle();
    expect((await segment.holds()).groups).toEqual({ Staff: ['ada'] });
    endsWith({ refuseUser: 1 });
  });

  it('R34: whoever is active in a group of another application alone is left alone', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Bound: ['bob'] },
      unbound: { Staff: ['ada'] },
    });
    await imports(company);
    const other = await made({ call: rollcall.api }, '/applications', { connector: 'scim2', label: 'Other' });
    await company.call('POST', `/applications/${other}/groups`, { add: [company.groupId('Staff')] });
    const asked = await company.sends(async () => {
      await company.changes('ada', { lastname: 'Byron' });
      expect(await company.account('ada')).toMatchObject({ managed: false });
      await company.suspends('ada');
    });
    expect(writes(asked)).toEqual([]);
    expect((await segment.holds()).people).toEqual(['ada', 'bob']);
  });

  it('R34: what changes there of whoever is left alone is no difference', async () => {
    const company = await begins({ users: ['ada'], connection: { behaviour: { drift: 'report' } } });
    await imports(company);
    await segment.accountChanges('ada', { displayName: 'Countess' });
    await company.sends(() => company.ask('POST', '/sync', { full: true }));
    expect(await company.account('ada')).toMatchObject({ managed: false, drift: null });
  });

  it('R34, R46: whoever is left alone is none of those of whom too many leave', async () => {
    const company = await begins({
      users: ['ada', 'bob', 'cyd'],
      groups: { Staff: ['ada', 'bob', 'cyd'] },
      connection: { threshold: { number: 1, percent: 20 } },
    });
    for (let at = 0; at < 20; at += 1) await segment.hasMember(`guest${at}`);
    await importOf(company).read();
    const { counts } = await importOf(company).start({ all: true });
    expect(counts).toMatchObject({ created: 20 });
    const asked = await company.sends(() => company.unbinds('Staff'));
    expect(writes(asked)).toEqual([]);
    expect(await company.status()).toMatchObject({ held: 3 });
    endsWith({ deactivateUser: 3 });
  });

  // The embedded database has one connection: no change commits beside another.
  if (kind === 'postgres')
    it('R34, R41: whoever comes into a bound group while they are imported is managed', async () => {
      const company = await begins({ users: ['ada'], groups: { Bound: [] } });
      const remoteId = await reads(company);
      await company.deactivates();
      let linked = Promise.resolve();
      await transact(rollcall.database, async (tx) => {
        const change = { add: [company.userId('ada')], remove: [] };
        await changeMembers(tx, company.groupId('Bound'), change, { action: 'test', actor: 'test' });
        linked = links(company, remoteId);
        await pause(300);
      });
      await linked;
      expect(await company.account('ada')).toMatchObject({ managed: true });
      await company.activates();
    });

  it.each<[string, object]>([
    ['in part', { groups: { unknownMembers: 'keep' } }],
    ['whole', { groups: { unknownMembers: 'keep', update: 'put' } }],
    ['in part, and differences are reported', { drift: 'report', groups: { unknownMembers: 'keep' } }],
  ])('R21, R34: stay in a group that keeps unknown members and is changed %s', async (_, behaviour) => {
    const company = await begins({
      users: ['ada', 'bob', 'cyd'],
      unbound: { Staff: ['bob'] },
      connection: { behaviour },
    });
    await imports(company);
    await segment.hasMember('eve');
    await segment.hasGroup('Staff', ['ada', 'eve']);
    await company.sends(() => company.binds('Staff'));
    await company.sends(() => company.adds('Staff', 'cyd'));
    await company.sends(() => company.renames('Staff', 'Crew'));
    await company.sends(() => company.ask('POST', '/sync', { full: true }));
    expect((await segment.holds()).groups).toEqual({ Crew: ['ada', 'bob', 'cyd', 'eve'] });
    expect(await company.linkedGroup('Staff')).toMatchObject({ drift: null, error: null });
    await company.sends(() => company.removes('Staff', 'cyd'));
    expect((await segment.holds()).groups).toEqual({ Crew: ['ada', 'bob', 'eve'] });
  });
});
