/** What acts of administrators and of the target's people are played on. */
import type { Deprovision } from '../../src/connectors/connector.ts';
import type { Accounts } from './accounts.ts';
import { HEALTHY, type Names } from './acts.ts';
import type { Model } from './model.ts';
import type { World } from './world.ts';

export interface Stage {
  readonly world: World;
  readonly model: Model;
  readonly accounts: Accounts;
  readonly names: Names;
  /** What may become of whoever leaves. */
  readonly deprovisions: readonly Deprovision[];
}

export const freshName = (names: Names): string => `u${(names.next += 1)}@acme.test`;

/** Everything that is waiting is done. Answers whether it is. */
export async function isSettled({ world, model }: Stage): Promise<boolean> {
  await world.behave(HEALTHY);
  return (await world.isIdle(1)) && model.active && (await world.connection()) === 'active';
}
