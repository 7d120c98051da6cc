/**
 * What was provisioned over time, from the log of operations. Ids begin with their time, so that each question reads the
 * days that it is about and no more. Days are those of UTC.
 */
import { sql, type RawBuilder } from 'kysely';
import { floorId } from './event-ids.ts';
import type { Handle } from './database.ts';

export interface Period {
  /** The first day's first moment. */
  readonly from: Date;
  readonly to: Date;
  /** Of one application; of all where it is not given. */
  readonly application?: string | undefined;
}

/** What was done on one day, `2026-11-26`. */
interface ProvisionedDay {
  readonly day: string;
  readonly created: number;
  readonly updated: number;
  readonly reactivated: number;
  readonly deactivated: number;
  readonly groupChanges: number;
  readonly refused: number;
  readonly failed: number;
}

/** How long those who left on one day had waited, from the change to the answer; null where nobody left. */
interface LeaversDay {
  readonly day: string;
  readonly count: number;
  readonly p50Seconds: number | null;
  readonly p95Seconds: number | null;
}

interface FrequentError {
  readonly sentence: string;
  readonly count: number;
}

interface ErrorsOfApplication {
  readonly application: { readonly id: string; readonly label: string };
  /** Given up until something changes. */
  readonly refused: number;
  /** Tried again by themselves. */
  readonly later: number;
  /** That paused the connection, or held leavers. */
  readonly stopped: number;
  readonly frequent: readonly FrequentError[];
}

/** Clocks differ: an id may be made a little before its time in the database. */
const SLACK_MS = 60_000;
const FREQUENT_SHOWN = 3;

const DAY = sql`to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

function during({ from, application }: Period, ofWhich = sql`true`): RawBuilder<unknown> {
  const id = floorId(from.getTime() - SLACK_MS);
  const mine = application === undefined ? sql`true` : sql`a.id = ${application}`;
  return sql`
    FROM applications a JOIN events e ON e.application_id = a.id AND e.id >= ${id} AND e.at >= ${from} AND ${ofWhich}
    WHERE ${mine}`;
}

/** Every day of the period, also those of which there is nothing. */
function eachDay<T extends { readonly day: string }>(
  { from, to }: Period,
  found: readonly T[],
  nothing: Omit<T, 'day'>,
): (T | (Omit<T, 'day'> & { day: string }))[] {
  const byDay = new Map(found.map((item) => [item.day, item]));
  const count = Math.floor((to.getTime() - from.getTime()) / 86_400_000) + 1;
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(from.getTime() + at * 86_400_000).toISOString().slice(0, 10);
    return byDay.get(day) ?? { ...nothing, day };
  });
}

const done = (...operations: readonly string[]) =>
  sql`count(*) FILTER (WHERE e.outcome = 'done' AND e.operation = ANY (${[...operations]}::text[]))::int`;

/** What was done on each day. */
export async function provisionedByDay(handle: Handle, period: Period): Promise<ProvisionedDay[]> {
  const { rows } = await sql<ProvisionedDay>`
    SELECT ${DAY} AS day, ${done('createUser')} AS created, ${done('updateUser')} AS updated,
      ${done('reactivateUser')} AS reactivated, ${done('deactivateUser', 'deleteUser')} AS deactivated,
      ${done('createGroup', 'renameGroup', 'changeMembers', 'deleteGroup')} AS "groupChanges",
      count(*) FILTER (WHERE e.outcome = 'refused')::int AS refused,
      count(*) FILTER (WHERE e.outcome IN ('later', 'stopped'))::int AS failed
    ${during(period)} GROUP BY 1`.execute(handle);
  const nothing = {
    created: 0,
    updated: 0,
    reactivated: 0,
    deactivated: 0,
    groupChanges: 0,
    refused: 0,
    failed: 0,
  };
  return eachDay(period, rows, nothing);
}

const LEFT = sql`e.operation IN ('deactivateUser', 'deleteUser') AND e.outcome = 'done'`;

/** How long those who left had waited, an administrator's approval included. Leavers from before Rollcall kept that time are left out. */
export async function leaversByDay(handle: Handle, period: Period): Promise<LeaversDay[]> {
  const seconds = sql`extract(epoch FROM e.at - (e.cause ->> 'at')::timestamptz)`;
  const { rows } = await sql<LeaversDay>`
    SELECT ${DAY} AS day, count(*)::int AS count,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY ${seconds})::float8 AS "p50Seconds",
      percentile_cont(0.95) WITHIN GROUP (ORDER BY ${seconds})::float8 AS "p95Seconds"
    ${during(period, LEFT)} AND e.cause ->> 'at' IS NOT NULL GROUP BY 1`.execute(handle);
  return eachDay(period, rows, { count: 0, p50Seconds: null, p95Seconds: null });
}

const FAILED = sql`e.outcome IN ('refused', 'later', 'stopped')`;

/** The sentence without whom it is about: their name, and the username at the end of it. */
const KIND_OF_SENTENCE = sql`
  replace(replace(e.sentence, e.subject_name, '…'), coalesce(substring(e.subject_name FROM '\\(([^()]+)\\)$'), ''), '…')`;

/** What went wrong, the application with the most first. */
export async function errorsByApplication(handle: Handle, period: Period): Promise<ErrorsOfApplication[]> {
  const { rows } = await sql<Omit<ErrorsOfApplication, 'application'> & { id: string; label: string }>`
    WITH failed AS (
      SELECT a.id, a.label, e.outcome, ${KIND_OF_SENTENCE} AS sentence, count(*)::int AS count
      ${during(period, FAILED)} GROUP BY 1, 2, 3, 4),
    ranked AS (
      SELECT id, sentence, sum(count)::int AS count, row_number() OVER (PARTITION BY id ORDER BY sum(count) DESC, sentence COLLATE "C") AS rank
      FROM failed GROUP BY 1, 2)
    SELECT f.id, f.label,
      coalesce(sum(f.count) FILTER (WHERE f.outcome = 'refused'), 0)::int AS refused,
      coalesce(sum(f.count) FILTER (WHERE f.outcome = 'later'), 0)::int AS later,
      coalesce(sum(f.count) FILTER (WHERE f.outcome = 'stopped'), 0)::int AS stopped,
      (SELECT json_agg(json_build_object('sentence', r.sentence, 'count', r.count) ORDER BY r.rank)
       FROM ranked r WHERE r.id = f.id AND r.rank <= ${FREQUENT_SHOWN}) AS frequent
    FROM failed f GROUP BY f.id, f.label ORDER BY sum(f.count) DESC, lower(f.label), f.id`.execute(handle);
  return rows.map(({ id, label, ...errors }) => ({ application: { id, label }, ...errors }));
}
