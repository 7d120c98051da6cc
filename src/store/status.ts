/** How an application stands, in counts. Each is read from an index, so that it costs little while much is pending. */
import { sql, type RawBuilder } from 'kysely';
import { notFound } from '../errors.ts';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { RecordError } from '../provisioning/settlement.ts';
import type { Handle } from './database.ts';
import { IS_UNREAD } from './inventory-due.ts';
import { waitUntil } from './lane-wait.ts';
import { REFUSED_AND_WANTED } from './memberships.ts';
import { isRefused } from './refusals.ts';
import { uuids } from './rowset.ts';

export const conditions = ['inactive', 'paused', 'held', 'failing', 'working', 'in-step'] as const;

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
  /** Why one of them failed: a target that is down fails all of them in the same way. */
  readonly retryReason: string | null;
  /** Records on which an administrator has to decide (R15). */
  readonly attention: number;
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

/** A lane that a process works on at this moment. */
const WORKING = sql`(l.owner IS NOT NULL AND l.until > now())`;

/**
 * Who was refused because the account is somebody else's (R17) is looked at again from time to time, in case that one gives it
 * up. That is nothing left to do: it would never end.
 */
const REFUSED_FOR_NOW = sql`
  p.due_at > now() AND ${isRefused(sql`p.application_id`, sql`p.kind`, sql`p.subject_id`)}`;

const PENDING = sql`
  SELECT count(*)::int AS pending FROM pending p
  WHERE p.application_id = a.id AND p.hold_id IS NULL AND NOT (${REFUSED_FOR_NOW})`;

/** The first that is due, from the index by which lanes claim. */
const FIRST_DUE = sql`
  SELECT min(first.due_at) FILTER (WHERE first.due_at <= now()) AS at
  FROM (VALUES ('user', 0), ('user', 1), ('group', 0), ('group', 1)) AS k(kind, priority),
  LATERAL (SELECT due_at FROM pending p WHERE p.application_id = a.id AND p.kind = k.kind AND p.priority = k.priority
           AND p.hold_id IS NULL ORDER BY due_at LIMIT 1) AS first`;

/** Each failed attempt puts a record off: it has waited since the change that it is about, which its cause knows. */
const FIRST_RETRIED = sql`
  SELECT min(coalesce((p.cause ->> 'at')::timestamptz, now())) AS at FROM pending p
  WHERE p.application_id = a.id AND p.hold_id IS NULL AND p.attempts > 0 AND NOT (${REFUSED_FOR_NOW})`;

/** Since when the record has waited that has waited longest. */
const OLDEST = sql`
  SELECT least(due.at, retried.at) AS oldest_pending_at FROM (${FIRST_DUE}) AS due, (${FIRST_RETRIED}) AS retried`;

/**
 * Links `l` of application `a` that have failed for more than an hour, since `p`, and are tried again by themselves, so that somebody
 * should know. What waited for something else before, such as an approval, is no news. Each mark is looked up by key.
 */
export const DELAYED_LINKS = sql`
  FROM links l, LATERAL (
    SELECT (l.error ->> 'since')::timestamptz AS since FROM pending m WHERE m.application_id = l.application_id AND m.kind = l.kind
      AND m.subject_id = l.subject_id AND m.hold_id IS NULL OFFSET 0) AS p
  WHERE l.application_id = a.id AND (l.error IS NOT NULL OR l.attention IS NOT NULL) AND l.error ->> 'retrying' = 'true'
    AND p.since < now() - interval '1 hour'`;

const DELAYED = sql`SELECT EXISTS (SELECT 1 ${DELAYED_LINKS}) AS delayed`;

const HELD = sql`
  SELECT count(*)::int AS held FROM holds h JOIN pending p ON p.hold_id = h.id
  WHERE h.application_id = a.id AND h.state = 'open'`;

const TROUBLE = sql`
  SELECT count(*) FILTER (WHERE error ->> 'retrying' = 'false')::int AS failed_records,
    count(*) FILTER (WHERE error ->> 'retrying' = 'true')::int AS retrying,
    max(error ->> 'message') FILTER (WHERE error ->> 'retrying' = 'true') AS retry_reason,
    count(*) FILTER (WHERE attention IS NOT NULL)::int AS attention
  FROM links WHERE application_id = a.id AND (error IS NOT NULL OR attention IS NOT NULL)`;

const REFUSED_MEMBERS = sql`
  SELECT count(*)::int AS failed_members FROM link_members lm WHERE lm.application_id = a.id AND ${REFUSED_AND_WANTED}`;

const LINKED = sql`
  SELECT count(*) FILTER (WHERE kind = 'user')::int AS users_linked, count(*) FILTER (WHERE kind = 'group')::int AS groups_linked,
    count(*) FILTER (WHERE kind = 'user' AND state = 'active')::int AS users_active
  FROM links WHERE application_id = a.id AND remote_id IS NOT NULL`;

const LAST_CHANGE = sql`
  SELECT (SELECT at FROM events WHERE application_id = a.id AND outcome = 'done' AND kind <> 'application'
          ORDER BY id DESC LIMIT 1) AS last_change_at`;

interface StatusRow {
  readonly id: string;
  readonly label: string;
  readonly state: ConnectionState;
  readonly reason: Record<string, unknown> | null;
  readonly last_inventory_at: Date | null;
  readonly inventory_error: RecordError | null;
  readonly unread: boolean;
  readonly working: boolean;
  readonly in_flight: number;
  readonly inventory_due: boolean;
  readonly pending: number;
  readonly oldest_pending_at: Date | null;
  readonly delayed: boolean;
  readonly wait_until: Date | null;
  readonly unsure: boolean;
  readonly held: number;
  readonly failed_records: number;
  readonly failed_members: number;
  readonly retrying: number;
  readonly retry_reason: string | null;
  readonly attention: number;
  readonly users_linked: number;
  readonly users_active: number;
  readonly groups_linked: number;
  readonly last_change_at: Date | null;
}

const statuses = (where: RawBuilder<unknown>) => sql<StatusRow>`
  SELECT a.id, a.label, a.idm_state AS state, a.idm_reason AS reason, a.last_inventory_at,
    ${WORKING} AS working, CASE WHEN ${WORKING} THEN l.in_flight ELSE 0 END AS in_flight,
    l.inventory_due_at <= now() AS inventory_due, l.inventory_error, ${IS_UNREAD} AS unread, ${waitUntil(sql`a.id`)} AS wait_until, l.unsure,
    waiting.pending, oldest.oldest_pending_at, late.delayed, held.held, trouble.failed_records, trouble.retrying, trouble.retry_reason,
    trouble.attention, refused.failed_members,
    linked.users_linked, linked.users_active, linked.groups_linked, change.last_change_at
  FROM applications a JOIN lanes l ON l.application_id = a.id,
    LATERAL (${PENDING}) AS waiting, LATERAL (${OLDEST}) AS oldest, LATERAL (${DELAYED}) AS late, LATERAL (${HELD}) AS held,
    LATERAL (${TROUBLE}) AS trouble, LATERAL (${REFUSED_MEMBERS}) AS refused, LATERAL (${LINKED}) AS linked,
    LATERAL (${LAST_CHANGE}) AS change
  WHERE ${where}`;

/** What an administrator has to know comes first: nothing is sent, somebody waits for them, something failed. */
function conditionOf(row: StatusRow, idle: boolean): Condition {
  if (row.state !== 'active') return row.state;
  if (row.held > 0) return 'held';
  if (row.failed_records + row.failed_members + row.attention > 0) return 'failing';
  if (row.inventory_error?.retrying === false || row.unread || row.delayed) return 'failing';
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
  const found = await statuses(sql`a.id = ${applicationId}`).execute(handle);
  const row = found.rows[0];
  if (row === undefined) throw notFound('This application');
  return toStatus(row);
}

/** The status of every application, or of those with these ids. */
export async function listStatuses(handle: Handle, ids?: readonly string[]): Promise<ApplicationStatus[]> {
  const where = ids === undefined ? sql`true` : sql`a.id = ANY (${uuids(ids)})`;
  const found = await statuses(where).execute(handle);
  return found.rows.map(toStatus);
}
