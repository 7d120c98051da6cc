/** The provisioning log: every operation, what was asked, what was answered, and which change caused it (R48). */
import { sql, type RawBuilder } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { EventWrite } from '../provisioning/settlement.ts';
import type { Handle } from './database.ts';
import { pack, unpack, type PackedRows } from './rowset.ts';
import { runTogether, type Part } from './together.ts';

/** Clients of the live stream listen here; the payload is the application's id. */
export const EVENTS_CHANNEL = 'rollcall_events';

/** Writes events and tells whoever is watching. */
export async function insertEvents(
  handle: Handle,
  applicationId: string,
  events: readonly EventWrite[],
): Promise<void> {
  await runTogether(handle, eventParts(applicationId, packEvents(events)), tellWatchers(applicationId));
}

/** Tells whoever is watching an application. */
export function tellWatchers(applicationId: string): RawBuilder<unknown> {
  return sql`SELECT pg_notify(${EVENTS_CHANNEL}, ${applicationId})`;
}

const COLUMNS = `kind text, subject_id uuid, subject_name text, operation text, outcome text, sentence text, duration_ms integer, attempt integer, deactivation boolean`;

/** Events as they are written, but for their ids. */
export function packEvents(events: readonly EventWrite[]): PackedRows {
  const rows = events.map((event) => ({
    kind: event.subject.kind,
    subject_id: event.subject.id,
    subject_name: event.subject.name,
    operation: event.operation,
    outcome: event.outcome,
    sentence: event.sentence,
    duration_ms: event.durationMs === undefined ? null : Math.round(event.durationMs),
    attempt: event.attempt ?? 1,
    deactivation: event.deactivation ?? false,
  }));
  return pack(rows, COLUMNS, [
    { name: 'changes', type: 'json', values: events.map(({ changes }) => changes) },
    { name: 'exchanges', type: 'json', values: events.map(({ exchanges }) => exchanges) },
    { name: 'cause', type: 'json', values: events.map(({ cause }) => cause) },
  ]);
}

/**
 * What writes events, as a part of a larger statement. They get their ids here, not when they are packed: whoever follows the log
 * looks back for so long only (`event-ids.ts`).
 */
export function eventParts(applicationId: string, events: PackedRows): Part[] {
  if (events.count === 0) return [];
  const ids = Array.from({ length: events.count }, () => uuidv7());
  const statement = sql`
    INSERT INTO events (application_id, kind, subject_id, subject_name, operation, outcome, sentence, duration_ms, attempt,
      deactivation, id, changes, exchanges, cause)
    SELECT ${applicationId}::uuid, r.* FROM ${unpack(events, ids)}`;
  return [{ name: 'logged', statement }];
}
