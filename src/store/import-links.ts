/** The links that an import makes: what later provisioning finds, so that nobody is made in the application again (R31). */
import { sql } from 'kysely';
import type { FieldError } from '../errors.ts';
import { refuseLink } from '../provisioning/import-decision.ts';
import type { Tx } from './database.ts';
import { knownUsers } from './import-facts.ts';
import {
  failed,
  resultOf,
  type Decided,
  type Item,
  type Matches,
  type Result,
  type Turn,
} from './import-item.ts';
import { manageAssigned } from './managed.ts';
import { markLinked } from './mark-users.ts';
import { usersByRemoteId } from './remote-ids.ts';
import { rowset } from './rowset.ts';

/** A user who was just made of an item. */
export interface Made extends Item {
  readonly userId: string;
  readonly name: string;
}

interface LinkRow {
  readonly remote_id: string;
  readonly key: string | null;
  readonly subject_id: string;
  readonly subject_name: string;
}

/**
 * Links accounts, as the application holds them, to users; none is managed yet. Answers the remote ids that were linked; the
 * others belong to somebody by now, or are not in the application any more by the name that they were chosen with: since another
 * address the id may be a stranger's (R17). Both are looked for by all ids at once, for which the planner takes the right index also
 * while the tables are new.
 */
async function insertLinks(tx: Tx, run: Turn, wanted: readonly LinkRow[]): Promise<Set<string>> {
  const taken = await usersByRemoteId(
    tx,
    run.applicationId,
    wanted.map((link) => link.remote_id),
  );
  const links = wanted.filter((link) => !taken.has(link.remote_id));
  if (links.length === 0) return new Set();
  const ids = links.map((link) => link.remote_id);
  const { rows } = await sql<{ remote_id: string }>`
    INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted, managed)
    SELECT a.application_id, 'user', r.subject_id, r.subject_name, a.remote_id,
      CASE WHEN (a.representation ->> 'active')::boolean THEN 'active' ELSE 'inactive' END, nullif(a.key, ''),
      a.representation -> 'values', false
    FROM remote_resources a
    JOIN ${rowset(links, 'remote_id text, key text, subject_id uuid, subject_name text')}
      ON r.remote_id = a.remote_id AND r.key = a.key
    WHERE a.application_id = ${run.applicationId} AND a.kind = 'user' AND a.remote_id = ANY (${ids}::text[])
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET subject_name = excluded.subject_name,
      remote_id = excluded.remote_id, state = excluded.state, key = excluded.key, accepted = excluded.accepted, not_accepted = '{}',
      error = NULL, in_flight = NULL, managed = false, updated_at = now()
    RETURNING remote_id`.execute(tx);
  return new Set(rows.map((row) => row.remote_id));
}

export const GONE: FieldError = {
  path: 'remoteId',
  message:
    'is not in the application under that name any more, as its users were last read. Read them again, and choose anew whom you want to import.',
};

/** Links the users who were made. Where an account could not be linked after all, nobody is made of it. */
export async function linkMade(tx: Tx, run: Turn, made: readonly Made[]): Promise<Result[]> {
  const links = made.map(({ key, name, remoteId, userId }) => ({
    remote_id: remoteId,
    key,
    subject_id: userId,
    subject_name: name,
  }));
  const linked = await insertLinks(tx, run, links);
  const lost = made.filter(({ remoteId }) => !linked.has(remoteId));
  if (lost.length > 0)
    await sql`DELETE FROM users WHERE id = ANY (${lost.map(({ userId }) => userId)}::uuid[])`.execute(tx);
  return [
    ...made
      .filter(({ remoteId }) => linked.has(remoteId))
      .map((one) => resultOf(one, 'created', one.userId, one.name)),
    ...(await notLinked(tx, run, lost)),
  ];
}

/** Whose account was linked to somebody at this moment waits, and is found so in the next batch; who is gone has failed. */
async function notLinked(tx: Tx, run: Turn, items: readonly Item[]): Promise<Result[]> {
  if (items.length === 0) return [];
  const ids = items.map(({ remoteId }) => remoteId);
  const taken = await usersByRemoteId(tx, run.applicationId, ids);
  return items.filter(({ remoteId }) => !taken.has(remoteId)).map((item) => failed(item, [GONE]));
}

/** Links accounts to the directory users whom they match. */
export async function linkMatches(
  tx: Tx,
  run: Turn,
  items: readonly Decided<'link'>[],
  matches: ReadonlyMap<string, Matches>,
): Promise<Result[]> {
  if (items.length === 0) return [];
  const known = await knownUsers(
    tx,
    run,
    items.map(({ decision }) => decision.userId),
  );
  const results: Result[] = [];
  const links: (LinkRow & { readonly item: Item })[] = [];
  const given = new Set<string>();
  for (const item of items) {
    const { userId } = item.decision;
    const name = matches.get(item.remoteId)?.[0]?.name ?? '';
    const { pending = false, remote_id = null } = known.get(userId) ?? {};
    const refusal = refuseLink({ name, remoteId: remote_id, pending });
    if (refusal !== null) results.push(failed(item, [{ path: 'username', message: refusal }]));
    // Two accounts that match one person: the second waits, and is told so in the next batch.
    else if (!given.has(userId))
      links.push({ item, remote_id: item.remoteId, key: item.key, subject_id: userId, subject_name: name });
    given.add(userId);
  }
  const linked = await insertLinks(tx, run, links);
  const done = links.filter(({ remote_id }) => linked.has(remote_id));
  const userIds = done.map(({ subject_id }) => subject_id);
  await markLinked(tx, run.applicationId, await manageAssigned(tx, [run.applicationId], userIds), run.cause);
  const lost = links.filter(({ remote_id }) => !linked.has(remote_id)).map(({ item }) => item);
  return [
    ...results,
    ...done.map(({ item, subject_id, subject_name }) => resultOf(item, 'linked', subject_id, subject_name)),
    ...(await notLinked(tx, run, lost)),
  ];
}
