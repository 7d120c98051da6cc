/** A group's life: created, taken over, renamed, deleted, its members changed. */
import { expect, it } from 'vitest';
import type { Scenarios } from './scenarios.ts';

/** A group that takes three requests of twenty-five members. */
const LARGE = 60;
/** More groups than one provider's list ever shows. */
const MANY = 55;

export const groupScenarios: Scenarios = (stage, target) => {
  it('R23, R25: a rename and a swap of names leave members alone; a deleted group is deleted', async () => {
    const scene = stage();
    const [ada, bob] = [await scene.hire('ada'), await scene.hire('bob')];
    const [eng, ops] = [await scene.group('Eng', [ada]), await scene.group('Ops', [bob])];
    await scene.connect([eng, ops]);
    await scene.rename(eng, 'Engineering');
    await scene.settled();
    expect(scene.membersOf('Engineering')).toEqual(scene.named('ada'));
    await scene.rename(eng, 'Meanwhile');
    await scene.rename(ops, 'Engineering');
    await scene.rename(eng, 'Ops');
    await scene.settled();
    expect(scene.membersOf('Engineering')).toEqual(scene.named('bob'));
    expect(scene.membersOf('Ops')).toEqual(scene.named('ada'));
    await scene.call('DELETE', `/groups/${eng}`);
    await scene.settled();
    expect(scene.world.groups().map((group) => group.displayName)).toEqual([scene.groupName('Engineering')]);
    expect(scene.account('ada').active).toBe(false);
  });

  it('R24: an unbound group stays as it is, and is taken over when it is bound again', async () => {
    const scene = stage();
    const [ada, bob] = [await scene.hire('ada'), await scene.hire('bob')];
    const [eng, ops] = [await scene.group('Eng', [ada]), await scene.group('Ops', [ada, bob])];
    await scene.connect([eng, ops]);
    await scene.bind({ remove: [ops] });
    await scene.settled();
    expect(scene.membersOf('Ops')).toEqual(scene.named('ada', 'bob'));
    expect(scene.account('bob').active).toBe(false);
    await scene.bind({ add: [ops] });
    await scene.settled();
    expect(scene.membersOf('Ops')).toEqual(scene.named('ada', 'bob'));
    expect(scene.account('bob').active).toBe(true);
    expect(scene.world.groups()).toHaveLength(2);
  });

  it('R21: takes a group over: strangers go where they are shown, members come', async () => {
    const scene = stage();
    const { world } = scene;
    const stranger = await world.addUser(scene.userName('stranger'));
    const known = await world.addUser(scene.userName('ada'));
    const id = await world.addGroup(scene.groupName('Eng'), [stranger, known]);
    await scene.connect([await scene.group('Eng', await scene.hireAll(['ada', 'bob']))]);
    expect(world.groups().map((group) => group.id)).toEqual([id]);
    const strangers = target.membersReadable ? [] : ['stranger'];
    expect(scene.membersOf('Eng')).toEqual(scene.named('ada', 'bob', ...strangers));
    expect(scene.account('stranger')).toMatchObject({ id: stranger, active: true });
  });

  it('R21: keeps strangers where the connection says so', async () => {
    const scene = stage();
    const stranger = await scene.world.addUser(scene.userName('stranger'));
    await scene.world.addGroup(scene.groupName('Eng'), [stranger]);
    const eng = await scene.group('Eng', await scene.hireAll(['ada']));
    await scene.connect([eng], { groups: { unknownMembers: 'keep' } });
    await scene.inventory();
    expect(scene.membersOf('Eng')).toEqual(scene.named('ada', 'stranger'));
  });

  it('R21: takes groups over that are not in the list that the application shows', async () => {
    const scene = stage();
    const ids: string[] = [];
    for (let at = 0; at < MANY; at += 1) ids.push(await scene.world.addGroup(scene.groupName(`G${at}`), []));
    const ada = await scene.hire('ada');
    const bound: string[] = [];
    for (let at = 0; at < 5; at += 1) bound.push(await scene.group(`G${at}`, [ada]));
    await scene.connect(bound);
    expect(scene.world.groups()).toHaveLength(MANY);
    const held = scene.world.groups().filter((group) => group.members.length > 0);
    expect(held.map((group) => group.id).sort()).toEqual(ids.slice(0, 5).sort());
  });

  it('R21: two groups of one name are refused, naming both', async () => {
    const scene = stage();
    const ids = [
      await scene.world.addGroup(scene.groupName('Eng'), []),
      await scene.world.addGroup(scene.groupName('Eng'), []),
    ];
    const eng = await scene.group('Eng', [await scene.hire('ada')]);
    await scene.connect([eng], {}, { plan: false });
    expect(scene.writes()).toEqual(['POST /Users']);
    const refused = (await scene.events()).find((event) => event.outcome === 'refused');
    for (const id of ids) expect(refused?.sentence).toContain(id);
    expect(scene.world.groups()).toHaveLength(2);
  });

  it.each(target.updatesGroupsBy)('R22: with %s, a large group changes by what changed', async (update) => {
    const scene = stage();
    const people = await scene.hireAll(Array.from({ length: LARGE }, (_, at) => `p${at}`));
    const eng = await scene.group('Eng', people.slice(0, -1));
    await scene.connect([eng], { filter: true, groups: { update, membersPerRequest: 25 } });
    expect(scene.membersOf('Eng')).toHaveLength(LARGE - 1);
    const before = scene.proxy.passed.length;
    await scene.members(eng, { add: people.slice(-1) });
    await scene.settled();
    expect(scene.membersOf('Eng')).toHaveLength(LARGE);
    const made = ['POST /Users', `${update.toUpperCase()} /Groups`];
    expect(scene.writes(before)).toEqual(made);
    await scene.members(eng, { remove: people.slice(0, 1) });
    await scene.settled();
    expect(scene.membersOf('Eng')).toHaveLength(LARGE - 1);
    expect(scene.membersOf('Eng')).not.toContain(scene.userName('p0'));
    expect(scene.writes(before).sort()).toEqual(
      [...made, `${update.toUpperCase()} /Groups`, 'PUT /Users'].sort(),
    );
  });

  it('R26: one member that is refused does not hold up the others', async () => {
    const scene = stage();
    const people = await scene.hireAll(['ada', 'bob', 'cy', 'dee', 'eve']);
    await scene.connect([await scene.group('Ops', people)]);
    const refuse = { kind: 'answer', status: 400, detail: 'No seat for this member' } as const;
    scene.proxy.add({ fault: refuse, method: 'PATCH', path: '/Groups', body: scene.account('cy').id });
    await scene.bind({ add: [await scene.group('Eng', people)] });
    await scene.settled({ plan: false });
    expect(scene.membersOf('Eng')).toEqual(scene.named('ada', 'bob', 'dee', 'eve'));
    const refused = (await scene.events()).find((event) => event.outcome === 'refused');
    expect(refused?.sentence).toContain(scene.userName('cy'));
  });
};
