/** What happens in the target behind Rollcall's back: its own people change accounts and groups. */
import { HEALTHY, pick, type Choices } from './acts.ts';
import { freshName, isSettled, type Stage } from './stage.ts';
import type { TargetState } from './target.ts';
import type { LinkRow, World } from './world.ts';

type Member = TargetState['members'][number];

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The link of whoever is in the directory and has the account, or of whoever had it. */
async function linkTo(world: World, remoteId: string): Promise<LinkRow | undefined> {
  return (await world.links()).find((link) => link.kind === 'user' && link.remote_id === remoteId);
}

/** Nothing but the people of the target has anything to do with the accounts that are left, so that a request counts from here. */
async function touch(
  { world, accounts }: Stage,
  { id, userName }: Pick<Member, 'id' | 'userName'>,
): Promise<void> {
  const left = accounts.of(id);
  if (left !== undefined) accounts.leave(id, userName, (await world.journal()).total, left.owner);
}

/** As somebody does in the target's own pages, unless whom or what it concerns has gone at this moment. */
async function byHand(
  world: World,
  method: 'PATCH' | 'DELETE',
  path: string,
  ...Operations: readonly object[]
): Promise<void> {
  await world.behave(HEALTHY);
  const body = method === 'PATCH' ? { schemas: [PATCH], Operations } : undefined;
  await world.target.asTarget(method, path, body).catch(() => undefined);
}

export const TARGET_PEOPLE = {
  /** A stranger comes into the target. */
  stranger: async ({ world, accounts, names }: Stage) => {
    const userName = freshName(names);
    await world.control('POST', '/members', { userName });
    const member = (await world.state()).members.find((one) => one.userName === userName);
    if (member !== undefined) accounts.leave(member.id, userName, (await world.journal()).total);
  },
  takeOut: async (stage: Stage, { a, b }: Choices) => {
    const { world } = stage;
    const member = pick((await world.state()).members, a);
    if (member === undefined) return;
    const path = `/Users/${member.id}`;
    if (b % 2 === 0) await byHand(world, 'DELETE', path);
    else await byHand(world, 'PATCH', path, { op: 'replace', path: 'active', value: false });
    await touch(stage, member);
  },
  /** Somebody who is out is let in again. */
  letIn: async (stage: Stage, { a }: Choices) => {
    const { world, model, accounts } = stage;
    if (model.active && !(await isSettled(stage))) return;
    const out = (await world.state()).accounts.filter(({ standing }) => standing !== 'member');
    const account = pick(out, a);
    if (account === undefined) return;
    const { id, email } = account;
    await world.control('POST', '/members', { userName: email });
    // Before the target has been read after a move, a link may have the number of somebody else's account.
    if (await world.isUnsure()) accounts.doubt(id);
    else if ((await linkTo(world, id)) === undefined)
      accounts.leave(id, email, (await world.journal()).total);
    await touch(stage, { id, userName: email });
  },
  /**
   * Whose account is called otherwise before the target has been read after a change of the token loses it, which is as it should be; so
   * does whoever's account is being made, where the answer is lost: it is known by nothing but its name yet (R42).
   */
  renameAccount: async (stage: Stage, { a }: Choices) => {
    const { world, model, accounts, names } = stage;
    const member = pick((await world.state()).members, a);
    if (member === undefined || (await world.isUnsure())) return;
    const link = await linkTo(world, member.id);
    if (link === undefined && accounts.of(member.id) === undefined) return;
    const email = freshName(names);
    await world.control('PATCH', `/accounts/${member.id}`, { email });
    model.users.get(link?.subject_id ?? '')?.userNames.add(email);
    accounts.renamed = true;
    await touch(stage, { id: member.id, userName: email });
  },
  changeGroup: async (stage: Stage, { a, b, c }: Choices) => {
    const { world, names } = stage;
    const { groups, members } = await world.state();
    const [group, member] = [pick(groups, b), pick(members, a)];
    if (group === undefined || member === undefined) return;
    const path = `/Groups/${group.id}`;
    const operations = [
      { op: 'replace', path: 'displayName', value: `Group ${(names.next += 1)}` },
      { op: 'add', path: 'members', value: [{ value: member.id }] },
      { op: 'remove', path: `members[value eq "${member.id}"]` },
    ];
    const operation = pick([...operations, null], c);
    if (operation == null) await byHand(world, 'DELETE', path);
    else await byHand(world, 'PATCH', path, operation);
    await touch(stage, member);
  },
};
