/** What every service provider must come through, whatever its quirks. Each file `*.test.ts` here runs it against one. */
import { beforeAll, beforeEach, describe } from 'vitest';
import { databaseKinds } from '../support/database.ts';
import { startRollcall, type TestRollcall } from '../support/rollcall.ts';
import { faultScenarios } from './scenarios-faults.ts';
import { groupScenarios } from './scenarios-groups.ts';
import { importScenarios } from './scenarios-import.ts';
import { inventoryScenarios } from './scenarios-inventory.ts';
import { userScenarios } from './scenarios-users.ts';
import { Scene } from './scene.ts';
import type { Provider, Target } from './target.ts';

/** Registers scenarios. `stage` gives the scene of the test that runs. */
export type Scenarios = (stage: () => Scene, target: Target) => void;

/** Set by `npm test` where it could not install the providers, which it then says; nothing else leaves this suite out. */
const leftOut = process.env.ROLLCALL_TEST_INTEROP === 'none';

/** Registers the scenarios for a target, and those that are only its own, on each kind of database. */
export function describeInterop(target: Target, ...own: readonly Scenarios[]): void {
  describe.skipIf(leftOut).each(databaseKinds)(`${target.name}, %s`, { timeout: 60_000 }, (kind) => {
    let provider: Provider;
    let rollcall: TestRollcall;
    let scene: Scene;
    beforeAll(async () => {
      provider = await target.start();
      rollcall = await startRollcall(kind);
      return () => provider.close();
    });
    beforeEach(async () => {
      scene = await Scene.open(target, provider, rollcall);
      return () => scene.close();
    });
    for (const register of [
      userScenarios,
      groupScenarios,
      faultScenarios,
      inventoryScenarios,
      importScenarios,
      ...own,
    ])
      register(() => scene, target);
  });
}
