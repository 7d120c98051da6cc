/** Why a user's account, or a group, is in an application as it is, in sentences. Pure. */
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { GroupInApplication } from '../store/group-links.ts';
import type { NotAccepted } from '../provisioning/facts.ts';
import type { UserInApplication } from '../store/user-links.ts';

/** What of an account decides about its sentence. */
type Explained = Pick<
  UserInApplication,
  'userState' | 'via' | 'error' | 'attention' | 'holdId' | 'moving' | 'pending' | 'kept' | 'managed'
>;

const NOT_ASSIGNED = {
  deleted: 'Deleted from the directory.',
  suspended: 'Suspended in the directory.',
  staged: 'Not active in the directory yet.',
  active: 'In no group that is bound to the application.',
} as const;

function ofDirectory({ userState, via }: Explained): string {
  if (userState !== 'active' || via.length === 0) return NOT_ASSIGNED[userState ?? 'deleted'];
  return `Assigned through ${via.map((group) => group.name).join(', ')}.`;
}

/** `14:05 UTC`: these sentences are read in every zone, and no wait is longer than an hour. */
const clockTime = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`;

/** That the application asked to wait (R44); empty where it did not. */
const askedToWait = (until: Date | null): string =>
  until === null ? '' : ` The application asked to wait until ${clockTime(until)}.`;

/** The first thing that an administrator has to know comes first. `waitUntil`: until when the application asked to wait. */
export function whyOf(user: Explained, waitUntil: Date | null): string {
  if (user.error !== null) return user.error.message + (user.error.retrying ? askedToWait(waitUntil) : '');
  if (user.attention !== null) return user.attention.message;
  const reason = ofDirectory(user);
  if (user.holdId !== null) return `${reason} The deactivation waits for an administrator's approval.`;
  if (user.moving) return `${reason} Moving to another account.`;
  if (user.pending) return `${reason} To be looked at, and waiting for its turn.${askedToWait(waitUntil)}`;
  if (user.kept)
    return `${reason} An administrator rejected the deactivation, so the account stays until they are assigned again and leave once more, or an administrator lets them leave.`;
  if (!user.managed) return `${reason} Imported and never assigned, so the account is left alone.`;
  return reason;
}

const NOT_SENT: Readonly<Partial<Record<ConnectionState, string>>> = {
  inactive: 'The connection is inactive, so nothing is sent.',
  paused: 'The connection is paused, so nothing is sent.',
};

/** The same among the applications of one user, where how the connection stands is not told beside it. */
export const whyThere = (user: Explained, connection: ConnectionState, waitUntil: Date | null): string =>
  [whyOf(user, waitUntil), NOT_SENT[connection]].filter((sentence) => sentence !== undefined).join(' ');

/** The same of a group. */
export function whyOfGroup(
  { bound, error, pending }: Pick<GroupInApplication, 'bound' | 'error' | 'pending'>,
  waitUntil: Date | null,
): string {
  if (error !== null) return error.message + (error.retrying ? askedToWait(waitUntil) : '');
  const reason = bound ? 'Bound to the application.' : 'Deleted in the directory, and to be deleted there.';
  return pending ? `${reason} To be looked at, and waiting for its turn.${askedToWait(waitUntil)}` : reason;
}

interface GroupThere extends Pick<GroupInApplication, 'error' | 'pending' | 'state' | 'memberCount'> {
  readonly connection: ConnectionState;
  readonly groupManagement: boolean;
}

/** The same among the applications that one group is bound to. */
export function whyOfGroupThere(group: GroupThere, waitUntil: Date | null): string {
  const { connection, groupManagement, memberCount, state } = group;
  if (!groupManagement) return 'Groups are not managed there, so this one is left as it is.';
  const empty = state === 'absent' && memberCount === 0;
  return [
    whyOfGroup({ ...group, bound: true }, waitUntil),
    empty ? 'A group without members is not created there.' : undefined,
    NOT_SENT[connection],
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}

/** What an application keeps of its own, in a sentence: `Keeps its own display name "Ada L.", although "Ada" was sent.` */
export function keptOf(label: string, { kept, sent }: NotAccepted): string {
  if (kept === '') return `Keeps no ${label}, although "${sent}" was sent.`;
  return `Keeps its own ${label} "${kept}"${sent === '' ? '' : `, although "${sent}" was sent`}.`;
}

/** When what the plan says comes about, in a sentence; `steps` is how many the plan has. */
export function whenOf(
  user: UserInApplication,
  { state: connection, waitUntil }: { readonly state: ConnectionState; readonly waitUntil: Date | null },
  steps: number,
  now: Date,
): string {
  if (steps === 0) return 'Nothing is left to do.';
  if (connection === 'inactive') return 'Once the connection is activated.';
  if (connection === 'paused') return 'Once the connection is resumed.';
  if (user.holdId !== null) return 'Once an administrator approves it.';
  if (waitUntil !== null) return `After ${clockTime(waitUntil)}, until when the application asked to wait.`;
  if (user.dueAt === null) return 'When the account is looked at next: Retry does it now.';
  return Date.parse(user.dueAt) > now.getTime() ? 'Tried again by itself.' : 'Now, when its turn comes.';
}
