/**
 * What may happen, as data: an action is a name and three numbers that choose whom it concerns. The same list can be played
 * again from its seed; an action that makes no sense at its moment does nothing.
 */
import fc from 'fast-check';
import type { Model, ModelGroup, ModelUser } from './model.ts';
import { pause, type World } from './world.ts';

export interface Action {
  readonly name: ActionName;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Names that nobody had before in this world. */
export interface Names {
  next: number;
  /** User names of users who were deleted: somebody may be hired again. */
  readonly departed: string[];
}

interface Play {
  readonly world: World;
  readonly model: Model;
  readonly names: Names;
  readonly action: Action;
}

export function pick<T>(items: Iterable<T>, choice: number): T | undefined {
  const all = [...items];
  return all[choice % all.length];
}

const anyUser = ({ model, action }: Play): ModelUser | undefined => pick(model.users.values(), action.a);
const anyGroup = ({ model, action }: Play): ModelGroup | undefined => pick(model.groups.values(), action.b);

async function createUser({ world, model, names, action }: Play, userName: string): Promise<void> {
  const firstname = `F${(names.next += 1)}`;
  const inherited = names.departed.includes(userName);
  const id = await world.user(userName, { username: userName, email: userName, firstname });
  model.addUser(id, userName, firstname, inherited);
  const group = pick(model.groups.values(), action.b);
  if (group === undefined || action.c % 4 === 0) return;
  await world.join(group.id, id);
  group.members.add(id);
}

async function setState(play: Play, active: boolean): Promise<void> {
  const user = pick(
    [...play.model.users.values()].filter((one) => one.active !== active),
    play.action.a,
  );
  if (user === undefined) return;
  await play.world.editUser(user.id, { state: active ? 'active' : 'suspended' });
  user.active = active;
}

/** Something small that can be taken back: what is done, and how it is undone. */
async function regrettable(play: Play): Promise<(() => Promise<void>) | undefined> {
  const { world, action } = play;
  const user = anyUser(play);
  const group = anyGroup(play);
  if (user === undefined || group === undefined) return undefined;
  switch (action.c % 5) {
    case 0:
      await world.editUser(user.id, { state: user.active ? 'suspended' : 'active' });
      return () => world.editUser(user.id, { state: user.active ? 'active' : 'suspended' });
    case 1:
      await world.editUser(user.id, { firstname: 'Regretted' });
      return () => world.editUser(user.id, { firstname: user.firstname });
    case 2:
      await world.renameGroup(group.id, `Regretted ${(play.names.next += 1)}`);
      return () => world.renameGroup(group.id, group.name);
    case 3:
      if (group.members.has(user.id)) return undefined;
      await world.join(group.id, user.id);
      return () => world.leave(group.id, user.id);
    default:
      if (!group.members.has(user.id)) return undefined;
      await world.leave(group.id, user.id);
      return () => world.join(group.id, user.id);
  }
}

const ACTIONS = {
  /** A change whose answer is lost, or whose worker dies, and which is taken back before anybody can ask again. */
  regret: async (play: Play) => {
    const { world, action } = play;
    const isKill = action.b % 3 === 0;
    await world.behave(isKill ? { latencyMs: 60 } : { dropRate: 1 });
    const undo = await regrettable(play);
    await pause(20 + (action.a % 60));
    if (isKill) await world.killWorkers();
    await undo?.();
    if (isKill) await world.startWorker();
    await world.behave(HEALTHY);
  },
  hire: (play: Play) => createUser(play, `u${(play.names.next += 1)}@acme.test`),
  hireAgain: async (play: Play) => {
    const userName = pick(play.names.departed, play.action.a);
    const isFree = [...play.model.users.values()].every((user) => user.userName !== userName);
    if (userName !== undefined && isFree) await createUser(play, userName);
  },
  dismiss: async (play: Play) => {
    const user = anyUser(play);
    if (user === undefined) return;
    await play.world.deleteUser(user.id);
    play.model.deleteUser(user.id);
    play.names.departed.push(user.userName);
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
    if (user === undefined) return;
    const userName = `u${(play.names.next += 1)}@acme.test`;
    await play.world.editUser(user.id, { username: userName, email: userName });
    play.model.renameUser(user.id, userName);
  },
  found: async ({ world, model, names, action }: Play) => {
    const name = `Group ${(names.next += 1)}`;
    const members = [...model.users.keys()].filter((_, at) => (at + action.a) % 3 === 0);
    const id = await world.group(name, members);
    model.addGroup(id, name);
    for (const member of members) model.group(id).members.add(member);
    if (action.c % 4 === 0) return;
    await world.bind(id);
    model.group(id).bound = true;
  },
  renameGroup: async (play: Play) => {
    const group = anyGroup(play);
    if (group === undefined) return;
    const name = `Group ${(play.names.next += 1)}`;
    await play.world.renameGroup(group.id, name);
    play.model.renameGroup(group.id, name);
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
    if (group === undefined || !play.model.canLeave(group)) return;
    await play.world.deleteGroup(group.id);
    play.model.deleteGroup(group);
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
    if (group === undefined || !group.bound || !play.model.canLeave(group)) return;
    await play.world.unbind(group.id);
    play.model.unbind(group);
  },
  toggleGroups: async ({ world, model }: Play) => {
    model.groupManagement = !model.groupManagement;
    await world.configure({ groupManagement: model.groupManagement });
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
    await world.idle(0.5).catch(() => undefined);
  },
};

export type ActionName = keyof typeof ACTIONS;

/** The toggles of a target that does as it is told at once. */
export const HEALTHY = {
  dropRate: 0,
  errorRate: 0,
  errorAfterWork: false,
  latencyMs: 0,
  rateLimitPerSecond: 0,
  refuseUsers: [],
  refuseMembers: [],
};

/** How often each action comes, against the others. */
const WEIGHTS: Record<ActionName, number> = {
  regret: 12,
  hire: 6,
  hireAgain: 3,
  dismiss: 3,
  suspend: 5,
  bringBack: 5,
  rename: 4,
  moveMailbox: 2,
  found: 4,
  renameGroup: 3,
  swapNames: 3,
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
  wait: 10,
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
  maxLength: 45,
});

/** Plays one action on the world and on the model. */
export async function play(world: World, model: Model, names: Names, action: Action): Promise<void> {
  await ACTIONS[action.name]({ world, model, names, action });
}
