/** What a lane works with: what is known of each record in a target, what is to be looked at, and what came of it. */
import type { Generated } from 'kysely';
import type { LinkState, RecordKind } from '../../provisioning/facts.ts';
import type { EventOutcome } from '../../provisioning/settlement.ts';
import type { BigInt64, Json, OptionalJson, OptionalTimestamp, Timestamp } from './columns.ts';

interface LinksTable {
  application_id: string;
  kind: RecordKind;
  subject_id: string;
  subject_name: string;
  remote_id: string | null;
  state: LinkState;
  key: string | null;
  accepted: Json<Record<string, unknown>>;
  not_accepted: Json<Record<string, unknown>>;
  error: OptionalJson<Record<string, unknown>>;
  attention: OptionalJson<Record<string, unknown>>;
  drift: OptionalJson<Record<string, unknown>>;
  own_values: OptionalJson<Record<string, unknown>>;
  in_flight: string | null;
  managed: Generated<boolean>;
  kept: Generated<boolean>;
  moving: Generated<boolean>;
  take_over: Generated<boolean>;
  updated_at: Timestamp;
}

interface LeftGroupsTable {
  application_id: string;
  group_id: string;
  remote_id: string | null;
  key: string | null;
  accepted: Json<Record<string, unknown>>;
  in_flight: string | null;
}

interface LinkMembersTable {
  application_id: string;
  group_id: string;
  user_id: string;
  error: OptionalJson<Record<string, unknown>>;
}

interface PendingTable {
  application_id: string;
  kind: RecordKind;
  subject_id: string;
  generation: BigInt64;
  priority: number;
  due_at: Timestamp;
  attempts: Generated<number>;
  whole: Generated<boolean>;
  differing: string[] | null;
  hold_id: string | null;
  approved: Generated<boolean>;
  cause: OptionalJson<Record<string, unknown>>;
}

interface PendingMembersTable {
  application_id: string;
  group_id: string;
  user_id: string;
  generation: BigInt64;
}

interface LanesTable {
  application_id: string;
  due_at: Timestamp;
  owner: string | null;
  until: OptionalTimestamp;
  epoch: BigInt64;
  in_flight: Generated<number>;
  inventory_due_at: Timestamp;
  roster_due_at: Timestamp;
  wait_until: OptionalTimestamp;
  unsure: Generated<boolean>;
  inventory_error: OptionalJson<Record<string, unknown>>;
  inventory_error_since: OptionalTimestamp;
}

interface LaneSendingTable {
  application_id: string;
  epoch: BigInt64;
  steps: Json<readonly unknown[]>;
}

interface HoldsTable {
  id: string;
  application_id: string;
  state: 'open' | 'approved' | 'rejected';
  reason: string;
  detail: Json<Record<string, unknown>>;
  created_at: Timestamp;
  decided_at: OptionalTimestamp;
  decided_by: string | null;
}

interface EventsTable {
  id: string;
  application_id: string;
  at: Timestamp;
  kind: RecordKind | 'application';
  subject_id: string;
  subject_name: string;
  operation: string;
  outcome: EventOutcome;
  sentence: string;
  changes: OptionalJson<object>;
  exchanges: OptionalJson<object>;
  duration_ms: number | null;
  attempt: Generated<number>;
  deactivation: Generated<boolean>;
  cause: OptionalJson<Record<string, unknown>>;
}

interface RemoteResourcesTable {
  application_id: string;
  kind: RecordKind;
  remote_id: string;
  key: string;
  representation: Json<Record<string, unknown>>;
  run: string;
  person: OptionalJson<object>;
}

interface NoticesTable {
  id: Generated<string>;
  application_id: string;
  user_id: string;
  kind: 'paused' | 'held';
  attempts: Generated<number>;
  due_at: Timestamp;
  created_at: Timestamp;
}

export interface ProvisioningTables {
  links: LinksTable;
  left_groups: LeftGroupsTable;
  link_members: LinkMembersTable;
  pending: PendingTable;
  pending_members: PendingMembersTable;
  lanes: LanesTable;
  lane_sending: LaneSendingTable;
  holds: HoldsTable;
  events: EventsTable;
  remote_resources: RemoteResourcesTable;
  notices: NoticesTable;
}
