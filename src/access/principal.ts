import type { Role } from './roles.ts';

/** Who asks. */
export interface Principal {
  /** An API key, a person's session, or a program that has the API in its own process (the command line). */
  readonly kind: 'key' | 'session' | 'local';
  /** For the log and the audit trail: `api key demo`, or a person's username. */
  readonly actor: string;
  /** Null for a person who administers nothing: only what is their own is theirs. */
  readonly role: Role | null;
  /** The directory user, where a person asks. */
  readonly userId: string | null;
  readonly sessionId: string | null;
  /** Of the API key: two may have the same name. */
  readonly keyId?: string;
}
