/** What acts of administrators and of the target's people are played on. */
import type { Deprovision } from '../../src/connectors/connector.ts';
import type { Accounts } from './accounts.ts';
import { HEALTHY, type Names } from './actions.ts';
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

/** Numbers that choose whom an act concerns, and how. */
export interface Choices {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const freshName = (names: Names): string => `u${(names.next += 1)}@acme.test`;

/** Everything that is waiting is done. Answers whether it is. */
export async function isSettled({ world, model }: Stage): Promise<boolean> {
  await world.behave(HEALTHY);
  const idle = await world.idle(1).then(
    () => true,
    () => false,
  );
  return idle && model.active && (await world.connection()) === 'active';
}
