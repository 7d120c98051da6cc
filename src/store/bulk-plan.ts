/**
 * Many users in one transaction, set-based, so that a hundred thousand rows are a few dozen statements: what each row would do.
 * `bulk-apply.ts` does it.
 */
import { sql, type Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { personRefusal } from '../access/people.ts';
import type { Role } from '../access/roles.ts';
import { isBad, usernameOf, withFault, type BadRow, type BulkRows, type GoodRow } from '../directory/bulk.ts';
import {
  attributesFault,
  newUser,
  patchedUser,
  sameUser,
  stopsBeingActive,
  type User,
  type UserFields,
} from '../directory/user.ts';
import { rolesByUser } from './administrators.ts';
import type { Tx } from './database.ts';
import { keepAnAdministrator } from './last-administrator.ts';
import { chunksOf } from './rowset.ts';
import { lockDirectoryShared } from './scope.ts';
import { addresseesOf, addressSentence, type Addressee } from './sign-in-names.ts';
import type { UsersTable } from './tables/directory.ts';
import { takenSentence, toUser } from './users.ts';

export const onExisting = ['refuse', 'skip', 'update'] as const;

interface BulkOptions {
  /** What to do with a username that exists. */
  readonly existing: (typeof onExisting)[number];
  /** The role of the one who asks: people who hold a role themselves are changed by administrators alone. */
  readonly by: Role | null;
}

/** What becomes of one row that can be used. */
export interface RowPlan {
  readonly row: GoodRow;
  readonly action: 'create' | 'update' | 'unchanged' | 'skip';
  readonly id: string;
  readonly before: User | null;
  readonly after: UserFields;
  /** Ids of the groups to join. */
  readonly groupIds: readonly string[];
}

export interface BulkPlan {
  readonly plans: readonly RowPlan[];
  readonly bad: readonly BadRow[];
}

/** Users by their lower-case username, locked as a change of each would lock them. */
async function existingUsers(tx: Tx, rows: readonly (GoodRow | BadRow)[]): Promise<Map<string, User>> {
  const found = new Map<string, User>();
  for (const chunk of chunksOf(rows)) {
    const names = chunk.flatMap((row) => usernameOf(row) ?? []);
    const users = await sql<Selectable<UsersTable>>`
      SELECT * FROM users WHERE lower(username) IN (SELECT lower(name) FROM unnest(${names}::text[]) AS name)
      ORDER BY id FOR UPDATE`.execute(tx);
    for (const user of users.rows.map(toUser)) found.set(user.username.toLowerCase(), user);
  }
  return found;
}

/** Users by their email address in lower case, where a row wants it for a username. */
async function addressees(tx: Tx, rows: readonly (GoodRow | BadRow)[]): Promise<Map<string, Addressee>> {
  const found = new Map<string, Addressee>();
  for (const chunk of chunksOf(rows)) {
    const names = chunk.flatMap((row) => usernameOf(row) ?? []);
    for (const [address, addressee] of await addresseesOf(tx, names)) found.set(address, addressee);
  }
  return found;
}

async function groupsByName(tx: Tx, rows: readonly (GoodRow | BadRow)[]): Promise<Map<string, string>> {
  const names = [...new Set(rows.flatMap((row) => row.groups))];
  const groups = await sql<{ id: string; name: string }>`
    SELECT id, name FROM groups WHERE lower(name) IN (SELECT lower(name) FROM unnest(${names}::text[]) AS name)`.execute(
    tx,
  );
  return new Map(groups.rows.map((group) => [group.name.toLowerCase(), group.id]));
}

interface Known {
  readonly users: ReadonlyMap<string, User>;
  readonly addressees: ReadonlyMap<string, Addressee>;
  readonly groups: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, Role>;
}

function actionFor(row: GoodRow, before: User | null, options: BulkOptions): RowPlan['action'] {
  if (before === null) return 'create';
  if (options.existing === 'skip') return 'skip';
  return sameUser(before, patchedUser(before, row.input)) ? 'unchanged' : 'update';
}

/** The row with what the directory has against it; a row that was bad before shows all of its faults at once. */
function judgeRow<T extends GoodRow | BadRow>(row: T, known: Known, options: BulkOptions): T | BadRow {
  let judged: T | BadRow = row;
  row.groups.forEach((name, at) => {
    if (known.groups.has(name.toLowerCase())) return;
    const message = `"${name}" is the name of no group. Make the group first.`;
    judged = withFault(judged, `groups[${at}]`, message);
  });
  const username = usernameOf(row) ?? '';
  const before = known.users.get(username.toLowerCase());
  const addressee = known.addressees.get(username.toLowerCase());
  if (before === undefined && addressee !== undefined)
    return withFault(judged, 'username', `won't do. ${addressSentence(username, addressee)}`);
  if (before === undefined || options.existing !== 'refuse') return judged;
  return withFault(judged, 'username', `is taken. ${takenSentence(username, before)}`, true);
}

/** The row, refused for what is against the update; null where nothing is. */
function refusedUpdate(
  row: GoodRow,
  before: User,
  after: UserFields,
  role: Role | null,
  { by }: BulkOptions,
): BadRow | null {
  const refusal = personRefusal(by, role);
  if (refusal !== null)
    return withFault(row, 'username', `cannot be updated: ${row.input.username} ${refusal}`);
  const fault = attributesFault(before.attributes, after.attributes);
  return fault === undefined ? null : withFault(row, 'attributes', fault);
}

function planRow(good: GoodRow, known: Known, options: BulkOptions): RowPlan | BadRow {
  const row = judgeRow(good, known, options);
  if (isBad(row)) return row;
  const before = known.users.get(row.input.username.toLowerCase()) ?? null;
  const action = actionFor(row, before, options);
  const after = before === null ? newUser(row.input) : patchedUser(before, row.input);
  if (before !== null && action === 'update') {
    const refused = refusedUpdate(row, before, after, known.roles.get(before.id) ?? null, options);
    if (refused !== null) return refused;
  }
  const groupIds =
    action === 'skip' ? [] : row.groups.flatMap((name) => known.groups.get(name.toLowerCase()) ?? []);
  return { row, action, id: before?.id ?? uuidv7(), before, after, groupIds };
}

const isBadPlan = (plan: RowPlan | BadRow): plan is BadRow => 'errors' in plan;

/** What the rows would do, in their order: whoever is new may not have as username what an earlier row gives as email address. */
function planRows(rows: readonly GoodRow[], known: Known, options: BulkOptions): (RowPlan | BadRow)[] {
  const given = new Map<string, Addressee>();
  return rows.map((row) => {
    const plan = planRow(row, known, options);
    if (isBadPlan(plan) || plan.action === 'skip') return plan;
    const { email, username } = plan.after;
    const addressee = given.get(username.toLowerCase());
    if (plan.before === null && addressee !== undefined)
      return withFault(row, 'username', `won't do. ${addressSentence(username, addressee)}`);
    if (email !== null) given.set(email.toLowerCase(), { id: plan.id, username });
    return plan;
  });
}

/** Throws a `Problem` where the rows would leave nobody active who is an administrator. */
async function keepAdministrators(tx: Tx, plans: readonly RowPlan[], roles: Known['roles']): Promise<void> {
  const stopping = plans.filter(
    ({ after, before, id }) =>
      before !== null && stopsBeingActive(before, after) && roles.get(id) === 'administrator',
  );
  if (stopping.length > 0)
    await keepAnAdministrator(
      tx,
      stopping.map(({ id }) => id),
    );
}

/** What the rows would do to the directory as it is now; writes nothing. Locks the users in question. */
export async function planBulk(tx: Tx, rows: BulkRows, options: BulkOptions): Promise<BulkPlan> {
  await lockDirectoryShared(tx);
  const all = [...rows.good, ...rows.bad];
  const known = {
    users: await existingUsers(tx, all),
    addressees: await addressees(tx, all),
    groups: await groupsByName(tx, all),
    roles: await rolesByUser(tx),
  };
  const judged = planRows(rows.good, known, options);
  const bad = [...rows.bad.map((row) => judgeRow(row, known, options)), ...judged.filter(isBadPlan)];
  bad.sort((one, other) => one.index - other.index);
  const plans = judged.filter((plan): plan is RowPlan => !isBadPlan(plan));
  await keepAdministrators(tx, plans, known.roles);
  return { plans, bad };
}
