/** The identity provider: certificates, what must not come twice, and who is signed in where. */
import type { Json, Timestamp } from './columns.ts';

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

export interface SamlTables {
  saml_certificates: SamlCertificatesTable;
  saml_messages: SamlMessagesTable;
  saml_requests: SamlRequestsTable;
  saml_sessions: SamlSessionsTable;
  saml_logouts: SamlLogoutsTable;
}
