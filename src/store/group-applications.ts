/** To which applications one group is bound, and how it stands in each. */
import { sql } from 'kysely';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { Handle } from './database.ts';
import {
  groupStateColumns,
  groupStateJoins,
  toGroupState,
  type GroupState,
  type GroupStateRow,
} from './group-state.ts';
import { waitUntil } from './lane-wait.ts';

interface ApplicationOfGroup extends GroupState {
  readonly applicationId: string;
  readonly label: string;
  readonly connection: ConnectionState;
  readonly groupManagement: boolean;
  /** Until when the application asked to wait (R44). */
  readonly waitUntil: Date | null;
}

interface Row extends GroupStateRow {
  readonly id: string;
  readonly label: string;
  readonly idm_state: ConnectionState;
  readonly group_management: boolean;
  readonly wait_until: Date | null;
}

const toApplicationOfGroup = (row: Row): ApplicationOfGroup => ({
  applicationId: row.id,
  label: row.label,
  connection: row.idm_state,
  groupManagement: row.group_management,
  waitUntil: row.wait_until,
  ...toGroupState(row),
});

/** The applications that a group is bound to, by label. */
export async function listApplicationsOfGroup(
  handle: Handle,
  groupId: string,
): Promise<ApplicationOfGroup[]> {
  const of = { applicationId: sql`a.id`, groupId: sql`ag.group_id` };
  const { rows } = await sql<Row>`
    SELECT a.id, a.label, a.idm_state, a.group_management, ${waitUntil(sql`a.id`)} AS wait_until, ${groupStateColumns(of)}
    FROM application_groups ag JOIN applications a ON a.id = ag.application_id ${groupStateJoins(of)}
    WHERE ag.group_id = ${groupId} ORDER BY lower(a.label), a.id`.execute(handle);
  return rows.map(toApplicationOfGroup);
}
