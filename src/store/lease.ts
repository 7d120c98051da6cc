/**
 * The lease of a lane (R43). A worker takes a lane with a lease and a new epoch, the way Kubernetes elects with Lease objects;
 * whatever it writes later carries that epoch, so that a process that slept through the end of its lease cannot overwrite its
 * successor.
 */
import { sql } from 'kysely';
import type { ConnectionState } from '../provisioning/connection-state.ts';
import type { Handle, Tx } from './database.ts';

/** The right to write to one application, until it runs out or somebody else takes it. */
export interface Lease {
  readonly applicationId: string;
  readonly owner: string;
  /** A bigint, as text. */
  readonly epoch: string;
  /** Whoever held the lane before left requests under way. */
  readonly interrupted: boolean;
  /** The version of the application that the holder works with: once it has changed, the lane is taken anew. */
  readonly version: string;
}

/** Thrown where a lease is no longer ours: the work goes on with its successor. */
export class LeaseLost extends Error {
  constructor(lease: Lease) {
    super(
      `The lease of application ${lease.applicationId} (epoch ${lease.epoch}) is no longer held by ${lease.owner}.`,
    );
    this.name = 'LeaseLost';
  }
}

/** So long others may take a lane whose target fails from here: it may be our way to it that is broken. */
const HEAD_START_SECONDS = 0.5;

/**
 * When lane `l` is due for somebody: for a record, for an inventory, or for its roster, and not before its target wants to be
 * asked again (R44); later where they step back from it.
 */
const dueFor = (steppingBack: readonly string[]) => sql`(
  greatest(least(l.due_at, l.inventory_due_at, l.roster_due_at), l.wait_until)
  + CASE WHEN l.application_id = ANY(${steppingBack}::uuid[]) THEN make_interval(secs => ${HEAD_START_SECONDS}) ELSE '0' END)`;

/**
 * Takes the most overdue free lane of an active connection, or null where there is none. The applications in `steppingBack`
 * are left to others for a moment.
 */
export async function takeLane(
  db: Handle,
  owner: string,
  leaseSeconds: number,
  steppingBack: readonly string[] = [],
): Promise<Lease | null> {
  const dueAt = dueFor(steppingBack);
  const taken = await sql<{ application_id: string; epoch: string; interrupted: boolean; version: string }>`
    UPDATE lanes SET owner = ${owner}, until = now() + make_interval(secs => ${leaseSeconds}), epoch = epoch + 1
    WHERE application_id = (
      SELECT l.application_id FROM lanes l JOIN applications a ON a.id = l.application_id
      WHERE ${dueAt} <= now() AND (l.until IS NULL OR l.until < now()) AND a.idm_state = 'active'
      ORDER BY ${dueAt} LIMIT 1 FOR UPDATE OF l SKIP LOCKED)
    RETURNING application_id, epoch, (SELECT version FROM applications WHERE id = application_id) AS version,
      EXISTS (SELECT 1 FROM lane_sending s WHERE s.application_id = lanes.application_id) AS interrupted`.execute(
    db,
  );
  const row = taken.rows[0];
  if (row === undefined) return null;
  const { application_id: applicationId, epoch, interrupted, version } = row;
  return { applicationId, owner, epoch, interrupted, version };
}

/** How many milliseconds until a free lane of an active connection is due; Infinity where none will be. */
export async function msUntilDue(db: Handle, steppingBack: readonly string[] = []): Promise<number> {
  const dueAt = dueFor(steppingBack);
  const soonest = await sql<{ ms: number | null }>`
    SELECT extract(epoch FROM ${dueAt} - now())::float8 * 1000 AS ms
    FROM lanes l JOIN applications a ON a.id = l.application_id
    WHERE ${dueAt} < 'infinity' AND (l.until IS NULL OR l.until < now()) AND a.idm_state = 'active'
    ORDER BY ${dueAt} LIMIT 1`.execute(db);
  return soonest.rows[0]?.ms ?? Infinity;
}

/**
 * The state of a connection, as the holder of its lane has to take it. `changed`: the application is not what it was when the
 * lane was taken. Only under `active` may anything be sent.
 */
export type LaneState = ConnectionState | 'changed';

/** The state of application `a`'s connection, as the holder of a lease has to take it. */
export const stateFor = (lease: Lease) => sql<LaneState>`
  CASE WHEN a.idm_state = 'active' AND a.version <> ${lease.version} THEN 'changed' ELSE a.idm_state END`;

/** The lane `l` under its lease, and its application `a`. */
const heldLane = (lease: Lease) => sql`
  lanes l JOIN applications a ON a.id = l.application_id
  WHERE l.application_id = ${lease.applicationId} AND l.owner = ${lease.owner} AND l.epoch = ${lease.epoch}`;

interface StateRow {
  readonly idm_state: LaneState;
}

function stateIn(rows: readonly StateRow[], lease: Lease): LaneState {
  const row = rows[0];
  if (row === undefined) throw new LeaseLost(lease);
  return row.idm_state;
}

/** Lengthens a lease, and answers its connection's state. Throws {@link LeaseLost}. */
export async function renewLane(
  db: Handle,
  lease: Lease,
  leaseSeconds: number,
  inFlight: number,
): Promise<LaneState> {
  const renewed = await sql<StateRow>`
    UPDATE lanes SET until = now() + make_interval(secs => ${leaseSeconds}), in_flight = ${inFlight}
    WHERE application_id = ${lease.applicationId} AND owner = ${lease.owner} AND epoch = ${lease.epoch}
    RETURNING (SELECT ${stateFor(lease)} FROM applications a WHERE a.id = lanes.application_id) AS idm_state`.execute(
    db,
  );
  return stateIn(renewed.rows, lease);
}

/** The connection's state at this moment, for a look that waits for nobody. Throws {@link LeaseLost}. */
export async function readLaneState(db: Handle, lease: Lease): Promise<LaneState> {
  const { rows } =
    await sql<StateRow>`SELECT ${stateFor(lease)} AS idm_state FROM ${heldLane(lease)}`.execute(db);
  return stateIn(rows, lease);
}

/**
 * Locks the lane for the rest of the transaction and answers its connection's state. Everything that a lane writes goes
 * through this first. Throws {@link LeaseLost}. Two statements: one that waits for a lock reads what is not locked as it was
 * before the wait (PostgreSQL, "Read Committed Isolation Level").
 */
export async function holdLane(tx: Tx, lease: Lease): Promise<LaneState> {
  await sql`
    SELECT FROM lanes
    WHERE application_id = ${lease.applicationId} AND owner = ${lease.owner} AND epoch = ${lease.epoch} FOR UPDATE`.execute(
    tx,
  );
  return readLaneState(tx, lease);
}

/** How a lane is given back. */
export interface HandBack {
  /** For how long its target rests. */
  readonly delayMs: number;
  /** A slice was run to its end, so that all that was under way is settled. */
  readonly finished: boolean;
}

/**
 * Gives a lane back, due when its next record is, or after `delayMs` where the target needs rest. Reads what is pending
 * only once the lane is locked, so that a mark that commits at this moment is seen or wakes the lane again. What was under
 * way is forgotten only where it is `finished`.
 */
export async function releaseLane(db: Handle, lease: Lease, { delayMs, finished }: HandBack): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await holdLane(tx, lease);
    if (finished)
      await sql`DELETE FROM lane_sending WHERE application_id = ${lease.applicationId}`.execute(tx);
    await sql`
      UPDATE lanes SET owner = NULL, until = NULL, in_flight = 0, due_at = greatest(
        now() + make_interval(secs => ${delayMs / 1000}),
        coalesce((
          SELECT min(p.due_at) FROM (VALUES ('user', 0), ('user', 1), ('group', 0), ('group', 1)) AS k(kind, priority),
          LATERAL (SELECT due_at FROM pending WHERE application_id = ${lease.applicationId} AND kind = k.kind
                   AND priority = k.priority AND hold_id IS NULL ORDER BY due_at LIMIT 1) AS p), 'infinity'))
      WHERE application_id = ${lease.applicationId}`.execute(tx);
  });
}
