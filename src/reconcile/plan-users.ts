/** From users to steps: what each should be, who has which `userName`, and, of those who are claimed, whom the brake holds. */
import type { Logger } from 'pino';
import { brake } from '../provisioning/brake.ts';
import { desiredOf, USER_NAME, type Desired } from '../provisioning/desired.ts';
import { forgetUnwished } from '../provisioning/handsoff.ts';
import { planUser, type KeyHolder, type UserRules } from '../provisioning/plan-user.ts';
import type { UserFacts } from '../provisioning/facts.ts';
import { userNameKey } from '../provisioning/user-name-key.ts';
import { loadKeyHolders, loadUserFacts, type ClaimedUser, type LinkedKey } from '../store/claim-users.ts';
import type { Handle } from '../store/database.ts';
import { holdLeavers } from '../store/holds.ts';
import type { Lease } from '../store/lease.ts';
import { countLeavers } from '../store/leavers.ts';
import type { Connection } from './connection.ts';
import type { UserNameHolder, UsersInHand } from './in-hand.ts';
import { isLeaving, type UserTask } from './user-task.ts';

export interface PlanningOptions {
  readonly db: Handle;
  readonly lease: Lease;
  readonly connection: Connection;
  readonly log: Logger;
}

/** A user, and what they should be in the application; null where they are not assigned to it. */
export interface Wanted {
  readonly facts: UserFacts;
  readonly desired: Desired | null;
}

/** What a user should be, beside the facts without what the target did not take and the directory asks for no more (R15). */
export function wantedOf(facts: UserFacts, { mapping }: Connection): Wanted {
  const desired = desiredOf(facts, mapping);
  return { facts: forgetUnwished(facts, desired), desired };
}

/** The rules under which these are planned. Besides linked users, `whoElse` may have a `userName`, given by its key (R17). */
export async function rulesFor(
  db: Handle,
  connection: Connection,
  wanted: readonly Wanted[],
  whoElse: (key: string) => readonly (UserNameHolder | undefined)[] = () => [],
): Promise<UserRules> {
  const { application, behaviour, paths } = connection;
  const keys = wanted.flatMap(({ desired }) => keyOf(desired) ?? []);
  const linked = await loadKeyHolders(db, application, keys);
  const wishes = await wishesOf(db, connection, wanted, linked);
  return {
    paths: new Set(paths),
    users: behaviour.users,
    holderOf: (key, id) => {
      const others = (holder: UserNameHolder | undefined): boolean =>
        holder !== undefined && holder.id !== id;
      const holder = linked.get(key)?.find(others) ?? whoElse(key).find(others);
      return holder && (wishes.get(holder.id) ?? holder);
    },
  };
}

/** The `userName` that somebody is to get, in lower case. */
const keyOf = (desired: Desired | null): string | null =>
  desired !== null && 'values' in desired ? userNameKey(desired.values[USER_NAME]) : null;

/** Those who have a `userName` that somebody else is to get, as the directory knows them now: they are few, mostly nobody. */
async function wishesOf(
  db: Handle,
  connection: Connection,
  wanted: readonly Wanted[],
  linked: ReadonlyMap<string, readonly LinkedKey[]>,
): Promise<ReadonlyMap<string, KeyHolder>> {
  const others = wanted.flatMap(({ desired, facts }) =>
    (linked.get(keyOf(desired) ?? '') ?? []).filter(({ id }) => id !== facts.id),
  );
  if (others.length === 0) return new Map();
  const held = new Map(others.map((holder) => [holder.id, holder.held]));
  const holders = await loadUserFacts(db, connection.application.id, { ids: [...held.keys()] });
  return new Map(
    holders.map((facts) => {
      const { id, name, user } = facts;
      const wants = keyOf(wantedOf(facts, connection).desired);
      if (user !== null) return [id, { name, wants }];
      return [id, { name, wants, leaves: held.get(id) === true ? 'held' : 'due' }];
    }),
  );
}

/** Plans each claimed user. Nobody gets a `userName` that somebody else has, whether linked, under way, or planned in the same batch (R17). */
export async function planUsers(
  claimed: readonly ClaimedUser[],
  inHand: UsersInHand,
  { db, connection }: Pick<PlanningOptions, 'db' | 'connection'>,
): Promise<UserTask[]> {
  const wanted = claimed.map(({ mark, facts }) => ({ mark, ...wantedOf(facts, connection) }));
  const planned = new Map<string, UserNameHolder>();
  const rules = await rulesFor(db, connection, wanted, (key) => [inHand.holderOf(key), planned.get(key)]);
  return wanted.map(({ mark, facts, desired }) => {
    const step = planUser(facts, desired, rules);
    const key =
      step?.kind === 'createUser' || step?.kind === 'updateUser' ? userNameKey(step.values[USER_NAME]) : null;
    if (key !== null) planned.set(key, facts);
    return { mark, facts, step };
  });
}

/** Leavers go on only where the brake lets them; what it holds stays marked and waits for an administrator (R46). */
export async function withoutHeld(
  tasks: UserTask[],
  { db, lease, connection, log }: PlanningOptions,
): Promise<UserTask[]> {
  const braked = (task: UserTask): boolean => isLeaving(task) && !task.mark.approved;
  const atHand = tasks
    .filter(braked)
    .map(({ facts, mark }) => ({ id: facts.id, generation: mark.generation }));
  if (atHand.length === 0) return tasks;
  const counts = await countLeavers(db, lease.applicationId, connection.threshold.number, atHand);
  const decision = brake(counts, connection.threshold);
  if (!decision.held) return tasks;
  const held = await holdLeavers(db, lease, { reason: decision.reason, counts, atHand });
  log.warn({ application: lease.applicationId, held }, decision.reason);
  return tasks.filter((task) => !braked(task));
}
