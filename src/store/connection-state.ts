/** The state of an application's connection, and what the log says of it; turning one off is `deactivate.ts`. */
import { sql } from 'kysely';
import { conflict } from '../errors.ts';
import type { EventWrite, Failure } from '../provisioning/settlement.ts';
import type { Application } from './applications.ts';
import type { Handle, Tx } from './database.ts';
import { insertEvents } from './events.ts';
import { holdLane, type Lease } from './lease.ts';
import { oweNotices } from './notices.ts';

/**
 * Locks the application against changes; who only refers to it, as a lane that makes a hold, does not wait. Answers whether its
 * single sign-on is enabled. Throws a `Problem` where it was changed since it was read: what was tested since then is not what
 * would be turned on.
 */
export async function requireUnchanged(tx: Tx, { id, state, version }: Application): Promise<boolean> {
  const found = await sql<{ idm_state: string; version: string; sso: { enabled: boolean } }>`
    SELECT idm_state, version, sso FROM applications WHERE id = ${id} FOR NO KEY UPDATE`.execute(tx);
  const [now] = found.rows;
  if (now?.idm_state !== state || Number(now.version) !== version)
    throw conflict('Somebody else has changed the connection meanwhile. Look at it again.');
  return now.sso.enabled;
}

/** What an administrator decided; the lane is then taken anew, because the version grows. */
export async function setState(tx: Tx, applicationId: string, state: 'inactive' | 'active'): Promise<void> {
  await sql`
    UPDATE applications SET idm_state = ${state}, idm_reason = NULL, version = version + 1, updated_at = now()
    WHERE id = ${applicationId}`.execute(tx);
}

/**
 * Pauses a connection that cannot go on, until an administrator resumes it: its token was rejected, what answers is not
 * SCIM, what it holds cannot be read after a change of token or address, or its token cannot be decrypted. Its state and the log say why, and administrators are told; nothing is lost (R44). Throws LeaseLost.
 */
export async function pauseConnection(
  db: Handle,
  lease: Lease,
  application: Application,
  failure: Failure,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // The application before its lane: the order in which everybody locks the two.
    await sql`SELECT 1 FROM applications WHERE id = ${application.id} FOR NO KEY UPDATE`.execute(tx);
    if ((await holdLane(tx, lease)) !== 'active') return;
    await sql`
      UPDATE applications SET idm_state = 'paused', updated_at = now(),
        idm_reason = ${JSON.stringify(failure)}::jsonb || jsonb_build_object('at', now())
      WHERE id = ${application.id}`.execute(tx);
    const sentence = `Paused the connection of ${application.label}: ${failure.message}`;
    await logConnection(tx, application, { operation: 'pauseConnection', outcome: 'stopped', sentence });
    await oweNotices(tx, application.id, 'paused');
  });
}

/** What became of a connection, in the log of its application (R48). */
export async function logConnection(
  tx: Tx,
  { id, label: name }: Pick<Application, 'id' | 'label'>,
  event: Pick<EventWrite, 'operation' | 'outcome' | 'sentence' | 'cause'>,
): Promise<void> {
  await insertEvents(tx, id, [{ ...event, subject: { kind: 'application', id, name } }]);
}
