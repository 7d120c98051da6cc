/** Whom an application holds, as import sees them: known to the directory, alike somebody in it, or new (R30). */
import { sql, type RawBuilder } from 'kysely';
import { personName } from '../directory/user.ts';
import type { ImportedPerson } from '../provisioning/imported-person.ts';
import type { Handle } from './database.ts';
import { departedForGood } from './departed.ts';
import { byText, orderOf, type Sort, type SortKey } from './order.ts';
import { containing, pageOf, type Page, type PageRequest } from './page.ts';

export const candidateStates = ['new', 'matches', 'imported'] as const;

/** A directory user, and by what they were found. */
export interface Match {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly by: 'email' | 'username';
}

/** One user of the application. */
export interface Candidate {
  readonly remoteId: string;
  readonly userName: string;
  /** Whether the account is active there. */
  readonly active: boolean;
  readonly state: (typeof candidateStates)[number];
  /** What an import would make of it. */
  readonly person: ImportedPerson;
  /** Who is linked to it already. */
  readonly user: { readonly id: string; readonly name: string; readonly managed: boolean } | null;
  /** Who has that email or username, three at most: importing links to them, where it is one. */
  readonly matches: readonly Match[];
}

export const candidateSorts = ['userName', 'name'] as const;

/** Which users of the application are meant. */
export interface CandidateChoice {
  /** Only those to whom no directory user is linked, and whom none matches. */
  readonly new: boolean;
  readonly search?: string | undefined;
}

export interface CandidateFilter extends PageRequest, CandidateChoice {
  readonly sort: Sort<(typeof candidateSorts)[number]>;
}

/** migrations/0007_imports.sql has an index for each. */
const KEYS: Readonly<Record<(typeof candidateSorts)[number], readonly SortKey[]>> = {
  userName: [byText(sql`r.key`), byText(sql`r.remote_id`)],
  name: [byText(sql`lower(coalesce(r.person ->> 'displayname', ''))`), byText(sql`r.remote_id`)],
};

/** The names, in lower case, by which a person is looked for in the directory. */
export const namesOf = (person: RawBuilder<unknown>) =>
  sql`(lower(${person} ->> 'username'), lower(${person} ->> 'email'))`;

/** Ids of directory users who have one of these names, as username or as email; each name by its index. */
export const usersNamed = (names: RawBuilder<unknown>) => sql`
  SELECT id FROM users WHERE lower(username) IN ${names} UNION SELECT id FROM users WHERE lower(email) IN ${names}`;

/** The links that import knows of: what the departed have can be imported again. */
const linkedIn = async (handle: Handle, applicationId: string): Promise<RawBuilder<unknown>> =>
  sql`links l WHERE l.application_id = r.application_id AND l.kind = 'user' AND l.remote_id = r.remote_id
    AND NOT ${await departedForGood(handle, applicationId)}`;

/** Whether somebody is linked to an account: a question about all of them, which a join answers at once. */
const isLinked = (linked: RawBuilder<unknown>) => sql`EXISTS (SELECT 1 FROM ${linked})`;

/** Whom import concerns: records of an older release that say nothing of the person are read again first. */
function chosen(
  applicationId: string,
  choice: CandidateChoice,
  linked: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const parts = [sql`r.application_id = ${applicationId} AND r.kind = 'user' AND r.person IS NOT NULL`];
  if (choice.new)
    parts.push(sql`NOT ${isLinked(linked)} AND NOT EXISTS (${usersNamed(namesOf(sql`r.person`))})`);
  if (choice.search !== undefined)
    parts.push(
      sql`lower(concat_ws(' ', r.key, r.person ->> 'username', r.person ->> 'email', r.person ->> 'displayname'))
        LIKE ${containing(choice.search)}`,
    );
  return sql`remote_resources r WHERE ${sql.join(parts, sql` AND `)}`;
}

/** The remote ids, keys and persons of all whom the choice shows and nobody is linked to yet, as a table expression. */
export async function importable(
  handle: Handle,
  applicationId: string,
  choice: CandidateChoice,
): Promise<RawBuilder<unknown>> {
  const linked = await linkedIn(handle, applicationId);
  return sql`SELECT r.remote_id, r.key, r.person FROM ${chosen(applicationId, choice, linked)} AND NOT ${isLinked(linked)}`;
}

/** How many are chosen, and to how many of them nobody is linked. */
async function countCandidates(
  handle: Handle,
  from: RawBuilder<unknown>,
  linked: RawBuilder<unknown>,
): Promise<{ readonly total: number; readonly importable: number }> {
  const { rows } = await sql<{ total: number; importable: number }>`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE l.remote_id IS NULL)::int AS importable
    FROM (SELECT r.application_id, r.remote_id FROM ${from}) AS r
    LEFT JOIN LATERAL (SELECT l.remote_id FROM ${linked}) AS l ON true`.execute(handle);
  return rows[0] ?? { total: 0, importable: 0 };
}

interface MatchRow {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly displayname: string | null;
}

interface Row {
  readonly remote_id: string;
  readonly key: string;
  readonly user_name: string | null;
  readonly active: boolean;
  readonly person: ImportedPerson;
  readonly subject_id: string | null;
  readonly subject_name: string | null;
  readonly managed: boolean | null;
  readonly matches: readonly MatchRow[] | null;
  readonly position: readonly string[];
}

const sameText = (one: string | null, other: string | null): boolean =>
  one !== null && one.toLowerCase() === other?.toLowerCase();

/** By what a directory user was found for a person. */
function matchedBy(user: Pick<MatchRow, 'email'>, person: ImportedPerson): Match['by'] {
  return sameText(user.email, person.email) || sameText(user.email, person.username) ? 'email' : 'username';
}

function toCandidate(row: Row): Candidate {
  const { active, key, managed, matches, person, remote_id, subject_id, subject_name, user_name } = row;
  const user =
    subject_id === null ? null : { id: subject_id, name: subject_name ?? '', managed: managed ?? true };
  const alike = user === null ? (matches ?? []) : [];
  return {
    remoteId: remote_id,
    userName: user_name ?? key,
    active,
    state: user !== null ? 'imported' : alike.length > 0 ? 'matches' : 'new',
    person,
    user,
    matches: alike.map((match) => ({
      id: match.id,
      username: match.username,
      name: personName(match),
      by: matchedBy(match, person),
    })),
  };
}

/** A page of candidates, and of all that it is a page of, how many can be imported. */
export interface CandidatePage extends Page<Candidate> {
  readonly importable: number;
}

/** A page reads the links and matches of what it shows alone. */
export async function listCandidates(
  handle: Handle,
  applicationId: string,
  filter: CandidateFilter,
): Promise<CandidatePage> {
  const linked = await linkedIn(handle, applicationId);
  const from = chosen(applicationId, filter, linked);
  const { after, orderBy, position } = orderOf(KEYS, filter.sort, filter.cursor);
  const { rows } = await sql<Row>`
    WITH page AS (
      SELECT r.*, ${position} AS position FROM ${from} AND ${after} ORDER BY ${orderBy} LIMIT ${filter.limit + 1})
    SELECT r.remote_id, r.key, r.representation -> 'values' ->> 'userName' AS user_name, r.person, (r.representation ->> 'active')::boolean AS active, r.position, l.subject_id, l.subject_name,
      l.managed, m.matches
    FROM page r LEFT JOIN LATERAL (SELECT * FROM ${linked} OFFSET 0) AS l ON true
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('id', u.id, 'username', u.username, 'email', u.email, 'firstname', u.firstname,
        'lastname', u.lastname, 'displayname', u.displayname)) AS matches
      FROM (SELECT * FROM users WHERE id IN (${usersNamed(namesOf(sql`r.person`))}) ORDER BY id LIMIT 3) AS u) AS m ON true
    ORDER BY ${orderBy}`.execute(handle);
  const { importable, total } = await countCandidates(handle, from, linked);
  return { ...pageOf(rows, filter, total, (row) => row.position, toCandidate), importable };
}
