/** What is counted to say how applications stand. Each count is read from an index, so that it costs little while much is pending. */
import { sql, type RawBuilder } from 'kysely';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { RecordError } from '../provisioning/settlement.ts';
import type { Handle } from './database.ts';
import { IS_UNREAD } from './inventory-due.ts';
import { waitUntil } from './lane-wait.ts';
import { REFUSED_AND_WANTED } from './memberships.ts';
import { isRefused } from './refusals.ts';

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
    count(*) FILTER (WHERE attention IS NOT NULL)::int AS attention
  FROM links WHERE application_id = a.id AND (error IS NOT NULL OR attention IS NOT NULL)`;

const LAST_RETRIED = sql`
  SELECT max(last.message) AS retry_reason FROM (
    SELECT error ->> 'message' AS message FROM links
    WHERE application_id = a.id AND (error IS NOT NULL OR attention IS NOT NULL) AND error ->> 'retrying' = 'true'
    ORDER BY updated_at DESC LIMIT 1) AS last`;

const REFUSED_MEMBERS = sql`
  SELECT count(*)::int AS failed_members FROM link_members lm WHERE lm.application_id = a.id AND ${REFUSED_AND_WANTED}`;

const LINKED = sql`
  SELECT count(*) FILTER (WHERE kind = 'user')::int AS users_linked, count(*) FILTER (WHERE kind = 'group')::int AS groups_linked,
    count(*) FILTER (WHERE kind = 'user' AND state = 'active')::int AS users_active
  FROM links WHERE application_id = a.id AND remote_id IS NOT NULL`;

const KEPT = sql`SELECT count(*)::int AS kept FROM links WHERE application_id = a.id AND kept`;

const DRIFT = sql`
  SELECT count(*) FILTER (WHERE kind = 'user')::int AS drift_users, count(*) FILTER (WHERE kind = 'group')::int AS drift_groups
  FROM links WHERE application_id = a.id AND drift IS NOT NULL`;

const LAST_CHANGE = sql`
  SELECT (SELECT at FROM events WHERE application_id = a.id AND outcome = 'done' AND kind <> 'application'
          ORDER BY id DESC LIMIT 1) AS last_change_at`;

export interface StatusRow {
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
  readonly kept: number;
  readonly drift_users: number;
  readonly drift_groups: number;
  readonly users_linked: number;
  readonly users_active: number;
  readonly groups_linked: number;
  readonly last_change_at: Date | null;
}

/** Of the applications `a` that `where` asks for. */
export async function statusRows(handle: Handle, where: RawBuilder<unknown>): Promise<readonly StatusRow[]> {
  const { rows } = await sql<StatusRow>`
    SELECT a.id, a.label, a.idm_state AS state, a.idm_reason AS reason, a.last_inventory_at,
      ${WORKING} AS working, CASE WHEN ${WORKING} THEN l.in_flight ELSE 0 END AS in_flight,
      l.inventory_due_at <= now() AS inventory_due, l.inventory_error, ${IS_UNREAD} AS unread, ${waitUntil(sql`a.id`)} AS wait_until, l.unsure,
      waiting.pending, oldest.oldest_pending_at, late.delayed, held.held, trouble.failed_records, trouble.retrying, retried.retry_reason,
      trouble.attention, refused.failed_members, stay.kept, other.drift_users, other.drift_groups,
      linked.users_linked, linked.users_active, linked.groups_linked, change.last_change_at
    FROM applications a JOIN lanes l ON l.application_id = a.id,
      LATERAL (${PENDING}) AS waiting, LATERAL (${OLDEST}) AS oldest, LATERAL (${DELAYED}) AS late, LATERAL (${HELD}) AS held,
      LATERAL (${TROUBLE}) AS trouble, LATERAL (${LAST_RETRIED}) AS retried, LATERAL (${REFUSED_MEMBERS}) AS refused, LATERAL (${LINKED}) AS linked,
      LATERAL (${KEPT}) AS stay, LATERAL (${DRIFT}) AS other, LATERAL (${LAST_CHANGE}) AS change
    WHERE ${where}`.execute(handle);
  return rows;
}
