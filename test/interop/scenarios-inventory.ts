/** Reading everything that a provider holds: to the end and no further, and what somebody changed there is set right. */
import { expect, it } from 'vitest';
import type { Scenarios } from './scenarios.ts';

/** More than one page, and more than the fifty at which one provider's total stops. */
const MANY = 130;

export const inventoryScenarios: Scenarios = (stage, target) => {
  it('reads the list to its end, whatever it says of its length, and no further', async () => {
    const scene = stage();
    for (let at = 0; at < MANY; at += 1) await scene.world.addUser(scene.userName(`stranger${at}`));
    await scene.connect([await scene.group('Eng', [await scene.hire('ada')])]);
    const before = scene.proxy.passed.length;
    await scene.inventory();
    const read = (await scene.events()).find((event) => event.operation === 'inventory');
    expect(read?.sentence).toContain(`${MANY + 1} users, of which ${MANY} unknown; 0 missing, 0 changed`);
    expect(scene.writes(before)).toEqual([]);
    expect(scene.sent(before).length).toBeLessThan(10);
    expect(scene.world.users().filter((user) => user.active)).toHaveLength(MANY + 1);
  });

  it('does not take for gone what the list lacks and the application still has', async () => {
    const scene = stage();
    const ada = await scene.hire('ada');
    const groups: string[] = [];
    for (let at = 0; at < 55; at += 1) groups.push(await scene.group(`G${at}`, [ada]));
    await scene.connect(groups);
    const before = scene.proxy.passed.length;
    await scene.inventory();
    const read = (await scene.events()).find((event) => event.operation === 'inventory');
    expect(read?.sentence).toContain('55 groups, of which 0 unknown; 0 missing, 0 changed');
    expect(scene.writes(before)).toEqual([]);
  });

  it('sets right what somebody changed in the application', async () => {
    const scene = stage();
    const people = await scene.hireAll(['ada', 'bob', 'cy', 'dee', 'eve']);
    await scene.connect([await scene.group('Eng', people)]);
    await scene.changeUser(people[4] ?? '', { state: 'suspended' });
    await scene.settled();
    const { world } = scene;
    await world.editUser(scene.account('ada').id, { displayName: 'Mallory' });
    await world.removeUser(scene.account('bob').id);
    await world.editUser(scene.account('cy').id, { active: false });
    await world.editUser(scene.account('eve').id, { active: true });
    if (target.membersReadable)
      await world.removeMember(world.groups()[0]?.id ?? '', scene.account('dee').id);
    await scene.inventory();
    // An account that was made anew while the groups were read is a stranger's only to the next reading.
    await scene.inventory();
    expect(scene.account('ada')).toMatchObject({ displayName: 'ada Lovelace', active: true });
    expect(scene.account('bob')).toMatchObject({ displayName: 'bob Lovelace', active: true });
    expect(scene.account('cy').active).toBe(true);
    expect(scene.account('eve').active).toBe(false);
    const members = scene.named('ada', 'bob', 'cy', 'dee');
    // Some targets hold a member twice who is added again on coming back (R13).
    expect([...new Set(scene.membersOf('Eng'))]).toEqual(
      target.membersReadable ? members : expect.arrayContaining(members),
    );
  });

  it('finds nothing to do where nothing changed, also where members are not shown', async () => {
    const scene = stage();
    await scene.connect([await scene.group('Eng', await scene.hireAll(['ada', 'bob']))]);
    const before = scene.proxy.passed.length;
    await scene.inventory();
    await scene.inventory();
    expect(scene.writes(before)).toEqual([]);
  });
};
