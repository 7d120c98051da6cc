/** How an application stands, and its condition in a word. */
import { sql } from 'kysely';
import { notFound } from '../errors.ts';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { RecordError } from '../provisioning/settlement.ts';
import type { Handle } from './database.ts';
import { uuids } from './rowset.ts';
import { statusRows, type StatusRow } from './status-rows.ts';

export const conditions = [
  'inactive',
  'paused',
  'held',
  'failing',
  'undecided',
  'working',
  'in-step',
] as const;

type Condition = (typeof conditions)[number];

export interface ApplicationStatus {
  readonly id: string;
  readonly label: string;
  readonly state: ConnectionState;
  /** Why the connection is paused, where it is. */
  readonly reason: Readonly<Record<string, unknown>> | null;
  /** Records that are to be looked at, without those that are held. */
  readonly pending: number;
  /** Requests under way, as of the last renewal of the lane's lease. */
  readonly inFlight: number;
  /** Leavers that wait for an administrator (R46). */
  readonly held: number;
  /** Records and memberships that were refused and are not tried again by themselves. */
  readonly failed: number;
  /** Records whose last attempt failed, and that are tried again by themselves (R44). */
  readonly retrying: number;
  /** Why that one failed which was tried last: a target that is down fails all of them in the same way. */
  readonly retryReason: string | null;
  /** Records on which an administrator has to decide (R15). */
  readonly attention: number;
  /** Users whose deactivation an administrator rejected (R46). */
  readonly kept: number;
  /** What the last inventory found otherwise, and left as it is. */
  readonly drift: { readonly users: number; readonly groups: number };
  readonly usersLinked: number;
  readonly usersActive: number;
  readonly groupsLinked: number;
  readonly lastChangeAt: Date | null;
  readonly lastInventoryAt: Date | null;
  /** Why the last reading of everything was of no use, where it was not. */
  readonly inventoryError: RecordError | null;
  readonly oldestPendingAt: Date | null;
  /** Until when the application asked not to be asked (R44), where that is for long. */
  readonly waitUntil: Date | null;
  /** Since the address or the token was changed, it is not known yet whose the accounts are: nothing is sent before. */
  readonly unsure: boolean;
  /** How it stands, in a word. */
  readonly condition: Condition;
  /** Nothing is left to do: nothing pending but what is held, no lane at work, no inventory due, no links to be made sure of. */
  readonly idle: boolean;
}

/** What an administrator has to know comes first: nothing is sent, somebody waits for them, something failed, they have to decide. */
function conditionOf(row: StatusRow, idle: boolean): Condition {
  if (row.state !== 'active') return row.state;
  if (row.held > 0) return 'held';
  if (row.failed_records + row.failed_members > 0) return 'failing';
  if (row.inventory_error?.retrying === false || row.unread || row.delayed) return 'failing';
  if (row.attention > 0) return 'undecided';
  return idle ? 'in-step' : 'working';
}

function toStatus(row: StatusRow): ApplicationStatus {
  const isMakingSure = row.unsure && row.state !== 'inactive';
  const idle = row.pending === 0 && !row.working && !row.inventory_due && !isMakingSure;
  return {
    condition: conditionOf(row, idle),
    id: row.id,
    label: row.label,
    state: row.state,
    reason: row.reason,
    pending: row.pending,
    inFlight: row.in_flight,
    held: row.held,
    failed: row.failed_records + row.failed_members,
    retrying: row.retrying,
    retryReason: row.retry_reason,
    attention: row.attention,
    kept: row.kept,
    drift: { users: row.drift_users, groups: row.drift_groups },
    usersLinked: row.users_linked,
    usersActive: row.users_active,
    groupsLinked: row.groups_linked,
    lastChangeAt: row.last_change_at,
    lastInventoryAt: row.last_inventory_at,
    inventoryError: row.inventory_error,
    oldestPendingAt: row.oldest_pending_at,
    waitUntil: row.wait_until,
    unsure: row.unsure,
    idle,
  };
}

/** The status of one application. Throws a `Problem` when there is none. */
export async function getStatus(handle: Handle, applicationId: string): Promise<ApplicationStatus> {
  const [row] = await statusRows(handle, sql`a.id = ${applicationId}`);
  if (row === undefined) throw notFound('This application');
  return toStatus(row);
}

/** The status of every application, or of those with these ids. */
export async function listStatuses(handle: Handle, ids?: readonly string[]): Promise<ApplicationStatus[]> {
  const where = ids === undefined ? sql`true` : sql`a.id = ANY (${uuids(ids)})`;
  return (await statusRows(handle, where)).map(toStatus);
}
