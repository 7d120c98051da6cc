/** What saml-jackson cannot do: each ends in a sentence on the record that it concerns, and everything else goes on. */
import { expect, it } from 'vitest';
import type { Scenarios } from './scenarios.ts';
import type { Scene } from './scene.ts';

async function refusals(scene: Scene): Promise<string[]> {
  const events = await scene.events();
  return events.filter((event) => event.outcome === 'refused').map((event) => event.sentence);
}

export const jacksonScenarios: Scenarios = (stage) => {
  it('R17: an email that another account has is refused, and says where to look', async () => {
    const scene = stage();
    await scene.world.addUser(scene.userName('ada'));
    const [person, bob] = [await scene.hire('augusta'), await scene.hire('bob')];
    await scene.changeUser(person, { email: scene.userName('ada') });
    await scene.connect([await scene.group('Eng', [person, bob])], {}, { plan: false });
    expect(await refusals(scene)).toEqual([
      expect.stringContaining(`"${scene.userName('augusta')}" is taken`),
    ]);
    expect(scene.membersOf('Eng')).toEqual(scene.named('bob'));
    expect(scene.world.users()).toHaveLength(2);
  });

  it('R23: a name that a renamed group has given up is refused, and says where to look', async () => {
    const scene = stage();
    const ada = await scene.hire('ada');
    const eng = await scene.group('Eng', [ada]);
    await scene.connect([eng]);
    await scene.rename(eng, 'Engineering');
    await scene.settled();
    await scene.bind({ add: [await scene.group('Eng', [ada])] });
    await scene.settled({ plan: false });
    expect(await refusals(scene)).toEqual([expect.stringContaining(`"${scene.groupName('Eng')}" is taken`)]);
    expect(scene.membersOf('Engineering')).toEqual(scene.named('ada'));
  });

  it('loses nobody where the connection was not told that members are not shown', async () => {
    const scene = stage();
    await scene.connect([await scene.group('Eng', await scene.hireAll(['ada', 'bob']))], {
      groups: { membersReadable: true },
    });
    const before = scene.proxy.passed.length;
    await scene.inventory();
    expect(scene.writes(before)).toEqual(['PATCH /Groups']);
    expect(scene.membersOf('Eng')).toEqual(scene.named('ada', 'bob'));
  });
};
