/**
 * The inventory: what a target really holds, read page by page into `remote_resources`, compared with the links in sets.
 * A difference becomes what the link knows ("the target holds that"), and the record is marked; the ordinary plan does
 * the rest. Links that were settled while the list was read are left out: the list may be older than they are.
 */
import { sql, type RawBuilder } from 'kysely';
import type { ImportedPerson } from '../provisioning/imported-person.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { RecordKind, Values } from '../provisioning/facts.ts';
import type { Handle, Tx } from './database.ts';
import { LOOK_AGAIN } from './marks.ts';
import { askForDecisions, ATTENTION, NOT_ACCEPTED, OWN_VALUES } from './own-values.ts';
import { rowset } from './rowset.ts';

/** One record of the target. */
export interface RemoteRecord {
  readonly remoteId: string;
  /** `userName` or group name, lower case. */
  readonly key: string;
  readonly values: Values;
  readonly active: boolean;
  /** Of a user: what an import would make of it. */
  readonly person?: ImportedPerson;
}

/** One reading of the target. */
export interface Reading {
  readonly applicationId: string;
  readonly id: string;
  /** The database's time at which it began. */
  readonly startedAt: Date;
}

/** What an inventory found, as counts. */
export interface InventoryCounts {
  readonly seen: number;
  readonly unknown: number;
  readonly missing: number;
  readonly changed: number;
}

export const INVENTORY_CAUSE: Cause = { action: 'inventory', actor: 'Rollcall' };

/** Keeps one page. */
export async function storePage(
  db: Handle,
  reading: Reading,
  kind: RecordKind,
  page: readonly RemoteRecord[],
): Promise<void> {
  const unique = [...new Map(page.map((record) => [record.remoteId, record])).values()];
  const rows = unique.map(({ remoteId, key, values, active, person = null }) => ({
    remote_id: remoteId,
    key,
    representation: { values, active },
    person,
  }));
  await sql`
    INSERT INTO remote_resources (application_id, kind, remote_id, key, representation, person, run)
    SELECT ${reading.applicationId}::uuid, ${kind}, r.remote_id, r.key, r.representation, r.person, ${reading.id}::uuid
    FROM ${rowset(rows, 'remote_id text, key text, representation jsonb, person jsonb')}
    ON CONFLICT (application_id, kind, remote_id) DO UPDATE SET key = excluded.key, representation = excluded.representation,
      person = excluded.person, run = excluded.run`.execute(db);
}

/** Forgets what an earlier reading showed and this one does not. The lane is locked. */
export async function forgetUnseen(tx: Tx, reading: Reading, kind: RecordKind): Promise<void> {
  await sql`
    DELETE FROM remote_resources WHERE application_id = ${reading.applicationId} AND kind = ${kind} AND run <> ${reading.id}::uuid`.execute(
    tx,
  );
}

/** Links that the list should show: settled before it was read. */
const comparable = (reading: Reading, kind: RecordKind) => sql`
  SELECT l.subject_id, l.remote_id, l.state, l.accepted, l.not_accepted, r.remote_id IS NOT NULL AS shown,
    coalesce((r.representation ->> 'active')::boolean, false) AS shown_active, r.representation -> 'values' AS shown_values,
    r.key AS shown_key
  FROM links l LEFT JOIN remote_resources r
    ON r.application_id = l.application_id AND r.kind = l.kind AND r.remote_id = l.remote_id AND r.run = ${reading.id}::uuid
  WHERE l.application_id = ${reading.applicationId} AND l.kind = ${kind} AND l.remote_id IS NOT NULL AND l.managed AND l.updated_at < ${reading.startedAt}`;

/** A link that differs: gone, other state, or another value at a path that both sides know. */
const DIFFERS = sql`(
  (c.state = 'active' AND NOT c.shown)
  OR (c.state = 'active' AND c.shown AND NOT c.shown_active)
  OR (c.state = 'inactive' AND c.shown AND c.shown_active)
  OR (c.shown AND (c.accepted || c.shown_values) <> c.accepted))`;

/** Forgets what the last reading showed and this one does not, and counts what differs. The lane is locked. */
export async function countDifferences(tx: Tx, reading: Reading, kind: RecordKind): Promise<InventoryCounts> {
  await forgetUnseen(tx, reading, kind);
  const counted = await sql<InventoryCounts>`
    WITH c AS (${comparable(reading, kind)})
    SELECT
      (SELECT count(*)::int FROM remote_resources WHERE application_id = ${reading.applicationId} AND kind = ${kind}) AS seen,
      (SELECT count(*)::int FROM remote_resources r WHERE application_id = ${reading.applicationId} AND kind = ${kind} AND NOT EXISTS (
        SELECT 1 FROM links l WHERE l.application_id = r.application_id AND l.kind = r.kind AND l.remote_id = r.remote_id)) AS unknown,
      (SELECT count(*)::int FROM c WHERE state = 'active' AND NOT shown) AS missing,
      (SELECT count(*)::int FROM c WHERE shown AND ${DIFFERS}) AS changed`.execute(tx);
  return counted.rows[0] ?? { seen: 0, unknown: 0, missing: 0, changed: 0 };
}

/** Remote ids of active links that the list lacks, at most `limit`. */
export async function missingLinks(
  db: Handle,
  reading: Reading,
  kind: RecordKind,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ remote_id: string }>`
    WITH c AS (${comparable(reading, kind)})
    SELECT remote_id FROM c WHERE state = 'active' AND NOT shown ORDER BY remote_id LIMIT ${limit}`.execute(
    db,
  );
  return rows.rows.map((row) => row.remote_id);
}

/** Remote ids of linked users `l` of whom `which` is true and whom the reading does not show, at most `limit`; the last to change first. */
export async function unshownUsers(
  db: Handle,
  reading: Reading,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ remote_id: string }>`
    SELECT l.remote_id FROM links l
    WHERE l.application_id = ${reading.applicationId} AND l.kind = 'user' AND l.remote_id IS NOT NULL AND ${which}
      AND NOT EXISTS (SELECT 1 FROM remote_resources r WHERE r.application_id = l.application_id AND r.kind = 'user'
        AND r.remote_id = l.remote_id AND r.run = ${reading.id}::uuid)
    ORDER BY l.updated_at DESC LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.remote_id);
}

/** What a link's `drift` says of the record itself; what it says of a group's members is `reportMembers`'. */
export const RECORD_DRIFT = sql`ARRAY['missing', 'active', 'values']`;

/** Policy `report`: what differs is shown on the link and left as it is. */
export async function reportDifferences(tx: Tx, reading: Reading, kind: RecordKind): Promise<void> {
  await sql`
    WITH c AS (${comparable(reading, kind)})
    UPDATE links l SET drift = nullif((coalesce(l.drift, '{}') - ${RECORD_DRIFT}) || CASE WHEN ${DIFFERS}
      THEN jsonb_build_object('missing', NOT c.shown, 'active', c.shown_active, 'values', c.shown_values) ELSE '{}' END, '{}')
    FROM c WHERE l.application_id = ${reading.applicationId} AND l.kind = ${kind} AND l.subject_id = c.subject_id
      AND (l.drift IS NOT NULL OR ${DIFFERS})`.execute(tx);
}

/**
 * Policy `correct`: the links learn what the target holds, and the records are looked at again. Nothing is left as it is any longer. What
 * was under way to a record that is gone is over: without an id, it would be taken for the name of a create (R42).
 */
export async function correctDifferences(tx: Tx, reading: Reading, kind: RecordKind): Promise<void> {
  await sql`
    UPDATE links SET drift = NULL WHERE application_id = ${reading.applicationId} AND kind = ${kind} AND drift IS NOT NULL`.execute(
    tx,
  );
  await sql`
    WITH c AS (${comparable(reading, kind)}),
    learned AS (
      UPDATE links l SET updated_at = now(),
        remote_id = CASE WHEN c.shown OR c.state = 'inactive' THEN l.remote_id END,
        state = CASE WHEN NOT c.shown THEN CASE WHEN c.state = 'inactive' THEN 'inactive' ELSE 'absent' END
                     WHEN c.shown_active THEN 'active' ELSE 'inactive' END,
        key = CASE WHEN c.shown THEN c.shown_key WHEN c.state = 'inactive' THEN l.key END,
        accepted = CASE WHEN c.shown THEN c.accepted || c.shown_values ELSE '{}' END,
        in_flight = CASE WHEN c.shown OR c.state = 'inactive' THEN l.in_flight END,
        own_values = ${OWN_VALUES}, not_accepted = ${NOT_ACCEPTED}, attention = ${ATTENTION}
      FROM c WHERE l.application_id = ${reading.applicationId} AND l.kind = ${kind} AND l.subject_id = c.subject_id AND ${DIFFERS}
      RETURNING l.subject_id, l.state)
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT ${reading.applicationId}::uuid, ${kind}, subject_id, CASE WHEN state = 'active' THEN 0 ELSE 1 END, ${kind === 'group'},
      ${JSON.stringify(INVENTORY_CAUSE)}::jsonb
    FROM learned ORDER BY subject_id
    ${LOOK_AGAIN}`.execute(tx);
  await forgetOwnValues(tx, reading, kind);
  if (kind === 'user') await askForDecisions(tx, reading.applicationId);
}

/** Of a record that is as it should be: what was corrected and is shown no longer. */
async function forgetOwnValues(tx: Tx, reading: Reading, kind: RecordKind): Promise<void> {
  await sql`
    WITH c AS (${comparable(reading, kind)})
    UPDATE links l SET own_values = ${OWN_VALUES}
    FROM c WHERE l.application_id = ${reading.applicationId} AND l.kind = ${kind} AND l.subject_id = c.subject_id AND c.shown
      AND l.own_values IS NOT NULL`.execute(tx);
}
