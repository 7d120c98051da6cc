/** Pausing a connection that cannot go on: its token was rejected, or what answers is not SCIM. Nothing is lost (R44). */
import { sql } from 'kysely';
import type { Failure } from '../provisioning/settlement.ts';
import type { Application } from '../store/applications.ts';
import type { Handle } from '../store/database.ts';
import { insertEvents } from '../store/events.ts';
import { holdLane, type Lease } from '../store/lanes.ts';

/** Pauses the connection until an administrator resumes it, and says why in its state and in the log. */
export async function pauseConnection(
  db: Handle,
  lease: Lease,
  application: Application,
  failure: Failure,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // The application before its lane: the order in which everybody locks the two.
    await sql`SELECT 1 FROM applications WHERE id = ${application.id} FOR UPDATE`.execute(tx);
    if ((await holdLane(tx, lease)) !== 'active') return;
    await sql`
      UPDATE applications SET idm_state = 'paused', idm_reason = ${JSON.stringify(failure)}::jsonb, updated_at = now()
      WHERE id = ${application.id}`.execute(tx);
    const subject = { kind: 'application', id: application.id, name: application.label } as const;
    const sentence = `Paused the connection of ${application.label}: ${failure.message}`;
    await insertEvents(tx, application.id, [
      { subject, operation: 'pauseConnection', outcome: 'stopped', sentence },
    ]);
  });
}
