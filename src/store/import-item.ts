/** The items of an import as a batch works on them, and what became of them. */
import type { FieldError } from '../errors.ts';
import type { ImportDecision } from '../provisioning/import-decision.ts';
import type { ImportedPerson } from '../provisioning/imported-person.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { ImportOutcome } from './imports.ts';

/** The import whose turn it is. */
export interface Turn {
  readonly id: string;
  readonly applicationId: string;
  readonly label: string;
  readonly userState: 'staged' | 'active';
  readonly cause: Cause;
}

export interface Item {
  readonly remoteId: string;
  /** The account's name when it was chosen, as in `remote_resources`; null of imports that an older release began. */
  readonly key: string | null;
  readonly person: ImportedPerson;
}

/** Directory users who have the username or email of an account. */
export type Matches = readonly { readonly id: string; readonly name: string }[];

/** What a batch makes of an item. */
export type Settled = Exclude<ImportOutcome, 'cancelled'>;

export interface Result {
  readonly remoteId: string;
  readonly outcome: Settled;
  readonly userId: string | null;
  readonly errors: readonly FieldError[] | null;
  readonly name: string;
}

/** An item for which that was decided. */
export type Decided<D extends ImportDecision['do']> = Item & {
  readonly decision: Extract<ImportDecision, { do: D }>;
};

const calledBy = ({ person, remoteId }: Item): string => person.username ?? person.displayname ?? remoteId;

/** A person who was imported: created, or linked to a user who was there. */
export const resultOf = (item: Item, outcome: Settled, userId: string, name = calledBy(item)): Result => ({
  remoteId: item.remoteId,
  outcome,
  userId,
  errors: null,
  name,
});

/** A person who could not be imported, and why. */
export const failed = (item: Item, errors: readonly FieldError[]): Result => ({
  remoteId: item.remoteId,
  outcome: 'failed',
  userId: null,
  errors,
  name: calledBy(item),
});
