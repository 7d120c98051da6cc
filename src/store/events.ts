/** The provisioning log: every operation, what was asked, what was answered, and which change caused it (R48). */
import { sql, type RawBuilder } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { EventWrite } from '../provisioning/settlement.ts';
import type { Handle } from './database.ts';
import { rowsetWith, type Documents } from './rowset.ts';
import { runTogether, type Part } from './together.ts';

/** Clients of the live stream listen here; the payload is the application's id. */
export const EVENTS_CHANNEL = 'rollcall_events';

/** Writes events and tells whoever is watching. */
export async function insertEvents(
  handle: Handle,
  applicationId: string,
  events: readonly EventWrite[],
): Promise<void> {
  await runTogether(handle, eventParts(applicationId, events), tellWatchers(applicationId));
}

/** Tells whoever is watching an application. */
export function tellWatchers(applicationId: string): RawBuilder<unknown> {
  return sql`SELECT pg_notify(${EVENTS_CHANNEL}, ${applicationId})`;
}

const COLUMNS = `id uuid, kind text, subject_id uuid, subject_name text, operation text, outcome text, sentence text, duration_ms integer, attempt integer, deactivation boolean`;

/** What writes events, as a part of a larger statement. */
export function eventParts(applicationId: string, events: readonly EventWrite[]): Part[] {
  if (events.length === 0) return [];
  const rows = events.map((event) => ({
    id: uuidv7(),
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
  const documents: Documents[] = [
    { name: 'changes', type: 'json', values: events.map(({ changes }) => changes) },
    { name: 'exchanges', type: 'json', values: events.map(({ exchanges }) => exchanges) },
    { name: 'cause', type: 'json', values: events.map(({ cause }) => cause) },
  ];
  const statement = sql`
    INSERT INTO events (application_id, id, kind, subject_id, subject_name, operation, outcome, sentence, duration_ms, attempt,
      deactivation, changes, exchanges, cause)
    SELECT ${applicationId}::uuid, r.* FROM ${rowsetWith(rows, COLUMNS, documents)}`;
  return [{ name: 'logged', statement }];
}
