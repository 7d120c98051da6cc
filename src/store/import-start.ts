/** What begins an import: which accounts it is of, and with which corrections; and what begins it again. */
import { sql, type RawBuilder } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { badInput, conflict } from '../errors.ts';
import type { ImportedPerson } from '../provisioning/imported-person.ts';
import type { Cause } from '../provisioning/settlement.ts';
import { importable, type CandidateChoice } from './candidates.ts';
import type { Tx } from './database.ts';
import { getImport, IMPORTS_CHANNEL, type Import } from './imports.ts';
import { getRoster, lockRoster } from './roster.ts';
import { rowset } from './rowset.ts';

/** What an administrator sets of a person before they are imported; null takes a value away. */
export type PersonChange = { readonly [Field in keyof ImportedPerson]?: ImportedPerson[Field] | undefined };

/** Which accounts are imported. */
export type Selection = { readonly remoteIds: readonly string[] } | { readonly all: CandidateChoice };

export interface NewImport {
  readonly applicationId: string;
  readonly selection: Selection;
  readonly overrides: Readonly<Record<string, PersonChange>>;
  readonly userState: 'staged' | 'active';
  readonly cause: Cause;
  /** Who is told of its end, where it goes on in the background. */
  readonly mail: { readonly to: string; readonly link: (importId: string) => string } | null;
}

/** Up to so many are done while the caller waits (R32). */
export const AT_ONCE = 100;

const NO_CHANGE = sql`'{}'::jsonb`;
const CHANGE_COLUMNS = 'remote_id text, change jsonb';

const changesOf = (overrides: NewImport['overrides']) =>
  Object.entries(overrides).map(([remote_id, change]) => ({ remote_id, change }));

/** Throws a `Problem` where no reading of the application's users has come to its end: nobody knows who everybody is. */
async function requireReading(tx: Tx, applicationId: string): Promise<void> {
  const { readAt } = await getRoster(tx, applicationId);
  if (readAt !== null) return;
  throw conflict(
    'The users of this application have not been read to the end yet, so nobody knows who all of them are. Have them read (POST …/import/users/refresh), wait until they are, and import them then.',
  );
}

/** The items of a selection, without their corrections. */
async function selected(tx: Tx, applicationId: string, selection: Selection): Promise<RawBuilder<unknown>> {
  if ('all' in selection) {
    await requireReading(tx, applicationId);
    return importable(tx, applicationId, selection.all);
  }
  return sql`
    SELECT r.remote_id, r.key, r.person FROM remote_resources r WHERE r.application_id = ${applicationId} AND r.kind = 'user'
      AND r.person IS NOT NULL AND r.remote_id = ANY (${[...new Set(selection.remoteIds)]}::text[])`;
}

async function writeItems(
  tx: Tx,
  importId: string,
  { applicationId, overrides, selection }: NewImport,
): Promise<number> {
  const { numAffectedRows } = await sql`
    INSERT INTO import_items (import_id, remote_id, key, person)
    SELECT ${importId}::uuid, s.remote_id, s.key, s.person || coalesce(c.change, ${NO_CHANGE})
    FROM (${await selected(tx, applicationId, selection)}) AS s
    LEFT JOIN (SELECT * FROM ${rowset(changesOf(overrides), CHANGE_COLUMNS)}) AS c ON c.remote_id = s.remote_id`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
}

/** Places in a list of remote ids whose accounts do not wait in the import. */
async function strangers(tx: Tx, importId: string, remoteIds: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ at: number }>`
    SELECT (n.at - 1)::int AS at FROM unnest(${[...remoteIds]}::text[]) WITH ORDINALITY AS n(remote_id, at)
    WHERE NOT EXISTS (
      SELECT 1 FROM import_items WHERE import_id = ${importId} AND remote_id = n.remote_id AND outcome IS NULL)
    ORDER BY at LIMIT 100`.execute(tx);
  return rows.map(({ at }) => at);
}

function refuse(paths: readonly string[], message: string): void {
  const [first] = paths;
  if (first === undefined) return;
  const errors = paths.map((path) => ({ path, message }));
  throw badInput(`${first} ${message} Nothing was imported.`, errors);
}

/** Throws a `Problem` that names the chosen ids which cannot be part of the import. */
async function refuseChosen(
  tx: Tx,
  importId: string,
  remoteIds: readonly string[],
  message: string,
): Promise<void> {
  const places = await strangers(tx, importId, remoteIds);
  refuse(
    places.map((at) => `remoteIds[${at}]`),
    message,
  );
}

/** Throws a `Problem` that names the corrections of those whom the import is not of: they would be lost without a word. */
async function refuseStray(tx: Tx, importId: string, overrides: NewImport['overrides']): Promise<void> {
  const ids = Object.keys(overrides);
  const places = await strangers(tx, importId, ids);
  refuse(
    places.map((at) => `overrides.${ids[at] ?? ''}`),
    'is of somebody whom this import is not of. Choose them too, or leave the correction out.',
  );
}

/** Makes an import whose items all wait. Throws a `Problem` where it is of nobody of a given id. */
export async function createImport(tx: Tx, given: NewImport): Promise<Import> {
  const { applicationId, cause, mail, overrides, selection, userState } = given;
  await lockRoster(tx, applicationId);
  const id = uuidv7();
  await tx
    .insertInto('imports')
    .values({
      id,
      application_id: applicationId,
      state: 'running',
      user_state: userState,
      background: false,
      cause: JSON.stringify(cause),
      mail_to: null,
      mail_link: null,
      mail_message: null,
    })
    .execute();
  const total = await writeItems(tx, id, given);
  if ('remoteIds' in selection)
    await refuseChosen(
      tx,
      id,
      selection.remoteIds,
      'is no user of the application, as its users were last read. Read them again.',
    );
  await refuseStray(tx, id, overrides);
  await putBehind(tx, id, total, mail);
  return getImport(tx, applicationId, id);
}

/** Addresses of a message that is still owed, and whoever is told from now on, each once. */
const owedAndTo = (to: string | null) => sql`(
  SELECT string_agg(address, ', ' ORDER BY address) FROM (
    SELECT DISTINCT unnest(string_to_array(concat_ws(', ', mail_to, ${to}::text), ', ')) AS address) AS addresses)`;

/**
 * Many go on in the background; whoever works on imports is told once this commits. A message that is still owed stays so to whom it
 * was, and tells of these too.
 */
async function putBehind(tx: Tx, id: string, waiting: number, mail: NewImport['mail']): Promise<void> {
  const background = waiting > AT_ONCE;
  const [to, link] = background && mail !== null ? [mail.to, mail.link(id)] : [null, null];
  await sql`
    UPDATE imports SET background = ${background}, mail_state = 'none',
      mail_to = CASE WHEN mail_state = 'owed' THEN ${owedAndTo(to)} ELSE ${to} END,
      mail_link = coalesce(${link}, CASE WHEN mail_state = 'owed' THEN mail_link END)
    WHERE id = ${id}`.execute(tx);
  if (!background) return;
  // Until it is analyzed, each batch would read all items of the import to find its own.
  await sql`ANALYZE (SKIP_LOCKED) import_items (import_id, remote_id, outcome)`.execute(tx);
  await sql`SELECT pg_notify(${IMPORTS_CHANNEL}, ${id})`.execute(tx);
}

/** Which items of an import are tried again, and how they are corrected. */
export interface Retry {
  readonly applicationId: string;
  readonly importId: string;
  /** All that were not imported where it is left out. */
  readonly remoteIds?: readonly string[] | undefined;
  readonly overrides: NewImport['overrides'];
  readonly mail: NewImport['mail'];
}

/**
 * Lets items that were not imported, because they failed or were cancelled, wait again, corrected. Throws a `Problem` while the
 * import runs, and where one of those that are named was imported.
 */
export async function retryImport(tx: Tx, retry: Retry): Promise<Import> {
  const { applicationId, importId, mail, overrides, remoteIds } = retry;
  await lockRoster(tx, applicationId);
  const { state } = await getImport(tx, applicationId, importId);
  if (state === 'running')
    throw conflict('The import is still running. Wait until it is done, then try again.');
  const which = remoteIds === undefined ? sql`true` : sql`i.remote_id = ANY (${[...remoteIds]}::text[])`;
  const { numAffectedRows } = await sql`
    UPDATE import_items i SET outcome = NULL, errors = NULL, user_id = NULL, person = i.person || coalesce(c.change, ${NO_CHANGE})
    FROM import_items f LEFT JOIN (SELECT * FROM ${rowset(changesOf(overrides), CHANGE_COLUMNS)}) AS c ON c.remote_id = f.remote_id
    WHERE i.import_id = ${importId} AND f.import_id = i.import_id AND f.remote_id = i.remote_id
      AND i.outcome IN ('failed', 'cancelled') AND ${which}`.execute(tx);
  await refuseChosen(
    tx,
    importId,
    remoteIds ?? [],
    'must be of an item of this import that was not imported.',
  );
  await refuseStray(tx, importId, overrides);
  await sql`UPDATE imports SET state = 'running', finished_at = NULL WHERE id = ${importId}`.execute(tx);
  await putBehind(tx, importId, Number(numAffectedRows ?? 0n), mail);
  return getImport(tx, applicationId, importId);
}
