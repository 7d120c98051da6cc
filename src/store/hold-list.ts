/** Reading holds, the newest first, and who is in them; `holds.ts` makes and decides them (R46). */
import { causeInWords } from '../access/act-words.ts';
import { sql } from 'kysely';
import { personName, type UserState } from '../directory/user.ts';
import { notFound } from '../errors.ts';
import type { LeaverCounts } from '../provisioning/brake.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { LeavingReason } from '../provisioning/steps.ts';
import type { Handle } from './database.ts';
import { HOLD_STATE, type HoldState } from './holds.ts';
import { containing, decodeIdCursor, pageOf, type Page, type PageRequest } from './page.ts';

interface Hold {
  readonly id: string;
  readonly state: HoldState;
  readonly reason: string;
  /** What the brake counted. */
  readonly counts: LeaverCounts;
  /** How many wait in it now; none once it is decided. */
  readonly held: number;
  readonly createdAt: string;
  /** When it was decided or closed. */
  readonly decidedAt: string | null;
  /** Nobody where it was closed. */
  readonly decidedBy: string | null;
}

/** Somebody who would be deactivated. */
interface HeldUser {
  readonly userId: string;
  readonly name: string;
  readonly username: string | null;
  readonly remoteId: string | null;
  readonly reason: LeavingReason;
  readonly cause: (Cause & { readonly sentence: string }) | null;
}

interface HoldRow {
  readonly id: string;
  readonly state: HoldState;
  readonly reason: string;
  readonly detail: LeaverCounts;
  readonly held: number;
  readonly created_at: Date;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
}

function toHold(row: HoldRow): Hold {
  return {
    id: row.id,
    state: row.state,
    reason: row.reason,
    counts: row.detail,
    held: row.held,
    createdAt: row.created_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
  };
}

const HOLD_COLUMNS = sql`
  h.id, ${HOLD_STATE} AS state, h.reason, h.detail, h.created_at, h.decided_at, h.decided_by,
  (SELECT count(*)::int FROM pending p WHERE p.hold_id = h.id) AS held`;

/** Whether a hold's reason, or the name of somebody who waits in it, is like a pattern. */
const mentions = (pattern: string) => sql`
  lower(h.reason) LIKE ${pattern} OR EXISTS (
    SELECT 1 FROM pending p JOIN links l ON l.application_id = p.application_id AND l.kind = 'user' AND l.subject_id = p.subject_id
    WHERE p.hold_id = h.id AND lower(l.subject_name) LIKE ${pattern})`;

/** The holds of an application, the newest first. */
export async function listHolds(
  handle: Handle,
  applicationId: string,
  request: PageRequest & { readonly state?: HoldState | undefined },
): Promise<Page<Hold>> {
  const { cursor, limit, search, state } = request;
  const inState = state === undefined ? sql`` : sql`AND ${HOLD_STATE} = ${state}`;
  const before = cursor === undefined ? sql`` : sql`AND h.id < ${decodeIdCursor(cursor)}`;
  const found = search === undefined ? sql`` : sql`AND (${mentions(containing(search))})`;
  const matching = sql`FROM holds h WHERE h.application_id = ${applicationId} ${inState} ${found}`;
  const { rows } = await sql<HoldRow>`
    SELECT ${HOLD_COLUMNS} ${matching} ${before} ORDER BY h.id DESC LIMIT ${limit + 1}`.execute(handle);
  const counted = await sql<{ total: number }>`SELECT count(*)::int AS total ${matching}`.execute(handle);
  return pageOf(rows, request, counted.rows[0]?.total ?? 0, (row) => row.id, toHold);
}

/** The hold of that id. Throws a `Problem` when the application has none. */
export async function getHold(handle: Handle, applicationId: string, holdId: string): Promise<Hold> {
  const { rows } = await sql<HoldRow>`
    SELECT ${HOLD_COLUMNS} FROM holds h WHERE h.application_id = ${applicationId} AND h.id = ${holdId}`.execute(
    handle,
  );
  if (rows[0] === undefined) throw notFound('This hold');
  return toHold(rows[0]);
}

interface HeldRow {
  readonly subject_id: string;
  readonly subject_name: string;
  readonly remote_id: string | null;
  readonly cause: Cause | null;
  readonly username: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly displayname: string | null;
  readonly state: UserState | null;
}

function toHeldUser(row: HeldRow): HeldUser {
  const { username, firstname, lastname, displayname, state } = row;
  const gone = state === null ? 'deleted' : state;
  return {
    userId: row.subject_id,
    name: username === null ? row.subject_name : personName({ username, firstname, lastname, displayname }),
    username,
    remoteId: row.remote_id,
    reason: gone === 'active' ? 'unassigned' : gone,
    cause: row.cause && { ...row.cause, sentence: causeInWords(row.cause) },
  };
}

/** Who waits in a hold, in the order of their ids. */
export async function listHeldUsers(
  handle: Handle,
  holdId: string,
  request: PageRequest,
): Promise<Page<HeldUser>> {
  const { cursor, limit, search } = request;
  const named = search === undefined ? sql`` : sql`AND lower(l.subject_name) LIKE ${containing(search)}`;
  const after = cursor === undefined ? sql`` : sql`AND p.subject_id > ${decodeIdCursor(cursor)}`;
  const matching = sql`
    FROM pending p JOIN links l ON l.application_id = p.application_id AND l.kind = 'user' AND l.subject_id = p.subject_id
    LEFT JOIN users u ON u.id = p.subject_id WHERE p.hold_id = ${holdId} ${named}`;
  const { rows } = await sql<HeldRow>`
    SELECT p.subject_id, p.cause, l.subject_name, l.remote_id, u.username, u.firstname, u.lastname, u.displayname, u.state
    ${matching} ${after} ORDER BY p.subject_id LIMIT ${limit + 1}`.execute(handle);
  const counted = await sql<{ total: number }>`SELECT count(*)::int AS total ${matching}`.execute(handle);
  return pageOf(rows, request, counted.rows[0]?.total ?? 0, (row) => row.subject_id, toHeldUser);
}
