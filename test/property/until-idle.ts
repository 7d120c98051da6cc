import type { World } from './world.ts';

/**
 * Waits until nothing is left to do, with every hold approved. Somebody hired again may wait for the account of somebody who is
 * held, so that holds are approved all the while.
 */
export async function untilIdle(world: World): Promise<void> {
  for (let tries = 0; tries < 30; tries += 1) {
    await world.decideHolds('approve');
    if ((await world.isIdle(1)) && (await world.openHolds()).length === 0) return;
  }
  await world.idle(1);
}
