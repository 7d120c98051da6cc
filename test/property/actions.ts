/**
 * What may happen, as data: an action is a name and three numbers that choose whom it concerns. The same list can be played
 * again from its seed; an action that makes no sense at its moment does nothing.
 */
import fc from 'fast-check';
import {
  anyGroup,
  anyUser,
  createUser,
  dismiss,
  dissolve,
  found,
  HEALTHY,
  hire,
  moveMailbox,
  pick,
  regrettable,
  renameGroup,
  setState,
  shortLived,
  unanswered,
  unbind,
  type Choices,
  type Names,
  type Play,
} from './acts.ts';
import type { Model } from './model.ts';
import { pause, type World } from './world.ts';

export interface Action extends Choices {
  readonly name: ActionName;
}

const ACTIONS = {
  /** A change whose answer is lost, or comes late, or whose worker dies, and which is taken back before anybody can ask again. */
  regret: (play: Play) => unanswered(play, () => regrettable(play)),
  /** The same of a creation: what it was for is something else by then. */
  reconsider: (play: Play) => unanswered(play, () => shortLived(play)),
  hire,
  hireAgain: async (play: Play) => {
    const userName = pick(play.names.departed, play.action.a);
    const isFree = [...play.model.users.values()].every((user) => user.userName !== userName);
    if (userName !== undefined && isFree) await createUser(play, userName);
  },
  dismiss: async (play: Play) => {
    const user = anyUser(play);
    if (user !== undefined) await dismiss(play, user);
  },
  suspend: (play: Play) => setState(play, false),
  bringBack: (play: Play) => setState(play, true),
  rename: async (play: Play) => {
    const user = anyUser(play);
    if (user === undefined) return;
    const firstname = play.action.c % 3 === 0 ? 'Same' : `F${(play.names.next += 1)}`;
    await play.world.editUser(user.id, { firstname });
    user.firstname = firstname;
  },
  moveMailbox: async (play: Play) => {
    const user = anyUser(play);
    if (user !== undefined) await moveMailbox(play, user);
  },
  found,
  renameGroup: async (play: Play) => {
    const group = anyGroup(play);
    if (group !== undefined) await renameGroup(play, group);
  },
  swapNames: async (play: Play) => {
    const { world, model, names, action } = play;
    const one = anyGroup(play);
    const other = pick(model.groups.values(), action.c);
    if (one === undefined || other === undefined || !model.canSwap(one, other)) return;
    const [first, second] = [one.name, other.name];
    const spare = `Group ${(names.next += 1)}`;
    for (const [group, name] of [
      [one, spare],
      [other, first],
      [one, second],
    ] as const) {
      await world.renameGroup(group.id, name);
      model.renameGroup(group.id, name);
    }
  },
  dissolve: async (play: Play) => {
    const group = anyGroup(play);
    if (group !== undefined) await dissolve(play, group);
  },
  join: async (play: Play) => {
    const [user, group] = [anyUser(play), anyGroup(play)];
    if (user === undefined || group === undefined) return;
    await play.world.join(group.id, user.id);
    group.members.add(user.id);
  },
  leave: async (play: Play) => {
    const group = anyGroup(play);
    const member = pick(group?.members ?? [], play.action.a);
    if (group === undefined || member === undefined) return;
    await play.world.leave(group.id, member);
    group.members.delete(member);
  },
  bind: async (play: Play) => {
    const group = anyGroup(play);
    if (group === undefined) return;
    await play.world.bind(group.id);
    group.bound = true;
  },
  unbind: async (play: Play) => {
    const group = anyGroup(play);
    if (group !== undefined) await unbind(play, group);
  },
  toggleGroups: async ({ world, model }: Play) => {
    model.groupManagement = !model.groupManagement;
    await world.patch({ groupManagement: model.groupManagement });
  },
  toggleConnection: async ({ world, model }: Play) => {
    if (model.active) await world.deactivate();
    model.active = !model.active && (await world.activate());
  },
  loseAnswers: ({ world, action }: Play) => world.behave({ dropRate: [0.1, 0.5, 1][action.a % 3] }),
  fail: ({ world, action }: Play) =>
    world.behave({
      errorRate: [0.1, 0.5, 1][action.a % 3],
      errorStatus: 503,
      errorAfterWork: action.b % 2 === 0,
    }),
  /** The target takes nothing of somebody's, or nobody's membership of theirs (R26, R44). */
  refuse: async (play: Play) => {
    const names = [...(anyUser(play)?.userNames ?? [])];
    await play.world.behave(play.action.c % 2 === 0 ? { refuseUsers: names } : { refuseMembers: names });
  },
  slow: ({ world, action }: Play) => world.behave({ latencyMs: [5, 20, 60][action.a % 3] }),
  limit: ({ world }: Play) => world.behave({ rateLimitPerSecond: 40 }),
  recover: ({ world }: Play) => world.behave(HEALTHY),
  restart: async ({ world }: Play) => {
    await world.stopWorkers();
    await world.startWorker();
  },
  kill: async ({ world }: Play) => {
    await world.killWorkers();
    await world.startWorker();
  },
  wait: ({ action }: Play) => pause(action.a % 100),
  calm: async ({ world }: Play) => {
    await world.behave(HEALTHY);
    await world.isIdle(0.5);
  },
};

export type ActionName = keyof typeof ACTIONS;

/** How often each action comes, against the others. */
const WEIGHTS: Record<ActionName, number> = {
  regret: 10,
  reconsider: 6,
  hire: 6,
  hireAgain: 3,
  dismiss: 3,
  suspend: 5,
  bringBack: 5,
  rename: 4,
  moveMailbox: 2,
  found: 4,
  renameGroup: 3,
  swapNames: 4,
  dissolve: 2,
  join: 9,
  leave: 7,
  bind: 4,
  unbind: 3,
  toggleGroups: 1,
  toggleConnection: 1,
  loseAnswers: 3,
  fail: 2,
  refuse: 3,
  slow: 3,
  limit: 1,
  recover: 4,
  restart: 1,
  kill: 2,
  wait: 6,
  calm: 8,
};

const choice = fc.nat({ max: 1000 });

const nameOf = fc.oneof(
  ...Object.entries(WEIGHTS).map(([name, weight]) => ({
    weight,
    arbitrary: fc.constant(name as ActionName),
  })),
);

export const anyActions = fc.array(fc.record({ name: nameOf, a: choice, b: choice, c: choice }), {
  minLength: 15,
  maxLength: 40,
});

/** Plays one action on the world and on the model. */
export async function play(world: World, model: Model, names: Names, action: Action): Promise<void> {
  await ACTIONS[action.name]({ world, model, names, action });
}
