/** What is to be done for one group in one application, step by step in the order in which the steps are to be sent. */
import { isNamed, nameBefore, nameNow, waitsForName } from './group-name.ts';
import type { GroupFacts, GroupLink } from './facts.ts';
import type { GroupStep, Subject } from './steps.ts';

/** The rules of one application that decide about groups. */
export interface GroupRules {
  /** R7: off leaves groups and memberships in the target as they are. */
  readonly groupManagement: boolean;
}

/** The steps for a group; empty when the target is as it should be, or is to be left alone. */
export function planGroup(facts: GroupFacts, rules: GroupRules): GroupStep[] {
  if (!rules.groupManagement) return [];
  if (facts.group === null) return planDeleted(facts);
  if (!facts.bound) return [];
  const steps = [planExistence(facts, facts.group.name), planMembers(facts)];
  if (comeMembersFirst(facts.link)) steps.reverse();
  return [planTakeOver(facts), ...steps].filter((step) => step !== null);
}

/** The target has the group, and nobody knows what it holds by now: that comes before anything else. */
export function isToBeTakenOver(link: GroupLink | null): boolean {
  return link !== null && link.remoteId !== null && link.takeOver;
}

/**
 * An empty group is looked for when its whole membership is to be compared, as after its binding, and after it was refused: nobody is to
 * stay in one that the target has already (R21).
 */
export function isSought({
  populated,
  link,
  whole,
  nameHeldBy,
}: Pick<GroupFacts, 'populated' | 'link' | 'whole' | 'nameHeldBy'>): boolean {
  if (populated || nameHeldBy !== null || (link !== null && link.inFlight !== null)) return false;
  return whole || link?.troubled === true;
}

/** A change of members was sent and not answered: the members in question are said again, as they should be (R42). */
export function mayHaveChangedMembers(link: GroupLink | null): boolean {
  return link !== null && link.remoteId !== null && link.inFlight === 'changeMembers';
}

/**
 * Who has access comes before what a group that is there is called: a name that the target refuses keeps nobody in, and nobody
 * out. A rename that may have been done is made sure of first: a change of members would take its place in what is in flight (R42).
 */
function comeMembersFirst(link: GroupLink | null): boolean {
  return link !== null && link.remoteId !== null && link.inFlight !== 'renameGroup';
}

function planDeleted({ link, ...facts }: GroupFacts): GroupStep[] {
  if (link === null) return [];
  const subject = subjectOf(facts);
  if (link.remoteId !== null) return [{ kind: 'deleteGroup', subject, remoteId: link.remoteId }];
  return link.inFlight === null ? [] : [{ kind: 'findGroup', subject, displayName: link.inFlight }];
}

function planExistence(facts: GroupFacts, wanted: string): GroupStep | null {
  const { id, link } = facts;
  if (waitsForName(facts)) return null;
  if (link === null || link.remoteId === null) {
    if (facts.populated) return create(facts, link, wanted);
    return isSought(facts) ? takeOver(facts, null, wanted) : findLost(facts, link);
  }
  const before = link.displayName ?? '';
  const after = nameNow(facts, before, wanted);
  if (isNamed(link, after, wanted)) return null;
  const interim = nameBefore(id, after) !== null;
  return { kind: 'renameGroup', subject: subjectOf(facts), remoteId: link.remoteId, before, after, interim };
}

function planTakeOver(facts: GroupFacts): GroupStep | null {
  const { link, name } = facts;
  return isToBeTakenOver(link) ? takeOver(facts, link?.remoteId ?? null, link?.displayName ?? name) : null;
}

function takeOver(facts: GroupFacts, remoteId: string | null, displayName: string): GroupStep {
  return { kind: 'takeOverGroup', subject: subjectOf(facts), remoteId, displayName };
}

/**
 * A group is always asked for by name before it is created: the target may have one to take over (R21). Where an earlier
 * create may have gone through under another name, that group is looked for first (R42).
 */
function create(facts: GroupFacts, link: GroupLink | null, displayName: string): GroupStep {
  const find = link?.inFlight === displayName ? null : findLost(facts, link);
  return find ?? { kind: 'createGroup', subject: subjectOf(facts), displayName };
}

/** A create that may have gone through before everybody left: the group is there then, with them in it (R20, R42). */
function findLost(facts: GroupFacts, link: GroupLink | null): GroupStep | null {
  const lost = link?.inFlight ?? null;
  return lost === null ? null : { kind: 'findGroup', subject: subjectOf(facts), displayName: lost };
}

function planMembers(facts: GroupFacts): GroupStep | null {
  const { link, add, remove } = facts;
  if (add.length === 0 && remove.length === 0) return null;
  if (link?.remoteId == null && (!facts.populated || facts.nameHeldBy !== null)) return null;
  return { kind: 'changeMembers', subject: subjectOf(facts), remoteId: link?.remoteId ?? null, add, remove };
}

function subjectOf(facts: Pick<GroupFacts, 'id' | 'name'>): Subject {
  return { kind: 'group', id: facts.id, name: facts.name };
}
