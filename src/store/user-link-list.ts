/** The list of an application's users, those who are linked and those who are still to be, in any order. */
import { sql, type RawBuilder } from 'kysely';
import type { LinkState } from '../provisioning/facts.ts';
import type { Handle } from './database.ts';
import { byId, byText, byTime, orderOf, type Sort, type SortKey } from './order.ts';
import { containing, pageOf, type Page, type PageRequest } from './page.ts';
import { rowsOf, toUserInApplication, type UserInApplication } from './user-links.ts';
import { userText } from './user-text.ts';

/** `added`: in the order of their coming into the directory. */
export const linkSorts = ['added', 'name', 'state', 'updatedAt'] as const;

type LinkKeys = Readonly<Record<(typeof linkSorts)[number], readonly SortKey[]>>;

/** What to narrow the users or the groups of an application to. */
export interface LinkFilter extends PageRequest {
  readonly state?: LinkState | undefined;
  /** Only those with an error, or on which an administrator has to decide. */
  readonly trouble: boolean;
  /** Only those that the last inventory found otherwise and left as they are. */
  readonly drift: boolean;
}

interface UserLinkFilter extends LinkFilter {
  readonly sort: Sort<(typeof linkSorts)[number]>;
  /** Only those whose deactivation an administrator rejected (R46). */
  readonly kept: boolean;
}

/** Some of the users of an application. */
interface Part {
  readonly from: RawBuilder<unknown>;
  /** True of all of them: what the index by name asks for, where it has one. */
  readonly named: RawBuilder<unknown>;
  /** What each sort compares in it. */
  readonly keys: LinkKeys;
}

/** What each sort compares, from what a user is called, their state and when it last changed. */
function keysOf(id: RawBuilder<unknown>, ...[name, state, updatedAt]: RawBuilder<unknown>[]): LinkKeys {
  const [added, named] = [byId(id), byText(sql`lower(${name})`)];
  return {
    added: [added],
    name: [named, added],
    state: [byText(sql`${state}`), named, added],
    updatedAt: [byTime(sql`${updatedAt}`), added],
  };
}

const searched = (name: RawBuilder<unknown>, search: string | undefined): RawBuilder<unknown> =>
  search === undefined ? sql`` : sql`AND ${name} LIKE ${containing(search)}`;

function linked(applicationId: string, { state, trouble, drift, kept, search }: UserLinkFilter): Part {
  const users = search === undefined ? sql`` : sql`LEFT JOIN users u ON u.id = r.subject_id`;
  const inState = state === undefined ? sql`` : sql`AND r.state = ${state}`;
  const inTrouble = trouble ? sql`AND (r.error IS NOT NULL OR r.attention IS NOT NULL)` : sql``;
  const foundOtherwise = drift ? sql`AND r.drift IS NOT NULL` : sql``;
  const left = kept ? sql`AND r.kept` : sql``;
  const name = sql`${userText('u')} || ' ' || lower(r.subject_name)`;
  return {
    keys: keysOf(sql`r.subject_id`, sql`r.subject_name`, sql`r.state`, sql`r.updated_at`),
    named: sql`lower(r.subject_name) >= ''`,
    from: sql`
      FROM links r ${users}
      WHERE r.application_id = ${applicationId} AND r.kind = 'user' ${inState} ${inTrouble} ${foundOtherwise} ${left}
        ${searched(name, search)}`,
  };
}

/** As `personName` calls a user. */
const CALLED = sql`
  coalesce(coalesce(u.displayname, nullif(concat_ws(' ', nullif(u.firstname, ''), nullif(u.lastname, '')), '')) || ' (' || u.username || ')', u.username, '')`;

/** Users of whom nothing is known yet and who are to be looked at: while a connection lives, so is everybody assigned (R41). */
function waiting(applicationId: string, { search }: UserLinkFilter): Part {
  return {
    keys: keysOf(sql`r.subject_id`, CALLED, sql`'absent'::text`, sql`'epoch'::timestamptz`),
    named: sql`true`,
    from: sql`
      FROM pending r LEFT JOIN users u ON u.id = r.subject_id
      WHERE r.application_id = ${applicationId} AND r.kind = 'user' AND NOT EXISTS (
        SELECT 1 FROM links k WHERE k.application_id = ${applicationId} AND k.kind = 'user' AND k.subject_id = r.subject_id)
        ${searched(userText('u'), search)}`,
  };
}

function partsOf(applicationId: string, filter: UserLinkFilter): [Part, ...Part[]] {
  const { state = 'absent', trouble, drift, kept } = filter;
  const withWaiting = state === 'absent' && !trouble && !drift && !kept;
  return [linked(applicationId, filter), ...(withWaiting ? [waiting(applicationId, filter)] : [])];
}

async function countParts(handle: Handle, parts: readonly Part[]): Promise<number> {
  const counts = parts.map(({ from }) => sql`SELECT count(*) AS count ${from}`);
  const found = await sql<{
    total: string;
  }>`SELECT sum(count) AS total FROM (${sql.join(counts, sql` UNION ALL `)}) AS parts`.execute(handle);
  return Number(found.rows[0]?.total ?? 0);
}

/** A page reads what it shows and little more, of a hundred thousand users too. */
export async function listUserLinks(
  handle: Handle,
  applicationId: string,
  filter: UserLinkFilter,
): Promise<Page<UserInApplication>> {
  const { cursor, limit, sort } = filter;
  const parts = partsOf(applicationId, filter);
  const orders = parts.map((part) => ({ ...part, ...orderOf(part.keys, sort, cursor) }));
  const firsts = orders.map(
    ({ after, from, named, orderBy, position }) => sql`
      (SELECT r.subject_id, ${position} AS position ${from} AND ${named} AND ${after} ORDER BY ${orderBy} LIMIT ${limit + 1})`,
  );
  const { byPosition } = orderOf(parts[0].keys, sort, cursor);
  const subjects = sql`SELECT * FROM (${sql.join(firsts, sql` UNION ALL `)}) AS parts ORDER BY ${byPosition} LIMIT ${limit + 1}`;
  const { rows } = await rowsOf(applicationId, subjects, byPosition).execute(handle);
  const total = await countParts(handle, parts);
  return pageOf(rows, filter, total, (row) => row.position, toUserInApplication);
}
