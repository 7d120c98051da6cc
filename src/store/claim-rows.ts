/** What claims of users and of groups have in common: the mark, and the link beside it, read in the same statement. */
import { sql } from 'kysely';
import type { Cause } from '../provisioning/settlement.ts';
import type { NotAccepted, RecordKind, UserLink, Values } from '../provisioning/facts.ts';
import type { Lease } from './lease.ts';

/** The mark that a claim stands for. */
export interface Mark {
  readonly generation: string;
  readonly attempts: number;
  readonly approved: boolean;
  readonly cause: Cause | null;
}

export interface MarkRow {
  subject_id: string;
  generation: string;
  attempts: number;
  approved: boolean;
  cause: Cause | null;
}

export interface LinkColumns {
  subject_name: string | null;
  remote_id: string | null;
  link_state: UserLink['state'] | null;
  accepted: Values | null;
  not_accepted: Record<string, NotAccepted> | null;
  in_flight: string | null;
  managed: boolean | null;
  kept: boolean | null;
  moving: boolean | null;
  take_over: boolean | null;
  troubled: boolean | null;
}

export const MARK_COLUMNS = sql`s.subject_id, s.generation::text, s.attempts, s.approved, s.cause`;

export const LINK_COLUMNS = sql`
  l.subject_name, l.remote_id, l.state AS link_state, l.accepted, l.not_accepted, l.in_flight, l.managed, l.kept, l.moving,
  l.take_over, l.error IS NOT NULL AS troubled`;

/**
 * The link of `s.subject_id`. LATERAL with OFFSET 0 is one look-up by the whole primary key, whatever the planner believes: on
 * a table that has just grown and has no statistics yet, it would read all links of the application for each record.
 */
export const linkOf = (applicationId: string, kind: RecordKind) => sql`
  LEFT JOIN LATERAL (
    SELECT * FROM links WHERE application_id = ${applicationId} AND kind = ${kind} AND subject_id = s.subject_id OFFSET 0) AS l ON true`;

/**
 * Nothing is claimed under settings that have changed since the lane was taken: what they marked would be planned by the
 * old ones, and its marks answered.
 */
export const isUnchanged = ({ applicationId, version }: Lease) => sql`EXISTS (
  SELECT 1 FROM applications WHERE id = ${applicationId} AND version = ${version})`;

/** The mark of a row that was read with {@link MARK_COLUMNS}. */
export function markOf(row: MarkRow): Mark {
  return {
    generation: row.generation,
    attempts: row.attempts,
    approved: row.approved,
    cause: row.cause,
  };
}
