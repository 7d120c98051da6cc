/** In which applications one user is or should be, through which groups, and in what state. */
import { sql } from 'kysely';
import type { RecordError } from '../provisioning/settlement.ts';
import type { ConnectionState } from './applications.ts';
import type { Handle } from './database.ts';
import { viaGroups, type GroupName, type LinkState } from './links.ts';

export interface ApplicationOfUser {
  readonly applicationId: string;
  readonly label: string;
  readonly connection: ConnectionState;
  readonly state: LinkState;
  readonly remoteId: string | null;
  readonly managed: boolean;
  readonly pending: boolean;
  readonly held: boolean;
  readonly error: RecordError | null;
  readonly via: readonly GroupName[];
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly idm_state: ConnectionState;
  readonly state: LinkState | null;
  readonly remote_id: string | null;
  readonly managed: boolean | null;
  readonly marked: boolean;
  readonly hold_id: string | null;
  readonly error: RecordError | null;
  readonly via: GroupName[] | null;
}

function toApplicationOfUser(row: Row): ApplicationOfUser {
  return {
    applicationId: row.id,
    label: row.label,
    connection: row.idm_state,
    state: row.state ?? 'absent',
    remoteId: row.remote_id,
    managed: row.managed ?? true,
    pending: row.marked && row.hold_id === null,
    held: row.hold_id !== null,
    error: row.error,
    via: row.via ?? [],
  };
}

/** The applications that a user's groups are bound to, or that hold an account of theirs, by label. */
export async function listApplicationsOfUser(handle: Handle, userId: string): Promise<ApplicationOfUser[]> {
  const { rows } = await sql<Row>`
    SELECT a.id, a.label, a.idm_state, l.state, l.remote_id, l.managed, l.error, p.subject_id IS NOT NULL AS marked, p.hold_id,
      groups.via
    FROM applications a
    LEFT JOIN links l ON l.application_id = a.id AND l.kind = 'user' AND l.subject_id = ${userId}
    LEFT JOIN pending p ON p.application_id = a.id AND p.kind = 'user' AND p.subject_id = ${userId}
    CROSS JOIN LATERAL (${viaGroups(sql`a.id`, sql`${userId}::uuid`)}) AS groups
    WHERE l.subject_id IS NOT NULL OR groups.via IS NOT NULL
    ORDER BY lower(a.label), a.id`.execute(handle);
  return rows.map(toApplicationOfUser);
}
