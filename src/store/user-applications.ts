/** In which applications one user is or should be, through which groups, and in what state. */
import { sql } from 'kysely';
import type { UserState } from '../directory/user.ts';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { Attention, RecordError } from '../provisioning/settlement.ts';
import type { LinkState } from '../provisioning/facts.ts';
import type { Handle } from './database.ts';
import { waitUntil } from './lane-wait.ts';
import { viaGroups, type GroupName } from './user-links.ts';

interface ApplicationOfUser {
  readonly applicationId: string;
  readonly label: string;
  readonly connection: ConnectionState;
  /** Until when the application asked to wait (R44). */
  readonly waitUntil: Date | null;
  readonly state: LinkState;
  readonly remoteId: string | null;
  readonly managed: boolean;
  readonly kept: boolean;
  readonly moving: boolean;
  readonly pending: boolean;
  readonly holdId: string | null;
  readonly error: RecordError | null;
  readonly attention: Attention | null;
  readonly userState: UserState;
  readonly via: readonly GroupName[];
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly idm_state: ConnectionState;
  readonly wait_until: Date | null;
  readonly state: LinkState | null;
  readonly remote_id: string | null;
  readonly managed: boolean | null;
  readonly kept: boolean | null;
  readonly moving: boolean | null;
  readonly marked: boolean;
  readonly hold_id: string | null;
  readonly error: RecordError | null;
  readonly attention: Attention | null;
  readonly user_state: UserState;
  readonly via: GroupName[] | null;
}

function toApplicationOfUser(row: Row): ApplicationOfUser {
  return {
    applicationId: row.id,
    label: row.label,
    connection: row.idm_state,
    waitUntil: row.wait_until,
    state: row.state ?? 'absent',
    remoteId: row.remote_id,
    managed: row.managed ?? true,
    kept: row.kept ?? false,
    moving: row.moving ?? false,
    pending: row.marked && row.hold_id === null,
    holdId: row.hold_id,
    error: row.error,
    attention: row.attention,
    userState: row.user_state,
    via: row.via ?? [],
  };
}

/** The applications that a user's groups are bound to, or that hold an account of theirs, by label. */
export async function listApplicationsOfUser(handle: Handle, userId: string): Promise<ApplicationOfUser[]> {
  const { rows } = await sql<Row>`
    SELECT a.id, a.label, a.idm_state, ${waitUntil(sql`a.id`)} AS wait_until, l.state, l.remote_id, l.managed, l.kept, l.moving, l.error, l.attention,
      p.subject_id IS NOT NULL AS marked, p.hold_id, u.state AS user_state, groups.via
    FROM applications a JOIN users u ON u.id = ${userId}
    LEFT JOIN links l ON l.application_id = a.id AND l.kind = 'user' AND l.subject_id = ${userId}
    LEFT JOIN pending p ON p.application_id = a.id AND p.kind = 'user' AND p.subject_id = ${userId}
    CROSS JOIN LATERAL (${viaGroups(sql`a.id`, sql`${userId}::uuid`)}) AS groups
    WHERE l.subject_id IS NOT NULL OR groups.via IS NOT NULL
    ORDER BY lower(a.label), a.id`.execute(handle);
  return rows.map(toApplicationOfUser);
}
