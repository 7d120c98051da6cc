/**
 * Whatever happens, and whatever is lost, the target ends as the directory wants it: random changes, faults, restarts and
 * deaths of workers, played on a world and on a model of it, compared once everything is quiet.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { databaseKinds, testDatabase } from '../support/database.ts';
import { anyActions, play, type Action } from './actions.ts';
import { HEALTHY, type Names } from './acts.ts';
import { besidesAlone, strangersStay } from './besides.ts';
import {
  accountsOf,
  checkAccounts,
  checkBrake,
  checkCreates,
  checkGroups,
  checkMembers,
  checkNoOtherGroups,
  checkStrangers,
  checkTakenOver,
} from './checks.ts';
import { anyDialectAlone, joinsAgain, leavesEverybody, type Dialect } from './dialect.ts';
import { Model } from './model.ts';
import { playing } from './runs.ts';
import { storyOf } from './story.ts';
import type { TargetState } from './target.ts';
import { untilIdle } from './until-idle.ts';
import { World } from './world.ts';

const { parameters, timeoutMs } = playing(5);
const STRANGERS = ['stranger1@else.test', 'stranger2@else.test'];

/** The name of the first group that is founded. The target has one of that name, which is taken over (R21). */
const TAKEN_OVER = 'Group 1';

/** So many may leave within an hour before the brake holds the next (R46). */
const MAY_LEAVE = 1;

const CALM: Action = { name: 'calm', a: 0, b: 0, c: 0 };

/** A small company that is provisioned before anything goes wrong. */
const BEGINNING: readonly Action[] = [
  { name: 'found', a: 0, b: 0, c: 1 },
  { name: 'found', a: 0, b: 0, c: 1 },
  ...[0, 1, 2, 3, 4].map((at): Action => ({ name: 'hire', a: at, b: at, c: 1 })),
];

/** Settings of one run. */
interface Setting {
  readonly connector: 'segment' | 'scim2';
  readonly dialect: Dialect;
  readonly userUpdates: 'ignore' | 'apply';
  readonly brake: boolean;
  readonly workers: 1 | 2;
}

/** A company that is played, and what is right of it. */
interface Life {
  readonly world: World;
  readonly model: Model;
  readonly names: Names;
  readonly setting: Setting;
  /** The id of the group that is taken over. */
  readonly takenOver: string | undefined;
}

const anySetting = fc.record<Setting>({
  connector: fc.constantFrom('segment', 'scim2'),
  dialect: anyDialectAlone,
  userUpdates: fc.constantFrom('ignore', 'apply'),
  brake: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  workers: fc.constantFrom(1, 2),
});

describe.each(databaseKinds)('the engine on the %s database', async (kind) => {
  const database = await testDatabase(kind);
  afterAll(() => database.close());

  async function begin(setting: Setting): Promise<Life> {
    const threshold = setting.brake ? { number: MAY_LEAVE, percent: 0 } : { number: 1000, percent: 100 };
    const { behaviour, toggles } = setting.dialect;
    const settings = { threshold, behaviour };
    const world = await World.start(kind, { connector: setting.connector, database, settings });
    if (setting.workers === 2) await world.startWorker();
    await world.behave({ ...toggles, userUpdates: setting.userUpdates });
    for (const userName of STRANGERS) await world.control('POST', '/members', { userName });
    for (const displayName of ['Theirs', TAKEN_OVER])
      await world.control('POST', '/groups', { displayName, members: STRANGERS });
    const { groups } = await world.state();
    const takenOver = groups.find(({ displayName }) => displayName === TAKEN_OVER)?.id;
    return { world, model: new Model(), names: { next: 0, departed: [] }, setting, takenOver };
  }

  /**
   * Faults off, everything on, and every hold approved, until there is nothing left to do. Whoever was refused is tried again, and nobody
   * else: a mark that was lost is not to be made good by looking at everything. That comes first too, because somebody may wait for the
   * account of somebody whose deactivation was refused.
   */
  async function quiet({ world, model }: Life): Promise<void> {
    await world.behave(HEALTHY);
    if (!model.active) expect(await world.activate()).toBe(true);
    for (let times = 0; times < 2; times += 1) {
      await world.retryRefused();
      await untilIdle(world);
    }
  }

  /** What the directory wants is what the target holds. */
  async function check({ world, model, setting, takenOver }: Life): Promise<void> {
    const { userUpdates, dialect } = setting;
    const state = await world.state();
    const links = await world.links();
    checkMembers(model, state, links, whoStays(dialect, state));
    checkAccounts({ userUpdates, joinsAgain: joinsAgain(dialect) }, model, state, links);
    if (model.groupManagement) {
      checkGroups(model, state, links, besidesAlone(dialect, model, { state, links, strangers: STRANGERS }));
      checkNoOtherGroups(model, state, ['Theirs']);
    }
    checkStrangers(state, STRANGERS);
    if (strangersStay(dialect)) checkTakenOver(state, takenOver, STRANGERS);
    expect(await world.planned(), 'a second plan is empty').toEqual([]);
  }

  /** The same between two actions, wherever nothing is left to do at that moment. */
  async function checkMeanwhile(life: Life): Promise<void> {
    const { world, model, setting } = life;
    if (!model.active || !(await world.isIdle(0))) return;
    if (setting.brake) checkBrake(await world.state(), MAY_LEAVE);
    if (!(await world.hasRefused()) && (await world.openHolds()).length === 0) await check(life);
  }

  async function run(setting: Setting, actions: readonly Action[]): Promise<void> {
    const life = await begin(setting);
    const { world, model, names } = life;
    try {
      model.active = await world.activate();
      for (const action of BEGINNING) await play(world, model, names, action);
      await world.idle();
      for (const action of [...actions, CALM]) {
        await play(world, model, names, action);
        if (action.name === 'calm') await checkMeanwhile(life);
      }
      await quiet(life);
      await check(life);
      if (!leavesEverybody(setting.dialect)) checkCreates(await world.journal());
    } catch (error) {
      console.error(await storyOf(world), JSON.stringify([setting, actions]));
      throw error;
    } finally {
      await world.close();
    }
  }

  test(
    'R40–R46: ends as the directory wants it, whatever is lost on the way',
    async () => {
      await fc.assert(fc.asyncProperty(anySetting, anyActions, run), parameters);
    },
    timeoutMs,
  );
});

/** Accounts that may be there beside those of whoever is assigned. */
function whoStays(dialect: Dialect, state: TargetState): ReadonlySet<string> {
  return leavesEverybody(dialect) ? new Set(state.members.map(({ id }) => id)) : accountsOf(STRANGERS, state);
}
