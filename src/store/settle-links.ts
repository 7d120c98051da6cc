/** The part of a settle that writes links. */
import { sql } from 'kysely';
import { USER_NAME } from '../provisioning/desired.ts';
import { REMOVAL_REFUSED } from '../provisioning/members-changed.ts';
import type { Values } from '../provisioning/facts.ts';
import type { LinkWrite, Settlement } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { hasUnwanted } from './differing.ts';
import { failing } from './failing.ts';
import { pack, rowset, unpack, uuids, type PackedRows } from './rowset.ts';
import { RECORD_DRIFT } from './inventory.ts';
import { settleLeft } from './left-groups.ts';
import type { Part } from './together.ts';

/** Drops the links that lead to nothing any more, with their memberships. */
export async function forgetLinks(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const forgotten = batch.filter((one) => one.link === 'forget');
  for (const kind of ['user', 'group'] as const) {
    const ids = forgotten.filter((one) => one.kind === kind).map((one) => one.subjectId);
    if (ids.length === 0) continue;
    await sql`DELETE FROM links WHERE application_id = ${applicationId} AND kind = ${kind} AND subject_id = ANY (${uuids(ids)})`.execute(
      tx,
    );
    const column = kind === 'user' ? sql`user_id` : sql`group_id`;
    await sql`DELETE FROM link_members WHERE application_id = ${applicationId} AND ${column} = ANY (${uuids(ids)})`.execute(
      tx,
    );
    await sql`DELETE FROM pending_members WHERE application_id = ${applicationId} AND ${column} = ANY (${uuids(ids)})`.execute(
      tx,
    );
  }
}

interface WrittenLink {
  readonly subjectId: string;
  readonly link: LinkWrite;
}

function linksOf(batch: readonly Settlement[], kind: Settlement['kind']): WrittenLink[] {
  return batch.flatMap(({ kind: its, subjectId, link }) =>
    its === kind && typeof link === 'object' ? [{ subjectId, link }] : [],
  );
}

const COLUMNS =
  'subject_id uuid, name text, remote_id text, state text, key text, in_flight text, stays boolean';

const rowOf = ({ subjectId, link }: WrittenLink) => ({
  subject_id: subjectId,
  name: link.name,
  remote_id: link.remoteId,
  state: link.state,
  key: link.key,
  in_flight: link.inFlight,
  stays: link.remoteId !== null && link.remoteId === link.claimed?.remoteId,
});

const documentsOf = (links: readonly WrittenLink[]) => [
  { name: 'accepted', type: 'jsonb' as const, values: links.map(({ link }) => link.accepted) },
  { name: 'not_accepted', type: 'jsonb' as const, values: links.map(({ link }) => link.notAccepted) },
  { name: 'error', type: 'jsonb' as const, values: links.map(({ link }) => link.error) },
  { name: 'attention', type: 'jsonb' as const, values: links.map(({ link }) => link.attention) },
];

const packLinks = (links: readonly WrittenLink[]): PackedRows =>
  pack(links.map(rowOf), COLUMNS, documentsOf(links));

/** The same, and what the step made of the link that was claimed. */
function packMerged(links: readonly WrittenLink[]): PackedRows {
  const rows = links.map((one) => ({
    ...rowOf(one),
    moves: one.link.state !== one.link.claimed?.state,
  }));
  return pack(rows, `${COLUMNS}, moves boolean`, [
    ...documentsOf(links),
    { name: 'changed', type: 'jsonb', values: links.map(({ link }) => changedIn(link)) },
    { name: 'dropped', type: 'jsonb', values: links.map(({ link }) => droppedIn(link)) },
  ]);
}

function changedIn({ accepted, claimed }: LinkWrite): Values {
  const before = claimed?.accepted ?? {};
  return Object.fromEntries(Object.entries(accepted).filter(([path, value]) => before[path] !== value));
}

const droppedIn = ({ accepted, claimed }: LinkWrite): string[] =>
  Object.keys(claimed?.accepted ?? {}).filter((path) => !(path in accepted));

/** The links of users as they are written. */
export interface PackedUserLinks {
  /** Of users who had no link when they were claimed. */
  readonly added: PackedRows;
  readonly merged: PackedRows;
}

/** `merge` treats all of them as if they had a link: some may have got one since they were claimed. */
export function packUserLinks(batch: readonly Settlement[], merge: boolean): PackedUserLinks {
  const links = linksOf(batch, 'user');
  const isAdded = ({ link }: WrittenLink): boolean => link.claimed === null && !merge;
  return {
    added: packLinks(links.filter(isAdded)),
    merged: packMerged(links.filter((one) => !isAdded(one))),
  };
}

/**
 * An administrator chose to keep this very `userName` (R15): a settle whose request was under way at that moment knows nothing of it
 * and would ask again.
 */
const IS_CHOSEN = sql`(
  links.not_accepted -> ${USER_NAME} = (excluded.not_accepted -> ${USER_NAME}) || '{"chosen": true}')`;

const added = (applicationId: string, links: PackedRows) => sql`
  INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, in_flight, accepted, not_accepted,
    error, attention)
  SELECT ${applicationId}::uuid, 'user', r.subject_id, r.name, r.remote_id, r.state, r.key, r.in_flight, r.accepted, r.not_accepted,
    ${failing(sql`r.error`, sql`NULL::jsonb`)}, r.attention FROM ${unpack(links)}`;

/** Where the record is no longer known by the id that the step was for, which leads nowhere: it is gone, as an inventory found (R16). */
const IS_GIVEN_UP = sql`(r.stays AND l.subject_id IS NOT NULL AND l.remote_id IS NULL)`;

/**
 * Of the same account, what the step did not change is as an inventory may have found it since the user was claimed (R16). `OFFSET 0` makes
 * each a look-up by its key.
 */
const merged = (applicationId: string, links: PackedRows) => sql`
  INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, in_flight, accepted, not_accepted,
    error, attention)
  SELECT ${applicationId}::uuid, 'user', r.subject_id, r.name, r.remote_id,
    CASE WHEN l.remote_id = r.remote_id AND NOT r.moves THEN l.state ELSE r.state END,
    CASE WHEN l.remote_id = r.remote_id AND NOT r.changed ? ${USER_NAME} THEN l.key ELSE r.key END,
    r.in_flight,
    CASE WHEN l.remote_id = r.remote_id
      THEN (l.accepted - ARRAY(SELECT jsonb_array_elements_text(r.dropped))) || r.changed ELSE r.accepted END,
    r.not_accepted, ${failing(sql`r.error`, sql`NULL::jsonb`)}, r.attention
  FROM ${unpack(links)}
  LEFT JOIN LATERAL (
    SELECT * FROM links WHERE application_id = ${applicationId} AND kind = 'user' AND subject_id = r.subject_id OFFSET 0) AS l ON true
  WHERE NOT ${IS_GIVEN_UP}
  ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET
    subject_name = excluded.subject_name, remote_id = excluded.remote_id, state = excluded.state, key = excluded.key,
    accepted = excluded.accepted, error = ${failing(sql`excluded.error`, sql`links.error`)},
    not_accepted = CASE WHEN ${IS_CHOSEN}
      THEN excluded.not_accepted || jsonb_build_object(${USER_NAME}::text, links.not_accepted -> ${USER_NAME})
      ELSE excluded.not_accepted END,
    attention = CASE WHEN ${IS_CHOSEN} THEN NULL ELSE excluded.attention END,
    in_flight = excluded.in_flight, updated_at = now(),
    drift = CASE WHEN (links.remote_id, links.state, links.accepted) IS NOT DISTINCT FROM (excluded.remote_id, excluded.state, excluded.accepted)
      THEN links.drift END`;

/**
 * Merges where there may be a link already. To look for one costs a good part of what the link itself does, so that is not done for
 * whoever had none.
 */
export const userLinkParts = (applicationId: string, links: PackedUserLinks): Part[] => [
  ...(links.added.count === 0 ? [] : [{ name: 'linked', statement: added(applicationId, links.added) }]),
  ...(links.merged.count === 0 ? [] : [{ name: 'merged', statement: merged(applicationId, links.merged) }]),
];

/** Ends what an administrator chose for a user, where this settle has brought it about. */
export async function endChoices(tx: Tx, applicationId: string, batch: readonly Settlement[]): Promise<void> {
  const rows = linksOf(batch, 'user').flatMap(({ subjectId, link: { endsKept, endsMoving } }) =>
    endsKept || endsMoving ? [{ subject_id: subjectId, ends_kept: endsKept, ends_moving: endsMoving }] : [],
  );
  if (rows.length === 0) return;
  await sql`
    UPDATE links l SET kept = l.kept AND NOT r.ends_kept, moving = l.moving AND NOT r.ends_moving
    FROM ${rowset(rows, 'subject_id uuid, ends_kept boolean, ends_moving boolean')}
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = r.subject_id`.execute(
    tx,
  );
}

const IS_REMOVAL_REFUSED = sql`l.error ->> 'code' = ${REMOVAL_REFUSED}`;

/** Groups that were created, taken over or lost: whatever was to be taken over is. */
const isFresh = (batch: readonly Settlement[]) =>
  sql`l.subject_id = ANY (${uuids(batch.filter(({ members }) => members?.fresh === true).map(({ subjectId }) => subjectId))})`;

/**
 * Groups that are there and of which nothing was found out about their name: an inventory may have found another one while the step was
 * under way.
 */
const keepsName = (links: readonly WrittenLink[]) =>
  sql`(l.remote_id = r.remote_id AND l.subject_id <> ALL (${uuids(links.filter(({ link }) => link.isNamed).map(({ subjectId }) => subjectId))}))`;

/**
 * Only updates: a group that was unbound meanwhile has no link any more and must not get one back; what it is there is remembered (R24). A new name says nothing
 * of the members that an inventory found in it. Whether somebody is in it still who was to go is known only once its members are
 * written: {@link endRemovalRefused}.
 */
export async function writeGroupLinks(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const links = linksOf(batch, 'group');
  if (links.length === 0) return;
  const rows = unpack(packLinks(links));
  await sql`
    UPDATE links l SET subject_name = r.name, remote_id = r.remote_id, state = r.state,
      key = CASE WHEN ${keepsName(links)} THEN l.key ELSE r.key END,
      accepted = CASE WHEN ${keepsName(links)} THEN l.accepted ELSE r.accepted END,
      not_accepted = CASE WHEN ${keepsName(links)} THEN l.not_accepted ELSE r.not_accepted END,
      error = coalesce(${failing(sql`r.error`, sql`l.error`)}, CASE WHEN ${IS_REMOVAL_REFUSED} THEN l.error END),
      attention = r.attention, in_flight = r.in_flight, take_over = l.take_over AND NOT ${isFresh(batch)}, updated_at = now(),
      drift = CASE WHEN l.remote_id IS DISTINCT FROM r.remote_id OR ${isFresh(batch)} THEN NULL
        WHEN l.accepted <> r.accepted AND NOT ${keepsName(links)} THEN nullif(l.drift - ${RECORD_DRIFT}, '{}') ELSE l.drift END
    FROM ${rows}
    WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = r.subject_id AND NOT ${IS_GIVEN_UP}`.execute(
    tx,
  );
  await settleLeft(tx, applicationId, rows);
}

/** Ends what was wrong with groups that have nobody any more who was to go (R26); others changed without a word of those. */
export async function endRemovalRefused(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const ids = linksOf(batch, 'group').flatMap(({ subjectId, link }) =>
    link.error === null ? [subjectId] : [],
  );
  if (ids.length === 0) return;
  await sql`
    UPDATE links l SET error = NULL
    WHERE l.application_id = ${applicationId} AND l.kind = 'group' AND l.subject_id = ANY (${uuids(ids)})
      AND ${IS_REMOVAL_REFUSED} AND NOT ${hasUnwanted(applicationId, sql`l.subject_id`)}`.execute(tx);
}
