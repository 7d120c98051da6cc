/**
 * What a group is to be called in the target now. A name that another managed group still has is not free yet: a group waits until
 * that one has moved on. Where that one waits for this one in turn, one of them steps aside to a name of its own, so that the other can take
 * the name that it leaves: any chain and any ring ends right, in any order (R23).
 *
 * Whoever stepped aside and waits for a group that the target refuses to rename goes back to the name before: a name for the time
 * being holds the name before in itself, so that nothing has to be remembered, and no lost answer can lose it.
 */
import { nameKey } from '../name-key.ts';
import type { GroupFacts, GroupLink } from './facts.ts';
import type { Refusal } from './steps.ts';

/** The code of the error of a group that waits for its name. */
export const NAME_HELD = 'name-held';

const suffix = (id: string): string => ` (renaming ${id.slice(-8)})`;

/** A name for the time being that no other group has. */
export const asideName = (id: string, before: string): string => before + suffix(id);

/** The name that a group had before it stepped aside; null where it did not. */
export function nameBefore(id: string, displayName: string | null): string | null {
  return displayName?.endsWith(suffix(id)) === true ? displayName.slice(0, -suffix(id).length) : null;
}

type Naming = Pick<GroupFacts, 'id' | 'nameHeldBy'>;

/** What a group that is there is to be called now; what it is called already, where it can only wait. */
export function nameNow({ id, nameHeldBy }: Naming, current: string, wanted: string): string {
  if (nameHeldBy === null) return wanted;
  const { refused, waitsForThis } = nameHeldBy;
  const before = nameBefore(id, current);
  if (before === null) return waitsForThis && refused === null ? asideName(id, current) : current;
  // Nobody else wants the name before than the one that was refused: it is nobody's still.
  return refused?.wants != null && nameKey(refused.wants) === nameKey(before) ? before : current;
}

/** Whether the target has, or has refused to take, the name that a group is to have now. A rename that may have been done is said again (R42). */
export function isNamed(link: GroupLink, name: string, wanted: string): boolean {
  if (link.inFlight === 'renameGroup') return false;
  const sent = link.notAccepted['displayName']?.sent;
  return link.displayName === name || sent === name || sent === wanted;
}

/** Whether a group has to wait because another managed group still has its name, and there is nothing to do for it until then. */
export function waitsForName(facts: GroupFacts): boolean {
  const { group, link, nameHeldBy, populated } = facts;
  if (group === null || nameHeldBy === null) return false;
  if (link === null || link.remoteId === null) return populated;
  return isNamed(link, nameNow(facts, link.displayName ?? '', group.name), group.name);
}

/** Why a group has to wait for its name; without the holder's name where nobody knows it. */
export function nameHeld(name: string, holder = 'another group that Rollcall manages'): Refusal {
  return {
    code: NAME_HELD,
    message: `The name "${name}" still belongs to ${holder} in the application. It is taken as soon as that group has been renamed or deleted there.`,
  };
}

/** The same of a group that is known to wait, and what it is called meanwhile where that is a name for the time being. */
export function whyItWaits({ id, name, link, nameHeldBy }: GroupFacts): Refusal {
  const held = nameHeld(name, nameHeldBy?.name);
  if (nameHeldBy === null || nameHeldBy.refused === null) return held;
  const message = `The name "${name}" still belongs to ${nameHeldBy.name} in the application, because a group that has to give way was refused its new name there. Correct the error shown for that group, or give one of them another name.`;
  return { ...held, message: message + calledMeanwhile(id, link?.displayName ?? null) };
}

/** For an administrator who finds a name in the application that nobody gave; empty where there is none. */
export function calledMeanwhile(id: string, displayName: string | null): string {
  return nameBefore(id, displayName) === null
    ? ''
    : ` Until then the group is called "${displayName}" there.`;
}
