/** Applications, the groups that are bound to them, and their secrets. */
import type { ColumnType, Generated } from 'kysely';
import type { ConnectionState } from '../../provisioning/connection-state.ts';
import type { BigInt64, Json, OptionalJson, OptionalTimestamp, Timestamp } from './columns.ts';

export interface ApplicationsTable {
  id: string;
  connector: string;
  label: string;
  description: string | null;
  logo: string | null;
  sso: Json<{ enabled: boolean } & Record<string, unknown>>;
  idm_state: ColumnType<ConnectionState, 'inactive' | undefined, ConnectionState>;
  idm_reason: OptionalJson<Record<string, unknown>>;
  group_management: Generated<boolean>;
  settings: Json<Record<string, unknown>>;
  last_inventory_at: OptionalTimestamp;
  version: BigInt64;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface ApplicationGroupsTable {
  application_id: string;
  group_id: string;
  created_at: Timestamp;
}

interface SecretsTable {
  id: string;
  key_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
  updated_at: Timestamp;
}

export interface ApplicationTables {
  applications: ApplicationsTable;
  application_groups: ApplicationGroupsTable;
  secrets: SecretsTable;
}
