/**
 * Whatever happens, and whatever is lost, the target ends as the directory wants it: random changes, faults, restarts and
 * deaths of workers, played on a world and on a model of it, compared once everything is quiet.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { databaseKinds, testDatabase } from '../support/database.ts';
import { anyActions, HEALTHY, play, type Action, type Names } from './actions.ts';
import { checkAccounts, accountsOf, checkGroups, checkMembers } from './checks.ts';
import { anyDialect, joinsAgain, type Dialect } from './dialect.ts';
import { Model } from './model.ts';
import { playing } from './runs.ts';
import { storyOf } from './story.ts';
import type { Journal, TargetState } from './target.ts';
import { untilIdle } from './until-idle.ts';
import { World } from './world.ts';

const { parameters, timeoutMs } = playing(5);
const STRANGERS = ['stranger1@else.test', 'stranger2@else.test'];

/** A small company that is provisioned before anything goes wrong. */
const BEGINNING: readonly Action[] = [
  { name: 'found', a: 0, b: 0, c: 1 },
  { name: 'found', a: 0, b: 0, c: 1 },
  ...[0, 1, 2, 3, 4].map((at): Action => ({ name: 'hire', a: at, b: at, c: 1 })),
  { name: 'calm', a: 0, b: 0, c: 0 },
];

/** Settings of one run. */
interface Setting {
  readonly connector: 'segment' | 'scim2';
  readonly dialect: Dialect;
  readonly userUpdates: 'ignore' | 'apply';
  readonly brake: boolean;
  readonly workers: 1 | 2;
}

const anySetting = fc.record<Setting>({
  connector: fc.constantFrom('segment', 'scim2'),
  dialect: anyDialect,
  userUpdates: fc.constantFrom('ignore', 'apply'),
  brake: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  workers: fc.constantFrom(1, 2),
});

describe.each(databaseKinds)('the engine on the %s database', async (kind) => {
  const database = await testDatabase(kind);
  afterAll(() => database.close());

  async function start(setting: Setting): Promise<World> {
    const threshold = setting.brake ? { number: 1, percent: 10 } : { number: 1000, percent: 100 };
    const { behaviour, toggles } = setting.dialect;
    const settings = { threshold, behaviour };
    const world = await World.start(kind, { connector: setting.connector, database, settings });
    if (setting.workers === 2) await world.startWorker();
    await world.behave({ ...toggles, userUpdates: setting.userUpdates });
    for (const userName of STRANGERS) await world.control('POST', '/members', { userName });
    await world.control('POST', '/groups', { displayName: 'Theirs', members: STRANGERS });
    return world;
  }

  /** Faults off, everything on, and every hold approved, until there is nothing left to do. */
  async function quiet(world: World, model: Model): Promise<void> {
    await world.behave(HEALTHY);
    if (!model.active) expect(await world.activate()).toBe(true);
    // Whoever was refused is tried again.
    await world.resync();
    await untilIdle(world);
  }

  async function run(setting: Setting, actions: readonly Action[]): Promise<void> {
    const { userUpdates, dialect } = setting;
    const world = await start(setting);
    const model = new Model();
    const names: Names = { next: 0, departed: [] };
    try {
      model.active = await world.activate();
      for (const action of [...BEGINNING, ...actions]) await play(world, model, names, action);
      await quiet(world, model);
      const state = await world.state();
      const links = await world.links();
      checkMembers(model, state, links, accountsOf(STRANGERS, state));
      checkAccounts({ userUpdates, joinsAgain: joinsAgain(dialect) }, model, state, links);
      if (model.groupManagement) checkGroups(model, state, links);
      checkStrangers(state);
      checkCreates(await world.journal());
      expect(await world.planned(), 'a second plan is empty').toEqual([]);
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

function checkStrangers(state: TargetState): void {
  expect(state.members.map(({ userName }) => userName)).toEqual(expect.arrayContaining(STRANGERS));
  const theirs = state.groups.find(({ displayName }) => displayName === 'Theirs');
  expect(theirs?.members.map(({ userName }) => userName).sort()).toEqual(STRANGERS);
}

/** R42: no create is repeated blindly, so none ever meets the account that an earlier one made. */
function checkCreates({ journal }: Journal): void {
  const creates = journal.filter(({ route }) => route === 'POST /Users');
  expect(creates.filter(({ status }) => status === 409)).toEqual([]);
}
