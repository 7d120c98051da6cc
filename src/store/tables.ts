/** The tables as Kysely sees them: one interface a table, in the order of the migrations. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Role } from '../access/roles.ts';
import type { UserState } from '../directory/user.ts';
import type { Method } from '../people/methods.ts';
import type { LinkState, RecordKind } from '../provisioning/types.ts';

type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>;
type OptionalTimestamp = ColumnType<Date | null, Date | string | null | undefined>;
type Json<T extends object> = JSONColumnType<T, string | undefined>;
type OptionalJson<T extends object> = JSONColumnType<T | null, string | null | undefined, string | null>;
/** bigint arrives as a string from node-postgres. */
type BigInt64 = ColumnType<string, number | string | undefined, number | string>;

export interface UsersTable {
  id: string;
  username: string;
  email: string | null;
  firstname: string | null;
  lastname: string | null;
  displayname: string | null;
  state: UserState;
  attributes: Json<Record<string, unknown>>;
  version: BigInt64;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface GroupsTable {
  id: string;
  name: string;
  description: string | null;
  version: BigInt64;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface GroupMembersTable {
  group_id: string;
  user_id: string;
  created_at: Timestamp;
}

export interface ApplicationsTable {
  id: string;
  connector: string;
  label: string;
  description: string | null;
  logo: string | null;
  sso: Json<{ enabled: boolean } & Record<string, unknown>>;
  idm_state: ColumnType<
    'inactive' | 'active' | 'paused',
    'inactive' | undefined,
    'inactive' | 'active' | 'paused'
  >;
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
  in_flight: string | null;
  managed: Generated<boolean>;
  kept: Generated<boolean>;
  moving: Generated<boolean>;
  updated_at: Timestamp;
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
  outcome: 'done' | 'later' | 'again' | 'refused' | 'stopped';
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

interface PasswordsTable {
  user_id: string;
  hash: string;
  changed_at: Timestamp;
}

export interface FactorsTable {
  id: string;
  user_id: string;
  kind: 'totp' | 'passkey';
  label: string;
  key_id: string | null;
  nonce: Buffer | null;
  ciphertext: Buffer | null;
  last_step: ColumnType<string | null, number | null | undefined, number>;
  credential_id: string | null;
  public_key: Buffer | null;
  sign_count: BigInt64;
  transports: Json<readonly string[]>;
  created_at: Timestamp;
  confirmed_at: OptionalTimestamp;
  last_used_at: OptionalTimestamp;
}

interface RecoveryCodesTable {
  user_id: string;
  hash: Buffer;
}

export interface SessionsTable {
  id: string;
  token_hash: Buffer;
  user_id: string;
  methods: JSONColumnType<readonly Method[]>;
  authenticated_at: Timestamp;
  created_at: Timestamp;
  last_seen_at: Timestamp;
  idle_seconds: number;
  expires_at: Timestamp;
  address: string;
  user_agent: string;
}

interface HalfSignInsTable {
  browser: Buffer;
  user_id: string;
  expires_at: Timestamp;
}

interface PasskeyChallengesTable {
  browser: Buffer;
  challenge: string;
  expires_at: Timestamp;
}

export interface OneTimeLinksTable {
  token_hash: Buffer;
  purpose: 'first-administrator' | 'password-reset';
  user_id: string | null;
  expires_at: Timestamp;
}

interface ThrottlesTable {
  key: Buffer;
  failures: number;
  failed_at: Timestamp;
  wait_until: Timestamp;
}

export interface SamlCertificatesTable {
  id: string;
  application_id: string;
  state: 'next' | 'current' | 'retired';
  certificate: string;
  not_before: Timestamp;
  not_after: Timestamp;
  key_id: string;
  nonce: Buffer;
  ciphertext: Buffer;
  created_at: Timestamp;
}

interface SamlMessagesTable {
  application_id: string;
  message_id: string;
  expires_at: Timestamp;
}

interface SamlRequestsTable {
  token_hash: Buffer;
  application_id: string;
  content: Json<object>;
  received_at: Timestamp;
  expires_at: Timestamp;
}

export interface SamlSessionsTable {
  session_index: string;
  session_id: string;
  application_id: string;
  name_id: string;
  name_id_format: string;
}

interface SamlLogoutsTable {
  awaits: string;
  state: Json<object>;
  expires_at: Timestamp;
}

interface RostersTable {
  application_id: string;
  state: 'reading' | 'read' | 'failed';
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

interface NoticesTable {
  id: Generated<string>;
  application_id: string;
  user_id: string;
  kind: 'paused' | 'held';
  attempts: Generated<number>;
  due_at: Timestamp;
  created_at: Timestamp;
}

export interface Tables {
  users: UsersTable;
  groups: GroupsTable;
  group_members: GroupMembersTable;
  applications: ApplicationsTable;
  application_groups: ApplicationGroupsTable;
  secrets: SecretsTable;
  links: LinksTable;
  link_members: LinkMembersTable;
  pending: PendingTable;
  pending_members: PendingMembersTable;
  lanes: LanesTable;
  lane_sending: LaneSendingTable;
  holds: HoldsTable;
  events: EventsTable;
  remote_resources: RemoteResourcesTable;
  api_keys: ApiKeysTable;
  administrators: AdministratorsTable;
  audit: AuditTable;
  passwords: PasswordsTable;
  factors: FactorsTable;
  recovery_codes: RecoveryCodesTable;
  sessions: SessionsTable;
  half_sign_ins: HalfSignInsTable;
  passkey_challenges: PasskeyChallengesTable;
  one_time_links: OneTimeLinksTable;
  throttles: ThrottlesTable;
  saml_certificates: SamlCertificatesTable;
  saml_messages: SamlMessagesTable;
  saml_requests: SamlRequestsTable;
  saml_sessions: SamlSessionsTable;
  saml_logouts: SamlLogoutsTable;
  rosters: RostersTable;
  imports: ImportsTable;
  import_items: ImportItemsTable;
  notices: NoticesTable;
}
