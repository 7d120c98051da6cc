/**
 * Whoever has a hand in it, administrators of the connection, imports, or the target's own people: nobody keeps access whom the directory
 * does not give it, nobody has two accounts, and accounts that are none of Rollcall's business are left as they are.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { requireConnector } from '../../src/connectors/catalog.ts';
import type { Deprovision } from '../../src/connectors/connector.ts';
import { databaseKinds, testDatabase } from '../support/database.ts';
import { Accounts } from './accounts.ts';
import { HEALTHY } from './acts.ts';
import { besidesOthers } from './besides.ts';
import { checkAccounts, checkGroups, checkMembers } from './checks.ts';
import { anyDialect, joinsAgain, type Dialect } from './dialect.ts';
import { anyHands, playHand, type Action } from './hands.ts';
import { Model } from './model.ts';
import { removedIn } from './removals.ts';
import { playing } from './runs.ts';
import type { Stage } from './stage.ts';
import { storyOf } from './story.ts';
import type { Journal } from './target.ts';
import { untilIdle } from './until-idle.ts';
import { World } from './world.ts';

const { parameters, timeoutMs } = playing(3);

/** A small company and two strangers. */
const BEGINNING: readonly Action[] = [
  { name: 'stranger', a: 0, b: 0, c: 0 },
  { name: 'stranger', a: 0, b: 0, c: 0 },
  { name: 'found', a: 0, b: 0, c: 1 },
  { name: 'found', a: 0, b: 0, c: 1 },
  ...[0, 1, 2, 3].map((at): Action => ({ name: 'hire', a: at, b: at, c: 1 })),
  { name: 'settle', a: 0, b: 0, c: 0 },
];

/** How the target behaves in one run, and whether the brake holds leavers. */
interface Setting {
  readonly connector: 'segment' | 'scim2';
  readonly userUpdates: 'ignore' | 'reject' | 'apply';
  readonly dialect: Dialect;
  readonly brake: boolean;
}

const anySetting = fc.record<Setting>({
  connector: fc.constantFrom('segment', 'scim2'),
  userUpdates: fc.constantFrom('ignore', 'reject', 'apply'),
  dialect: anyDialect,
  brake: fc.boolean(),
});

const OFF = { number: 1000, percent: 100 };

describe.each(databaseKinds)('accounts on the %s database', async (kind) => {
  const database = await testDatabase(kind);
  afterAll(() => database.close());

  /** Faults off, everything on, nothing held and everything corrected, until there is nothing left to do. */
  async function quiet({ world, model }: Stage, deprovision: Deprovision | undefined): Promise<void> {
    await world.behave({ ...HEALTHY, unauthorized: false });
    const behaviour = { drift: 'correct', users: { deprovision } } as const;
    await world.patch({ threshold: OFF, mapping: null, behaviour });
    if (!model.active) expect(await world.activate()).toBe(true);
    if ((await world.connection()) === 'paused') expect(await world.resume()).toBe(true);
    await world.resync(true);
    await untilIdle(world);
    // What was done in the target while it was being read is corrected by the next reading.
    await world.resync(true);
    await untilIdle(world);
  }

  async function run(setting: Setting, actions: readonly Action[]): Promise<void> {
    const { connector, userUpdates, dialect } = setting;
    const threshold = setting.brake ? { number: 1, percent: 10 } : OFF;
    const settings = { threshold, behaviour: dialect.behaviour };
    const world = await World.start(kind, { connector, database, settings });
    const model = new Model();
    const accounts = new Accounts();
    const { deprovisions } = requireConnector({ connector, label: 'Target' });
    const stage = { world, model, accounts, deprovisions, names: { next: 0, departed: [] } };
    try {
      await world.behave({ ...dialect.toggles, userUpdates });
      model.active = await world.activate();
      for (const action of [...BEGINNING, ...actions]) await playHand(stage, action);
      await quiet(stage, dialect.behaviour.users?.deprovision);
      const state = await world.state();
      const links = await world.links();
      checkMembers(model, state, links, accounts.mayStay());
      checkAccounts({ userUpdates, joinsAgain: joinsAgain(dialect) }, model, state, links);
      if (model.groupManagement) checkGroups(model, state, links, () => besidesOthers(dialect, accounts));
      checkLeft(accounts, await world.journal());
      if (dialect.behaviour.groups?.unknownMembers === 'keep') checkKept(accounts, await world.journal());
      expect(await world.planned(), 'a second plan is empty').toEqual([]);
    } catch (error) {
      console.error(await storyOf(world), JSON.stringify([setting, actions]));
      throw error;
    } finally {
      await world.close();
    }
  }

  test(
    'R10, R12, R15, R17, R34, R46: nobody has access whom the directory does not give it, whoever has a hand in it',
    async () => {
      await fc.assert(fc.asyncProperty(anySetting, anyHands, run), parameters);
    },
    timeoutMs,
  );
});

/** R34: nothing is asked of an account that is left as it is. */
function checkLeft(accounts: Accounts, { journal }: Journal): void {
  for (const [id, { since }] of accounts.left()) {
    const asked = journal.filter(
      ({ method, path, sequence }) =>
        sequence > since && method !== 'GET' && path.split('?')[0]?.endsWith(`/Users/${id}`),
    );
    expect(asked, `requests to ${id}`).toEqual([]);
  }
}

/** R21: where unknown members are to be kept, no request takes one out of a group. One that sends a group whole says nothing of it. */
function checkKept(accounts: Accounts, { journal }: Journal): void {
  for (const [id, { since, owner }] of accounts.left()) {
    if (owner !== null) continue;
    const asked = journal.filter(
      ({ method, sequence, requestBody }) =>
        sequence > since && method === 'PATCH' && removedIn(requestBody).includes(id),
    );
    expect(asked, `removals of ${id}`).toEqual([]);
  }
}
