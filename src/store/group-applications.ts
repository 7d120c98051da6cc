/** To which applications one group is bound, and how it stands in each. */
import { sql } from 'kysely';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { LinkState, NotAccepted } from '../provisioning/facts.ts';
import type { RecordError } from '../provisioning/settlement.ts';
import type { Handle } from './database.ts';
import type { GroupDrift } from './group-links.ts';
import { waitUntil } from './lane-wait.ts';
import { REFUSED_AND_WANTED } from './memberships.ts';

interface ApplicationOfGroup {
  readonly applicationId: string;
  readonly label: string;
  readonly connection: ConnectionState;
  readonly groupManagement: boolean;
  /** Until when the application asked to wait (R44). */
  readonly waitUntil: Date | null;
  readonly state: LinkState;
  readonly remoteId: string | null;
  readonly pending: boolean;
  readonly error: RecordError | null;
  readonly notAccepted: Readonly<Record<string, NotAccepted>>;
  readonly drift: GroupDrift | null;
  /** Members in the directory, accepted by the target, refused by it. */
  readonly memberCount: number;
  readonly accepted: number;
  readonly refused: number;
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly idm_state: ConnectionState;
  readonly group_management: boolean;
  readonly wait_until: Date | null;
  readonly state: LinkState | null;
  readonly remote_id: string | null;
  readonly marked: boolean;
  readonly error: RecordError | null;
  readonly not_accepted: Record<string, NotAccepted> | null;
  readonly drift: GroupDrift | null;
  readonly member_count: number;
  readonly accepted: number;
  readonly refused: number;
}

function toApplicationOfGroup(row: Row): ApplicationOfGroup {
  return {
    applicationId: row.id,
    label: row.label,
    connection: row.idm_state,
    groupManagement: row.group_management,
    waitUntil: row.wait_until,
    state: row.state ?? 'absent',
    remoteId: row.remote_id,
    pending: row.marked,
    error: row.error,
    notAccepted: row.not_accepted ?? {},
    drift: row.drift,
    memberCount: row.member_count,
    accepted: row.accepted,
    refused: row.refused,
  };
}

/** The applications that a group is bound to, by label. */
export async function listApplicationsOfGroup(
  handle: Handle,
  groupId: string,
): Promise<ApplicationOfGroup[]> {
  const { rows } = await sql<Row>`
    SELECT a.id, a.label, a.idm_state, a.group_management, ${waitUntil(sql`a.id`)} AS wait_until, l.state, l.remote_id, l.error, l.not_accepted, l.drift,
      p.subject_id IS NOT NULL AS marked,
      (SELECT count(*)::int FROM group_members gm WHERE gm.group_id = ag.group_id) AS member_count,
      (SELECT count(*)::int FROM link_members lm WHERE lm.application_id = a.id AND lm.group_id = ag.group_id AND lm.error IS NULL) AS accepted,
      (SELECT count(*)::int FROM link_members lm WHERE lm.application_id = a.id AND lm.group_id = ag.group_id AND ${REFUSED_AND_WANTED}) AS refused
    FROM application_groups ag JOIN applications a ON a.id = ag.application_id
    LEFT JOIN links l ON l.application_id = a.id AND l.kind = 'group' AND l.subject_id = ag.group_id
    LEFT JOIN pending p ON p.application_id = a.id AND p.kind = 'group' AND p.subject_id = ag.group_id
    WHERE ag.group_id = ${groupId} ORDER BY lower(a.label), a.id`.execute(handle);
  return rows.map(toApplicationOfGroup);
}
