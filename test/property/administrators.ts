/** What administrators of a connection do, and whoever hires somebody with an account: played on the world and on the models. */
import { segment } from '../../src/connectors/segment.ts';
import { HEALTHY, make, pick, type Choices } from './acts.ts';
import { unlessConflict } from './connection.ts';
import { importAccounts, readUsers } from './imports.ts';
import { freshName, isSettled, type Stage } from './stage.ts';
import { pause, type World } from './world.ts';

/** Whoever is assigned has an account now, which goes with them. */
async function settle(stage: Stage): Promise<void> {
  if (!(await isSettled(stage)) || (await stage.world.openHolds()).length > 0) return;
  const { members } = await stage.world.state();
  for (const user of stage.model.assigned()) {
    const link = await stage.world.link(user.id);
    const account = members.find(({ id }) => id === link?.remote_id);
    if (account !== undefined) stage.accounts.give(account.id);
  }
}

/** Leavers who are held keep their accounts, of which nothing is asked from now on. */
async function reject({ world, accounts }: Stage): Promise<void> {
  for (const { user, since } of await world.rejectHolds()) {
    const link = await world.link(user);
    if (link?.remote_id == null) continue;
    accounts.leave(link.remote_id, String(link.accepted['userName']), since, user);
  }
}

/** Does something to the connection while it is inactive. */
async function whileInactive({ world, model }: Stage, work: () => Promise<void>): Promise<void> {
  if (model.active) await world.deactivate();
  await work();
  await world.behave({ ...HEALTHY, unauthorized: false });
  model.active = await world.activate();
}

function remove(names: string[], name: string): void {
  const at = names.indexOf(name);
  if (at >= 0) names.splice(at, 1);
}

const REVERSED = segment.behaviour.mapping.map((row) =>
  row.target === 'displayName' ? { ...row, expression: 'user.lastname + ", " + user.firstname' } : row,
);

export const ADMINISTRATORS = {
  settle,
  /** Some of those whom the target holds become users, one perhaps under another name. */
  import: async (stage: Stage, { a, b, c }: Choices) => {
    const { world, model, accounts, names } = stage;
    await world.behave(HEALTHY);
    const chosen = (await readUsers(world)).filter((_, at) => (at + a) % 2 === 0);
    const [first] = chosen;
    if (first === undefined) return;
    const isKnown = [...model.users.values()].some(({ userNames }) => userNames.has(first.userName));
    const other = freshName(names);
    const renamed = !isKnown && b % 3 === 0;
    if (renamed) remove(names.departed, first.userName);
    const imported = await importAccounts(world, {
      remoteIds: chosen.map(({ id }) => id),
      overrides: renamed ? { [first.id]: { username: other, email: other } } : {},
      userState: c % 3 === 0 ? 'staged' : 'active',
    });
    const { total } = await world.journal();
    for (const { remoteId, outcome, user } of imported) {
      if (outcome === 'created') {
        model.addUser(user.id, user.username, user.firstname, true);
        model.user(user.id).active = user.state === 'active';
      }
      const name = chosen.find(({ id }) => id === remoteId)?.userName ?? '';
      model.user(user.id).userNames.add(name);
      accounts.leave(remoteId, name, total, user.id);
    }
  },
  /** Somebody is hired who has an account in the target already. */
  hireKnown: async ({ world, model, accounts, names }: Stage, { a, b }: Choices) => {
    const { accounts: all } = await world.state();
    const isFree = ({ id, email }: (typeof all)[number]): boolean =>
      (accounts.of(id)?.owner ?? null) === null &&
      [...model.users.values()].every(({ userNames }) => !userNames.has(email));
    const account = pick(all.filter(isFree), a);
    const group = pick(model.groups.values(), b);
    if (account === undefined || group === undefined) return;
    const { email } = account;
    const firstname = `F${(names.next += 1)}`;
    const id = await world.user(email, { username: email, email, firstname });
    model.addUser(id, email, firstname, true);
    await world.join(group.id, id);
    group.members.add(id);
  },
  /** Everything that the target holds is read, and corrected where that is the policy. */
  inventory: async ({ world }: Stage) => {
    if ((await world.connection()) === 'active') await world.resync(true).catch(unlessConflict);
  },
  setDrift: ({ world }: Stage, { a }: Choices) =>
    world.patch({ behaviour: { drift: a % 2 === 0 ? 'correct' : 'report' } }),
  setLeaving: ({ world, deprovisions }: Stage, { a }: Choices) =>
    world.patch({ behaviour: { users: { deprovision: pick(deprovisions, a) } } }),
  setMapping: ({ world }: Stage, { a }: Choices) => world.patch({ mapping: a % 2 === 0 ? REVERSED : null }),
  /** R46 */
  setThreshold: ({ world }: Stage, { a, b }: Choices) =>
    world.patch({ threshold: { number: a % 4, percent: (b % 5) * 25 } }),
  approve: ({ world }: Stage) => world.decideHolds('approve'),
  reject,
  /** Everybody leaves a group at once, and is kept where the brake holds them. */
  keepLeavers: async (stage: Stage, { a }: Choices) => {
    const { world, model } = stage;
    const group = pick(model.groups.values(), a);
    if (group === undefined) return;
    await world.leave(group.id, ...group.members);
    group.members.clear();
    if (await isSettled(stage)) await reject(stage);
  },
  /** R15 */
  choose: async ({ world, model }: Stage, { a, b }: Choices) => {
    const undecided = (await world.links()).filter(
      ({ attention, subject_id }) => attention !== null && model.users.has(subject_id),
    );
    const link = pick(undecided, a);
    if (link === undefined) return;
    await world.choose(link.subject_id, b % 3 === 0 ? 'keep' : 'move');
  },
  renewToken: async (stage: Stage) => {
    if (stage.accounts.renamed) return;
    await whileInactive(stage, () => stage.world.renewToken());
  },
  /** Another workspace is at the address, with people of its own, who may have the ids of others elsewhere. */
  move: async (stage: Stage) => {
    const { world, accounts, names } = stage;
    await whileInactive(stage, async () => {
      await world.moveElsewhere();
      for (let more = 0; more < 3; more += 1)
        await world.control('POST', '/members', { userName: freshName(names) });
      accounts.forgetAll();
      const { total } = await world.journal();
      for (const { id, userName } of (await world.state()).members)
        if (accounts.wasNamed(userName)) accounts.doubt(id);
        else accounts.leave(id, userName, total);
    });
  },
  revoke: ({ world }: Stage) => world.behave({ unauthorized: true }),
  /**
   * Before the target is a gateway that has lost its route: whatever is asked for is not there. Somebody leaves in that moment, and
   * mostly it is found again.
   */
  loseRoute: async ({ world, model }: Stage, { a, b }: Choices) => {
    await world.behave({ ...HEALTHY, errorRate: 1, errorStatus: 404 });
    const user = pick(model.assigned(), a);
    if (user === undefined) return;
    await make(world, user, false);
    for (let tries = 0; tries < 20 && (await world.connection()) === 'active'; tries += 1) await pause(10);
    if (b % 3 > 0) await resume(world);
  },
  resume: ({ world }: Stage) => resume(world),
};

async function resume(world: World): Promise<void> {
  await world.behave({ ...HEALTHY, unauthorized: false });
  if ((await world.connection()) === 'paused') await world.resume();
}
