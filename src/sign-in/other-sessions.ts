/**
 * A person's own session, in which they change how they sign in, and the others, which end by it: whoever is in one of them
 * may be who the person shuts out (OWASP ASVS 5.0, 7.4.3).
 */
import type { Deed } from '../access/audit-entry.ts';
import { Problem } from '../errors.ts';
import type { Witness } from '../store/audit.ts';
import type { Tx } from '../store/database.ts';
import { lockPerson } from '../store/guarded-person.ts';
import { endHalfSignIns } from '../store/half-sign-ins.ts';
import { endSessions, findListedSession } from '../store/sessions.ts';
import type { Named } from './trail.ts';

/** Whose it is what is changed, and in which of their sessions. */
export interface Owner extends Named {
  readonly id: string;
}

/** Writes down, in the transaction of the act, what was done to one's own. */
export type OwnWitness = (deed: Deed) => Witness;

/**
 * Holds the person and their session until the transaction ends: no session of theirs begins meanwhile, and nothing else about
 * how they sign in changes. Ask before anything else is locked. Throws a `Problem` where a change in another session has just ended this one.
 */
export async function holdOwn(tx: Tx, { id, userId }: Owner): Promise<void> {
  await lockPerson(tx, userId);
  if ((await findListedSession(tx, userId, id)) !== undefined) return;
  throw new Problem('unauthorized', 'This session was ended at this moment. Sign in again.');
}

/**
 * Ends a person's sessions, but for one if it is named, and their half sign-ins: what was proved there may not be theirs any
 * more. Half sign-ins go first, as they do where a session starts: in one order, neither transaction waits for the other in a
 * circle. Answers what the audit trail says of the sessions; null where there were none.
 */
export async function endTheirSessions(
  tx: Tx,
  userId: string,
  except?: string,
): Promise<{ readonly sessionsEnded: number } | null> {
  await endHalfSignIns(tx, userId);
  const sessionsEnded = await endSessions(tx, userId, except);
  return sessionsEnded === 0 ? null : { sessionsEnded };
}
