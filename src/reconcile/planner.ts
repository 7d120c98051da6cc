/** A plan without sending: the same facts and the same core as a lane, over one record or everything (R47). */
import { planGroup } from '../provisioning/plan-group.ts';
import { PlanBuilder, type Plan, type PlanView } from '../provisioning/plan.ts';
import { planUser } from '../provisioning/plan-user.ts';
import type { Member, UserFacts, UserStep } from '../provisioning/types.ts';
import { loadGroupFacts, type ClaimedGroup } from '../store/claim-groups.ts';
import { loadUserFacts } from '../store/claim-users.ts';
import { loadDifferingMembers } from '../store/differing.ts';
import type { Handle } from '../store/database.ts';
import type { Connection } from './connection.ts';
import { differenceOf } from './group-members.ts';
import { inBatches } from './in-batches.ts';
import { rulesFor, wantedOf } from './plan-users.ts';

/** One record, or everything where neither is given. */
export interface PlanScope {
  readonly user?: string | undefined;
  readonly group?: string | undefined;
}

/** What is asked of a plan, and which of its steps are to be shown. */
export type PlanRequest = PlanScope & Omit<PlanView, 'limit'> & { readonly limit?: number | undefined };

const BATCH = 1000;
/** A plan names the members that change; one that changes more of them at once shows the first. */
const MEMBERS_SHOWN = 1000;

/** Plans; memory follows the batch and the view's `limit`, the number of steps that are kept to be shown. */
export async function planApplication(
  db: Handle,
  connection: Connection,
  scope: PlanScope,
  view: PlanView,
): Promise<Plan> {
  const builder = new PlanBuilder(view);
  const everything = scope.user === undefined && scope.group === undefined;
  if (everything || scope.user !== undefined) await addUsers(db, connection, scope.user, builder);
  if (everything || scope.group !== undefined) await addGroups(db, connection, scope.group, builder);
  return builder.build();
}

/** Records by id, or the next ones after one. */
type Which = { readonly ids: readonly string[] } | { readonly after: string; readonly limit: number };

/** The facts of one record, or of all of them by id, in batches. */
async function* factsOf<T extends { readonly id: string }>(
  only: string | undefined,
  load: (which: Which) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  if (only === undefined) yield* inBatches(BATCH, (after, limit) => load({ after, limit }));
  else yield await load({ ids: [only] });
}

async function addUsers(
  db: Handle,
  connection: Connection,
  only: string | undefined,
  builder: PlanBuilder,
): Promise<void> {
  const { id } = connection.application;
  for await (const batch of factsOf(only, (which) => loadUserFacts(db, id, which)))
    for (const step of await userSteps(db, connection, batch)) builder.add(step);
}

async function userSteps(
  db: Handle,
  connection: Connection,
  batch: readonly UserFacts[],
): Promise<UserStep[]> {
  const wanted = batch.map((facts) => wantedOf(facts, connection));
  const rules = await rulesFor(db, connection, wanted);
  return wanted.flatMap(({ facts, desired }) => planUser(facts, desired, rules) ?? []);
}

async function addGroups(
  db: Handle,
  connection: Connection,
  only: string | undefined,
  builder: PlanBuilder,
): Promise<void> {
  const { id } = connection.application;
  for await (const batch of factsOf(only, (which) => loadGroupFacts(db, id, which)))
    for (const facts of batch) await addGroup(db, connection, facts, builder);
}

async function addGroup(
  db: Handle,
  connection: Connection,
  facts: ClaimedGroup['facts'],
  builder: PlanBuilder,
): Promise<void> {
  const { id, groupManagement } = connection.application;
  const memberships =
    facts.bound && groupManagement ? await loadDifferingMembers(db, id, facts.id, MEMBERS_SHOWN) : [];
  const { add, remove } = differenceOf(memberships);
  const differing = { ...facts, add: await withAccounts(db, connection, add), remove };
  for (const step of planGroup(differing, { groupManagement })) builder.add(step);
}

/** Members whom the target holds, or will hold once the plan is sent: who is refused cannot join a group either. */
async function withAccounts(
  db: Handle,
  connection: Connection,
  members: readonly Member[],
): Promise<readonly Member[]> {
  const ids = members.filter(({ remoteId }) => remoteId === null).map(({ userId }) => userId);
  if (ids.length === 0) return members;
  const facts = await loadUserFacts(db, connection.application.id, { ids });
  const steps = await userSteps(db, connection, facts);
  const joining = new Set(steps.filter(({ kind }) => kind !== 'refuseUser').map(({ subject }) => subject.id));
  return members.filter(({ userId, remoteId }) => remoteId !== null || joining.has(userId));
}
