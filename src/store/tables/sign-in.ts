/** How people sign in, and who is signed in. */
import type { ColumnType, JSONColumnType } from 'kysely';
import type { Method } from '../../people/methods.ts';
import type { BigInt64, Json, OptionalTimestamp, Timestamp } from './columns.ts';

interface PasswordsTable {
  user_id: string;
  hash: string;
  changed_at: Timestamp;
}

export interface FactorsTable {
  id: string;
  user_id: string;
  session_id: ColumnType<string | null, string | null | undefined>;
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

export interface SignInTables {
  passwords: PasswordsTable;
  factors: FactorsTable;
  recovery_codes: RecoveryCodesTable;
  sessions: SessionsTable;
  half_sign_ins: HalfSignInsTable;
  passkey_challenges: PasskeyChallengesTable;
  one_time_links: OneTimeLinksTable;
  throttles: ThrottlesTable;
}
