/** Who asks: the kinds of askers, and how each comes to be one. */
import type { Role } from './roles.ts';

/**
 * An API key; a person's session; whoever opened a one-time link; a program that has the API in its own process (the
 * command line); or somebody of whom nothing is known, which only the audit trail speaks of.
 */
export const principalKinds = ['key', 'session', 'link', 'local', 'nobody'] as const;

type PrincipalKind = (typeof principalKinds)[number];

/** Who asks. */
export interface Principal {
  readonly kind: PrincipalKind;
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

/** A person who said who they are, by a session or by a one-time link. */
export const asPerson = (
  kind: 'session' | 'link',
  { userId, username }: { readonly userId: string; readonly username: string },
  role: Role | null,
  sessionId: string | null = null,
): Principal => ({ kind, actor: username, role, userId, sessionId });

/** A program that has the API, or the database, in its own process: it may do everything. */
export const asProgram = (actor: string): Principal => ({
  kind: 'local',
  actor,
  role: 'administrator',
  userId: null,
  sessionId: null,
});

export const nobody: Principal = {
  kind: 'nobody',
  actor: 'somebody not signed in',
  role: null,
  userId: null,
  sessionId: null,
};
