/** What is written down of a record for which nothing is sent. */
import { isAssigned } from './desired.ts';
import { groupLinkOf } from './group-link.ts';
import { whyItWaits } from './group-name.ts';
import { breakUpList, endOfList, type ListedMembers } from './listed-members.ts';
import type { GroupAttempt } from './outcome-group.ts';
import { userSettlement } from './outcome-user.ts';
import type { RecordError, Settlement } from './settlement.ts';
import type { GroupFacts, UserFacts } from './facts.ts';
import { userLinkOf } from './user-link.ts';

/**
 * A user for whom there is nothing to do: an error that no longer holds goes, and a link to nothing. Who is assigned is no
 * longer kept against the directory (R46), nor moved from an account that is right by now (R15), also where nothing had to be sent.
 */
export function settleUserNothing(facts: UserFacts, generation: string): Settlement {
  return userSettlement(facts, generation, { next: { do: 'done' }, link: linkOfNothing(facts) });
}

function linkOfNothing(facts: UserFacts): Settlement['link'] {
  const { link } = facts;
  if (link === null) return undefined;
  if (link.state === 'absent' && link.inFlight === null) return 'forget';
  const assigned = isAssigned(facts);
  if (!link.troubled && !(assigned && (link.kept || link.moving))) return undefined;
  return userLinkOf(facts, {
    inFlight: link.inFlight,
    endsKept: assigned,
    endsMoving: assigned && link.moving,
  });
}

/** A group that is left alone: only its mark is answered, so that whatever else is open about it stays so (R7). */
export function settleLeftAlone({ id }: Pick<GroupFacts, 'id'>, generation: string): Settlement {
  return { kind: 'group', subjectId: id, generation, next: { do: 'done' } };
}

/** What was looked at of a group's members, and whether there is more. */
export interface LookedAt extends Pick<GroupAttempt, 'marks' | 'listed'> {
  readonly more: boolean;
}

/** A group for which there is nothing to do, or nothing yet: its marks are answered, an error that no longer holds goes. */
export function settleGroupNothing(
  facts: GroupFacts,
  generation: string,
  { marks, listed, more }: LookedAt,
): Settlement {
  const members =
    marks.length === 0 ? {} : { members: { added: [], removed: [], refused: [], answered: marks } };
  const { link: known } = facts;
  // What may have become of members whose turn comes later is not made sure of yet (R42).
  const isSettled = !more && known !== null && (known.remoteId !== null || known.inFlight === null);
  const link =
    isSettled && (known.troubled || known.inFlight !== null) ? { link: groupLinkOf(facts, {}) } : {};
  const next = { do: more ? 'continue' : 'done' } as const;
  return { kind: 'group', subjectId: facts.id, generation, next, ...endOfList(listed), ...members, ...link };
}

/** A group that waits until another one has given its name up (R23); where that one is refused another, nothing is left to do. */
export function settleWaiting(
  facts: GroupFacts,
  generation: string,
  delayMs: number,
  listed: ListedMembers | null,
): Settlement {
  const error: RecordError = { ...whyItWaits(facts), retrying: facts.nameHeldBy?.refused == null };
  const link =
    facts.link === null ? {} : { link: groupLinkOf(facts, { error, inFlight: facts.link.inFlight }) };
  const marked = listed === null ? {} : breakUpList(listed);
  return {
    kind: 'group',
    subjectId: facts.id,
    generation,
    next: { do: 'later', delayMs },
    ...link,
    ...marked,
  };
}
