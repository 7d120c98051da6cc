/** Stories of the engine: one for each way in which answers, workers and minds can get in each other's way. */
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import type { Settings } from '../../src/connectors/settings.ts';
import { segment } from '../../src/connectors/segment.ts';
import { databaseKinds, testDatabase } from '../support/database.ts';
import { pause, World, type WorldOptions } from './world.ts';

const email = (name: string): string => `${name}@acme.test`;

describe.each(databaseKinds)('stories on the %s database', async (kind) => {
  const database = await testDatabase(kind);
  let world: World;

  const begin = async (options: WorldOptions = {}, toggles: Record<string, unknown> = {}): Promise<World> => {
    world = await World.start(kind, { database, ...options });
    await world.behave(toggles);
    return world;
  };

  /** Everything is as the directory wants it, and there is nothing left to do. */
  const settled = async (): Promise<void> => {
    await world.idle();
    expect(await world.planned()).toEqual([]);
  };

  /** The target does what it is asked and every answer is lost; then somebody changes their mind, and answers come again. */
  const changesMind = async (first: () => Promise<unknown>, then: () => Promise<unknown>): Promise<void> => {
    await world.behave({ dropRate: 1 });
    await first();
    await until(async () => (await world.journal()).journal.some((entry) => entry.fault === 'dropped'));
    await then();
    await world.behave({ dropRate: 0 });
    await settled();
  };

  /** The same with a worker that dies before the answer comes. */
  const changesMindAfterKill = async (
    first: () => Promise<unknown>,
    then: () => Promise<unknown>,
  ): Promise<void> => {
    await world.behave({ latencyMs: 150 });
    await world.forgetRequests();
    await first();
    await until(async () => (await world.journal()).journal.some((entry) => entry.method !== 'GET'));
    await world.killWorkers();
    await then();
    await world.behave({ latencyMs: 0 });
    await world.startWorker();
    await settled();
  };

  const until = async (condition: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 500; tries += 1) {
      if (await condition()) return;
      await pause(10);
    }
    throw new Error('It never happened.');
  };

  afterEach(() => world.close());

  describe.each([
    ['its answer was lost', changesMind],
    ['its worker was killed', changesMindAfterKill],
  ])('R42: what may have been done is said again, where %s', (_, mind) => {
    test('an update that is taken back', async () => {
      await begin({}, { userUpdates: 'apply' });
      const ada = await world.user('ada');
      await world.bind(await world.group('Eng', [ada]));
      await world.activate();
      await settled();
      await mind(
        () => world.editUser(ada, { lastname: 'Other' }),
        () => world.editUser(ada, { lastname: 'Test' }),
      );
      expect((await world.state()).members[0]?.displayName).toBe('ada Test');
    });

    test('a deactivation whose user comes back, groups and all', async () => {
      await begin();
      const ada = await world.user('ada');
      await world.bind(await world.group('Eng', [ada]));
      await world.activate();
      await settled();
      await mind(
        () => world.editUser(ada, { state: 'suspended' }),
        () => world.editUser(ada, { state: 'active' }),
      );
      expect(await world.groups()).toEqual({ Eng: [email('ada')] });
    });

    test('a reactivation whose user leaves again', async () => {
      await begin();
      const ada = await world.user('ada');
      await world.bind(await world.group('Eng', [ada]));
      await world.activate();
      await world.idle();
      await world.editUser(ada, { state: 'suspended' });
      await settled();
      await mind(
        () => world.editUser(ada, { state: 'active' }),
        () => world.editUser(ada, { state: 'suspended' }),
      );
      expect(await world.members()).toEqual([]);
    });

    test.each([
      ['', () => Promise.resolve()],
      [', of a group that is compared as a whole', () => world.resync()],
    ])('a membership that is taken back, and one that is given back%s', async (_also, compare) => {
      await begin();
      const [ada, bob, eve] = [await world.user('ada'), await world.user('bob'), await world.user('eve')];
      const eng = await world.group('Eng', [ada, bob]);
      await world.bind(eng, await world.group('All', [ada, bob, eve]));
      await world.activate();
      await settled();
      await mind(
        async () => {
          await world.stopWorkers();
          await world.join(eng, eve);
          await world.leave(eng, bob);
          await compare();
          await world.startWorker();
        },
        async () => {
          await world.leave(eng, eve);
          await world.join(eng, bob);
        },
      );
      expect((await world.groups()).Eng).toEqual([email('ada'), email('bob')]);
    });

    test('a group name that is taken back', async () => {
      await begin();
      const eng = await world.group('Eng', [await world.user('ada')]);
      await world.bind(eng);
      await world.activate();
      await settled();
      await mind(
        () => world.renameGroup(eng, 'Engineering'),
        () => world.renameGroup(eng, 'Eng'),
      );
      expect(await world.groups()).toEqual({ Eng: [email('ada')] });
    });

    test('R20: a create of a group whose members all leave', async () => {
      await begin({ settings: { behaviour: { groups: { createWithMembers: true } } } });
      const [ada, bob] = [await world.user('ada'), await world.user('bob')];
      await world.bind(await world.group('All', [ada, bob]));
      await world.activate();
      await settled();
      const eng = await world.group('Eng', [ada]);
      await mind(
        () => world.bind(eng),
        () => world.leave(eng, ada),
      );
      // It is there only where its creation was sent before the first answer was lost.
      expect((await world.groups())['Eng'] ?? []).toEqual([]);
    });

    test('a create whose user leaves, is renamed, or can be sent no more', async () => {
      await begin();
      const [ada, bob, eve] = [await world.user('ada'), await world.user('bob'), await world.user('eve')];
      const eng = await world.group('Eng', [ada, bob, eve]);
      await world.activate();
      await mind(
        () => world.bind(eng),
        async () => {
          await world.leave(eng, ada);
          await world.editUser(bob, { username: email('rob'), email: email('rob') });
          await world.editUser(eve, { username: 'eve', email: null });
        },
      );
      await world.leave(eng, eve);
      await settled();
      const { accounts } = await world.state();
      expect(accounts.filter((account) => account.email === email('ada'))).not.toContainEqual(
        expect.objectContaining({ standing: 'member' }),
      );
      expect(accounts.filter((account) => account.email === email('eve'))).not.toContainEqual(
        expect.objectContaining({ standing: 'member' }),
      );
      expect(await world.members()).toHaveLength(1);
      expect(Object.values(await world.groups())).toEqual([await world.members()]);
      expect(
        (await world.journal()).journal.filter(
          ({ route, status }) => route === 'POST /Users' && status === 409,
        ),
      ).toEqual([]);
    });
  });

  test('R24: a group unbound while its users are created leaves nobody behind', async () => {
    await begin({}, { latencyMs: 150 });
    const eng = await world.group('Eng', [await world.user('ada'), await world.user('bob')]);
    await world.bind(eng);
    await world.activate();
    await until(async () => ((await world.requests())['POST /Users'] ?? 0) > 0);
    await world.unbind(eng);
    await settled();
    expect(await world.members()).toEqual([]);
    expect(await world.groups()).toEqual({});
  });

  test('R24: a group unbound and bound again in the middle of its sync is taken over again', async () => {
    await begin({}, { latencyMs: 100 });
    const eng = await world.group('Eng', [await world.user('ada'), await world.user('bob')]);
    await world.bind(eng);
    await world.activate();
    await until(async () => ((await world.requests())['POST /Groups'] ?? 0) > 0);
    await world.unbind(eng);
    await world.bind(eng);
    await settled();
    expect(await world.groups()).toEqual({ Eng: [email('ada'), email('bob')] });
  });

  test.each([
    ['answered late', false],
    ['not answered', true],
  ])(
    'R24: a group unbound while its create is %s is the same one when it is bound again',
    async (_, isLost) => {
      await begin({}, { latencyMs: 100 });
      const eng = await world.group('Eng', [await world.user('ada')]);
      await world.bind(eng);
      await world.activate();
      await until(async () => ((await world.requests())['POST /Groups'] ?? 0) > 0);
      if (isLost) await world.killWorkers();
      await world.unbind(eng);
      await world.renameGroup(eng, 'Engineering');
      if (isLost) await world.startWorker();
      await settled();
      await world.bind(eng);
      await settled();
      expect(await world.groups()).toEqual({ Engineering: [email('ada')] });
    },
  );

  test('R24: a group unbound, renamed and bound again while it is created is the same one', async () => {
    await begin({}, { latencyMs: 100 });
    const eng = await world.group('Eng', [await world.user('ada')]);
    await world.bind(eng);
    await world.activate();
    await until(async () => ((await world.requests())['POST /Groups'] ?? 0) > 0);
    await world.unbind(eng);
    await world.renameGroup(eng, 'Engineering');
    await world.bind(eng);
    await settled();
    expect(await world.groups()).toEqual({ Engineering: [email('ada')] });
  });

  test('R15: a move that was chosen ends where the directory is changed back, and the account stays', async () => {
    await begin({}, { userUpdates: 'ignore' });
    const ada = await world.user('ada');
    await world.bind(await world.group('Eng', [ada]));
    await world.activate();
    await settled();
    await world.editUser(ada, { username: email('ada.new'), email: email('ada.new') });
    await world.idle();
    await world.deactivate();
    await world.choose(ada, 'move');
    await world.editUser(ada, { username: email('ada'), email: email('ada') });
    await world.activate();
    await settled();
    expect(await world.link(ada)).toMatchObject({ moving: false, attention: null, state: 'active' });
    expect((await world.requests())['POST /Users'], 'accounts made').toBe(1);
    expect(await world.groups()).toEqual({ Eng: [email('ada')] });
  });

  test('R25: a group deleted while it is created is not left behind', async () => {
    await begin({}, { latencyMs: 100 });
    const eng = await world.group('Eng', [await world.user('ada')]);
    await world.bind(eng);
    await world.activate();
    await until(async () => ((await world.requests())['POST /Groups'] ?? 0) > 0);
    await world.deleteGroup(eng);
    await settled();
    expect(await world.groups()).toEqual({});
    expect(await world.members()).toEqual([]);
  });

  test('R5: deactivating during creates ends the requests; activating again doubles nobody', async () => {
    await begin({ settings: { behaviour: { rate: { concurrency: 2 } } } }, { latencyMs: 200 });
    const users = await Promise.all(Array.from({ length: 12 }, (_, at) => world.user(`u${at}`)));
    await world.bind(await world.group('Eng', users));
    await world.activate();
    await until(async () => ((await world.requests())['POST /Users'] ?? 0) > 2);
    await world.deactivate();
    const sent = (await world.requests())['POST /Users'] ?? 0;
    expect(sent).toBeLessThan(12);
    await pause(300);
    expect((await world.requests())['POST /Users']).toBe(sent);
    await world.behave({ latencyMs: 0 });
    await world.activate();
    await settled();
    expect(await world.members()).toHaveLength(12);
    expect((await world.requests())['POST /Users']).toBe(12);
  });

  test('R43: two workers share the lanes and never write to one application at once', async () => {
    await begin({}, { latencyMs: 20 });
    await world.startWorker();
    const users = await Promise.all(Array.from({ length: 30 }, (_, at) => world.user(`u${at}`)));
    const eng = await world.group('Eng', users);
    await world.bind(eng);
    await world.activate();
    for (const user of users.slice(0, 10)) await world.editUser(user, { state: 'suspended' });
    for (const user of users.slice(0, 5)) await world.editUser(user, { state: 'active' });
    await settled();
    expect(await world.members()).toHaveLength(25);
    expect((await world.groups()).Eng).toHaveLength(25);
    const { journal } = await world.journal();
    // Whoever is suspended while the group is written may be refused as a member of it. Whatever else is refused was sent twice.
    const refused = journal.filter(({ status }) => status >= 400);
    expect(refused.filter(({ route, status }) => route !== 'PATCH /Groups/{id}' || status !== 400)).toEqual(
      [],
    );
    expect(journal.filter(({ route }) => route === 'POST /Groups')).toHaveLength(1);
  });

  test('R16: an account that was deleted in the target is created again, once', async () => {
    await begin({}, { memberless: 'gone', rejoinedId: 'new', userUpdates: 'apply' });
    const ada = await world.user('ada');
    await world.bind(await world.group('Eng', [ada]));
    await world.activate();
    await settled();
    const before = await world.link(ada);
    await deleteInTarget(before?.remote_id ?? '');
    await world.editUser(ada, { lastname: 'Changed' });
    await settled();
    expect((await world.link(ada))?.remote_id).not.toBe(before?.remote_id);
    expect(await world.groups()).toEqual({ Eng: [email('ada')] });
    expect((await world.requests())['POST /Users']).toBe(2);
  });

  /** Somebody takes the account out of the workspace in the target's own pages. */
  const deleteInTarget = async (remoteId: string): Promise<void> => {
    await world.target.asTarget('DELETE', `/Users/${remoteId}`);
  };

  test('R17: somebody who is hired again under the same userName, as another directory user', async () => {
    await begin();
    const ada = await world.user('ada');
    const eng = await world.group('Eng', [ada]);
    await world.bind(eng);
    await world.activate();
    await settled();
    await world.stopWorkers();
    await world.deleteUser(ada);
    const again = await world.user('ada', {}, [eng]);
    await world.startWorker();
    await settled();
    expect(await world.members()).toEqual([email('ada')]);
    expect(await world.groups()).toEqual({ Eng: [email('ada')] });
    expect((await world.link(again))?.state).toBe('active');
  });

  test('R17: who was refused for an account does not wait longer than its owner has it', async () => {
    await begin();
    const ada = await world.user('ada');
    const eng = await world.group('Eng', [ada]);
    await world.bind(eng);
    await world.activate();
    await settled();
    await world.behave({ latencyMs: 500 });
    await world.deleteUser(ada);
    const again = await world.user('ada', {}, [eng]);
    await until(async () => (await world.link(again))?.error?.code === 'account-shared');
    await sql`UPDATE pending SET attempts = 30, due_at = now() + interval '1 hour' WHERE subject_id = ${again}`.execute(
      world.database.db,
    );
    await settled();
    expect((await world.link(again))?.state).toBe('active');
  });

  test('R17: a userName that one user gives up and another takes', async () => {
    await begin({}, { userUpdates: 'apply' });
    const [ada, bob] = [await world.user('ada'), await world.user('bob')];
    await world.bind(await world.group('Eng', [ada, bob]));
    await world.activate();
    await settled();
    await world.stopWorkers();
    await world.editUser(ada, { username: email('ada.new'), email: null });
    await world.editUser(bob, { username: email('ada'), email: null });
    await world.startWorker();
    await settled();
    expect(await world.members()).toEqual([email('ada.new'), email('ada')]);
  });

  test('R17: who keeps an account under its old userName keeps it, also while suspended', async () => {
    await begin({}, { userUpdates: 'ignore' });
    const ada = await world.user('ada');
    const eng = await world.group('Eng', [ada]);
    await world.bind(eng);
    await world.activate();
    await settled();
    await world.editUser(ada, { username: email('ada.new'), email: null });
    await settled();
    await world.editUser(ada, { state: 'suspended' });
    await settled();
    const other = await world.user('ada', {}, [eng]);
    await pause(300);
    expect((await world.link(other))?.error).toMatchObject({ code: 'account-shared' });
    expect(await world.members()).toEqual([]);
  });

  test('R12: where the target refuses changed names, leaving and coming back still work', async () => {
    await begin({}, { userUpdates: 'reject' });
    const ada = await world.user('ada');
    await world.bind(await world.group('Eng', [ada]));
    await world.activate();
    await settled();
    await world.editUser(ada, { lastname: 'Changed' });
    await settled();
    await world.editUser(ada, { state: 'suspended' });
    await settled();
    expect(await world.members()).toEqual([]);
    await world.editUser(ada, { state: 'active' });
    await settled();
    expect(await world.groups()).toEqual({ Eng: [email('ada')] });
  });

  test.each(['segment', 'scim2'] as const)(
    'R12: whoever leaves goes, although another account has the userName by now that theirs had (%s)',
    async (connector) => {
      await begin({ connector }, { userUpdates: 'apply' });
      const [ada, bob] = [await world.user('ada'), await world.user('bob')];
      await world.bind(await world.group('Eng', [ada, bob]));
      await world.activate();
      await settled();
      const { remote_id: account } = (await world.link(ada)) ?? {};
      await world.control('PATCH', `/accounts/${account}`, { email: email('ada.new') });
      await world.control('POST', '/members', { userName: email('ada') });
      await world.editUser(ada, { state: 'suspended' });
      await settled();
      expect(await world.members()).toEqual([email('ada'), email('bob')]);
    },
  );

  test.each([
    ['segment', 200],
    ['segment', 204],
    ['scim2', 200],
  ] as const)(
    'R13: whoever comes back under a userName that another account has is back under the old one, groups and all (%s, %i)',
    async (connector, patchAnswer) => {
      await begin({ connector }, { userUpdates: 'apply', patchAnswer });
      const [ada, bob] = [await world.user('ada'), await world.user('bob')];
      await world.bind(await world.group('Eng', [ada, bob]));
      await world.activate();
      await settled();
      await world.editUser(ada, { state: 'suspended' });
      await settled();
      await world.control('POST', '/members', { userName: email('ada.new') });
      await world.editUser(ada, { username: email('ada.new'), email: email('ada.new'), state: 'active' });
      await settled();
      expect(await world.members()).toEqual([email('ada.new'), email('ada'), email('bob')]);
      expect(await world.groups()).toEqual({ Eng: [email('ada'), email('bob')] });
      const { error } = (await world.link(ada)) ?? {};
      expect(error).toMatchObject({ code: 'taken', retrying: false });
      expect(error?.message).toMatch(/another record with this name\. Rename/);
    },
  );

  test.each(['correct', 'report'] as const)(
    'R12: whoever leaves goes after another token too, where a change of their userName was not answered (%s)',
    async (drift) => {
      await begin({ connector: 'scim2', settings: { behaviour: { drift } } }, { userUpdates: 'apply' });
      const [ada, bob] = [await world.user('ada'), await world.user('bob')];
      await world.bind(await world.group('Eng', [ada, bob]));
      await world.activate();
      await settled();
      await world.behave({ dropRate: 1 });
      await world.editUser(ada, { username: email('ada.new'), email: email('ada.new') });
      await until(async () => (await world.members()).includes(email('ada.new')));
      await world.deactivate();
      await world.editUser(ada, { state: 'suspended' });
      await world.behave({ dropRate: 0 });
      await world.renewToken();
      await world.activate();
      await settled();
      expect(await world.members()).toEqual([email('bob')]);
    },
  );

  test('R12: whoever leaves goes after another token too, who had changed their userName in the target themselves', async () => {
    await begin({}, { userUpdates: 'ignore' });
    const [ada, bob] = [await world.user('ada'), await world.user('bob')];
    await world.bind(await world.group('Eng', [ada, bob]));
    await world.activate();
    await settled();
    await world.editUser(ada, { username: email('ada.new'), email: email('ada.new') });
    await settled();
    const { remote_id: account } = (await world.link(ada)) ?? {};
    await world.control('PATCH', `/accounts/${account}`, { email: email('ada.new') });
    await world.deactivate();
    await world.editUser(ada, { state: 'suspended' });
    await world.renewToken();
    await world.activate();
    await settled();
    expect(await world.members()).toEqual([email('bob')]);
  });

  test('R10, R12: nobody gets a second account after another token, where a change of their userName was answered and not made', async () => {
    await begin(
      { settings: { behaviour: { users: { update: 'patch' } } } },
      { userUpdates: 'ignore', patchAnswer: 204, ids: 'number' },
    );
    const [ada, bob] = [await world.user('ada'), await world.user('bob')];
    await world.bind(await world.group('Eng', [ada, bob]));
    await world.activate();
    await settled();
    await world.editUser(ada, { username: email('ada.new'), email: email('ada.new') });
    await settled();
    await world.deactivate();
    await world.renewToken();
    await world.activate();
    await settled();
    expect(await world.members()).toEqual([email('ada'), email('bob')]);
    await world.editUser(ada, { state: 'suspended' });
    await settled();
    expect(await world.members()).toEqual([email('bob')]);
  });

  describe('R46: the brake', () => {
    const threshold = { number: 1, percent: 10 };

    const company = async (count: number): Promise<{ users: string[]; eng: string }> => {
      await begin({ settings: settingsWith({ threshold }) });
      const users = [];
      for (let at = 0; at < count; at += 1) users.push(await world.user(`u${at}`));
      const eng = await world.group('Eng', users);
      await world.bind(eng);
      await world.activate();
      await settled();
      return { users, eng };
    };

    const settingsWith = (settings: Settings): Settings => ({ ...settings });

    test('held leavers who come back are let go, and the others wait on', async () => {
      const { users, eng } = await company(6);
      await world.leave(eng, ...users.slice(0, 4));
      await world.idle();
      expect(await world.members()).toHaveLength(6);
      await world.join(eng, ...users.slice(0, 2));
      await world.idle();
      await world.decideHolds('approve');
      await world.idle();
      expect(await world.members()).toHaveLength(4);
      expect((await world.groups()).Eng).toHaveLength(4);
    });

    test('R42: whoever is being let go and comes back meanwhile counts until it is answered', async () => {
      const { users } = await company(6);
      const [ada = '', bob = ''] = users;
      await world.forgetRequests();
      await world.behave({ latencyMs: 400 });
      await world.editUser(ada, { state: 'suspended' });
      await until(async () => (await world.journal()).journal.some(({ method }) => method !== 'GET'));
      await world.editUser(ada, { state: 'active' });
      await world.editUser(bob, { state: 'suspended' });
      await until(async () => (await world.openHolds()).length > 0);
      await world.behave({ latencyMs: 0 });
      await world.idle();
      expect(await world.members()).toHaveLength(6);
    });

    test('a held leaver is not let pass because something else about them changes', async () => {
      const { users, eng } = await company(6);
      await world.leave(eng, ...users.slice(0, 4));
      await world.idle();
      for (const user of users.slice(0, 4)) {
        await world.editUser(user, { lastname: 'Changed' });
        await world.idle();
      }
      expect(await world.members()).toHaveLength(6);
    });

    test('a membership that came and went while they were held is there when they are back', async () => {
      const { users, eng } = await company(6);
      const held = users.slice(0, 4);
      for (const user of held) await world.editUser(user, { state: 'suspended' });
      await world.idle();
      const [first = ''] = held;
      await world.leave(eng, first);
      await world.idle();
      await world.join(eng, first);
      await world.idle();
      for (const user of held) await world.editUser(user, { state: 'active' });
      await settled();
      expect((await world.groups()).Eng).toHaveLength(6);
    });

    test.each([
      ['still', (user: string) => world.editUser(user, { state: 'active' })],
      [
        'found out, and unwanted by then',
        async (user: string) => {
          await world.editUser(user, { state: 'active' });
          await world.behave({ dropRate: 0, refuseUsers: [email('u0')] });
          await settled();
          await world.editUser(user, { state: 'suspended' });
        },
      ],
    ])('whoever may have lost their account without an answer counts: %s', async (_, comesBack) => {
      await begin({
        connector: 'scim2',
        settings: { threshold, behaviour: { users: { deprovision: 'delete' } } },
      });
      const users = [];
      for (let at = 0; at < 6; at += 1) users.push(await world.user(`u${at}`));
      await world.bind(await world.group('Eng', users));
      await world.activate();
      await settled();
      const [first = '', second = ''] = users;
      await world.behave({ dropRate: 1 });
      await world.editUser(first, { state: 'suspended' });
      await until(async () => (await world.members()).length === 5);
      await comesBack(first);
      await world.editUser(second, { state: 'suspended' });
      await until(async () => (await world.openHolds()).length === 1);
      expect(await world.members()).toContain(email('u1'));
    });

    test('a rejected leaver who comes back as they were is a leaver again when they leave again', async () => {
      const { users, eng } = await company(4);
      await world.leave(eng, ...users.slice(0, 3));
      await world.idle();
      await world.decideHolds('reject');
      await world.idle();
      const [first = ''] = users;
      await world.join(eng, first);
      await settled();
      await world.leave(eng, first);
      await settled();
      expect(await world.members()).toHaveLength(3);
    });
  });

  test('R34: an imported user is managed once assigned, also where nothing had to be sent', async () => {
    await begin({ connector: 'scim2' }, { userUpdates: 'apply' });
    const ada = await world.user('ada', { displayname: 'Ada' });
    const mapping = segment.behaviour.mapping.filter((row) => row.target === 'userName');
    await world.configure({ settings: { behaviour: { mapping } } });
    const { id } = (await world.control('POST', '/members', { userName: email('ada') })) as { id: string };
    await world.imported(ada, id, { userName: email('ada') });
    const eng = await world.group('Eng', [ada]);
    await world.activate();
    await settled();
    expect((await world.link(ada))?.managed).toBe(false);
    await world.bind(eng);
    await settled();
    expect((await world.link(ada))?.managed).toBe(true);
    expect((await world.requests())['PUT /Users/{id}']).toBeUndefined();
    await world.leave(eng, ada);
    await settled();
    expect(await world.members()).toEqual([]);
  });

  test('settings that change while a lane is at work hold for everything that they mark', async () => {
    await begin(
      { settings: { behaviour: { rate: { concurrency: 1 } } } },
      { latencyMs: 20, userUpdates: 'apply' },
    );
    const users = [];
    for (let at = 0; at < 8; at += 1) users.push(await world.user(`u${at}`));
    await world.bind(await world.group('Eng', users));
    await world.activate();
    await until(async () => ((await world.requests())['POST /Users'] ?? 0) > 2);
    const mapping = segment.behaviour.mapping.map((row) =>
      row.target === 'displayName' ? { ...row, expression: 'user.lastname + ", " + user.firstname' } : row,
    );
    await world.configure({ settings: { behaviour: { rate: { concurrency: 1 }, mapping } } });
    await settled();
    const names = (await world.state()).members.map((member) => member.displayName);
    expect(names.filter((name) => !name.startsWith('Test, '))).toEqual([]);
  });

  test('R7: group management off holds at once, and on again brings everything in line', async () => {
    await begin({ settings: { behaviour: { rate: { concurrency: 1 } } } }, { latencyMs: 20 });
    const users = [];
    for (let at = 0; at < 10; at += 1) users.push(await world.user(`u${at}`));
    const eng = await world.group('Eng', users);
    await world.bind(eng);
    await world.activate();
    await until(async () => ((await world.requests())['POST /Users'] ?? 0) > 2);
    await world.configure({ groupManagement: false });
    await settled();
    expect(await world.groups()).toEqual({});
    await world.configure({ groupManagement: true });
    await settled();
    expect((await world.groups()).Eng).toHaveLength(10);
  });

  test('R26: one refused member does not hold up the others, and is tried again when it changes', async () => {
    await begin({}, { refuseMembers: [email('bob')] });
    const [ada, bob] = [await world.user('ada'), await world.user('bob')];
    const eng = await world.group('Eng', [ada, bob]);
    await world.bind(eng);
    await world.activate();
    await settled();
    expect(await world.groups()).toEqual({ Eng: [email('ada')] });
    await world.behave({ refuseMembers: [] });
    await world.resync();
    await settled();
    expect(await world.groups()).toEqual({ Eng: [email('ada'), email('bob')] });
  });

  test('R26: a removal that the target refuses is not taken for done', async () => {
    await begin({ settings: { behaviour: { groups: { memberRemoval: 'array' } } } });
    const [ada, bob] = [await world.user('ada'), await world.user('bob')];
    const eng = await world.group('Eng', [ada, bob]);
    await world.bind(eng, await world.group('All', [ada, bob]));
    await world.activate();
    await settled();
    await world.leave(eng, bob);
    await world.idle();
    expect((await world.groups()).Eng).toHaveLength(2);
    expect((await world.link(eng))?.error).toMatchObject({ code: 'removal-refused' });
    const { steps } = await world.engine.plan(world.application, {});
    expect(steps).toMatchObject([{ kind: 'refuseGroup' }]);
    await world.configure({ settings: { behaviour: { groups: { memberRemoval: 'filter' } } } });
    await settled();
    expect((await world.groups()).Eng).toEqual([email('ada')]);
  });

  test('R21: a lookup that failed links nobody to a group that was never taken over', async () => {
    await begin();
    await world.control('POST', '/members', { userName: email('stranger') });
    await world.control('POST', '/groups', { displayName: 'Sales', members: [email('stranger')] });
    const group = await world.group('Sales', [await world.user('ada')]);
    await world.activate();
    await world.behave({ errorRate: 1 });
    await world.bind(group);
    await until(async () => (await world.link(group))?.error != null);
    await world.renameGroup(group, 'Sales EMEA');
    // The attempt that was planned under the old name has to be over first: it may take that name's group over.
    await until(async () => (await world.link(group))?.subject_name === 'Sales EMEA');
    await world.behave({ errorRate: 0 });
    await settled();
    expect(await world.groups()).toEqual({ Sales: [email('stranger')], 'Sales EMEA': [email('ada')] });
  });

  test('R20: a group whose only member becomes active and is refused is created like any other', async () => {
    await begin();
    const eve = await world.user('eve', { username: 'eve', email: null, state: 'staged' });
    await world.bind(await world.group('Eng', [eve]));
    await world.activate();
    await settled();
    await world.editUser(eve, { state: 'active' });
    await settled();
    expect(await world.groups()).toEqual({ Eng: [] });
  });

  test('R12: users who are left as they are keep their memberships as well', async () => {
    await begin({ settings: { behaviour: { users: { deprovision: 'leave' } } } });
    const ada = await world.user('ada');
    await world.bind(await world.group('Eng', [ada]));
    await world.activate();
    await settled();
    await world.editUser(ada, { state: 'suspended' });
    await settled();
    expect(await world.groups()).toEqual({ Eng: [email('ada')] });
  });

  test.each([
    ['keeps', 'scim2'],
    ['drops', 'segment'],
  ] as const)(
    'R12: whoever leaves while they are being added to a group is taken out, where leaving %s memberships',
    async (_, connector) => {
      await begin({ connector }, { userUpdates: 'apply' });
      const [ada, bob] = [await world.user('ada'), await world.user('bob')];
      const eng = await world.group('Eng', [ada]);
      await world.bind(eng, await world.group('All', [ada, bob]));
      await world.activate();
      await settled();
      await world.forgetRequests();
      await world.behave({ latencyMs: 600 });
      await world.join(eng, bob);
      await until(async () => (await world.journal()).journal.some(({ path }) => path.includes('/Groups/')));
      await world.behave({ latencyMs: 0 });
      await world.editUser(bob, { state: 'suspended' });
      await until(async () => (await world.link(bob))?.state === 'inactive');
      expect((await world.link(eng))?.in_flight).not.toBeNull();
      await settled();
      expect(await world.groups()).toEqual({ All: [email('ada')], Eng: [email('ada')] });
    },
  );

  test('R42: whoever came in with a creation that was not answered, and left meanwhile, does not stay', async () => {
    await begin({ settings: { behaviour: { groups: { createWithMembers: true } } } });
    const [ada, bob] = [await world.user('ada'), await world.user('bob')];
    await world.bind(await world.group('All', [ada, bob]));
    await world.activate();
    await settled();
    const eng = await world.group('Eng', [ada, bob]);
    await changesMindAfterKill(
      () => world.bind(eng),
      async () => {
        await world.renameGroup(eng, 'Engineering');
        await world.leave(eng, bob);
      },
    );
    expect(await world.groups()).toEqual({ All: [email('ada'), email('bob')], Engineering: [email('ada')] });
  });

  // The embedded database has one connection: a claim and a settle never overlap there.
  if (kind === 'postgres')
    test('R12, R42: whoever leaves goes, although what had come of their creation could not be written down', async () => {
      let [fails, failed] = [false, false];
      let letClaim = (): void => undefined;
      const claimed = new Promise<void>((resolve) => (letClaim = resolve));
      const db = database.db.withPlugin({
        transformQuery: ({ node }) => {
          failed ||= fails && JSON.stringify(node).includes('INSERT INTO links');
          if (failed && fails) throw new Error('The connection is broken.');
          return node;
        },
        transformResult: async ({ result }) => {
          if (fails && JSON.stringify(result.rows).includes('"username":"bob')) await claimed;
          return result;
        },
      });
      await begin({ database: { ...database, db } }, { latencyMs: 300 });
      const [ada, bob] = [await world.user('ada'), await world.user('bob')];
      const eng = await world.group('Eng', [ada]);
      await world.bind(eng);
      await world.activate();
      await until(async () => ((await world.requests())['POST /Users'] ?? 0) > 0);
      fails = true;
      await world.join(eng, bob);
      await until(() => Promise.resolve(failed));
      fails = false;
      await world.editUser(ada, { state: 'suspended' });
      letClaim();
      await world.behave({ latencyMs: 0 });
      await settled();
      expect(await world.members()).toEqual([email('bob')]);
    });

  test('R42, R44: whoever was in doubt while answers were lost is in place as soon as they come again', async () => {
    await begin();
    const eng = await world.group('Eng', [await world.user('ada')]);
    await world.bind(eng);
    await world.activate();
    await settled();
    const bob = await world.user('bob');
    await world.behave({ dropRate: 1 });
    await world.join(eng, bob);
    await until(async () => (await world.attempts(bob)) > 5);
    await world.behave({ dropRate: 0 });
    await world.idle(4);
    expect(await world.groups()).toEqual({ Eng: [email('ada'), email('bob')] });
  });

  test('R23: members come into a group that waits for its name, whoever cannot be sent before them', async () => {
    const settings: Settings = { behaviour: { groups: { membersPerRequest: 2 } } };
    await begin({ settings }, { refuseUsers: ['x1', 'x2', 'x3'].map(email) });
    const ada = await world.user('ada');
    const [one, two] = [await world.group('One', [ada]), await world.group('Two', [ada])];
    await world.bind(one, two);
    await world.activate();
    await settled();
    // The one keeps its name, because a group that nobody knows has the other; so the next waits.
    await world.control('POST', '/groups', { displayName: 'Taken' });
    await world.renameGroup(one, 'Taken');
    await until(async () => (await world.link(one))?.error != null);
    await world.renameGroup(two, 'One');
    await until(async () => (await world.link(two))?.error?.code === 'name-held');
    const without = [await world.user('x1'), await world.user('x2'), await world.user('x3')];
    for (const user of [...without, await world.user('bob')]) await world.join(two, user);
    await until(async () => Object.values(await world.groups()).some((who) => who.includes(email('bob'))));
    await until(async () => (await world.link(two))?.error?.code === 'name-held');
  });

  test('R23: names that are swapped, and handed on, while answers are lost', async () => {
    await begin();
    const ada = await world.user('ada');
    const names = ['One', 'Two', 'Three'];
    const groups: string[] = [];
    for (const name of names) groups.push(await world.group(name, [ada]));
    await world.bind(...groups);
    await world.activate();
    await settled();
    const before = await Promise.all(groups.map(async (group) => (await world.link(group))?.remote_id));
    await world.behave({ dropRate: 0.3 });
    const [one = '', two = '', three = ''] = groups;
    await world.renameGroup(one, 'spare');
    await world.renameGroup(two, 'One');
    await world.renameGroup(three, 'Two');
    await world.renameGroup(one, 'Three');
    await pause(200);
    await world.behave({ dropRate: 0 });
    await settled();
    expect(Object.keys(await world.groups()).sort()).toEqual(['One', 'Three', 'Two']);
    expect(await Promise.all(groups.map(async (group) => (await world.link(group))?.remote_id))).toEqual(
      before,
    );
  });

  test('R23: a swap that was done and not answered, and is taken back', async () => {
    await begin();
    const ada = await world.user('ada');
    const [one, two] = [await world.group('One', [ada]), await world.group('Two', [ada])];
    await world.bind(one, two);
    await world.activate();
    await settled();
    // What the target holds, and the links do not know yet: the two have exchanged their names.
    await world.stopWorkers();
    const ids = [(await world.link(one))?.remote_id ?? '', (await world.link(two))?.remote_id ?? ''];
    await world.target.renameInTarget(ids[0] ?? '', 'spare');
    await world.target.renameInTarget(ids[1] ?? '', 'One');
    await world.target.renameInTarget(ids[0] ?? '', 'Two');
    await world.openRenames();
    await world.startWorker();
    await settled();
    const { groups } = await world.state();
    expect(groups.map(({ id, displayName }) => [id, displayName]).sort()).toEqual(
      [
        [ids[0], 'One'],
        [ids[1], 'Two'],
      ].sort(),
    );
  });

  test.each([
    ['it is said again', 'Sales'],
    ['another one follows', 'Ops'],
  ])(
    'R42: a rename that was done and not answered is known, although the target refuses what comes after it: where %s',
    async (_, next) => {
      await begin({ connector: 'scim2', settings: { behaviour: { groups: { update: 'put' } } } });
      const ada = await world.user('ada');
      const eng = await world.group('Eng', [ada]);
      await world.bind(eng);
      await world.activate();
      await settled();
      await world.behave({ dropRate: 1 });
      await world.renameGroup(eng, 'Sales');
      await until(async () => 'Sales' in (await world.groups()));
      await world.stopWorkers();
      await world.behave({ dropRate: 0, refuseMembers: [email('ada')] });
      if (next !== 'Sales') await world.renameGroup(eng, next);
      await world.startWorker();
      await world.idle();
      await world.renameGroup(eng, 'Eng');
      await world.behave({ refuseMembers: [] });
      await settled();
      expect(await world.groups()).toEqual({ Eng: [email('ada')] });
    },
  );

  test('R10: a list that takes longer to read than a slice has time is read to its end', async () => {
    const behaviour = { filter: false, pageSize: 3 };
    await begin(
      { connector: 'scim2', settings: { behaviour }, config: { sliceSeconds: 0.02 } },
      { filter: 'ignored', pageSize: 3, latencyMs: 100 },
    );
    for (let number = 0; number < 30; number += 1)
      await world.control('POST', '/members', { userName: `p${number}@acme.test` });
    const people = await Promise.all(['p27', 'new'].map((name) => world.user(name)));
    await world.bind(await world.group('Eng', people));
    await world.activate();
    await settled();
    expect(await world.members()).toHaveLength(31);
  });

  test.each([
    ['one group', 1],
    ['several groups together', 5],
  ])('R21: so is a list of groups, for %s', async (_, number) => {
    const behaviour = { filter: false, pageSize: 3 };
    await begin(
      { connector: 'scim2', settings: { behaviour }, config: { sliceSeconds: 0.02 } },
      { filter: 'ignored', pageSize: 3, latencyMs: 0 },
    );
    const names = Array.from({ length: 30 }, (_each, at) => `g${at}`);
    for (const name of names) await world.control('POST', '/groups', { displayName: name });
    const ada = await world.user('ada');
    await world.bind(await world.group('First', [ada]));
    await world.activate();
    await settled();
    await world.control('PATCH', '/behaviour', { latencyMs: 100 });
    for (let each = 0; each < number; each += 1) await world.bind(await world.group(`g${29 - each}`, [ada]));
    await settled();
    const { groups } = await world.state();
    expect(groups).toHaveLength(31);
    expect(groups.find(({ displayName }) => displayName === 'g29')?.members).toHaveLength(1);
  });

  test('R10: whoever is looked for first is created although each answer takes longer than a slice has time', async () => {
    const settings = { behaviour: { users: { match: 'lookup' as const } } };
    await begin({ connector: 'scim2', settings, config: { sliceSeconds: 0.02 } }, { filter: 'honoured' });
    const eng = await world.group('Eng', [await world.user('ada')]);
    await world.bind(eng);
    await world.activate();
    await settled();
    await world.control('PATCH', '/behaviour', { latencyMs: 1300 });
    await world.join(eng, await world.user('bob'));
    await settled();
    expect((await world.groups())['Eng']).toEqual([email('ada'), email('bob')]);
  });

  // The embedded database has one connection: no change commits beside another.
  if (kind === 'postgres')
    test('R41: a change that commits while the connection is activated is not missed', async () => {
      await begin();
      const eng = await world.group('Eng', [await world.user('ada')]);
      await world.bind(eng);
      const bob = await world.user('bob');
      let activated: Promise<unknown> = Promise.resolve();
      await world.joinSlowly(eng, bob, async () => {
        activated = world.activate();
        await pause(300);
      });
      await activated;
      await settled();
      expect(await world.members()).toEqual([email('ada'), email('bob')]);
    });
});
