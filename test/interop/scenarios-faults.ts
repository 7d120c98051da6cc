/** A provider behind a bad network: whatever is lost or refused for now, nothing is lost or doubled in the end. */
import { expect, it } from 'vitest';
import type { Fault, Rule } from './fault-proxy.ts';
import type { Scenarios } from './scenarios.ts';
import type { Scene } from './scene.ts';

const NAMES = ['ada', 'bob', 'cy', 'dee', 'eve', 'fay', 'gus', 'hal', 'ivy', 'joe', 'kim', 'lea'];

/** A company of twelve in two groups, and the changes of a bad day. */
async function aBadDay(scene: Scene, rules: readonly Rule[]): Promise<void> {
  const people = await scene.hireAll(NAMES);
  const eng = await scene.group('Eng', people.slice(0, 8));
  const ops = await scene.group('Ops', people.slice(4));
  await scene.connect([], { users: { update: 'patch' } });
  for (const rule of rules) scene.proxy.add(rule);
  await scene.bind({ add: [eng, ops] });
  await scene.quiet();
  await scene.changeUser(people[0] ?? '', { firstname: 'Augusta' });
  await scene.changeUser(people[1] ?? '', { state: 'suspended' });
  await scene.rename(eng, 'Engineering');
  await scene.members(ops, { add: people.slice(2, 3), remove: people.slice(11) });
  await scene.quiet();
  scene.proxy.clear();
  await scene.settled();
}

function expectTheEvening(scene: Scene): void {
  for (const name of NAMES)
    expect(scene.account(name)).toMatchObject({ active: name !== 'bob' && name !== 'lea' });
  expect(scene.world.users()).toHaveLength(NAMES.length);
  expect(scene.account('ada').displayName).toBe('Augusta Lovelace');
  expect(scene.membersOf('Engineering')).toEqual(scene.named('ada', ...NAMES.slice(2, 8)));
  expect(scene.membersOf('Ops')).toEqual(scene.named('cy', ...NAMES.slice(4, 11)));
  expect(scene.world.groups()).toHaveLength(2);
}

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];
const onWrites = (fault: Fault, every: number): Rule[] => WRITES.map((method) => ({ fault, method, every }));

const TROUBLES: readonly (readonly [string, readonly Rule[]])[] = [
  ['R42: answers lost after the work', onWrites({ kind: 'lose' }, 2)],
  ['R42: answers that break off half-way', onWrites({ kind: 'truncate' }, 3)],
  [
    'R42: every first answer to a write lost',
    onWrites({ kind: 'lose' }, 1).map((rule) => ({ ...rule, times: 3 })),
  ],
  ['R44: reads that break off', [{ fault: { kind: 'truncate' }, method: 'GET', every: 2, times: 10 }]],
  ['R44: a 503 for every third request', [{ fault: { kind: 'answer', status: 503 }, every: 3, times: 8 }]],
  ['R44: a 500 after the work', onWrites({ kind: 'fail', status: 500 }, 3)],
  ['R44: late answers', [{ fault: { kind: 'delay', ms: 20 } }]],
];

export const faultScenarios: Scenarios = (stage) => {
  it.each(TROUBLES)('%s: in the end all is right and nothing is double', async (_, rules) => {
    const scene = stage();
    await aBadDay(scene, rules);
    expectTheEvening(scene);
  });

  it('R44: rests as long as a 429 asks, and then goes on', async () => {
    const scene = stage();
    const people = await scene.hireAll(['ada', 'bob', 'cy']);
    await scene.connect([]);
    scene.proxy.add({ fault: { kind: 'answer', status: 429, retryAfter: 1 }, method: 'POST', times: 1 });
    const started = performance.now();
    await scene.bind({ add: [await scene.group('Eng', people)] });
    await scene.settled();
    expect(performance.now() - started).toBeGreaterThan(950);
    expect(scene.membersOf('Eng')).toEqual(scene.named('ada', 'bob', 'cy'));
    expect(scene.world.users()).toHaveLength(3);
  });
};
