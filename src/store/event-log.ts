/** Reading the log of operations (R48); `events.ts` writes it. */
import { sql, type RawBuilder } from 'kysely';
import { causeInWords } from '../access/act-words.ts';
import { notFound } from '../errors.ts';
import type { Cause, EventOutcome, Exchange } from '../provisioning/settlement.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import type { Change } from '../provisioning/steps.ts';
import type { Handle } from './database.ts';
import { byId, orderOf, type Sort } from './order.ts';
import { containing, every, pageOf, type Page, type PageRequest } from './page.ts';
import { uuids } from './rowset.ts';

/** A cause, and what it says in words. */
interface ToldCause extends Cause {
  readonly sentence: string;
}

export interface LoggedEvent {
  readonly id: string;
  readonly at: string;
  readonly applicationId: string;
  /** Null once the application is deleted. */
  readonly application: string | null;
  readonly kind: RecordKind | 'application';
  readonly subjectId: string;
  readonly subjectName: string;
  readonly operation: string;
  readonly outcome: EventOutcome;
  readonly sentence: string;
  readonly changes: readonly Change[];
  readonly exchanges: readonly Exchange[];
  readonly durationMs: number | null;
  readonly attempt: number;
  readonly cause: ToldCause | null;
}

interface EventFilter {
  readonly application?: string | undefined;
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  readonly outcome?: EventOutcome | undefined;
  readonly operation?: string | undefined;
  /** Part of the sentence or of the record's name. */
  readonly search?: string | undefined;
}

/** The log may hold millions: a list says how many match up to this many. */
export const COUNTED_EVENTS = 10_000;

/** How many events are shown beside a record. */
const RECENT = 20;

interface Row {
  readonly id: string;
  readonly position: readonly string[];
  readonly at: Date;
  readonly application_id: string;
  readonly application: string | null;
  readonly kind: LoggedEvent['kind'];
  readonly subject_id: string;
  readonly subject_name: string;
  readonly operation: string;
  readonly outcome: EventOutcome;
  readonly sentence: string;
  readonly changes: Change[] | null;
  readonly exchanges: Exchange[] | null;
  readonly duration_ms: number | null;
  readonly attempt: number;
  readonly cause: Cause | null;
}

function toLoggedEvent(row: Row): LoggedEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    applicationId: row.application_id,
    application: row.application,
    kind: row.kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    operation: row.operation,
    outcome: row.outcome,
    sentence: row.sentence,
    changes: row.changes ?? [],
    exchanges: row.exchanges ?? [],
    durationMs: row.duration_ms,
    attempt: row.attempt,
    cause: row.cause && { ...row.cause, sentence: causeInWords(row.cause) },
  };
}

const subjects = ({ user, group }: EventFilter): string[] => [user, group].filter((id) => id !== undefined);

function conditionsOf(filter: EventFilter): RawBuilder<unknown>[] {
  const { application, outcome, operation, search } = filter;
  const ids = subjects(filter);
  const text = sql`lower(e.sentence || ' ' || e.subject_name)`;
  return [
    sql`true`,
    ...(application === undefined ? [] : [sql`e.application_id = ${application}`]),
    ...(ids.length === 0 ? [] : [sql`e.subject_id = ANY (${uuids(ids)})`]),
    ...(outcome === undefined ? [] : [sql`e.outcome = ${outcome}`]),
    ...(operation === undefined ? [] : [sql`e.operation = ${operation}`]),
    ...(search === undefined ? [] : [sql`${text} LIKE ${containing(search)}`]),
  ];
}

const NEWEST_FIRST = sql`e.id DESC`;
const OLDEST_FIRST = sql`e.id`;

const events = (
  where: RawBuilder<unknown>,
  orderBy: RawBuilder<unknown>,
  limit: number,
  position: RawBuilder<unknown> = sql`ARRAY[]::text[]`,
) => sql<Row>`
  SELECT e.id, ${position} AS position, e.at, e.application_id, a.label AS application, e.kind, e.subject_id, e.subject_name, e.operation, e.outcome, e.sentence,
    e.changes, e.exchanges, e.duration_ms, e.attempt, e.cause
  FROM events e LEFT JOIN applications a ON a.id = e.application_id
  WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit}`;

async function newest(
  handle: Handle,
  filter: EventFilter,
  before: string | undefined,
  limit: number,
): Promise<Row[]> {
  const page = before === undefined ? [] : [sql`e.id < ${before}`];
  return (await events(every([...conditionsOf(filter), ...page]), NEWEST_FIRST, limit).execute(handle)).rows;
}

/** The id of an event begins with its time. */
const eventKeys = { at: [byId(sql`e.id`)] };

/** `total` counts no further than {@link COUNTED_EVENTS}. */
export async function listEvents(
  handle: Handle,
  filter: EventFilter & PageRequest & { readonly sort: Sort<'at'> },
): Promise<Page<LoggedEvent>> {
  const { after, orderBy, position } = orderOf(eventKeys, filter.sort, filter.cursor);
  const matching = every([...conditionsOf(filter), after]);
  const { rows } = await events(matching, orderBy, filter.limit + 1, position).execute(handle);
  const counted = await sql<{ total: number }>`
    SELECT count(*)::int AS total
    FROM (SELECT 1 FROM events e WHERE ${every(conditionsOf(filter))} LIMIT ${COUNTED_EVENTS}) AS counted`.execute(
    handle,
  );
  return pageOf(rows, filter, counted.rows[0]?.total ?? 0, (row) => row.position, toLoggedEvent);
}

/** Whoever signs in every day would soon have no other events beside them. */
const OF_PROVISIONING = sql`e.operation NOT IN ('signIn', 'signOut')`;

/** The latest events of one record, the newest first, without its sign-ins. */
export async function recentEvents(
  handle: Handle,
  about: Pick<EventFilter, 'application' | 'user' | 'group'>,
): Promise<readonly LoggedEvent[]> {
  const conditions = every([...conditionsOf(about), OF_PROVISIONING]);
  return (await events(conditions, NEWEST_FIRST, RECENT).execute(handle)).rows.map(toLoggedEvent);
}

/** Every event that matches, the newest first, batch by batch: memory follows the batch. */
export async function* readEvents(
  handle: Handle,
  filter: EventFilter,
  batch: number,
): AsyncGenerator<readonly LoggedEvent[]> {
  let before: string | undefined;
  for (;;) {
    const rows = await newest(handle, filter, before, batch);
    yield rows.map(toLoggedEvent);
    before = rows.at(-1)?.id;
    if (before === undefined || rows.length < batch) return;
  }
}

/** The event of that id. Throws a `Problem` when there is none. */
export async function getEvent(handle: Handle, id: string): Promise<LoggedEvent> {
  const [row] = (await events(sql`e.id = ${id}`, NEWEST_FIRST, 1).execute(handle)).rows;
  if (row === undefined) throw notFound('This event');
  return toLoggedEvent(row);
}

/** Events after an id, the oldest first, without those that the reader has. */
export async function eventsAfter(
  handle: Handle,
  after: string,
  options: {
    readonly application?: string | undefined;
    readonly known: readonly string[];
    readonly limit: number;
  },
): Promise<LoggedEvent[]> {
  const { application, known, limit } = options;
  const where = every([
    ...conditionsOf({ application }),
    sql`e.id > ${after}`,
    sql`e.id <> ALL (${uuids(known)})`,
  ]);
  return (await events(where, OLDEST_FIRST, limit).execute(handle)).rows.map(toLoggedEvent);
}
