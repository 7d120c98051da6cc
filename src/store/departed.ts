/**
 * The departed: links of users who are not in the directory any more and for whom nothing will be sent any more, whatever
 * state their accounts are in. What they have is for others to take over (R17, R31).
 */
import { sql, type RawBuilder } from 'kysely';
import { findConnector } from '../connectors/catalog.ts';
import { effectiveBehaviour } from '../connectors/settings.ts';
import { getApplication, type Application } from './applications.ts';
import type { Handle, Tx } from './database.ts';
import { uuids } from './rowset.ts';

/** Whether the link `l` of a user is that of somebody departed. Whoever waits in a hold, or is still to be deactivated, is not. */
export function departed(application: Application): RawBuilder<boolean> {
  // As `planUser` decides for whoever is not assigned.
  const nothingToSend = leavesEverybody(application)
    ? sql`true`
    : sql`(NOT l.managed OR l.kept OR (l.state <> 'active' AND l.in_flight IS NULL))`;
  return sql`(${nothingToSend} AND NOT EXISTS (SELECT 1 FROM users WHERE id = l.subject_id))`;
}

/** Whether the accounts of leavers stay as they are. */
export function leavesEverybody({ connector: key, settings }: Application): boolean {
  const connector = findConnector(key);
  return connector !== undefined && effectiveBehaviour(connector, settings).users.deprovision === 'leave';
}

/** The same, for whoever is not the lane: what a step that is under way may still do is waited for. */
export async function departedForGood(handle: Handle, applicationId: string): Promise<RawBuilder<boolean>> {
  const application = await getApplication(handle, applicationId);
  return sql`(${departed(application)} AND NOT EXISTS (
    SELECT 1 FROM pending WHERE application_id = l.application_id AND kind = 'user' AND subject_id = l.subject_id))`;
}

/** The users who have these accounts, by remote id; the departed have none. */
export async function ownersOf(
  tx: Tx,
  applicationId: string,
  remoteIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; remote_id: string }>`
    SELECT l.subject_id AS id, l.remote_id FROM links l
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.remote_id = ANY (${[...remoteIds]}::text[])
      AND NOT ${await departedForGood(tx, applicationId)}`.execute(tx);
  return new Map(rows.map(({ id, remote_id }) => [remote_id, id]));
}

/** Forgets the links of users, with what the target holds of their memberships. */
export async function forgetUserLinks(
  tx: Tx,
  applicationId: string,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return;
  const ids = uuids(userIds);
  await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND user_id = ANY (${ids})`.execute(
    tx,
  );
  await sql`DELETE FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = ANY (${ids})`.execute(
    tx,
  );
}

/** Forgets the departed who have these accounts. The lane is locked. */
export async function forgetDeparted(
  tx: Tx,
  applicationId: string,
  remoteIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT l.subject_id AS id FROM links l
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.remote_id = ANY (${[...remoteIds]}::text[])
      AND ${await departedForGood(tx, applicationId)}`.execute(tx);
  await forgetUserLinks(
    tx,
    applicationId,
    rows.map(({ id }) => id),
  );
}
