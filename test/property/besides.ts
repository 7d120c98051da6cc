/** Who may be in a group of the target beside the members that the directory gives it, by how the connection talks. Pure. */
import type { Accounts } from './accounts.ts';
import { accountsOf } from './checks.ts';
import { leavesEverybody, type Dialect } from './dialect.ts';
import type { Model, ModelGroup } from './model.ts';
import type { TargetState } from './target.ts';
import type { LinkRow } from './world.ts';

type Besides = (group: ModelGroup) => ReadonlySet<string>;

/** Where nobody but Rollcall has a hand in the target, and `strangers` were in a group that it took over (R12, R21). */
export function besidesAlone(
  dialect: Dialect,
  model: Model,
  {
    state,
    links,
    strangers,
  }: { state: TargetState; links: readonly LinkRow[]; strangers: readonly string[] },
): Besides {
  const isHidden = dialect.behaviour.groups?.membersReadable === false;
  const isKeeping = dialect.behaviour.groups?.unknownMembers === 'keep';
  const unknown = isHidden || isKeeping ? accountsOf(strangers, state) : [];
  const everybody = new Set(state.members.map(({ id }) => id));
  return (group) => {
    // Whoever was in it when it was left may be in it still: a takeover only adds.
    if (isHidden && group.left) return everybody;
    return new Set([...unknown, ...(leavesEverybody(dialect) ? leftIn(group, model, links) : [])]);
  };
}

/** Who is left as they are, memberships and all: the group's members who are not active any more, and those whom the directory has forgotten. */
function leftIn({ members }: ModelGroup, model: Model, links: readonly LinkRow[]): string[] {
  return links.flatMap(({ kind, subject_id: id, remote_id: remoteId }) => {
    const user = model.users.get(id);
    const isLeft = user === undefined || (!user.active && members.has(id));
    return kind === 'user' && remoteId !== null && isLeft ? [remoteId] : [];
  });
}

/** Whether members whom Rollcall does not know stay in a group that it takes over (R21). Where they are hidden, a whole group is sent without them. */
export function strangersStay({ behaviour }: Dialect): boolean {
  const { membersReadable, unknownMembers, update } = behaviour.groups ?? {};
  return membersReadable === false ? update === 'patch' : unknownMembers === 'keep';
}

/** Where others have a hand in the target too, and `accounts` are left as they are. */
export function besidesOthers({ behaviour }: Dialect, accounts: Accounts): ReadonlySet<string> {
  return behaviour.groups?.unknownMembers === 'keep' ? accounts.mayStay() : accounts.keptOrOpen();
}
