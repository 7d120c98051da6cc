/** Whoever left the directory for good holds no account any more, once nothing will be sent for them (R10, R17, R30, R31). */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes, type Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { importer, type Importer } from '../support/imports.ts';
import { emailOf } from '../support/segment.ts';
import { textLike } from '../support/matchers.ts';
import { stage } from '../support/stage.ts';
import { startMissing } from '../support/target.ts';

const holdsSchema = z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) });

describe.each(databaseKinds)('accounts of the departed, on the %s database', async (kind) => {
  const { company: begins, rollcall, segment, endsWith } = await stage(kind);
  const importsOf = ({ applicationId }: Company): Importer =>
    importer({ api: rollcall.api, at: (path) => `/applications/${applicationId}${path}` });

  /** Reads what the application holds, and imports somebody; answers their id in the directory. */
  async function imported(company: Company, name: string): Promise<string> {
    const imports = importsOf(company);
    await imports.read();
    const [remoteId] = await imports.idsOf(emailOf(name));
    const { results } = await imports.start({ remoteIds: [remoteId], state: 'active' });
    return results?.[0]?.userId ?? '';
  }

  async function rejectsTheHold(company: Company): Promise<void> {
    const { items } = holdsSchema.parse(await company.ask('GET', '/holds'));
    const open = items.find(({ state }) => state === 'open');
    await company.ask('POST', `/holds/${open?.id ?? ''}/reject`);
    await company.untilIdle();
  }

  /** Each leaves Ada's account active in the application, and Ada out of the directory. */
  const WAYS: readonly { readonly how: string; readonly leaves: () => Promise<Company> }[] = [
    {
      how: 'was imported and never assigned',
      leaves: async () => {
        const company = await begins({ users: ['bob'], groups: { Staff: ['bob'] } });
        await segment.hasMember('ada');
        await company.call('DELETE', `/users/${await imported(company, 'ada')}`);
        return company;
      },
    },
    {
      how: 'was kept by a rejected hold',
      leaves: async () => {
        const threshold = { number: 0, percent: 0 };
        const company = await begins({
          users: ['ada', 'bob'],
          groups: { Staff: ['ada', 'bob'] },
          connection: { threshold },
        });
        await company.dismisses('ada');
        await company.untilIdle();
        await rejectsTheHold(company);
        return company;
      },
    },
    {
      how: 'is left by a connection that leaves everybody',
      leaves: async () => {
        const company = await begins({
          users: ['ada', 'bob'],
          groups: { Staff: ['ada', 'bob'] },
          connection: { behaviour: { users: { deprovision: 'leave' } } },
        });
        await company.dismisses('ada');
        return company;
      },
    },
    {
      how: 'was deactivated',
      leaves: async () => {
        const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
        await company.dismisses('ada');
        await company.untilIdle();
        await segment.joins('ada');
        return company;
      },
    },
  ];

  it.each(WAYS)('R10, R17: one hired anew gets the account of whoever $how', async ({ leaves }) => {
    const company = await leaves();
    await company.untilIdle();
    await company.hires('ada', ['Staff']);
    await company.untilIdle();
    expect(await company.account('ada')).toMatchObject({ state: 'active', managed: true, error: null });
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
  });

  it.each(WAYS)('R30, R31: an import takes the account of whoever $how', async ({ leaves }) => {
    const company = await leaves();
    await company.untilIdle();
    const imports = importsOf(company);
    await imports.read();
    expect(await imports.list('?search=ada')).toMatchObject({
      importable: 1,
      items: [{ state: 'new', user: null }],
    });
    expect((await imports.list('?new=true')).total).toBe(1);
    const before = await segment.holds();
    const again = await imports.start({ all: true, state: 'active' });
    expect(again).toMatchObject({ counts: { total: 1, created: 1 } });
    const userId = again.results?.[0]?.userId ?? '';
    expect(await company.ask('GET', `/users/${userId}`)).toMatchObject({ state: 'active', managed: false });
    expect(await imports.list('?search=ada')).toMatchObject({
      importable: 0,
      items: [{ state: 'imported', user: { id: userId, managed: false } }],
    });
    expect(await segment.holds()).toEqual(before);
    // The groups are the directory's all the same: those that Ada was in are without her once they are read.
    await company.ask('POST', '/sync', { full: true });
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['bob'] } });
  });

  it('R17, R46: whoever waits in a hold keeps the account until it is decided', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { threshold: { number: 0, percent: 0 } },
    });
    await company.dismisses('ada');
    await company.untilIdle();
    await company.hires('ada', ['Staff']);
    await company.untilIdle();
    expect(await company.account('ada')).toMatchObject({
      error: {
        code: 'account-shared',
        message: textLike(
          /deleted from the directory\. Their deactivation is held: approve or reject the hold\. /,
        ),
      },
    });
    await importsOf(company).read();
    expect((await importsOf(company).list('?search=ada')).items).toMatchObject([{ state: 'imported' }]);
    await rejectsTheHold(company);
    expect(await company.account('ada')).toMatchObject({ state: 'active', error: null });
  });

  it('R17: a new owner does not inherit the groups of whoever had the account before', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Board: ['ada', 'bob'] },
      connection: { behaviour: { users: { deprovision: 'leave' } } },
    });
    await company.dismisses('ada');
    await company.untilIdle();
    await company.hires('ada', ['Staff']);
    await company.untilIdle();
    expect((await segment.holds()).groups).toEqual({ Staff: ['ada', 'bob'], Board: ['bob'] });
  });

  describe('an account that was replaced in the application', () => {
    /** Deletes an account there and makes it anew: other id, same userName. */
    async function replaces(name: string): Promise<void> {
      await segment.accountChanges(name, { email: emailOf(`old-${name}`) });
      await segment.deletes('Users', `old-${name}`);
      await segment.hasMember(name);
    }

    it('R30, R31: is imported for whoever had the one before, whose link is to nothing', async () => {
      const company = await begins();
      await segment.hasMember('ada');
      const ada = await imported(company, 'ada');
      await replaces('ada');
      const imports = importsOf(company);
      expect((await imports.read()).items).toMatchObject([{ state: 'matches' }]);
      expect((await company.tries('GET', `/users/${ada}`)).body).toMatchObject({
        state: 'absent',
        remoteId: null,
      });
      const again = await imports.start({ all: true });
      expect(again).toMatchObject({ counts: { linked: 1, failed: 0 }, results: [{ userId: ada }] });
      expect((await imports.list()).items).toMatchObject([{ state: 'imported', user: { id: ada } }]);
      expect(await company.ask('GET', `/users/${ada}`)).toMatchObject({ state: 'active', managed: false });
    });

    it('R31: is imported for a managed person too, and stays managed', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      await replaces('ada');
      const imports = importsOf(company);
      await imports.read();
      expect(await imports.start({ all: true })).toMatchObject({ counts: { linked: 1, failed: 0 } });
      await company.untilIdle();
      expect(await company.account('ada')).toMatchObject({ state: 'active', managed: true });
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    });
  });

  it('R31: whoever a list has missed keeps the account that is managed, and nobody becomes two', async () => {
    const missing = new Set([emailOf('ada')]);
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { baseUrl: await startMissing(segment.baseUrl, missing) },
    });
    await segment.hasMember('lovelace');
    await company.changes('ada', { email: emailOf('lovelace') });
    await company.untilIdle();
    const before = await company.account('ada');
    const imports = importsOf(company);
    await imports.read();
    expect(await imports.start({ all: true })).toMatchObject({
      counts: { total: 1, linked: 0, failed: 1 },
      results: [
        { errors: [{ path: 'username', message: expect.stringMatching(/another account/) as unknown }] },
      ],
    });
    expect(await company.account('ada')).toEqual(before);
    missing.clear();
  });

  it.each([
    ['a list for import', (company: Company) => importsOf(company).read()],
    ['an inventory', (company: Company) => company.ask('POST', '/sync', { full: true })],
  ])('R31: whoever %s has missed keeps the account that is not managed yet', async (_, reads) => {
    const missing = new Set<string>();
    const company = await begins({
      users: ['bob'],
      groups: { Staff: ['bob'] },
      connection: { baseUrl: await startMissing(segment.baseUrl, missing) },
    });
    await segment.hasMember('lovelace');
    const ada = await imported(company, 'lovelace');
    await company.call('PATCH', `/users/${ada}`, { username: emailOf('ada'), email: null });
    missing.add(emailOf('lovelace'));
    await reads(company);
    await company.untilIdle();
    expect(await company.ask('GET', `/users/${ada}`)).toMatchObject({ state: 'active', managed: false });
    const asked = await company.sends(() =>
      company.call('POST', `/groups/${company.groupId('Staff')}/members`, { add: [ada] }),
    );
    expect(routes(asked)).not.toContain('POST /Users');
    expect(await segment.holds()).toEqual({
      people: ['bob', 'lovelace'],
      groups: { Staff: ['bob', 'lovelace'] },
    });
  });

  it('R17: two whose userNames change places are told so, and what to do', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { behaviour: { users: { update: 'put' } } },
      segment: { userUpdates: 'apply' },
    });
    await company.deactivates();
    const [ada, bob] = ['ada', 'bob'].map(emailOf);
    await company.changes('ada', { username: 'for-now', email: emailOf('for-now') });
    await company.changes('bob', { username: ada, email: ada });
    await company.changes('ada', { username: bob, email: bob });
    await company.activates();
    await company.untilIdle();
    const message = expect.stringMatching(/change places.*temporary username.*until.*sent/) as unknown;
    for (const name of ['ada', 'bob'])
      expect(await company.account(name)).toMatchObject({ error: { code: 'account-shared', message } });
    endsWith({ refuseUser: 2 });
  });
});
