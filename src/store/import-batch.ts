/**
 * One batch of an import: accounts become directory users, or are linked to those who match (R31). A batch is one
 * transaction and ends with what became of each item, so an import that is interrupted goes on with those that wait (R33).
 *
 * Locks, in the order of all: scope, roster (imports of an application take turns), directory rows, lane, pending.
 */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { newUser } from '../directory/user.ts';
import type { FieldError } from '../errors.ts';
import { decideImport, refuseLink, type ImportDecision } from '../provisioning/import-decision.ts';
import type { ImportedPerson } from '../provisioning/imported-person.ts';
import type { Cause, EventWrite } from '../provisioning/settlement.ts';
import { namesOf, usersNamed } from './candidates.ts';
import { nameOf } from './claim-users.ts';
import type { Database, Tx } from './database.ts';
import { insertEvents } from './events.ts';
import { finishImport, type ImportOutcome } from './imports.ts';
import { lockLane } from './lanes.ts';
import { markLinked } from './marks.ts';
import { lockRoster } from './roster.ts';
import { rowset } from './rowset.ts';
import { changeDirectory } from './scope.ts';
import { transact } from './transact.ts';
import { toUserRow } from './users.ts';

interface Import {
  readonly id: string;
  readonly applicationId: string;
  readonly label: string;
  readonly userState: 'staged' | 'active';
  readonly cause: Cause;
}

interface Item {
  readonly remoteId: string;
  readonly person: ImportedPerson;
}

type Matches = readonly { readonly id: string; readonly name: string }[];

interface Result {
  readonly remoteId: string;
  readonly outcome: ImportOutcome;
  readonly userId: string | null;
  readonly errors: readonly FieldError[] | null;
  readonly name: string;
}

type Decided<D extends ImportDecision['do']> = Item & { readonly decision: Extract<ImportDecision, { do: D }> };

/** Does at most so many items. Answers false once nothing waits any more; the import is then done. */
export function importBatch(database: Database, importId: string, limit: number): Promise<boolean> {
  return transact(database, async (tx) => {
    await changeDirectory(tx);
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
async function takeTurn(tx: Tx, importId: string): Promise<Import | null> {
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
    SELECT remote_id AS "remoteId", person FROM import_items WHERE import_id = ${importId} AND outcome IS NULL
    ORDER BY remote_id LIMIT ${limit}`.execute(tx);
  return rows;
}

async function importItems(tx: Tx, run: Import, items: readonly Item[]): Promise<Result[]> {
  const linked = await linkedAccounts(tx, run, items);
  const matches = await matchesOf(tx, items);
  const decided = items.map((item) => {
    const facts = { linkedTo: linked.get(item.remoteId) ?? null, matches: matches.get(item.remoteId) ?? [] };
    return { ...item, decision: decideImport(item.person, run.userState, facts) };
  });
  const named = <D extends ImportDecision['do']>(kind: D): Decided<D>[] =>
    decided.filter((one): one is Decided<D> => one.decision.do === kind);
  const made = await createUsers(tx, withoutNamesakes(named('create')));
  await lockLane(tx, run.applicationId);
  return [
    ...named('unchanged').map((one) => resultOf(one, 'unchanged', one.decision.userId)),
    ...named('fail').map((one) => failed(one, one.decision.errors)),
    ...(await linkMade(tx, run, made)),
    ...(await linkMatches(tx, run, named('link'), matches)),
  ];
}

const calledBy = ({ person, remoteId }: Item): string => person.username ?? person.displayname ?? remoteId;

const resultOf = (item: Item, outcome: ImportOutcome, userId: string, name = calledBy(item)): Result => ({
  remoteId: item.remoteId,
  outcome,
  userId,
  errors: null,
  name,
});

const failed = (item: Item, errors: readonly FieldError[]): Result => ({
  remoteId: item.remoteId,
  outcome: 'failed',
  userId: null,
  errors,
  name: calledBy(item),
});

async function linkedAccounts(
  tx: Tx,
  { applicationId }: Import,
  items: readonly Item[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ remote_id: string; subject_id: string }>`
    SELECT remote_id, subject_id FROM links WHERE application_id = ${applicationId} AND kind = 'user'
      AND remote_id = ANY (${items.map(({ remoteId }) => remoteId)}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.remote_id, row.subject_id]));
}

interface MatchRow {
  readonly remote_id: string;
  readonly id: string;
  readonly username: string;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly displayname: string | null;
}

/** Directory users who have the username or email of an account, locked so that they are there when they are linked. */
async function matchesOf(tx: Tx, items: readonly Item[]): Promise<Map<string, Matches>> {
  const rows = items.map(({ person, remoteId }) => ({ remote_id: remoteId, person }));
  const found = await sql<MatchRow>`
    WITH found AS (
      SELECT r.remote_id, m.id FROM ${rowset(rows, 'remote_id text, person jsonb')},
      LATERAL (${usersNamed(namesOf(sql`r.person`))} OFFSET 0) AS m)
    SELECT f.remote_id, u.id, u.username, u.firstname, u.lastname, u.displayname FROM found f JOIN users u ON u.id = f.id
    ORDER BY u.id FOR KEY SHARE OF u`.execute(tx);
  const matches = new Map<string, Matches>();
  for (const row of found.rows)
    matches.set(row.remote_id, [...(matches.get(row.remote_id) ?? []), { id: row.id, name: nameOf(row) }]);
  return matches;
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

interface Made extends Item {
  readonly userId: string;
  readonly name: string;
}

/** Makes the users. One whose username was taken at this moment is left out, waits, and is found by it in the next batch. */
async function createUsers(tx: Tx, items: readonly Decided<'create'>[]): Promise<Made[]> {
  if (items.length === 0) return [];
  const rows = items.map((item) => ({ ...item, userId: uuidv7(), user: newUser(item.decision.input) }));
  const columns = `id uuid, username text, email text, firstname text, lastname text, displayname text, state text`;
  const records = rows.map(({ user, userId }) => ({ id: userId, ...toUserRow(user) }));
  const { rows: made } = await sql<{ id: string }>`
    INSERT INTO users (id, username, email, firstname, lastname, displayname, state)
    SELECT * FROM ${rowset(records, columns)} ON CONFLICT (lower(username)) DO NOTHING RETURNING id`.execute(tx);
  const ids = new Set(made.map(({ id }) => id));
  return rows
    .filter(({ userId }) => ids.has(userId))
    .map(({ person, remoteId, user, userId }) => ({ person, remoteId, userId, name: nameOf(user) }));
}

interface LinkRow {
  readonly remote_id: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly managed: boolean;
}

/**
 * Links accounts, as the application holds them, to users. Answers the remote ids that were linked; the others belong to
 * somebody by now, or are not in the application any more.
 */
async function insertLinks(tx: Tx, { applicationId }: Import, links: readonly LinkRow[]): Promise<Set<string>> {
  if (links.length === 0) return new Set();
  const { rows } = await sql<{ remote_id: string }>`
    INSERT INTO links AS l (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted, managed)
    SELECT r.application_id, 'user', n.subject_id, n.subject_name, r.remote_id,
      CASE WHEN (r.representation ->> 'active')::boolean THEN 'active' ELSE 'inactive' END, nullif(r.key, ''),
      r.representation -> 'values', n.managed
    FROM (SELECT * FROM ${rowset(links, 'remote_id text, subject_id uuid, subject_name text, managed boolean')}) AS n
    JOIN remote_resources r ON r.application_id = ${applicationId} AND r.kind = 'user' AND r.remote_id = n.remote_id
    WHERE NOT EXISTS (
      SELECT 1 FROM links o WHERE o.application_id = r.application_id AND o.kind = 'user' AND o.remote_id = r.remote_id)
    ON CONFLICT (application_id, kind, subject_id) DO UPDATE SET subject_name = excluded.subject_name,
      remote_id = excluded.remote_id, state = excluded.state, key = excluded.key, accepted = excluded.accepted, not_accepted = '{}',
      error = NULL, in_flight = NULL, managed = l.managed OR excluded.managed, updated_at = now()
    RETURNING remote_id`.execute(tx);
  return new Set(rows.map((row) => row.remote_id));
}

const GONE: FieldError = {
  path: 'remoteId',
  message: 'is not in the application any more, as its users were last read. Read them again.',
};

/** Where an account could not be linked after all, nobody is made of it. */
async function linkMade(tx: Tx, run: Import, made: readonly Made[]): Promise<Result[]> {
  const links = made.map(({ name, remoteId, userId }) => ({
    remote_id: remoteId,
    subject_id: userId,
    subject_name: name,
    managed: false,
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
async function notLinked(tx: Tx, run: Import, items: readonly Item[]): Promise<Result[]> {
  if (items.length === 0) return [];
  const taken = await linkedAccounts(tx, run, items);
  return items.filter(({ remoteId }) => !taken.has(remoteId)).map((item) => failed(item, [GONE]));
}

interface KnownRow {
  readonly id: string;
  readonly remote_id: string | null;
  readonly pending: boolean;
  readonly bound: boolean;
}

/** What the application knows of directory users, its lane locked: nothing of it changes until this commits. */
async function knownUsers(tx: Tx, { applicationId }: Import, ids: readonly string[]): Promise<Map<string, KnownRow>> {
  const { rows } = await sql<KnownRow>`
    SELECT u.id, l.remote_id, coalesce(l.in_flight IS NOT NULL, false) OR p.subject_id IS NOT NULL AS pending,
      EXISTS (SELECT 1 FROM group_members gm JOIN application_groups ag ON ag.group_id = gm.group_id
        WHERE ag.application_id = ${applicationId} AND gm.user_id = u.id) AS bound
    FROM unnest(${[...ids]}::uuid[]) AS u(id)
    LEFT JOIN links l ON l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = u.id
    LEFT JOIN pending p ON p.application_id = ${applicationId} AND p.kind = 'user' AND p.subject_id = u.id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

async function linkMatches(
  tx: Tx,
  run: Import,
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
    const { bound = false, pending = false, remote_id = null } = known.get(userId) ?? {};
    const refusal = refuseLink({ name, remoteId: remote_id, pending });
    if (refusal !== null) results.push(failed(item, [{ path: 'username', message: refusal }]));
    // Two accounts that match one person: the second waits, and is told so in the next batch.
    else if (!given.has(userId))
      links.push({ item, remote_id: item.remoteId, subject_id: userId, subject_name: name, managed: bound });
    given.add(userId);
  }
  const linked = await insertLinks(tx, run, links);
  const done = links.filter(({ remote_id }) => linked.has(remote_id));
  await markLinked(
    tx,
    run.applicationId,
    done.filter(({ managed }) => managed).map(({ subject_id }) => subject_id),
    run.cause,
  );
  const lost = links.filter(({ remote_id }) => !linked.has(remote_id)).map(({ item }) => item);
  return [
    ...results,
    ...done.map(({ item, subject_id, subject_name }) => resultOf(item, 'linked', subject_id, subject_name)),
    ...(await notLinked(tx, run, lost)),
  ];
}

const SENTENCES: Readonly<Record<Exclude<ImportOutcome, 'failed'>, (name: string) => string>> = {
  created: (name) => `Imported ${name}: made in the directory from the account`,
  linked: (name) => `Imported ${name}: the account is linked to them`,
  unchanged: (name) => `${name} was imported before`,
};

function eventOf({ applicationId, cause, label }: Import, result: Result): EventWrite {
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
async function settleItems(tx: Tx, run: Import, results: readonly Result[]): Promise<void> {
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
