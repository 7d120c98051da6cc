/** Which groups are bound to which application. */
import { sql } from 'kysely';
import { badInput, type FieldError } from '../errors.ts';
import type { Cause } from '../provisioning/settlement.ts';
import { lockApplication, toApplication, type Application } from './applications.ts';
import type { Handle, Tx } from './database.ts';
import { refuseBoth, type IdChange } from './id-change.ts';
import { markBound, markUnbound } from './mark-groups.ts';
import { namedGroups } from './named.ts';
import { uuids } from './rowset.ts';
import { lockScope } from './scope.ts';
import { checkVersion, setVersion, type Expected } from './version.ts';

const MAX_ERRORS = 100;

/** The applications that a group is bound to, by label. */
export async function applicationsOfGroup(handle: Handle, groupId: string): Promise<Application[]> {
  const rows = await handle
    .selectFrom('applications as a')
    .innerJoin('application_groups as ag', 'ag.application_id', 'a.id')
    .where('ag.group_id', '=', groupId)
    .selectAll('a')
    .orderBy(sql`lower(a.label), a.id`)
    .execute();
  return rows.map(toApplication);
}

/** Which of these groups are bound to an application. */
export async function boundAmong(
  handle: Handle,
  applicationId: string,
  groupIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (groupIds.length === 0) return new Set();
  const rows = await handle
    .selectFrom('application_groups')
    .select('group_id')
    .where('application_id', '=', applicationId)
    .where('group_id', 'in', groupIds)
    .execute();
  return new Set(rows.map(({ group_id }) => group_id));
}

/** Stands for which groups are bound to an application; the ETag of their list. */
export async function bindingsVersion(handle: Handle, applicationId: string): Promise<string> {
  const { version } = await handle
    .selectFrom('application_groups')
    .select(setVersion(sql`group_id`).as('version'))
    .where('application_id', '=', applicationId)
    .executeTakeFirstOrThrow();
  return version;
}

async function refuseUnknown(tx: Tx, change: IdChange): Promise<void> {
  const found = await sql<{ id: string }>`
    SELECT id FROM groups WHERE id = ANY(${uuids(change.add)}) ORDER BY id FOR KEY SHARE`.execute(tx);
  const known = new Set(found.rows.map((row) => row.id));
  const errors = change.add.flatMap((id, at): FieldError[] =>
    known.has(id) ? [] : [{ path: `add[${at}]`, message: `is the id of no group: ${id}.` }],
  );
  const [first] = errors;
  if (first === undefined) return;
  throw badInput(
    errors.length === 1
      ? `${first.path} ${first.message} No binding was changed.`
      : `${errors.length} of the groups to add do not exist; the first: ${first.path} ${first.message} No binding was changed.`,
    errors.slice(0, MAX_ERRORS),
  );
}

/** Throws a `Problem` that names the first group that cannot be bound or unbound; locks those to bind against deletion. */
export async function checkBindings(tx: Tx, change: IdChange): Promise<void> {
  refuseBoth(change, 'a group that is', 'Name it once.');
  await refuseUnknown(tx, change);
}

async function bind(tx: Tx, applicationId: string, groupIds: readonly string[]): Promise<string[]> {
  const added = await sql<{ group_id: string }>`
    INSERT INTO application_groups (application_id, group_id)
    SELECT ${applicationId}::uuid, id FROM unnest(${uuids(groupIds)}) AS id
    ON CONFLICT DO NOTHING RETURNING group_id`.execute(tx);
  return added.rows.map((row) => row.group_id);
}

async function unbind(tx: Tx, applicationId: string, groupIds: readonly string[]): Promise<string[]> {
  const removed = await sql<{ group_id: string }>`
    DELETE FROM application_groups WHERE application_id = ${applicationId} AND group_id = ANY(${uuids(groupIds)})
    RETURNING group_id`.execute(tx);
  return removed.rows.map((row) => row.group_id);
}

/** Why marks are set: which group was bound or unbound, where it is one. */
async function causeFor(
  tx: Tx,
  cause: Cause,
  how: 'groupsBound' | 'groupsUnbound',
  ids: readonly string[],
): Promise<Cause> {
  const [group] = ids.length === 1 ? await namedGroups(tx, ids) : [];
  return { ...cause, action: `application.${how}`, ...(group && { group }) };
}

/** The ids of the groups that were really bound and unbound. */
interface BindingsChanged {
  readonly application: Application;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Binds and unbinds groups, and marks what follows (R24). Throws a `Problem` when there is no such application or a group
 * to add does not exist, naming `add[3]`, or when other groups are bound than the writer has seen; nothing is changed then.
 */
export async function changeBindings(
  tx: Tx,
  applicationId: string,
  change: IdChange,
  cause: Cause,
  expected: Expected = 'any',
): Promise<BindingsChanged> {
  await lockScope(tx);
  const application = await lockApplication(tx, applicationId, 'any');
  if (expected !== 'any') {
    const version = await bindingsVersion(tx, applicationId);
    checkVersion(`Which groups are bound to "${application.label}"`, version, expected);
  }
  await checkBindings(tx, change);
  const removed = await unbind(tx, applicationId, change.remove);
  const added = await bind(tx, applicationId, change.add);
  await markUnbound(tx, applicationId, removed, await causeFor(tx, cause, 'groupsUnbound', removed));
  await markBound(tx, applicationId, added, await causeFor(tx, cause, 'groupsBound', added));
  return { application, added, removed };
}
