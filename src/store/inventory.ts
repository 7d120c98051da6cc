/**
 * The inventory: what a target really holds, read page by page into `remote_resources`, compared with the links in sets.
 * A difference becomes what the link knows ("the target holds that"), and the record is marked; the ordinary plan does
 * the rest. Links that were settled while the list was read are left out: the list may be older than they are.
 */
import { sql } from 'kysely';
import type { ImportedPerson } from '../provisioning/imported-person.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Values } from '../provisioning/types.ts';
import type { Handle, Tx } from './database.ts';
import { rowset } from './rowset.ts';
import type { RecordKind } from './tables.ts';

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
export interface InventoryRun {
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
  run: InventoryRun,
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
    SELECT ${run.applicationId}::uuid, ${kind}, r.remote_id, r.key, r.representation, r.person, ${run.id}::uuid
    FROM ${rowset(rows, 'remote_id text, key text, representation jsonb, person jsonb')}
    ON CONFLICT (application_id, kind, remote_id) DO UPDATE SET key = excluded.key, representation = excluded.representation,
      person = excluded.person, run = excluded.run`.execute(db);
}

/** Forgets what an earlier reading showed and this one does not. */
export async function forgetUnseen(handle: Handle, run: InventoryRun, kind: RecordKind): Promise<void> {
  await sql`
    DELETE FROM remote_resources WHERE application_id = ${run.applicationId} AND kind = ${kind} AND run <> ${run.id}::uuid`.execute(
    handle,
  );
}

/** Links that the list should show: settled before it was read. */
const comparable = (run: InventoryRun, kind: RecordKind) => sql`
  SELECT l.subject_id, l.remote_id, l.state, l.accepted, l.not_accepted, r.remote_id IS NOT NULL AS shown,
    coalesce((r.representation ->> 'active')::boolean, false) AS shown_active, r.representation -> 'values' AS shown_values,
    r.key AS shown_key
  FROM links l LEFT JOIN remote_resources r
    ON r.application_id = l.application_id AND r.kind = l.kind AND r.remote_id = l.remote_id AND r.run = ${run.id}::uuid
  WHERE l.application_id = ${run.applicationId} AND l.kind = ${kind} AND l.remote_id IS NOT NULL AND l.managed AND l.updated_at < ${run.startedAt}`;

/** A link that differs: gone, other state, or another value at a path that both sides know. */
const DIFFERS = sql`(
  (c.state = 'active' AND NOT c.shown)
  OR (c.state = 'active' AND c.shown AND NOT c.shown_active)
  OR (c.state = 'inactive' AND c.shown AND c.shown_active)
  OR (c.shown AND (c.accepted || c.shown_values) <> c.accepted))`;

/** Forgets what the last reading showed and this one does not, and counts what differs. */
export async function countDifferences(
  db: Handle,
  run: InventoryRun,
  kind: RecordKind,
): Promise<InventoryCounts> {
  await forgetUnseen(db, run, kind);
  const counted = await sql<InventoryCounts>`
    WITH c AS (${comparable(run, kind)})
    SELECT
      (SELECT count(*)::int FROM remote_resources WHERE application_id = ${run.applicationId} AND kind = ${kind}) AS seen,
      (SELECT count(*)::int FROM remote_resources r WHERE application_id = ${run.applicationId} AND kind = ${kind} AND NOT EXISTS (
        SELECT 1 FROM links l WHERE l.application_id = r.application_id AND l.kind = r.kind AND l.remote_id = r.remote_id)) AS unknown,
      (SELECT count(*)::int FROM c WHERE state = 'active' AND NOT shown) AS missing,
      (SELECT count(*)::int FROM c WHERE shown AND ${DIFFERS}) AS changed`.execute(db);
  return counted.rows[0] ?? { seen: 0, unknown: 0, missing: 0, changed: 0 };
}

/** Remote ids of active links that the list lacks, at most `limit`. */
export async function missingLinks(
  db: Handle,
  run: InventoryRun,
  kind: RecordKind,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ remote_id: string }>`
    WITH c AS (${comparable(run, kind)})
    SELECT remote_id FROM c WHERE state = 'active' AND NOT shown ORDER BY remote_id LIMIT ${limit}`.execute(
    db,
  );
  return rows.rows.map((row) => row.remote_id);
}

/** Policy `report`: what differs is shown on the link and left as it is. */
export async function reportDifferences(tx: Tx, run: InventoryRun, kind: RecordKind): Promise<void> {
  await sql`
    WITH c AS (${comparable(run, kind)})
    UPDATE links l SET drift = CASE WHEN ${DIFFERS}
      THEN jsonb_build_object('missing', NOT c.shown, 'active', c.shown_active, 'values', c.shown_values) END
    FROM c WHERE l.application_id = ${run.applicationId} AND l.kind = ${kind} AND l.subject_id = c.subject_id
      AND (l.drift IS NOT NULL OR ${DIFFERS})`.execute(tx);
}

/** Policy `correct`: the links learn what the target holds, and the records are looked at again. */
export async function correctDifferences(tx: Tx, run: InventoryRun, kind: RecordKind): Promise<void> {
  await sql`
    WITH c AS (${comparable(run, kind)}),
    learned AS (
      UPDATE links l SET drift = NULL, updated_at = now(),
        remote_id = CASE WHEN c.shown OR c.state = 'inactive' THEN l.remote_id END,
        state = CASE WHEN NOT c.shown THEN CASE WHEN c.state = 'inactive' THEN 'inactive' ELSE 'absent' END
                     WHEN c.shown_active THEN 'active' ELSE 'inactive' END,
        key = CASE WHEN c.shown THEN c.shown_key WHEN c.state = 'inactive' THEN l.key END,
        accepted = CASE WHEN c.shown THEN c.accepted || c.shown_values ELSE '{}' END
      FROM c WHERE l.application_id = ${run.applicationId} AND l.kind = ${kind} AND l.subject_id = c.subject_id AND ${DIFFERS}
      RETURNING l.subject_id, l.state)
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    SELECT ${run.applicationId}::uuid, ${kind}, subject_id, CASE WHEN state = 'active' THEN 0 ELSE 1 END, ${kind === 'group'},
      ${JSON.stringify(INVENTORY_CAUSE)}::jsonb
    FROM learned ORDER BY subject_id
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET generation = pending.generation + 1,
      priority = least(pending.priority, excluded.priority), due_at = now(), whole = pending.whole OR excluded.whole`.execute(
    tx,
  );
}

/** Linked groups whose members can be read, in order of id. */
export async function linkedGroups(
  db: Handle,
  run: InventoryRun,
  after: string,
  limit: number,
): Promise<{ id: string; remoteId: string }[]> {
  const rows = await sql<{ id: string; remote_id: string }>`
    SELECT subject_id AS id, remote_id FROM links
    WHERE application_id = ${run.applicationId} AND kind = 'group' AND state = 'active' AND remote_id IS NOT NULL
      AND updated_at < ${run.startedAt} AND subject_id > ${after}
    ORDER BY subject_id LIMIT ${limit}`.execute(db);
  return rows.rows.map((row) => ({ id: row.id, remoteId: row.remote_id }));
}

/**
 * What a group's membership really is becomes what we know of it. A group with members that Rollcall does not know is
 * forgotten, to be taken over again, where those are to go. Answers whether anything differed.
 */
export async function learnMembers(
  tx: Tx,
  run: InventoryRun,
  group: { readonly id: string; readonly members: readonly string[]; readonly expelStrangers: boolean },
): Promise<boolean> {
  const held = sql`
    SELECT l.subject_id AS user_id FROM links l WHERE l.application_id = ${run.applicationId} AND l.kind = 'user'
    AND l.remote_id = ANY (${[...group.members]}::text[])`;
  const here = sql`application_id = ${run.applicationId} AND group_id = ${group.id}`;
  const gone =
    await sql`DELETE FROM link_members WHERE ${here} AND error IS NULL AND user_id NOT IN (${held})`.execute(
      tx,
    );
  const come = await sql`
    INSERT INTO link_members (application_id, group_id, user_id)
    SELECT ${run.applicationId}::uuid, ${group.id}::uuid, user_id FROM (${held}) AS h
    ON CONFLICT (application_id, group_id, user_id) DO UPDATE SET error = NULL WHERE link_members.error IS NOT NULL`.execute(
    tx,
  );
  const known = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (${held}) AS h`.execute(tx);
  const strangers = group.expelStrangers && group.members.length > (known.rows[0]?.count ?? 0);
  const differs = strangers || (gone.numAffectedRows ?? 0n) > 0n || (come.numAffectedRows ?? 0n) > 0n;
  if (differs) await lookAgain(tx, run, group.id, strangers);
  return differs;
}

async function lookAgain(tx: Tx, run: InventoryRun, groupId: string, takeOver: boolean): Promise<void> {
  if (takeOver) {
    await sql`
      UPDATE links SET remote_id = NULL, state = 'absent', key = NULL
      WHERE application_id = ${run.applicationId} AND kind = 'group' AND subject_id = ${groupId}`.execute(tx);
  }
  await sql`
    INSERT INTO pending (application_id, kind, subject_id, priority, whole, cause)
    VALUES (${run.applicationId}, 'group', ${groupId}, 1, true, ${JSON.stringify(INVENTORY_CAUSE)}::jsonb)
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET generation = pending.generation + 1, whole = true, due_at = now()`.execute(
    tx,
  );
}

/** Says that the target has been read, and when it is to be read again. */
export async function finishInventory(tx: Tx, run: InventoryRun, hours: number): Promise<void> {
  await sql`UPDATE applications SET last_inventory_at = now() WHERE id = ${run.applicationId}`.execute(tx);
  await scheduleInventory(tx, run.applicationId, hours);
}

/** The next reading, in so many hours; 0 is never. */
export async function scheduleInventory(handle: Handle, applicationId: string, hours: number): Promise<void> {
  await sql`
    UPDATE lanes SET inventory_due_at = CASE WHEN ${hours}::double precision = 0 THEN 'infinity' ELSE now() + make_interval(secs => ${hours * 3600}) END
    WHERE application_id = ${applicationId}`.execute(handle);
}

/** Asks for a reading now. */
export async function requestInventory(tx: Tx, applicationId: string): Promise<void> {
  await sql`UPDATE lanes SET inventory_due_at = now() WHERE application_id = ${applicationId}`.execute(tx);
}

/** Whether a reading is due. */
export async function isInventoryDue(db: Handle, applicationId: string): Promise<boolean> {
  const due =
    await sql`SELECT 1 FROM lanes WHERE application_id = ${applicationId} AND inventory_due_at <= now()`.execute(
      db,
    );
  return due.rows.length > 0;
}
