/** What needs an administrator, across applications; each kind is read from an index, so that it costs what there is of it. */
import { sql, type RawBuilder } from 'kysely';
import type { RecordKind } from '../provisioning/facts.ts';
import { RENEWAL_DAYS } from '../saml/renewal.ts';
import type { Handle } from './database.ts';
import { IS_UNREAD } from './inventory-due.ts';
import { REFUSED_AND_WANTED } from './memberships.ts';
import { DELAYED_LINKS } from './status-rows.ts';

/** In the order in which they are shown: what stops everything comes first. */
export const needKinds = [
  'paused',
  'unread',
  'delayed',
  'held',
  'choice',
  'failed',
  'inventory',
  'certificate',
] as const;

export interface Need {
  readonly kind: (typeof needKinds)[number];
  readonly application: { readonly id: string; readonly label: string };
  /** How many leavers, accounts or records it is about; 1 for a connection, a reading or a certificate. */
  readonly count: number;
  /** Since when; for a certificate, when it expires. */
  readonly since: Date;
  /** Why a connection is paused, a reading was of no use, or what is sent is delayed. */
  readonly reason: string | null;
  /** Of records, in which list somebody finds the first of them: among the users, or among the groups where it is about these alone. */
  readonly among: RecordKind | null;
}

const PAUSED = sql`
  SELECT 'paused' AS kind, a.id, 1 AS count, coalesce((a.idm_reason ->> 'at')::timestamptz, a.updated_at) AS since,
    a.idm_reason ->> 'message' AS reason, NULL AS among
  FROM applications a WHERE a.idm_state = 'paused'`;

const UNREAD = sql`
  SELECT 'unread', a.id, 1, l.inventory_error_since, l.inventory_error ->> 'message', NULL
  FROM lanes l JOIN applications a ON a.id = l.application_id AND a.idm_state = 'active' WHERE ${IS_UNREAD}`;

/** What the newest failure is, the others are as a rule. */
const DELAYED = sql`
  SELECT 'delayed', a.id, d.count, d.since, d.reason, d.among FROM applications a, LATERAL (
    SELECT count(*)::int AS count, min(p.since) AS since, max(l.kind) AS among,
      (array_agg(l.error ->> 'message' ORDER BY l.updated_at DESC))[1] AS reason
    ${DELAYED_LINKS}) AS d
  WHERE a.idm_state = 'active' AND d.count > 0`;

/** An open hold in which nobody waits any more is closed by its lane in a moment. */
const HELD = sql`
  SELECT 'held', h.application_id, w.count, h.created_at, NULL, 'user' FROM holds h, LATERAL (
    SELECT count(*)::int AS count FROM pending p WHERE p.hold_id = h.id) AS w
  WHERE h.state = 'open' AND w.count > 0`;

const CHOICES = sql`
  SELECT 'choice', a.id, l.count, l.since, NULL, 'user' FROM applications a, LATERAL (
    SELECT count(*)::int AS count, min(l.updated_at) AS since FROM links l
    WHERE l.application_id = a.id AND l.kind = 'user' AND (l.error IS NOT NULL OR l.attention IS NOT NULL)
      AND l.attention IS NOT NULL) AS l
  WHERE l.count > 0`;

/** As the status of an application counts them: neither what is tried again by itself, nor refused memberships that nobody wants any more. */
const FAILED = sql`
  SELECT 'failed', a.id, l.count + m.count, coalesce(l.since, a.updated_at), NULL, coalesce(l.among, 'group') FROM applications a,
    LATERAL (
      SELECT count(*)::int AS count, min(l.updated_at) AS since, max(l.kind) AS among FROM links l
      WHERE l.application_id = a.id AND (l.error IS NOT NULL OR l.attention IS NOT NULL) AND l.error ->> 'retrying' = 'false') AS l,
    LATERAL (
      SELECT count(*)::int AS count FROM link_members lm WHERE lm.application_id = a.id AND ${REFUSED_AND_WANTED}) AS m
  WHERE l.count + m.count > 0`;

/** What cannot be read while the connection is paused or inactive is no news. */
const INVENTORIES = sql`
  SELECT 'inventory', a.id, 1, l.inventory_error_since, l.inventory_error ->> 'message', NULL
  FROM lanes l JOIN applications a ON a.id = l.application_id AND a.idm_state = 'active'
  WHERE l.inventory_error ->> 'retrying' = 'false'`;

const CERTIFICATES = sql`
  SELECT 'certificate', c.application_id, 1, c.not_after, NULL, NULL FROM saml_certificates c
  JOIN applications a ON a.id = c.application_id AND a.sso ->> 'enabled' = 'true'
  WHERE c.state = 'current' AND c.not_after < now() + ${RENEWAL_DAYS} * interval '1 day'`;

const ALL: readonly RawBuilder<unknown>[] = [
  PAUSED,
  UNREAD,
  DELAYED,
  HELD,
  CHOICES,
  FAILED,
  INVENTORIES,
  CERTIFICATES,
];

interface Row extends Omit<Need, 'application'> {
  readonly id: string;
  readonly label: string;
}

/** Everything that needs an administrator: what stops everything first, then what has waited longest. */
export async function listNeeds(handle: Handle): Promise<Need[]> {
  const { rows } = await sql<Row>`
    SELECT n.kind, n.count, n.since, n.reason, n.among, a.id, a.label
    FROM (${sql.join(ALL, sql` UNION ALL `)}) AS n JOIN applications a ON a.id = n.id
    ORDER BY array_position(${[...needKinds]}::text[], n.kind), n.since, a.id`.execute(handle);
  return rows.map(({ id, label, ...need }) => ({ ...need, application: { id, label } }));
}
