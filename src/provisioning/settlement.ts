/** What came of a step: the record that a settle writes. Plain data; the store writes it, the log shows it. */
import type { Next } from './next.ts';
import type { LinkState, NotAccepted, RecordKind, Value, Values } from './facts.ts';
import type { Change, Refusal, Subject } from './steps.ts';

/** Who changed what, kept with a mark and shown with every operation that follows from it (R48). */
export interface Cause {
  /** For example `user.updated`, `group.membersChanged`, `application.activated`. */
  readonly action: string;
  /** Who did it: `api key demo`, `command line`, `import`. */
  readonly actor: string;
  /** The one group that was changed, bound or unbound, as it was called then. */
  readonly group?: { readonly id: string; readonly name: string };
  /** The id of the API request, where there was one. */
  readonly requestId?: string;
  /** The place of that request in its trace (`traceparent`, W3C Trace Context), where traces are exported. */
  readonly trace?: string;
  /** When the change was made, as its mark has it: ISO 8601. */
  readonly at?: string;
}

/** What a target said of a failure. */
export interface Failure extends Refusal {
  readonly said?: string;
  readonly status?: number;
  readonly scimType?: string;
}

/** Why a record is not as it should be, in our words and in the target's. */
export interface RecordError extends Failure {
  /** True where it will be tried again by itself. */
  readonly retrying: boolean;
}

/** Something that only an administrator can decide (R15). */
export interface Attention {
  readonly code: 'identifier-not-accepted';
  readonly message: string;
  readonly sent: Value;
  readonly kept: Value;
}

/** A link as a settle leaves it. */
export interface LinkWrite {
  /** The link when the record was claimed; null where there was none. What a step left as it was may have been found otherwise meanwhile. */
  readonly claimed: Pick<LinkWrite, 'remoteId' | 'state' | 'accepted'> | null;
  readonly name: string;
  readonly remoteId: string | null;
  readonly state: LinkState;
  /** `userName` or group name, lower case. */
  readonly key: string | null;
  readonly accepted: Values;
  readonly notAccepted: Readonly<Record<string, NotAccepted>>;
  readonly error: RecordError | null;
  readonly attention: Attention | null;
  /** What may have been done although no answer came: see `UserLink.inFlight`. */
  readonly inFlight: string | null;
  /** Of a group: what it is called was found out, so that it is written. */
  readonly isNamed?: boolean;
  /** Ends `kept`: the user is assigned again. */
  readonly endsKept: boolean;
  /** Ends `moving`: the old account is left behind. */
  readonly endsMoving: boolean;
}

/** What came of one record's step. */
export interface Settlement {
  readonly kind: RecordKind;
  readonly subjectId: string;
  readonly generation: string;
  readonly next: Next;
  /** A new link, `forget` to drop it, or nothing where it stays as it is. */
  readonly link?: LinkWrite | 'forget' | undefined;
  /** A user came into the target: their memberships are looked at again (R13, R26). */
  readonly joined?: boolean | undefined;
  /** A user left the target: `dropped` where their memberships went with them. */
  readonly left?: 'dropped' | 'kept' | undefined;
  readonly members?: MemberWrites;
  /** The group's whole membership is to be compared next. */
  readonly whole?: boolean | undefined;
  /** The list of a comparison is done with; whoever is left of it is in `members.marked`. */
  readonly listDone?: boolean | undefined;
  readonly event?: EventWrite | undefined;
}

/** A mark on a membership of a group, as it was read. */
export interface MembershipMark {
  readonly userId: string;
  readonly generation: string;
}

/** A membership that the target refused; whether the account of that remote id is there still is to be found out (R16). */
export interface MemberRefused {
  readonly userId: string;
  readonly error: RecordError;
  readonly doubted?: string | undefined;
}

/** Memberships of one group that were settled. */
export interface MemberWrites {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly refused: readonly MemberRefused[];
  /** Marks that are done with, at the generation that was read. */
  readonly answered: readonly MembershipMark[];
  /** Who was on the list of a comparison and is still to be looked at: each gets a mark. */
  readonly marked?: readonly string[];
  /** The group is new, taken over or lost: what was accepted before is replaced by `added`. */
  readonly fresh?: boolean;
}

/** One request and its answer, without secrets; bodies are cut to a readable length. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly request?: unknown;
  readonly status?: number;
  readonly response?: string;
  readonly error?: string;
  readonly durationMs: number;
}

export const eventOutcomes = ['done', 'later', 'again', 'refused', 'stopped'] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

/** One line of the provisioning log (R48). */
export interface EventWrite {
  readonly subject: Subject | { readonly kind: 'application'; readonly id: string; readonly name: string };
  readonly operation: string;
  readonly outcome: EventOutcome;
  readonly sentence: string;
  readonly changes?: readonly Change[] | undefined;
  readonly exchanges?: readonly Exchange[];
  readonly durationMs?: number;
  readonly attempt?: number;
  /** Counts against the brake's hour (R46). */
  readonly deactivation?: boolean | undefined;
  readonly cause?: Cause | null;
}
