/** Many users in one transaction: does what `bulk-plan.ts` planned, with all marks. */
import { sql } from 'kysely';
import { withFault } from '../directory/bulk.ts';
import { isReaddressed, stopsBeingActive } from '../directory/user.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { BulkPlan, RowPlan } from './bulk-plan.ts';
import type { Tx } from './database.ts';
import { markUsers } from './mark-users.ts';
import { changeMembers } from './members.ts';
import { endResetLinks } from './one-time-links.ts';
import { chunksOf } from './rowset.ts';
import { endSignIns } from './sign-in-retention.ts';
import { toUserRow } from './users.ts';

const records = (plans: readonly RowPlan[]): string =>
  JSON.stringify(
    plans.map((plan) => ({ id: plan.id, ...toUserRow(plan.after), attributes: plan.after.attributes })),
  );

const columns = sql`id uuid, username text, email text, firstname text, lastname text, displayname text, state text, attributes jsonb`;

/** Returns the ids that were made; one whose username was taken meanwhile is left out. */
async function insertUsers(tx: Tx, plans: readonly RowPlan[]): Promise<Set<string>> {
  const made = new Set<string>();
  for (const chunk of chunksOf(plans)) {
    const inserted = await sql<{ id: string }>`
      INSERT INTO users (id, username, email, firstname, lastname, displayname, state, attributes)
      SELECT * FROM jsonb_to_recordset(${records(chunk)}::jsonb) AS r(${columns})
      ON CONFLICT (lower(username)) DO NOTHING RETURNING id`.execute(tx);
    for (const row of inserted.rows) made.add(row.id);
  }
  return made;
}

async function updateUsers(tx: Tx, plans: readonly RowPlan[], cause: Cause): Promise<void> {
  for (const chunk of chunksOf(plans)) {
    await sql`
      UPDATE users u SET username = r.username, email = r.email, firstname = r.firstname, lastname = r.lastname,
        displayname = r.displayname, state = r.state, attributes = r.attributes, version = u.version + 1, updated_at = now()
      FROM jsonb_to_recordset(${records(chunk)}::jsonb) AS r(${columns}) WHERE u.id = r.id`.execute(tx);
  }
  const stops = ({ before, after }: RowPlan): boolean => before !== null && stopsBeingActive(before, after);
  const readdressed = ({ before, after }: RowPlan): boolean =>
    before !== null && isReaddressed(before, after);
  await endResetLinks(
    tx,
    plans.filter(readdressed).map(({ id }) => id),
  );
  const stopping = plans.filter(stops).map(({ id }) => id);
  const others = plans.filter((plan) => !stops(plan)).map(({ id }) => id);
  await endSignIns(tx, stopping);
  await markUsers(tx, stopping, 'leavers', cause);
  await markUsers(tx, others, 'others', cause);
}

/** Answers who joined a group, once for each. */
async function joinGroups(tx: Tx, plans: readonly RowPlan[], cause: Cause): Promise<string[]> {
  const joiners = new Map<string, string[]>();
  for (const { groupIds, id } of plans) {
    for (const groupId of groupIds) {
      const ids = joiners.get(groupId) ?? [];
      joiners.set(groupId, ids);
      ids.push(id);
    }
  }
  const joined: string[][] = [];
  for (const groupId of [...joiners.keys()].sort()) {
    const change = { add: joiners.get(groupId) ?? [], remove: [] };
    joined.push([...(await changeMembers(tx, groupId, change, cause)).added]);
  }
  return joined.flat();
}

/** What was really done, row by row. */
export interface BulkApplied extends BulkPlan {
  /** The ids of users who were not in a group and are now, once for each group. */
  readonly joined: readonly string[];
}

/** Does what was planned in the same transaction, with all marks. */
export async function applyBulk(tx: Tx, plan: BulkPlan, cause: Cause): Promise<BulkApplied> {
  const creates = plan.plans.filter(({ action }) => action === 'create');
  const made = await insertUsers(tx, creates);
  const lost = creates.filter(({ id }) => !made.has(id));
  const done = plan.plans.filter(({ action, id }) => action !== 'create' || made.has(id));
  await updateUsers(
    tx,
    done.filter(({ action }) => action === 'update'),
    cause,
  );
  const joined = await joinGroups(tx, done, cause);
  const late = lost.map(({ row }) =>
    withFault(row, 'username', 'was taken by somebody else at this moment.', true),
  );
  return { plans: done, bad: [...plan.bad, ...late], joined };
}
