/** Steps: what is to be done to a target for one record, as plain JSON. */
import type { Member, RecordKind, Value, Values } from './facts.ts';

/** Why something cannot be done, for people: which field, and what to do. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The directory field or SCIM attribute in question. */
  readonly field?: string;
}

export interface Subject {
  readonly kind: RecordKind;
  readonly id: string;
  readonly name: string;
}

/** One attribute that changes. An absent side means that there is no value on it. */
export interface Change {
  readonly path: string;
  readonly before?: Value;
  readonly after?: Value;
}

export interface CreateUser {
  readonly kind: 'createUser';
  readonly subject: Subject;
  readonly values: Values;
  /** The target is asked for the account before it is created. */
  readonly lookFirst: boolean;
}

/** A create may have gone through under this name: the account is looked for. */
export interface FindUser {
  readonly kind: 'findUser';
  readonly subject: Subject;
  readonly userName: string;
}

export interface UpdateUser {
  readonly kind: 'updateUser' | 'reactivateUser';
  readonly subject: Subject;
  readonly remoteId: string;
  /** Everything that the mapping names, for targets that take whole records. */
  readonly values: Values;
  readonly changes: readonly Change[];
}

export interface RemoveUser {
  readonly kind: 'deactivateUser' | 'deleteUser';
  readonly subject: Subject;
  readonly remoteId: string;
  readonly values: Values;
  readonly reason: LeavingReason;
}

/** A user who cannot be sent, or was refused before: nothing is asked of the target. */
export interface RefuseUser {
  readonly kind: 'refuseUser';
  readonly subject: Subject;
  readonly refusal: Refusal;
}

export interface CreateGroup {
  readonly kind: 'createGroup';
  readonly subject: Subject;
  readonly displayName: string;
}

/** A group that is there already, or may be, and whose membership becomes the directory's (R21). */
export interface TakeOverGroup {
  readonly kind: 'takeOverGroup';
  readonly subject: Subject;
  /** Null for an empty one that is looked for by its name: it is not created where it is not there (R20). */
  readonly remoteId: string | null;
  readonly displayName: string;
}

/** A group that was refused before: nothing is asked of the target. */
export interface RefuseGroup extends Omit<RefuseUser, 'kind'> {
  readonly kind: 'refuseGroup';
}

/** A create may have gone through under this name: the group is looked for. */
export interface FindGroup {
  readonly kind: 'findGroup';
  readonly subject: Subject;
  readonly displayName: string;
}

export interface RenameGroup {
  readonly kind: 'renameGroup';
  readonly subject: Subject;
  readonly remoteId: string;
  readonly before: string;
  readonly after: string;
  /** A name for the time being, so that groups can swap theirs (R23). */
  readonly interim: boolean;
}

export interface ChangeMembers {
  readonly kind: 'changeMembers';
  readonly subject: Subject;
  /** Null in a plan for a group that is still to be created. */
  readonly remoteId: string | null;
  readonly add: readonly Member[];
  readonly remove: readonly Member[];
}

export interface DeleteGroup {
  readonly kind: 'deleteGroup';
  readonly subject: Subject;
  readonly remoteId: string;
}

export type UserStep = CreateUser | FindUser | UpdateUser | RemoveUser | RefuseUser;

export type GroupStep = CreateGroup | TakeOverGroup | FindGroup | RenameGroup | ChangeMembers | DeleteGroup;

/** One thing to do to the target, or that it refused before, as plain JSON. */
export type Step = UserStep | GroupStep | RefuseGroup;

export type StepKind = Step['kind'];

export const stepKinds = [
  'createUser',
  'findUser',
  'updateUser',
  'reactivateUser',
  'deactivateUser',
  'deleteUser',
  'refuseUser',
  'createGroup',
  'takeOverGroup',
  'findGroup',
  'renameGroup',
  'changeMembers',
  'deleteGroup',
  'refuseGroup',
] as const satisfies readonly StepKind[];

/** Why a user is to be deactivated or deleted in the target. */
export const leavingReasons = ['deleted', 'suspended', 'staged', 'unassigned', 'moving'] as const;
export type LeavingReason = (typeof leavingReasons)[number];
