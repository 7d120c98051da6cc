/** An account's life: created, adopted, updated, deactivated, deleted, back again. */
import { expect, it } from 'vitest';
import type { Scenarios } from './scenarios.ts';

export const userScenarios: Scenarios = (stage, target) => {
  it('R10, R20: creates people and groups, with one write for each and one for its members', async () => {
    const scene = stage();
    const ids = await scene.hireAll(['ada', 'bob', 'cy']);
    const [eng, ops] = [await scene.group('Eng', ids.slice(0, 2)), await scene.group('Ops', ids)];
    await scene.connect([eng, ops, await scene.group('Empty', [])]);
    expect(scene.account('ada')).toMatchObject({
      displayName: 'ada Lovelace',
      email: scene.userName('ada'),
      active: true,
    });
    expect(scene.world.users()).toHaveLength(3);
    expect(scene.membersOf('Eng')).toEqual(scene.named('ada', 'bob'));
    expect(scene.membersOf('Ops')).toEqual(scene.named('ada', 'bob', 'cy'));
    expect(scene.world.groups()).toHaveLength(2);
    expect(scene.writes().sort()).toEqual([
      ...['PATCH /Groups', 'PATCH /Groups', 'POST /Groups', 'POST /Groups'],
      ...['POST /Users', 'POST /Users', 'POST /Users'],
    ]);
  });

  it('R10: adopts an account that is there already, also in another letter case', async () => {
    const scene = stage();
    const same = await scene.world.addUser(scene.userName('ada'));
    const variant = await scene.world.addUser(scene.userName('bob').toUpperCase());
    await scene.connect([await scene.group('Eng', await scene.hireAll(['ada', 'bob', 'cy']))]);
    expect(scene.world.users()).toHaveLength(3);
    expect(scene.account('ada')).toMatchObject({ id: same, displayName: 'ada Lovelace', active: true });
    expect(scene.account('bob')).toMatchObject({ id: variant, displayName: 'bob Lovelace', active: true });
    expect(scene.world.groups()[0]?.members).toContain(variant);
  });

  it('R10: makes an adopted account that was inactive active', async () => {
    const scene = stage();
    const id = await scene.world.addUser(scene.userName('ada'));
    await scene.world.editUser(id, { active: false });
    await scene.connect([await scene.group('Eng', [await scene.hire('ada')])]);
    expect(scene.account('ada')).toMatchObject({ id, active: true });
  });

  it.each(['put', 'patch'] as const)(
    'R11: updates with %s what is mapped, and nothing else',
    async (update) => {
      const scene = stage();
      const ada = await scene.hire('ada');
      await scene.connect([await scene.group('Eng', [ada, await scene.hire('bob')])], { users: { update } });
      const before = scene.proxy.passed.length;
      await scene.changeUser(ada, { attributes: { shoeSize: '38' } });
      await scene.settled();
      expect(scene.sent(before)).toEqual([]);
      await scene.changeUser(ada, { firstname: 'Augusta', email: `new-${scene.userName('ada')}` });
      await scene.settled();
      expect(scene.writes(before)).toEqual([`${update.toUpperCase()} /Users`]);
      expect(scene.account('ada')).toMatchObject({
        displayName: 'Augusta Lovelace',
        email: `new-${scene.userName('ada')}`,
        active: true,
      });
      expect(scene.account('bob')).toMatchObject({ displayName: 'bob Lovelace' });
    },
  );

  it('R11: follows a change of the name that identifies the account', async () => {
    const scene = stage();
    const ada = await scene.hire('ada');
    await scene.connect([await scene.group('Eng', [ada])]);
    const { id } = scene.account('ada');
    await scene.changeUser(ada, { username: scene.userName('augusta'), email: scene.userName('augusta') });
    await scene.settled();
    expect(scene.account('augusta')).toMatchObject({ id, email: scene.userName('augusta') });
    await scene.changeUser(ada, { username: scene.userName('Augusta') });
    await scene.settled();
    expect(scene.account('augusta')).toMatchObject({ id, userName: scene.userName('Augusta') });
    expect(scene.world.users()).toHaveLength(1);
  });

  it.each(['put', 'patch'] as const)(
    'R11, R15: takes a value away with %s, and does not insist',
    async (update) => {
      const scene = stage();
      const ada = await scene.hire('ada');
      await scene.connect([await scene.group('Eng', [ada])], { users: { update } });
      await scene.changeUser(ada, { firstname: null, lastname: null, email: null });
      await scene.settled();
      expect(scene.account('ada').displayName).toBeUndefined();
      const kept = update === 'patch' && !target.patchRemovesEmails;
      expect(scene.account('ada').email).toBe(kept ? scene.userName('ada') : undefined);
    },
  );

  it.each(['put', 'patch'] as const)(
    'R12, R13: with %s, a leaver is inactive, and back with every group',
    async (update) => {
      const scene = stage();
      const [ada, bob] = [await scene.hire('ada'), await scene.hire('bob')];
      const groups = [await scene.group('Eng', [ada, bob]), await scene.group('Ops', [ada])];
      await scene.connect(groups, { users: { update } });
      const { id } = scene.account('ada');
      await scene.changeUser(ada, { state: 'suspended' });
      await scene.settled();
      expect(scene.account('ada')).toMatchObject({ id, active: false, displayName: 'ada Lovelace' });
      expect(scene.account('bob')).toMatchObject({ active: true });
      expect(scene.membersOf('Eng')).toEqual(scene.named('bob'));
      await scene.changeUser(ada, { state: 'active' });
      await scene.settled();
      expect(scene.account('ada')).toMatchObject({ id, active: true });
      expect(scene.membersOf('Eng')).toEqual(scene.named('ada', 'bob'));
      expect(scene.membersOf('Ops')).toEqual(scene.named('ada'));
    },
  );

  it('R12: deletes a leaver where the connection says so, and makes a new account on return', async () => {
    const scene = stage();
    const [ada, bob] = [await scene.hire('ada'), await scene.hire('bob')];
    await scene.connect([await scene.group('Eng', [ada, bob])], { users: { deprovision: 'delete' } });
    const { id } = scene.account('ada');
    await scene.changeUser(ada, { state: 'suspended' });
    await scene.settled();
    expect(scene.world.users().map((user) => user.userName)).toEqual(scene.named('bob'));
    await scene.changeUser(ada, { state: 'active' });
    await scene.settled();
    expect(scene.account('ada')).toMatchObject({ active: true });
    expect(scene.account('ada').id).not.toBe(id);
    // A provider may keep a deleted account as a member: the next inventory sees it, where members are shown.
    await scene.inventory();
    const members = scene.named('ada', 'bob');
    expect(scene.membersOf('Eng')).toEqual(
      target.membersReadable ? members : expect.arrayContaining(members),
    );
  });

  it('R16: an account that is gone is made again, groups with it', async () => {
    const scene = stage();
    const ada = await scene.hire('ada');
    await scene.connect([await scene.group('Eng', [ada])]);
    await scene.world.removeUser(scene.account('ada').id);
    await scene.changeUser(ada, { firstname: 'Augusta' });
    await scene.settled();
    expect(scene.account('ada')).toMatchObject({ displayName: 'Augusta Lovelace', active: true });
    expect(scene.membersOf('Eng')).toEqual(expect.arrayContaining(scene.named('ada')));
  });

  it('R44: a rejected token pauses the connection, and nothing is lost', async () => {
    const scene = stage();
    const ada = await scene.hire('ada');
    await scene.connect([await scene.group('Eng', [ada])]);
    scene.proxy.add({ fault: { kind: 'wrong-token' } });
    await scene.changeUser(ada, { firstname: 'Augusta' });
    await expect.poll(() => scene.state(), { timeout: 5000 }).toBe('paused');
    scene.proxy.clear();
    await scene.resume();
    expect(scene.account('ada')).toMatchObject({ displayName: 'Augusta Lovelace' });
  });
};
