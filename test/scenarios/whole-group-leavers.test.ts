/** Targets that take groups whole, and refuse members who are inactive: leavers are not to be said again. */
import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../support/database.ts';
import { stage } from '../support/stage.ts';
import { startBetween, type Answered, type Requested } from '../support/target.ts';
import { World } from '../property/world.ts';

const email = (name: string): string => `${name}@acme.test`;

describe.each(databaseKinds)('groups that are sent whole, on the %s database', (kind) => {
  test('R12, R22: more leavers than one request takes members come out of a group, and others get in', async () => {
    const settings = { behaviour: { groups: { update: 'put', membersPerRequest: 1 } } } as const;
    const world = await World.start(kind, { connector: 'scim2', settings });
    try {
      const [ada, bob, eve] = [await world.user('ada'), await world.user('bob'), await world.user('eve')];
      const eng = await world.group('Eng', [ada, bob]);
      await world.bind(eng, await world.group('All', [eve]));
      await world.activate();
      await world.idle();
      await world.stopWorkers();
      for (const user of [ada, bob]) await world.editUser(user, { state: 'suspended' });
      await world.join(eng, eve);
      await world.startWorker();
      await world.idle();
      expect((await world.groups())['Eng']).toEqual([email('eve')]);
      expect(await world.planned()).toEqual([]);
    } finally {
      await world.close();
    }
  });
});

describe.each(databaseKinds)('groups on their way whole, on the %s database', async (kind) => {
  const { company, segment } = await stage(kind);

  const isWholeGroup = ({ method, path }: Requested): boolean =>
    method === 'PUT' && path.startsWith('/Groups/');

  /** Where bob leaves, and the target knows it, between the sending of a group with him in it and its arrival. */
  const begins = async (deprovision: 'deactivate' | 'delete') => {
    let before = async (): Promise<void> => {};
    const baseUrl = await startBetween(segment.baseUrl, async (asked, pass): Promise<Answered> => {
      if (isWholeGroup(asked)) await before();
      return pass();
    });
    const begun = await company({
      connector: 'scim2',
      users: ['ada', 'bob', 'cyd'],
      groups: { Staff: ['ada', 'bob', 'cyd'], Editors: ['bob'] },
      connection: { baseUrl, behaviour: { groups: { update: 'put' }, users: { deprovision } } },
    });
    let leavesOnce = async (): Promise<void> => {
      leavesOnce = async () => {};
      await begun.suspends('bob');
      await expect.poll(async () => (await segment.holds()).people).toEqual(['ada', 'cyd']);
    };
    before = () => leavesOnce();
    return begun;
  };

  test.each(['deactivate', 'delete'] as const)(
    'R12, R26: whoever comes into a group that is refused because of a leaver gets in all the same (%s)',
    async (deprovision) => {
      const company = await begins(deprovision);
      await company.adds('Editors', 'cyd');
      await company.untilIdle();
      expect(await segment.holds()).toMatchObject({ groups: { Editors: ['cyd'], Staff: ['ada', 'cyd'] } });
    },
  );

  test('R12, R23: a group whose rename is refused because of a leaver gets its name all the same', async () => {
    const company = await begins('deactivate');
    await company.renames('Editors', 'Writers');
    await company.untilIdle();
    expect(await segment.holds()).toMatchObject({ groups: { Writers: [], Staff: ['ada', 'cyd'] } });
  });
});
