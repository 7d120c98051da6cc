/** Who may do what in Rollcall, and what was done. */
import type { Generated } from 'kysely';
import type { Role } from '../../access/roles.ts';
import type { BigInt64, Json, OptionalTimestamp, Timestamp } from './columns.ts';

export interface ApiKeysTable {
  id: string;
  name: string;
  hash: Buffer;
  role: Role;
  created_at: Timestamp;
  expires_at: OptionalTimestamp;
  last_used_at: OptionalTimestamp;
}

interface AdministratorsTable {
  user_id: string;
  role: Role;
  created_at: Timestamp;
}

/** Only ever added to; the database itself makes everything but `content`. */
interface AuditTable {
  seq: BigInt64;
  at: Timestamp;
  content: Json<object>;
  previous: Buffer;
  hash: Buffer;
  action: Generated<string>;
  actor: Generated<string>;
  subject_id: Generated<string | null>;
  subject_name: Generated<string>;
}

export interface AccessTables {
  api_keys: ApiKeysTable;
  administrators: AdministratorsTable;
  audit: AuditTable;
}
