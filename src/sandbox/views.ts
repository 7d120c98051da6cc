/** What `/_control` shows of the workspace. The shapes are what tests rely on. */
import { STARTING_ROLE, type Account, type Group, type Id, type Standing } from './state.ts';
import type { World } from './world.ts';

interface AccountView {
  readonly id: Id;
  readonly email: string;
  readonly displayName: string;
  readonly inWorkspace: boolean;
  /** `member`; `deactivated` by `active: false`; `outside`: never joined, or deleted. */
  readonly standing: Standing;
}

interface MemberView {
  readonly id: Id;
  readonly userName: string;
  readonly displayName: string;
  readonly active: true;
  readonly role: string;
}

interface GroupView {
  readonly id: Id;
  readonly displayName: string;
  readonly role: string;
  readonly members: readonly { readonly id: Id; readonly userName: string }[];
}

/** `GET /_control/state`. Accounts and members in the order in which they came; only those in the workspace are members. */
interface StateView {
  readonly accounts: readonly AccountView[];
  readonly members: readonly MemberView[];
  readonly groups: readonly GroupView[];
  readonly token: { readonly set: boolean; readonly createdAt: string | null };
}

/** An account as the control API shows it. */
export const accountView = ({ id, email, displayName, standing }: Account): AccountView => ({
  id,
  email,
  displayName,
  inWorkspace: standing === 'member',
  standing,
});

/** A member of a group as the control API shows it. */
export const memberView = ({ id, email, displayName }: Account): MemberView => ({
  id,
  userName: email,
  displayName,
  active: true,
  role: STARTING_ROLE,
});

/** A group as the control API shows it. */
export const groupView = ({ id, displayName, members }: Group): GroupView => ({
  id,
  displayName,
  role: STARTING_ROLE,
  members: Array.from(members, (account) => ({ id: account.id, userName: account.email })),
});

/** Everything that the sandbox holds. */
export const stateView = ({ workspace, token }: World): StateView => ({
  accounts: Array.from(workspace.accounts(), accountView),
  members: workspace.members().map(memberView),
  groups: workspace.groups().map(groupView),
  token: { set: token !== undefined, createdAt: token?.createdAt.toISOString() ?? null },
});
