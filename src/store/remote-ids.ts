/** Records of the directory behind the ids that a target gave them. */
import { sql, type RawBuilder } from 'kysely';
import type { Behaviour } from '../connectors/connector.ts';
import type { Handle } from './database.ts';

/** The directory users behind remote ids; ids that no link knows are left out. */
export const usersByRemoteId = (
  db: Handle,
  applicationId: string,
  remoteIds: readonly string[],
): Promise<Map<string, string>> => readUsers(db, applicationId, remoteIds, sql`true`);

type UnknownMembers = Behaviour['groups']['unknownMembers'];

/**
 * Whether the account of link `l` is one that Rollcall knows as a member of groups. Where unknown members are to be kept, whoever
 * is not managed is one of them (R34); elsewhere their membership is the directory's like everybody's (R21).
 */
export const isKnownMember = (unknownMembers: UnknownMembers) =>
  unknownMembers === 'keep' ? sql`l.managed` : sql`true`;

/** Of the members of a group of the target, the directory users behind those whom Rollcall knows. */
export const knownMembers = (
  db: Handle,
  applicationId: string,
  remoteIds: readonly string[],
  unknownMembers: UnknownMembers,
): Promise<Map<string, string>> => readUsers(db, applicationId, remoteIds, isKnownMember(unknownMembers));

async function readUsers(
  db: Handle,
  applicationId: string,
  remoteIds: readonly string[],
  which: RawBuilder<unknown>,
): Promise<Map<string, string>> {
  if (remoteIds.length === 0) return new Map();
  const rows = await sql<{ remote_id: string; subject_id: string }>`
    SELECT l.remote_id, l.subject_id FROM links l
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.remote_id = ANY (${[...remoteIds]}::text[])
      AND ${which}`.execute(db);
  return new Map(rows.rows.map((row) => [row.remote_id, row.subject_id]));
}

/** Whether any of these groups of the target is linked to a group of the directory. */
export async function areManagedGroups(
  db: Handle,
  applicationId: string,
  remoteIds: readonly string[],
): Promise<boolean> {
  if (remoteIds.length === 0) return false;
  const found = await sql`
    SELECT 1 FROM links WHERE application_id = ${applicationId} AND kind = 'group'
    AND remote_id = ANY (${[...remoteIds]}::text[]) LIMIT 1`.execute(db);
  return found.rows.length > 0;
}

/**
 * Whether any of these accounts is not active any more, or its user is marked as a leaver and not held. One that no link knows was
 * deleted, but where members that Rollcall does not know are kept.
 */
export async function haveAnyLeft(
  db: Handle,
  applicationId: string,
  remoteIds: readonly string[],
  unknownMembers: UnknownMembers,
): Promise<boolean> {
  const found = await sql`
    SELECT 1 FROM unnest(${[...remoteIds]}::text[]) AS r (remote_id)
    LEFT JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'user' AND l.remote_id = r.remote_id
    WHERE (l.subject_id IS NULL AND ${unknownMembers === 'remove'}) OR l.state <> 'active' OR EXISTS (
      SELECT 1 FROM pending p WHERE p.application_id = ${applicationId} AND p.kind = 'user' AND p.subject_id = l.subject_id
        AND p.priority = 0 AND p.hold_id IS NULL)
    LIMIT 1`.execute(db);
  return found.rows.length > 0;
}

/** The remote ids of a group's accepted members. */
export const acceptedRemoteIds = (db: Handle, applicationId: string, groupId: string): Promise<string[]> =>
  readAccepted(db, applicationId, groupId, sql`true`);

/** The same without leavers, whom a target that is told of the whole group may refuse. */
export const stayingRemoteIds = (db: Handle, applicationId: string, groupId: string): Promise<string[]> =>
  readAccepted(db, applicationId, groupId, sql`l.state = 'active'`);

async function readAccepted(
  db: Handle,
  applicationId: string,
  groupId: string,
  which: RawBuilder<unknown>,
): Promise<string[]> {
  const rows = await sql<{ remote_id: string }>`
    SELECT l.remote_id FROM link_members lm
    JOIN links l ON l.application_id = lm.application_id AND l.kind = 'user' AND l.subject_id = lm.user_id
    WHERE lm.application_id = ${applicationId} AND lm.group_id = ${groupId} AND lm.error IS NULL AND l.remote_id IS NOT NULL
      AND ${which}
    ORDER BY l.remote_id`.execute(db);
  return rows.rows.map((row) => row.remote_id);
}
