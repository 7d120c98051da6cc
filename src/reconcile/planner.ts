/** A plan without sending: the same facts and the same core as a lane, over one record or everything (R47). */
import { planGroup } from '../provisioning/plan-group.ts';
import { PlanBuilder, type Plan, type PlanView } from '../provisioning/plan.ts';
import { planUser } from '../provisioning/plan-user.ts';
import { refusedBefore } from '../provisioning/refused-before.ts';
import type { GroupFacts, Member, RecordKind, UserFacts } from '../provisioning/facts.ts';
import type { Refusal, Step } from '../provisioning/steps.ts';
import { loadGroupFacts, wholeMarks, type ClaimedGroup } from '../store/claim-groups.ts';
import { loadUserFacts } from '../store/claim-users.ts';
import { loadDifferingMembers } from '../store/differing.ts';
import type { Handle } from '../store/database.ts';
import { loadRefusals } from '../store/refusals.ts';
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

async function userSteps(db: Handle, connection: Connection, batch: readonly UserFacts[]): Promise<Step[]> {
  const wanted = batch.map((facts) => wantedOf(facts, connection));
  const rules = await rulesFor(db, connection, wanted);
  const steps = wanted.flatMap(({ facts, desired }) => planUser(facts, desired, rules) ?? []);
  const ids = steps.filter(({ kind }) => kind !== 'refuseUser').map(({ subject }) => subject.id);
  const refusals = await refusalsOf(db, connection, 'user', ids);
  return steps.map((step) => {
    const refusal = refusals.get(step.subject.id);
    return refusal === undefined ? step : refusedBefore([step], refusal);
  });
}

/** Activation looks at everything again: an inactive connection has nothing that waits for a change. */
function refusalsOf(
  db: Handle,
  { application: { id, state } }: Connection,
  kind: RecordKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Refusal>> {
  return loadRefusals(db, id, kind, state === 'inactive' ? [] : ids);
}

async function addGroups(
  db: Handle,
  connection: Connection,
  only: string | undefined,
  builder: PlanBuilder,
): Promise<void> {
  const { id } = connection.application;
  for await (const batch of factsOf(only, (which) => loadGroupFacts(db, id, which))) {
    const ids = batch.map((facts) => facts.id);
    const whole = await comparedGroups(db, connection, ids);
    for (const facts of batch)
      await addGroup(db, connection, { ...facts, whole: whole.has(facts.id) }, builder);
  }
}

/** Groups whose whole membership is still to be compared; on activation, everybody's is. */
async function comparedGroups(
  db: Handle,
  { application: { id, state } }: Connection,
  groupIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return state === 'inactive' ? new Set(groupIds) : wholeMarks(db, id, groupIds);
}

async function addGroup(
  db: Handle,
  connection: Connection,
  facts: ClaimedGroup['facts'] & Pick<GroupFacts, 'whole'>,
  builder: PlanBuilder,
): Promise<void> {
  const { id, groupManagement } = connection.application;
  const memberships =
    facts.bound && groupManagement ? await loadDifferingMembers(db, id, facts.id, MEMBERS_SHOWN) : [];
  const { add, remove } = differenceOf(memberships);
  const differing = { ...facts, add: await withAccounts(db, connection, add), remove };
  for (const step of await groupSteps(db, connection, differing)) builder.add(step);
}

/** Whoever has a name that is wanted, and is to give it up, has done so by the time that the plan is sent. */
function inTheEnd(facts: GroupFacts): GroupFacts {
  return facts.nameHeldBy?.refused === null ? { ...facts, nameHeldBy: null } : facts;
}

async function groupSteps(db: Handle, connection: Connection, facts: GroupFacts): Promise<readonly Step[]> {
  const [first, ...others] = planGroup(inTheEnd(facts), connection.application);
  if (first === undefined) return [];
  const ids = facts.link?.troubled === true ? [facts.id] : [];
  const refusal = (await refusalsOf(db, connection, 'group', ids)).get(facts.id);
  const steps = [first, ...others] as const;
  return refusal === undefined ? steps : [refusedBefore(steps, refusal)];
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
