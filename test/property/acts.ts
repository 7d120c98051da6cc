/** What happens to users and groups, on the world and on the model: what the moves of `actions.ts` are made of. */
import type { Model, ModelGroup, ModelUser } from './model.ts';
import { pause, type World } from './world.ts';

/** Names that nobody had before in this world. */
export interface Names {
  next: number;
  /** User names of users who were deleted: somebody may be hired again. */
  readonly departed: string[];
}

/** Numbers that choose whom a move concerns, and how. */
export interface Choices {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** The toggles of a target that does as it is told at once. */
export const HEALTHY = {
  dropRate: 0,
  errorRate: 0,
  errorStatus: 503,
  errorAfterWork: false,
  latencyMs: 0,
  rateLimitPerSecond: 0,
  refuseUsers: [],
  refuseMembers: [],
};

export interface Play {
  readonly world: World;
  readonly model: Model;
  readonly names: Names;
  readonly action: Choices;
}

export function pick<T>(items: Iterable<T>, choice: number): T | undefined {
  const all = [...items];
  return all[choice % all.length];
}

export const anyUser = ({ model, action }: Play): ModelUser | undefined =>
  pick(model.users.values(), action.a);
export const anyGroup = ({ model, action }: Play): ModelGroup | undefined =>
  pick(model.groups.values(), action.b);

export async function createUser(
  { world, model, names, action }: Play,
  userName: string,
): Promise<ModelUser> {
  const firstname = `F${(names.next += 1)}`;
  const inherited = names.departed.includes(userName);
  const id = await world.user(userName, { username: userName, email: userName, firstname });
  model.addUser(id, userName, firstname, inherited);
  const group = pick(model.groups.values(), action.b);
  if (group !== undefined && action.c % 4 > 0) {
    await world.join(group.id, id);
    group.members.add(id);
  }
  return model.user(id);
}

export const hire = (play: Play): Promise<ModelUser> =>
  createUser(play, `u${(play.names.next += 1)}@acme.test`);

export async function dismiss({ world, model, names }: Play, user: ModelUser): Promise<void> {
  await world.deleteUser(user.id);
  model.deleteUser(user.id);
  names.departed.push(user.userName);
}

export async function moveMailbox({ world, model, names }: Play, user: ModelUser): Promise<void> {
  const userName = `u${(names.next += 1)}@acme.test`;
  await world.editUser(user.id, { username: userName, email: userName });
  model.renameUser(user.id, userName);
}

export async function found({ world, model, names, action }: Play): Promise<ModelGroup> {
  const name = `Group ${(names.next += 1)}`;
  const members = [...model.users.keys()].filter((_, at) => (at + action.a) % 3 === 0);
  const id = await world.group(name, members);
  model.addGroup(id, name);
  const group = model.group(id);
  for (const member of members) group.members.add(member);
  if (action.c % 4 === 0) return group;
  await world.bind(id);
  group.bound = true;
  return group;
}

export async function renameGroup({ world, model, names }: Play, group: ModelGroup): Promise<void> {
  const name = `Group ${(names.next += 1)}`;
  await world.renameGroup(group.id, name);
  model.renameGroup(group.id, name);
}

export async function dissolve({ world, model }: Play, group: ModelGroup): Promise<void> {
  if (!model.canLeave(group)) return;
  await world.deleteGroup(group.id);
  model.deleteGroup(group);
}

export async function unbind({ world, model }: Play, group: ModelGroup): Promise<void> {
  if (!group.bound || !model.canLeave(group)) return;
  await world.unbind(group.id);
  model.unbind(group);
}

/** The group is unbound, called otherwise, and bound again. */
async function bindRenamed(play: Play, group: ModelGroup): Promise<void> {
  await unbind(play, group);
  if (group.bound) return;
  await renameGroup(play, group);
  await play.world.bind(group.id);
  group.bound = true;
}

export async function setState(play: Play, active: boolean): Promise<void> {
  const user = pick(
    [...play.model.users.values()].filter((one) => one.active !== active),
    play.action.a,
  );
  if (user !== undefined) await make(play.world, user, active);
}

export async function make(world: World, user: ModelUser, active: boolean): Promise<void> {
  await world.editUser(user.id, { state: active ? 'active' : 'suspended' });
  user.active = active;
}

/** What is done, and what comes before anybody can ask what became of it. */
type Turn = () => Promise<void>;

/** The answer to what is done is lost, or comes late, or its worker dies before it; and then things take a turn. */
export async function unanswered(
  { world, action }: Play,
  begin: () => Promise<Turn | undefined>,
): Promise<void> {
  const isKill = action.b % 3 === 0;
  const isLost = action.b % 3 === 1;
  await world.behave(isLost ? { dropRate: 1 } : { latencyMs: 60 });
  const turn = await begin();
  await pause(20 + (action.a % 60));
  if (isKill) await world.killWorkers();
  await turn?.();
  if (isKill) await world.startWorker();
  await world.behave(HEALTHY);
}

/** Somebody, or a group, is new, and is called otherwise, or gone, or gone and back at once. */
export async function shortLived(play: Play): Promise<Turn> {
  if (play.action.c % 2 === 0) {
    const group = await found(play);
    return async () => pick([renameGroup, dissolve, unbind, bindRenamed], play.action.a)?.(play, group);
  }
  const user = await hire(play);
  const suspend = (): Promise<void> => make(play.world, user, false);
  return async () => pick([moveMailbox, dismiss, suspend], play.action.a)?.(play, user);
}

/** Something small that can be taken back: what is done, and how it is undone. */
export async function regrettable(play: Play): Promise<Turn | undefined> {
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
    case 2: {
      const name = `Regretted ${(play.names.next += 1)}`;
      await world.renameGroup(group.id, name);
      group.names.add(name);
      return () => world.renameGroup(group.id, group.name);
    }
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
