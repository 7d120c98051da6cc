/** What decides about the items of an import: whom each matches, and what the application knows of them. */
import { sql } from 'kysely';
import { personName, type PersonNames } from '../directory/user.ts';
import { namesOf, usersNamed } from './candidates.ts';
import type { Tx } from './database.ts';
import type { Item, Matches, Turn } from './import-item.ts';
import { rowset } from './rowset.ts';

interface MatchRow extends PersonNames {
  readonly remote_id: string;
  readonly id: string;
}

/** Directory users who have the username or email of an account, locked so that they are there when they are linked. */
export async function matchesOf(tx: Tx, items: readonly Item[]): Promise<Map<string, Matches>> {
  const rows = items.map(({ person, remoteId }) => ({ remote_id: remoteId, person }));
  const found = await sql<MatchRow>`
    WITH found AS (
      SELECT r.remote_id, m.id FROM ${rowset(rows, 'remote_id text, person jsonb')},
      LATERAL (${usersNamed(namesOf(sql`r.person`))} OFFSET 0) AS m)
    SELECT f.remote_id, u.id, u.username, u.firstname, u.lastname, u.displayname FROM found f JOIN users u ON u.id = f.id
    ORDER BY u.id FOR KEY SHARE OF u`.execute(tx);
  const matches = new Map<string, Matches>();
  for (const row of found.rows)
    matches.set(row.remote_id, [
      ...(matches.get(row.remote_id) ?? []),
      { id: row.id, name: personName(row) },
    ]);
  return matches;
}

/**
 * Remote ids of items whose account somebody has under another name than the one that it was chosen with, which the list does not show
 * either: since another address, the id is that of another account (R17).
 */
export async function strangersAmong(
  tx: Tx,
  { applicationId }: Turn,
  items: readonly Item[],
): Promise<ReadonlySet<string>> {
  const rows = items.map(({ key, remoteId }) => ({ remote_id: remoteId, key }));
  const found = await sql<{ remote_id: string }>`
    SELECT r.remote_id FROM ${rowset(rows, 'remote_id text, key text')}
    JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'user' AND l.remote_id = r.remote_id
    WHERE l.key <> r.key AND NOT EXISTS (
      SELECT 1 FROM remote_resources n
      WHERE n.application_id = ${applicationId} AND n.kind = 'user' AND n.remote_id = r.remote_id AND n.key = r.key)`.execute(
    tx,
  );
  return new Set(found.rows.map((row) => row.remote_id));
}

/** What an application knows of a directory user. */
export interface KnownUser {
  readonly id: string;
  readonly remote_id: string | null;
  readonly pending: boolean;
}

/**
 * What the application knows of directory users, its lane locked: nothing of it changes until this commits. Of whoever a process had
 * under way when it died, an inactive connection knows it from nothing but `lane_sending` (R42).
 */
export async function knownUsers(
  tx: Tx,
  { applicationId }: Turn,
  ids: readonly string[],
): Promise<Map<string, KnownUser>> {
  const { rows } = await sql<KnownUser>`
    SELECT u.id, l.remote_id, coalesce(l.in_flight IS NOT NULL, false) OR p.subject_id IS NOT NULL OR u.id IN (
      SELECT r.id FROM lane_sending s, json_to_recordset(s.steps) AS r(id uuid) WHERE s.application_id = ${applicationId}) AS pending
    FROM unnest(${[...ids]}::uuid[]) AS u(id)
    LEFT JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = u.id
    LEFT JOIN pending p ON p.application_id = ${applicationId} AND p.kind = 'user' AND p.subject_id = u.id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
