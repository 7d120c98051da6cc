/** Orders of events that nobody plans for: what is decided, changed or stopped while something else waits. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes, writes, type Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { textLike } from '../support/matchers.ts';
import { until } from '../support/scene.ts';
import { emailOf } from '../support/segment.ts';
import { stage } from '../support/stage.ts';
import { startBetween } from '../support/target.ts';

const holdsSchema = z.looseObject({
  items: z.array(z.looseObject({ id: z.string(), state: z.string(), held: z.number() })),
});

describe.each(databaseKinds)('orders of events, on the %s database', async (kind) => {
  const { company: begins, rollcall, segment } = await stage(kind);
  const groups = async () => (await segment.holds()).groups;
  const six = ['ada', 'bob', 'cyd', 'dan', 'eva', 'fay'];

  /** Somebody is changed, and the answer to it pauses the connection. */
  const pauses = async (company: Company, name: string): Promise<void> => {
    await segment.behaves({ unauthorized: true });
    await company.changes(name, { lastname: 'Paused' });
    await until('it is paused', async () => (await company.status()).state === 'paused');
  };
  const resumes = async (company: Company): Promise<void> => {
    await segment.behaves({ unauthorized: false });
    await company.resumes();
    await company.untilIdle();
  };
  const renewsToken = async (company: Company): Promise<void> => {
    await company.configures({ token: await segment.newToken() });
    await company.activates();
    await company.untilIdle();
  };
  const holdsOf = async (company: Company) => holdsSchema.parse(await company.ask('GET', '/holds')).items;
  const decides = async (company: Company, how: 'approve' | 'reject'): Promise<void> => {
    const [open] = (await holdsOf(company)).filter(({ state }) => state === 'open');
    await company.ask('POST', `/holds/${open?.id ?? 'none is open'}/${how}`);
  };

  describe('while leavers are held', () => {
    const cautious = { threshold: { number: 0, percent: 0 } };
    const held = async (): Promise<Company> => {
      const company = await begins({ users: six, groups: { Staff: six }, connection: cautious });
      await company.suspends('ada', 'bob', 'cyd');
      await company.untilIdle();
      expect(await company.status()).toMatchObject({ held: 3 });
      return company;
    };

    it('R44, R46: approved while the connection is paused, they leave once it is resumed, and are not held anew', async () => {
      const company = await held();
      await pauses(company, 'fay');
      await decides(company, 'approve');
      await resumes(company);
      expect((await segment.holds()).people).toEqual(['dan', 'eva', 'fay']);
      expect(await holdsOf(company)).toMatchObject([{ state: 'approved', held: 0 }]);
    });

    it('R41, R46: approved and not sent before a restart, they leave after it, and are not held anew', async () => {
      const company = await held();
      await segment.behaves({ errorRate: 1 });
      await decides(company, 'approve');
      await rollcall.restart();
      await segment.behaves({ errorRate: 0 });
      await company.untilIdle();
      expect((await segment.holds()).people).toEqual(['dan', 'eva', 'fay']);
      expect(await holdsOf(company)).toMatchObject([{ state: 'approved', held: 0 }]);
    });

    it('R46: approved and not sent yet, who comes back and leaves again has to be approved again', async () => {
      const company = await held();
      await pauses(company, 'fay');
      await decides(company, 'approve');
      await company.reinstates('ada', 'bob');
      await company.suspends('ada', 'bob');
      await resumes(company);
      expect((await segment.holds()).people).toEqual(['ada', 'bob', 'dan', 'eva', 'fay']);
      expect(await company.status()).toMatchObject({ held: 2 });
      await decides(company, 'approve');
      await company.untilIdle();
      expect((await segment.holds()).people).toEqual(['dan', 'eva', 'fay']);
    });

    it('R12, R46: they stay where leavers are to be left from now on, and are held anew once they are not', async () => {
      const company = await held();
      await company.configures({ behaviour: { users: { deprovision: 'leave' } } });
      await company.untilIdle();
      expect(await company.status()).toMatchObject({ held: 0 });
      await company.configures({ behaviour: { users: { deprovision: 'deactivate' } } });
      await company.untilIdle();
      expect(await company.status()).toMatchObject({ held: 3 });
      expect((await segment.holds()).people).toEqual(six);
      await decides(company, 'approve');
      await company.untilIdle();
      expect((await segment.holds()).people).toEqual(['dan', 'eva', 'fay']);
    });

    it('R4, R46: another token lets nobody pass', async () => {
      const company = await held();
      await company.deactivates();
      await renewsToken(company);
      expect(await company.status()).toMatchObject({ held: 3 });
      expect((await segment.holds()).people).toEqual(six);
      await decides(company, 'approve');
      await company.untilIdle();
      expect(await segment.holds()).toEqual({
        people: ['dan', 'eva', 'fay'],
        groups: { Staff: ['dan', 'eva', 'fay'] },
      });
    });

    it('R46: rejected, they keep accounts and groups, whatever is read or sent afterwards', async () => {
      const company = await held();
      await decides(company, 'reject');
      await company.untilIdle();
      await company.ask('POST', '/sync', { full: true });
      await company.hires('gus', ['Staff']);
      await company.untilIdle();
      expect(await segment.holds()).toEqual({
        people: [...six, 'gus'],
        groups: { Staff: [...six, 'gus'] },
      });
    });

    it('R46: what was rejected is taken back for one of them, also where they are deleted; the others stay', async () => {
      const company = await held();
      await company.dismisses('ada');
      await company.untilIdle();
      await decides(company, 'reject');
      const letsGo = (name: string) =>
        company.tries('POST', `/users/${company.userId(name)}/choose`, { choice: 'leave' });
      for (const name of ['ada', 'bob']) expect((await letsGo(name)).status).toBe(200);
      await company.untilIdle();
      expect(await segment.holds()).toEqual({
        people: ['cyd', 'dan', 'eva', 'fay'],
        groups: { Staff: ['cyd', 'dan', 'eva', 'fay'] },
      });
      expect(await company.status()).toMatchObject({ held: 0 });
      for (const name of ['bob', 'dan'])
        expect(await letsGo(name)).toMatchObject({
          status: 409,
          body: { detail: textLike(/nobody rejected/i) },
        });
    });

    it('R46: nothing is taken back where nobody would leave: on an inactive connection, or one that leaves accounts as they are', async () => {
      const company = await held();
      await decides(company, 'reject');
      const letsAdaGo = () =>
        company.tries('POST', `/users/${company.userId('ada')}/choose`, { choice: 'leave' });
      await company.configures({ behaviour: { users: { deprovision: 'leave' } } });
      expect(await letsAdaGo()).toMatchObject({
        status: 409,
        body: { detail: textLike(/as they are/) },
      });
      await company.configures({ behaviour: { users: { deprovision: 'deactivate' } } });
      await company.deactivates();
      expect(await letsAdaGo()).toMatchObject({ status: 409, body: { detail: textLike(/inactive/) } });
      expect(await company.account('ada')).toMatchObject({ state: 'active', kept: true });
    });

    it('R13, R46: who comes back, is renamed and leaves again is held again', async () => {
      const company = await held();
      await company.reinstates('ada');
      await company.changes('ada', { lastname: 'Byron' });
      await company.suspends('ada');
      await company.untilIdle();
      expect(await company.status()).toMatchObject({ held: 3 });
      await decides(company, 'approve');
      await company.untilIdle();
      expect((await segment.holds()).people).toEqual(['dan', 'eva', 'fay']);
    });
  });

  describe('before a new token', () => {
    const dropped = async (company: Company, work: () => Promise<unknown>, done: () => Promise<boolean>) => {
      await segment.behaves({ dropRate: 1 });
      await work();
      await until('it is done, and not answered', done);
      await company.deactivates();
      await segment.behaves({ dropRate: 0 });
    };
    const isThere = (name: string) => async () => (await segment.holds()).people.includes(name);
    const staff = { users: ['ada'], groups: { Staff: ['ada'] } };

    it('R12, R42: whose creation was not answered leaves, where they were suspended', async () => {
      const company = await begins(staff);
      await dropped(company, () => company.hires('bob', ['Staff']), isThere('bob'));
      await company.suspends('bob');
      await renewsToken(company);
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    });

    it('R10, R42: whose creation was not answered is one account, where they have another name', async () => {
      const company = await begins({ ...staff, segment: { userUpdates: 'apply' } });
      await dropped(company, () => company.hires('bob', ['Staff']), isThere('bob'));
      await company.changes('bob', { username: emailOf('rob'), email: null });
      await renewsToken(company);
      expect(await segment.holds()).toEqual({ people: ['ada', 'rob'], groups: { Staff: ['ada', 'rob'] } });
    });

    it('R12, R42: whose return was not answered leaves, where they were deleted', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await company.suspends('bob');
      await company.untilIdle();
      await dropped(company, () => company.reinstates('bob'), isThere('bob'));
      await company.dismisses('bob');
      await renewsToken(company);
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    });

    it('R22, R42: a member who came in unanswered is taken out, where they left the group', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { All: ['ada', 'bob'], Staff: ['ada'] },
      });
      await dropped(
        company,
        () => company.adds('Staff', 'bob'),
        async () => (await groups())['Staff']?.includes('bob') === true,
      );
      await company.removes('Staff', 'bob');
      await renewsToken(company);
      expect(await groups()).toEqual({ All: ['ada', 'bob'], Staff: ['ada'] });
    });

    it('R12, R42: whose new name was not answered leaves, where they were deleted', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'] },
        segment: { userUpdates: 'apply' },
      });
      const renamed = { username: emailOf('rob'), email: null };
      await dropped(company, () => company.changes('bob', renamed), isThere('rob'));
      await company.dismisses('bob');
      await renewsToken(company);
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    });

    it('R12: whoever has another name in the target alone leaves, where they were suspended', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await company.deactivates();
      await segment.accountChanges('bob', { email: emailOf('rob') });
      await company.suspends('bob');
      await renewsToken(company);
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    });

    it('R23: a group that has another name in the target alone is the same group, and gets its name back', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const before = await segment.groupIdOf('Staff');
      await company.deactivates();
      await segment.renamesGroup('Staff', 'Crew');
      await renewsToken(company);
      expect(await groups()).toEqual({ Staff: ['ada'] });
      expect(await segment.groupIdOf('Staff')).toBe(before);
    });

    it('R25, R42: a group whose creation was not answered is deleted, where it was deleted here', async () => {
      const company = await begins({ ...staff, unbound: { Crew: ['ada'] } });
      await segment.behaves({ latencyMs: 400 });
      const before = await segment.now();
      await company.binds('Crew');
      await until('it is looked for', async () =>
        routes(await segment.asked(before)).includes('GET /Groups'),
      );
      await segment.behaves({ latencyMs: 0, dropRate: 1 });
      await until('it is created', async () => 'Crew' in (await groups()));
      await company.deactivates();
      await segment.behaves({ dropRate: 0 });
      await company.dissolves('Crew');
      await renewsToken(company);
      expect(await groups()).toEqual({ Staff: ['ada'] });
    });
  });

  describe('while the connection is paused', () => {
    it('R12, R22: from one binding to another, nobody loses the account', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
        unbound: { Authors: ['bob'] },
      });
      await pauses(company, 'ada');
      const asked = await company.sends(async () => {
        await company.removes('Staff', 'bob');
        await company.unbinds('Editors');
        await company.binds('Authors');
        await resumes(company);
      });
      expect(writes(asked).filter((route) => route === 'POST /Users')).toEqual([]);
      expect(asked.filter(({ requestBody }) => requestBody.includes('"active":false'))).toEqual([]);
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob'],
        groups: { Staff: ['ada'], Editors: ['bob'], Authors: ['bob'] },
      });
    });

    it('R24: unbound and bound again, it is taken over, and nobody loses the account', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await pauses(company, 'ada');
      const asked = await company.sends(async () => {
        await company.unbinds('Staff');
        await company.removes('Staff', 'bob');
        await company.hires('cyd', ['Staff']);
        await company.binds('Staff');
        await resumes(company);
      });
      expect(writes(asked)).not.toContain('POST /Groups');
      expect(await segment.holds()).toEqual({ people: ['ada', 'cyd'], groups: { Staff: ['ada', 'cyd'] } });
    });

    it('R25: deleted and founded anew under its name, it is another group with other members', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Red: ['ada'], All: ['ada', 'bob'] } });
      const old = await segment.groupIdOf('Red');
      await pauses(company, 'ada');
      await company.dissolves('Red');
      await company.founds('Red', ['bob']);
      await company.binds('Red');
      await resumes(company);
      expect(await groups()).toEqual({ Red: ['bob'], All: ['ada', 'bob'] });
      expect(await segment.groupIdOf('Red')).not.toBe(old);
    });

    it('R12, R13: who leaves and comes back in a group that is deleted meanwhile is as the directory says', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
      });
      await pauses(company, 'ada');
      await company.suspends('bob');
      await company.dissolves('Editors');
      await company.reinstates('bob');
      await resumes(company);
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    });

    it('R17: a userName that one gives up goes to one who is hired', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'] },
        segment: { userUpdates: 'apply' },
      });
      await pauses(company, 'bob');
      await company.changes('ada', { username: emailOf('byron'), email: null });
      await company.hires('eve', ['Staff'], { username: emailOf('ada'), email: null });
      await resumes(company);
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob', 'byron'],
        groups: { Staff: ['ada', 'bob', 'byron'] },
      });
      expect(await segment.displayNameOf('byron')).toBe('Ada Test');
    });

    it('R15: a move that is taken back ends with one account, groups with it', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await company.changes('ada', { username: emailOf('byron'), email: null });
      await company.untilIdle();
      await pauses(company, 'bob');
      await company.ask('POST', `/users/${company.userId('ada')}/choose`, { choice: 'move' });
      await company.changes('ada', { username: emailOf('ada'), email: emailOf('ada') });
      await resumes(company);
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      expect(await company.account('ada')).toMatchObject({ state: 'active', moving: false, error: null });
    });
  });

  describe('names of groups', () => {
    it('R23, R24: the name of a group that was unbound stays with it, and who joins or leaves is not held up', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Red: ['ada'], Blue: ['ada'], All: ['ada', 'bob'] },
      });
      await company.unbinds('Red');
      await company.renames('Red', 'Crimson');
      await company.renames('Blue', 'Red');
      await company.adds('Blue', 'bob');
      await company.untilIdle();
      expect(await groups()).toEqual({ Red: ['ada'], Blue: ['ada', 'bob'], All: ['ada', 'bob'] });
      expect(await company.linkedGroup('Blue')).toMatchObject({
        error: { code: 'name-taken', message: textLike(/another group named "Red"/) },
      });
      await segment.deletes('Groups', 'Red');
      await company.ask('POST', `/linked-groups/${company.groupId('Blue')}/retry`);
      await company.untilIdle();
      expect(await groups()).toEqual({ Red: ['ada', 'bob'], All: ['ada', 'bob'] });
    });

    it('R23, R44: a new group waits for the name of one that the target does not delete, and says for whose', async () => {
      let keeps = false;
      const baseUrl = await startBetween(segment.baseUrl, ({ method, path }, pass) =>
        keeps && method === 'DELETE' && path.startsWith('/Groups')
          ? { status: 400, body: '{"detail":"not to be deleted"}' }
          : pass(),
      );
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Red: ['ada'], All: ['ada', 'bob'] },
        connection: { baseUrl },
      });
      const old = company.groupId('Red');
      keeps = true;
      await company.dissolves('Red');
      await company.founds('Red', ['bob']);
      await company.binds('Red');
      await until('the new one waits', async () => (await company.status()).failed === 1);
      expect(await groups()).toEqual({ Red: ['ada'], All: ['ada', 'bob'] });
      keeps = false;
      await company.ask('POST', `/linked-groups/${old}/retry`);
      await company.untilIdle();
      await until('it is there', async () => (await groups())['Red']?.[0] === 'bob');
      expect(await groups()).toEqual({ Red: ['bob'], All: ['ada', 'bob'] });
    });

    it('R7, R21: deleted while groups are not managed, its name is taken over by one that is founded anew', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Red: ['ada'], All: ['ada', 'bob'] } });
      const old = await segment.groupIdOf('Red');
      await company.configures({ groupManagement: false });
      await company.dissolves('Red');
      await company.founds('Red', ['bob']);
      await company.binds('Red');
      await company.configures({ groupManagement: true });
      await company.untilIdle();
      expect(await groups()).toEqual({ Red: ['bob'], All: ['ada', 'bob'] });
      expect(await segment.groupIdOf('Red')).toBe(old);
    });

    it('R7, R42: a change of members that was not answered is made sure of once groups are managed again', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { All: ['ada', 'bob'], Staff: ['ada'] },
      });
      await segment.behaves({ dropRate: 1 });
      await company.adds('Staff', 'bob');
      await until('bob is in', async () => (await groups())['Staff']?.includes('bob') === true);
      await company.configures({ groupManagement: false });
      await company.removes('Staff', 'bob');
      await segment.behaves({ dropRate: 0 });
      await company.untilIdle();
      await company.configures({ groupManagement: true });
      await company.untilIdle();
      expect(await groups()).toEqual({ All: ['ada', 'bob'], Staff: ['ada'] });
    });
  });

  it('R13, R44: a rate limit and a restart in the middle of a return: everybody is back, groups and all', async () => {
    const company = await begins({ users: six, groups: { Staff: six, Editors: six.slice(0, 3) } });
    await company.suspends(...six);
    await company.untilIdle();
    await segment.behaves({ rateLimitPerSecond: 3 });
    await company.reinstates(...six);
    await until('some are back', async () => (await segment.holds()).people.length > 0);
    await rollcall.restart();
    await until('more are back', async () => (await segment.holds()).people.length > 3);
    await segment.behaves({ rateLimitPerSecond: 0 });
    await company.untilIdle();
    expect(await segment.holds()).toEqual({
      people: six,
      groups: { Staff: six, Editors: six.slice(0, 3) },
    });
  });

  it('R12: who is left as they are, is deleted, and is hired anew under their name keeps one account', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
      connection: { behaviour: { users: { deprovision: 'leave' } } },
    });
    await company.dismisses('bob');
    await company.untilIdle();
    await company.hires('bob', ['Editors']);
    await company.untilIdle();
    await company.configures({ behaviour: { users: { deprovision: 'deactivate' } } });
    await company.untilIdle();
    expect(await segment.holds()).toEqual({
      people: ['ada', 'bob'],
      groups: { Staff: ['ada'], Editors: ['ada', 'bob'] },
    });
  });

  it('R12, R22: who is left as they are and left a group is out of it, with the account', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { behaviour: { users: { deprovision: 'leave' } } },
    });
    await company.removes('Staff', 'bob');
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada'] } });
  });

  it('R13, R16: deleted in the target while suspended, the account is made again on return, groups with it', async () => {
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    await company.suspends('bob');
    await company.untilIdle();
    await segment.deletes('Users', 'bob');
    await company.reinstates('bob');
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
  });

  it('R10, R16: whoever a list misses in a target that cannot be asked for one user keeps their one account', async () => {
    let misses = false;
    const listOf = z.looseObject({
      totalResults: z.number(),
      Resources: z.array(z.looseObject({ userName: z.string() })),
    });
    const baseUrl = await startBetween(segment.baseUrl, async ({ method, path }, pass) => {
      if (method === 'GET' && path.startsWith('/Users/')) return { status: 405, body: '' };
      const answered = await pass();
      if (!misses || method !== 'GET' || !path.startsWith('/Users?') || path.includes('filter'))
        return answered;
      const list = listOf.parse(JSON.parse(answered.body));
      const Resources = list.Resources.filter(({ userName }) => userName !== emailOf('bob'));
      return {
        ...answered,
        body: JSON.stringify({ ...list, Resources, totalResults: list.totalResults - 1 }),
      };
    });
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { baseUrl },
    });
    misses = true;
    const asked = await company.sends(() => company.ask('POST', '/sync', { full: true }));
    misses = false;
    expect(asked.filter(({ route, status }) => route === 'POST /Users' && status < 400)).toEqual([]);
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    expect(await company.account('bob')).toMatchObject({ state: 'active', error: null });
  });

  it('R12, R16: who has left and is made active again in the target alone leaves once it is read', async () => {
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    await company.suspends('bob');
    await company.untilIdle();
    await segment.joins('bob');
    await company.ask('POST', '/sync', { full: true });
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
  });

  it('R45, R48: how long a leaver waits is counted from their leaving, whatever is changed afterwards', async () => {
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    const { db } = rollcall.database;
    const since = async (table: 'pending' | 'events'): Promise<unknown[]> => {
      const { rows } = await sql<{ at: string | null }>`
        SELECT cause ->> 'at' AS at FROM ${sql.table(table)} WHERE subject_id = ${company.userId('bob')}
        ${table === 'events' ? sql`AND operation = 'deactivateUser'` : sql``}`.execute(db);
      return rows.map(({ at }) => at);
    };
    await pauses(company, 'ada');
    await company.suspends('bob');
    const left = await since('pending');
    expect(left).toEqual([textLike(/^\d{4}-/)]);
    await company.changes('bob', { lastname: 'Builder' });
    await resumes(company);
    expect(await since('events')).toEqual(left);
  });

  it('R26: one whom the target refused as a member, who leaves and joins again, is asked for again', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada'], All: ['ada', 'bob'] },
    });
    await segment.behaves({ refuseMembers: [emailOf('bob')] });
    await company.adds('Staff', 'bob');
    await company.untilIdle();
    expect(await company.status()).toMatchObject({ failed: 1 });
    await company.removes('Staff', 'bob');
    await company.untilIdle();
    expect(await company.status()).toMatchObject({ failed: 0 });
    await segment.behaves({ refuseMembers: [] });
    await company.adds('Staff', 'bob');
    await company.untilIdle();
    expect(await groups()).toEqual({ Staff: ['ada', 'bob'], All: ['ada', 'bob'] });
  });

  it('R44: a token that may not write (403) pauses the connection, and loses nothing', async () => {
    let forbids = false;
    const baseUrl = await startBetween(segment.baseUrl, ({ method }, pass) =>
      forbids && method !== 'GET' ? { status: 403, body: '{"detail":"read only"}' } : pass(),
    );
    const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] }, connection: { baseUrl } });
    forbids = true;
    await company.hires('bob', ['Staff']);
    await until('it is paused', async () => (await company.status()).state === 'paused');
    expect(await company.status()).toMatchObject({ reason: { status: 403 } });
    forbids = false;
    await company.resumes();
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
  });
});
