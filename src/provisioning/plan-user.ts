/** What is to be done for one user in one application: the whole decision, worked out from facts alone. */
import type { Behaviour } from '../connectors/connector.ts';
import { USER_NAME, type Desired } from './desired.ts';
import { diff } from './diff.ts';
import { leaveNotAccepted, leaveUnmapped } from './handsoff.ts';
import type { UserFacts, UserLink, Value, Values } from './facts.ts';
import type { LeavingReason, Refusal, UserStep, Subject } from './steps.ts';
import { userNameKey } from './user-name-key.ts';

/** The rules of one application that decide about users. */
export interface UserRules {
  /** The SCIM paths that the mapping names. */
  readonly paths: ReadonlySet<string>;
  readonly users: Behaviour['users'];
  /** Another directory user than `id` whose link claims the `userName` of that key, if any (R17). */
  readonly holderOf: (key: string, id: string) => KeyHolder | undefined;
}

/** Who has a `userName` in the application. */
export interface KeyHolder {
  readonly name: string;
  /** The key of the one that they are to get themselves, where that is known. */
  readonly wants?: string | null;
  /** Was deleted from the directory, and loses the account: once a hold is decided, or as soon as that is sent. */
  readonly leaves?: 'held' | 'due';
}

/** The code of a refusal because the account is somebody else's (R17). */
export const ACCOUNT_SHARED = 'account-shared';

/** A link to an account that is there, as far as is known. */
type HeldLink = UserLink & { readonly remoteId: string };

function isHeld(link: UserLink | null): link is HeldLink {
  return link !== null && link.remoteId !== null;
}

/**
 * The next step for a user, or null when the target is as it should be, or is to be left alone. `desired` is null for
 * whoever is not assigned to the application.
 */
export function planUser(facts: UserFacts, desired: Desired | null, rules: UserRules): UserStep | null {
  return desired === null ? planNotAssigned(facts, rules) : planAssigned(facts, desired, rules);
}

function planAssigned(facts: UserFacts, desired: Desired, rules: UserRules): UserStep | null {
  const { link } = facts;
  if ('refusal' in desired) return refuse(facts, desired.refusal);
  const taken = sharedAccount(facts, desired.values, rules);
  if (taken !== null) return refuse(facts, taken);
  if (!isHeld(link)) return create(facts, desired.values, rules);
  if (link.moving && !isNamed(link, desired.values)) return move(facts, link, desired.values, rules);
  return bringInLine(facts, link, desired.values, rules);
}

/** Who chose a move chose it against another `userName`: an account that has the right one by now stays (R15). */
function isNamed({ accepted }: UserLink, desired: Values): boolean {
  return userNameKey(accepted[USER_NAME]) === userNameKey(desired[USER_NAME]);
}

/** The old account is left first; one that was left already is not brought back. */
function move(facts: UserFacts, link: HeldLink, desired: Values, rules: UserRules): UserStep {
  return mayBeActive(link) ? leave(facts, link, 'moving', rules) : create(facts, desired, rules);
}

function mayBeActive({ state, inFlight }: UserLink): boolean {
  return state === 'active' || inFlight !== null;
}

function bringInLine(facts: UserFacts, link: HeldLink, desired: Values, rules: UserRules): UserStep | null {
  const { remoteId } = link;
  const values = leaveNotAccepted(desired, link.notAccepted, link.accepted);
  const changes = diff(link.inFlight === null ? leaveUnmapped(link.accepted, rules.paths) : {}, values);
  const subject = subjectOf(facts);
  if (link.state === 'inactive' || mayHaveLeft(link))
    return { kind: 'reactivateUser', subject, remoteId, values, changes };
  return changes.length === 0 ? null : { kind: 'updateUser', subject, remoteId, values, changes };
}

/** A request that takes the account out, or brings it back, may have been done or not: it is said again what it should be (R42). */
function mayHaveLeft({ inFlight }: UserLink): boolean {
  return inFlight !== null && inFlight !== 'updateUser';
}

/** Where an earlier create may have gone through under another name, that account is looked for before anything else (R42). */
function create(facts: UserFacts, values: Values, rules: UserRules): UserStep {
  const subject = subjectOf(facts);
  const lost = facts.link?.remoteId == null ? (facts.link?.inFlight ?? null) : null;
  const userName = String(values[USER_NAME]);
  if (lost !== null && lost !== userName) return { kind: 'findUser', subject, userName: lost };
  return { kind: 'createUser', subject, values, lookFirst: lost !== null || rules.users.match === 'lookup' };
}

function planNotAssigned(facts: UserFacts, rules: UserRules): UserStep | null {
  const { link } = facts;
  if (link === null || !link.managed || link.kept || rules.users.deprovision === 'leave') return null;
  if (isHeld(link)) return mayBeActive(link) ? leave(facts, link, leavingReason(facts), rules) : null;
  return link.inFlight === null
    ? null
    : { kind: 'findUser', subject: subjectOf(facts), userName: link.inFlight };
}

function leave(facts: UserFacts, link: HeldLink, reason: LeavingReason, rules: UserRules): UserStep {
  const kind = rules.users.deprovision === 'delete' ? 'deleteUser' : 'deactivateUser';
  return { kind, subject: subjectOf(facts), remoteId: link.remoteId, values: link.accepted, reason };
}

function leavingReason({ user }: UserFacts): LeavingReason {
  if (user === null) return 'deleted';
  return user.state === 'active' ? 'unassigned' : user.state;
}

function sharedAccount(facts: UserFacts, values: Values, rules: UserRules): Refusal | null {
  const key = userNameKey(values[USER_NAME]);
  const holder = key === null ? undefined : rules.holderOf(key, facts.id);
  if (holder === undefined) return null;
  return { code: ACCOUNT_SHARED, field: USER_NAME, message: sharedMessage(facts, holder, values[USER_NAME]) };
}

function sharedMessage(facts: UserFacts, holder: KeyHolder, userName: Value | undefined): string {
  if (changePlaces(facts, holder))
    return `${facts.name} would get the userName "${userName}" of ${holder.name}, who would get theirs: the two change places. Rollcall gives nobody a userName for the time being, because people sign in by it: give ${holder.name} a temporary username or email and wait until it is sent; then give ${facts.name} theirs, and ${holder.name} theirs last.`;
  if (holder.leaves === undefined)
    return `${facts.name} would get the userName "${userName}", which already belongs to ${holder.name}. Two people never share an account: give one of them another username or email.`;
  return `${facts.name} would get the userName "${userName}", which still belongs to ${holder.name}, who was deleted from the directory. ${LEAVES[holder.leaves]} ${facts.name} gets it by itself then.`;
}

const LEAVES = {
  held: 'Their deactivation is held: approve or reject the hold.',
  due: 'They lose it as soon as their deactivation is sent.',
} as const;

/** Neither can go first: each is to get what the other has in the target. */
function changePlaces({ link }: UserFacts, { wants = null }: KeyHolder): boolean {
  return wants !== null && wants === userNameKey(link?.accepted[USER_NAME]);
}

function refuse(facts: UserFacts, refusal: Refusal): UserStep {
  return { kind: 'refuseUser', subject: subjectOf(facts), refusal };
}

function subjectOf(facts: UserFacts): Subject {
  return { kind: 'user', id: facts.id, name: facts.name };
}
