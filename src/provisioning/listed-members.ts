/** What becomes of the list that a comparison of a group's whole membership put on its mark. */
import type { MemberWrites, Settlement } from './settlement.ts';

/** The members on such a list. */
export interface ListedMembers {
  /** Whom this step answers. */
  readonly now: readonly string[];
  /** Whose turn comes after it. */
  readonly rest: readonly string[];
}

const NO_MEMBERS: MemberWrites = { added: [], removed: [], refused: [], answered: [] };

/** After a step that answered everybody whom it named: the list is done with where nobody is left on it. */
export const endOfList = (listed: ListedMembers | null): Pick<Settlement, 'listDone'> =>
  listed === null || listed.rest.length > 0 ? {} : { listDone: true };

/** The list ends before everybody was `answered`: whoever was not gets a mark of their own. `members` is what is written of the others. */
export function breakUpList(
  { now, rest }: ListedMembers,
  members: MemberWrites = NO_MEMBERS,
  answered: ReadonlySet<string> = new Set(),
): Pick<Settlement, 'listDone' | 'members'> {
  const marked = [...now.filter((id) => !answered.has(id)), ...rest];
  return { listDone: true, members: { ...members, marked } };
}
