/** What chaos has found: each as the smallest story that fails without its fix. */
import { afterEach, describe, expect, test } from 'vitest';
import { World } from '../property/world.ts';
import { databaseKinds, testDatabase } from '../support/database.ts';

const email = (name: string): string => `${name}@acme.test`;

describe.each(databaseKinds)('found by chaos, on %s', async (kind) => {
  const database = await testDatabase(kind);
  let world: World;

  afterEach(() => world.close());

  test('R13, R42: who may have left and came back is taken out of the groups that they left meanwhile', async () => {
    world = await World.start(kind, { database });
    const [ada, bob] = [await world.user('ada'), await world.user('bob')];
    const [one, two] = [await world.group('One', [ada, bob]), await world.group('Two', [ada, bob])];
    await world.bind(one, two);
    await world.activate();
    await world.idle();
    // The target answers with an error and does nothing, so that Ada never leaves; Rollcall can't know.
    await world.behave({ errorRate: 1 });
    await world.editUser(ada, { state: 'suspended' });
    await expect
      .poll(async () => (await world.link(ada))?.in_flight, { timeout: 5000 })
      .toBe('deactivateUser');
    await world.killWorkers();
    await world.behave({ errorRate: 0 });
    await world.leave(two, ada);
    await world.editUser(ada, { state: 'active' });
    await world.startWorker();
    await world.idle();
    expect(await world.groups()).toEqual({ One: [email('ada'), email('bob')], Two: [email('bob')] });
    expect(await world.planned()).toEqual([]);
  });
});
