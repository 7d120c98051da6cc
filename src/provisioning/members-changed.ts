/** What came of changing a group's members, one by one, and how it is told. */
import { count } from '../count.ts';
import type { Failure, RecordError } from './settlement.ts';

/** Memberships that the target accepted or refused, by directory user. */
export interface MembersChanged {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Who could not be added. */
  readonly refused: readonly RefusedMember[];
  /** Who could not be removed, and is in the group still. */
  readonly stuck: readonly RefusedMember[];
}

export interface RefusedMember {
  readonly userId: string;
  readonly name: string;
  readonly failure: Failure;
  /** The remote id of an account that the target does not show as an active one: that may be why it was refused. */
  readonly doubted?: string;
}

/**
 * Everybody whose membership was answered, well or badly, where the others were interrupted. Who could not be removed is tried again
 * with those: that they are in still is the group's error, and the interruption takes its place.
 */
export const answeredIds = ({ added, removed, refused }: MembersChanged): Set<string> =>
  new Set([...added, ...removed, ...refused.map((one) => one.userId)]);

/** Of a group with somebody whom the target refused to take out. */
export const REMOVAL_REFUSED = 'removal-refused';

/** Somebody who keeps access that they should not have is the group's error, until nobody of that kind is in it. */
export function removalRefused(stuck: readonly RefusedMember[]): RecordError | null {
  const [first] = stuck;
  if (first === undefined) return null;
  const names = stuck.map((one) => one.name).slice(0, 5);
  const message = `The application refused to remove ${names.join(', ')}${stuck.length > names.length ? ' and others' : ''} from the group: ${first.failure.message}`;
  return { ...first.failure, code: REMOVAL_REFUSED, message, retrying: false };
}

/** Whom the application refused and why, to be put behind a sentence: at most five by name; nothing where it refused nobody. */
export function refusedInWords(refused: readonly RefusedMember[]): string {
  const first = refused[0];
  if (first === undefined) return '';
  const names = refused
    .map((one) => one.name)
    .slice(0, 5)
    .join(', ');
  return `; the application refused ${refused.length === 1 ? names : `${count(refused.length, 'member')} (${names})`}: ${first.failure.message}`;
}

/** What became of members whom the directory does not know: how many were taken out, or why they are in the group still. */
export function strangersInWords(takenOut: number, stuck: Failure | undefined): string {
  if (stuck !== undefined)
    return `; members that the directory does not know are in it still: ${stuck.message}`;
  if (takenOut === 0) return '';
  return `; ${count(takenOut, 'member')} that the directory does not know ${takenOut === 1 ? 'was' : 'were'} taken out`;
}
