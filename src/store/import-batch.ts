/**
 * One batch of an import: accounts become directory users, or are linked to those who match (R31). A batch is one
 * transaction and ends with what became of each item, so an import that is interrupted goes on with those that wait (R33).
 *
 * Locks, in the order of all: scope, roster (imports of an application take turns), directory rows, lane, pending.
 */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { newUser, personName } from '../directory/user.ts';
import { decideImport, type ImportDecision } from '../provisioning/import-decision.ts';
import type { Cause, EventWrite } from '../provisioning/settlement.ts';
import type { Database, Tx } from './database.ts';
import { forgetDeparted, ownersOf } from './departed.ts';
import { insertEvents } from './events.ts';
import { matchesOf, strangersAmong } from './import-facts.ts';
import {
  failed,
  resultOf,
  type Decided,
  type Item,
  type Result,
  type Settled,
  type Turn,
} from './import-item.ts';
import { forgetGone } from './gone.ts';
import { GONE, linkMade, linkMatches, type Made } from './import-links.ts';
import { finishImport } from './import-end.ts';
import { lockLane } from './lanes.ts';
import { lockRoster } from './roster.ts';
import { rowset, uuids } from './rowset.ts';
import { lockDirectoryShared } from './scope.ts';
import { transact } from './transact.ts';
import { toUserRow } from './users.ts';

/** Does at most so many items. Answers false once nothing waits any more; the import is then done. */
export function importBatch(database: Database, importId: string, limit: number): Promise<boolean> {
  return transact(database, async (tx) => {
    await lockDirectoryShared(tx);
    const run = await takeTurn(tx, importId);
    if (run === null) return false;
    const items = await waitingItems(tx, run.id, limit);
    if (items.length === 0) {
      await finishImport(tx, run);
      return false;
    }
    await settleItems(tx, run, await importItems(tx, run, items));
    return true;
  });
}

/** The import, its application's roster locked; null where it is done or gone. */
async function takeTurn(tx: Tx, importId: string): Promise<Turn | null> {
  const { rows } = await sql<{ application_id: string; label: string }>`
    SELECT i.application_id, a.label FROM imports i JOIN applications a ON a.id = i.application_id WHERE i.id = ${importId}`.execute(
    tx,
  );
  const [found] = rows;
  if (found === undefined) return null;
  await lockRoster(tx, found.application_id);
  const row = await tx
    .selectFrom('imports')
    .select(['user_state', 'cause'])
    .where('id', '=', importId)
    .where('state', '=', 'running')
    .$castTo<{ user_state: 'staged' | 'active'; cause: Cause }>()
    .executeTakeFirst();
  if (row === undefined) return null;
  const { application_id: applicationId, label } = found;
  return { id: importId, applicationId, label, userState: row.user_state, cause: row.cause };
}

async function waitingItems(tx: Tx, importId: string, limit: number): Promise<Item[]> {
  const { rows } = await sql<Item>`
    SELECT remote_id AS "remoteId", key, person FROM import_items WHERE import_id = ${importId} AND outcome IS NULL
    ORDER BY remote_id LIMIT ${limit}`.execute(tx);
  return rows;
}

async function importItems(tx: Tx, run: Turn, items: readonly Item[]): Promise<Result[]> {
  const ids = items.map(({ remoteId }) => remoteId);
  const linked = await ownersOf(tx, run.applicationId, ids);
  const matches = await matchesOf(tx, items);
  const strangers = await strangersAmong(tx, run, items);
  const isStranger = ({ remoteId }: Item): boolean => strangers.has(remoteId);
  const chosen = items.filter((item) => !isStranger(item));
  const decided = chosen.map((item) => {
    const facts = { linkedTo: linked.get(item.remoteId) ?? null, matches: matches.get(item.remoteId) ?? [] };
    return { ...item, decision: decideImport(item.person, run.userState, facts) };
  });
  const named = <D extends ImportDecision['do']>(kind: D): Decided<D>[] =>
    decided.filter((one): one is Decided<D> => one.decision.do === kind);
  const made = await createUsers(tx, withoutNamesakes(named('create')));
  await lockLane(tx, run.applicationId);
  await forgetDeparted(tx, run.applicationId, ids);
  const matched = named('link').map(({ decision }) => decision.userId);
  await forgetGone(tx, run.applicationId, sql`l.subject_id = ANY (${uuids(matched)})`);
  return [
    ...items.filter(isStranger).map((item) => failed(item, [GONE])),
    ...named('unchanged').map((one) => resultOf(one, 'unchanged', one.decision.userId)),
    ...named('fail').map((one) => failed(one, one.decision.errors)),
    ...(await linkMade(tx, run, made)),
    ...(await linkMatches(tx, run, named('link'), matches)),
  ];
}

/** Whoever shares a name with somebody before them waits for the next batch, in which that one is found in the directory. */
function withoutNamesakes(items: readonly Decided<'create'>[]): Decided<'create'>[] {
  const taken = new Set<string>();
  return items.filter(({ decision: { input } }) => {
    const names = [input.username, input.email ?? input.username].map((name) => name.toLowerCase());
    if (names.some((name) => taken.has(name))) return false;
    for (const name of names) taken.add(name);
    return true;
  });
}

/** Makes the users. One whose username was taken at this moment is left out, waits, and is found by it in the next batch. */
async function createUsers(tx: Tx, items: readonly Decided<'create'>[]): Promise<Made[]> {
  if (items.length === 0) return [];
  const rows = items.map((item) => ({ ...item, userId: uuidv7(), user: newUser(item.decision.input) }));
  const columns = `id uuid, username text, email text, firstname text, lastname text, displayname text, state text`;
  const records = rows.map(({ user, userId }) => ({ id: userId, ...toUserRow(user) }));
  const { rows: made } = await sql<{ id: string }>`
    INSERT INTO users (id, username, email, firstname, lastname, displayname, state)
    SELECT * FROM ${rowset(records, columns)} ON CONFLICT (lower(username)) DO NOTHING RETURNING id`.execute(
    tx,
  );
  const ids = new Set(made.map(({ id }) => id));
  return rows
    .filter(({ userId }) => ids.has(userId))
    .map(({ key, person, remoteId, user, userId }) => ({
      key,
      person,
      remoteId,
      userId,
      name: personName(user),
    }));
}

const SENTENCES: Readonly<Record<Exclude<Settled, 'failed'>, (name: string) => string>> = {
  created: (name) => `Imported ${name}: made in the directory from the account`,
  linked: (name) => `Imported ${name}: the account is linked to them`,
  unchanged: (name) => `${name} was imported before`,
};

function eventOf({ applicationId, cause, label }: Turn, result: Result): EventWrite {
  const { errors, name, outcome, userId } = result;
  const operation = 'importUser';
  if (outcome !== 'failed' && userId !== null)
    return {
      subject: { kind: 'user', id: userId, name },
      operation,
      outcome: 'done',
      sentence: SENTENCES[outcome](name),
      cause,
    };
  const [error] = errors ?? [];
  const sentence = `Did not import ${name}: ${error?.path ?? ''} ${error?.message ?? ''}`;
  return {
    subject: { kind: 'application', id: applicationId, name: label },
    operation,
    outcome: 'refused',
    sentence,
    cause,
  };
}

/** Writes down what became of each, and tells whoever watches. */
async function settleItems(tx: Tx, run: Turn, results: readonly Result[]): Promise<void> {
  const rows = results.map(({ errors, outcome, remoteId, userId }) => ({
    remote_id: remoteId,
    outcome,
    user_id: userId,
    errors,
  }));
  await sql`
    UPDATE import_items i SET outcome = r.outcome, user_id = r.user_id, errors = r.errors
    FROM ${rowset(rows, 'remote_id text, outcome text, user_id uuid, errors jsonb')}
    WHERE i.import_id = ${run.id} AND i.remote_id = r.remote_id`.execute(tx);
  await insertEvents(
    tx,
    run.applicationId,
    results.map((result) => eventOf(run, result)),
  );
}
