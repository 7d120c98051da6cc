/** Readings for an import, and the imports themselves. */
import type { Generated } from 'kysely';
import type { Json, OptionalJson, OptionalTimestamp, Timestamp } from './columns.ts';

interface RostersTable {
  application_id: string;
  state: 'never' | 'reading' | 'read' | 'failed';
  seen: Generated<number>;
  message: string | null;
  started_at: Timestamp;
  read_at: OptionalTimestamp;
}

export interface ImportsTable {
  id: string;
  application_id: string;
  state: 'running' | 'done';
  user_state: 'staged' | 'active';
  background: boolean;
  cause: Json<object>;
  mail_to: string | null;
  mail_link: string | null;
  mail_state: Generated<'none' | 'owed' | 'sent' | 'failed'>;
  mail_attempts: Generated<number>;
  mail_due_at: Timestamp;
  mail_message: string | null;
  created_at: Timestamp;
  finished_at: OptionalTimestamp;
}

interface ImportItemsTable {
  import_id: string;
  remote_id: string;
  key: string | null;
  person: Json<object>;
  outcome: 'created' | 'linked' | 'unchanged' | 'failed' | 'cancelled' | null;
  user_id: string | null;
  errors: OptionalJson<readonly object[]>;
}

export interface ImportTables {
  rosters: RostersTable;
  imports: ImportsTable;
  import_items: ImportItemsTable;
}
