/** Targets that take groups whole, and refuse members who are inactive: leavers are not to be said again. */
import { describe, expect, test } from 'vitest';
import { databaseKinds } from '../support/database.ts';
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
