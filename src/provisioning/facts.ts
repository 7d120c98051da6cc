/**
 * Facts: what the directory and the links say of a user or a group, and all that the core is told.
 *
 * Provisioning is the core. `desired` turns facts into what an application should hold, `handsoff` takes out of the wish what must
 * be left alone, `diff` compares, `plan-user` and `plan-group` turn the difference into steps (`steps`), `brake` refuses dangerous
 * plans, `explain` says a step in a sentence. All of it is pure: no clock, no randomness, no IO. Loading facts and sending steps
 * belong to `reconcile/`.
 */
import type { UserFields } from '../directory/user.ts';

/** One attribute's value in a target. An attribute without a value is absent from its record. */
export type Value = string | number | boolean;

/** What a record is, or should be, in the target: values by SCIM attribute path, as the mapping names them. */
export type Values = Readonly<Record<string, Value>>;

/** A user as the directory knows them. */
export interface DirectoryUser extends UserFields {
  readonly id: string;
}

/** What stands for "no value" where a removal was sent; the mapping leaves empty values out, so that it is no other's. */
export const NO_VALUE = '';

/** What is provisioned: what a mark, a link and a settlement are about. */
export type RecordKind = 'user' | 'group';

/** Whether a target holds a record. A group is never `inactive`. */
export type LinkState = 'absent' | 'active' | 'inactive';

/** A value that the target answered success to, and did not take (R15). */
export interface NotAccepted {
  /** `NO_VALUE` where the value was to go. */
  readonly sent: Value;
  readonly kept: Value;
  /** An administrator has seen it and chose to keep the target's value. */
  readonly chosen?: boolean;
}

/** What we know of one directory user in one application. */
export interface UserLink {
  readonly remoteId: string | null;
  readonly state: LinkState;
  /** What the target last accepted. */
  readonly accepted: Values;
  readonly notAccepted: Readonly<Record<string, NotAccepted>>;
  /**
   * What was sent and not answered, so that it may have been done (R42): the `userName` of a create while there is no
   * `remoteId`, the kind of the step where there is one.
   */
  readonly inFlight: string | null;
  /** False for an imported account whose user was never assigned: it is left alone until they are (R34). See `store/managed.ts`. */
  readonly managed: boolean;
  /** An administrator rejected their leaving: the account is kept against the directory until they are assigned again (R46). */
  readonly kept: boolean;
  /** An administrator chose a new account: the one that is there is left behind first (R15). */
  readonly moving: boolean;
  /** An error is recorded on it. */
  readonly troubled: boolean;
}

/** Everything that decides what one user should be in one application. */
export interface UserFacts {
  readonly id: string;
  /** What to call them in a sentence, also when the directory has forgotten them. */
  readonly name: string;
  /** Null when deleted from the directory. */
  readonly user: DirectoryUser | null;
  /** Member of at least one group that is bound to the application. */
  readonly bound: boolean;
  readonly link: UserLink | null;
}

/** What we know of one directory group in one application. */
export interface GroupLink {
  readonly remoteId: string | null;
  readonly state: LinkState;
  readonly displayName: string | null;
  readonly notAccepted: Readonly<Record<string, NotAccepted>>;
  /** As for a user: the name of a create, or the kind of a step to a group that is there. */
  readonly inFlight: string | null;
  /** What it holds is to be read, and to become the directory's, before anything else: it was left, and is bound again (R24). */
  readonly takeOver: boolean;
  /** An error is recorded on it. */
  readonly troubled: boolean;
}

/** A member as a step names them: `remoteId` is null while the target does not hold them yet (R26). */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly remoteId: string | null;
}

/** Everything that decides what one group should be in one application. */
export interface GroupFacts {
  readonly id: string;
  readonly name: string;
  /** Null when deleted from the directory. */
  readonly group: { readonly id: string; readonly name: string } | null;
  /** Bound to the application. */
  readonly bound: boolean;
  /** At least one member is assigned to the application. */
  readonly populated: boolean;
  readonly link: GroupLink | null;
  /** Its whole membership is to be compared: that of an empty one too, if the target has it (R21). */
  readonly whole: boolean;
  /** Memberships to add and to remove: the difference, not the whole. */
  readonly add: readonly Member[];
  readonly remove: readonly Member[];
  readonly nameHeldBy: NameHolder | null;
}

/** Another group that Rollcall manages in the target and that still has the name wanted here (R23). */
export interface NameHolder {
  readonly id: string;
  readonly name: string;
  /** It waits, itself or through others, for the name that this group has. */
  readonly waitsForThis: boolean;
  /** The one for whom this group waits in the end, where the target refused that one its new name: what it `wants`, if anything. */
  readonly refused: { readonly wants: string | null } | null;
}
