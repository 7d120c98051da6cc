/** What is to be done for one group in one application, step by step in the order in which the steps are to be sent. */
import type { GroupFacts, GroupLink, GroupStep, Refusal, Subject } from './types.ts';

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
  return steps.filter((step) => step !== null);
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

/**
 * Whether a group has to wait because another managed group still has its name, and there is nothing to do for it until
 * that one has moved on.
 */
export function waitsForName({ group, link, nameHeldBy, ...facts }: GroupFacts): boolean {
  if (group === null || nameHeldBy === null) return false;
  return link?.remoteId == null ? facts.populated : link.displayName === asideName(facts.id, group.name);
}

/** Why a group has to wait for its name; without the holder's name where nobody knows it. */
export function nameHeld(name: string, holder = 'another group that Rollcall manages'): Refusal {
  return {
    code: 'name-held',
    message: `The name "${name}" still belongs to ${holder} in the application. It is taken as soon as that group has been renamed or deleted there.`,
  };
}

function planExistence(facts: GroupFacts, wanted: string): GroupStep | null {
  const { link } = facts;
  if (waitsForName(facts)) return null;
  if (link === null || link.remoteId === null) return facts.populated ? create(facts, link, wanted) : null;
  const isNamed = link.displayName === wanted || link.notAccepted['displayName']?.sent === wanted;
  if (isNamed && link.inFlight !== 'renameGroup') return null;
  return rename(facts, link.remoteId, link.displayName ?? '', wanted);
}

/**
 * A group is always asked for by name before it is created: the target may have one to take over (R21). Where an earlier
 * create may have gone through under another name, that group is looked for first (R42).
 */
function create(facts: GroupFacts, link: GroupLink | null, displayName: string): GroupStep {
  const lost = link?.inFlight ?? null;
  if (lost !== null && lost !== displayName)
    return { kind: 'findGroup', subject: subjectOf(facts), displayName: lost };
  return { kind: 'createGroup', subject: subjectOf(facts), displayName };
}

/**
 * A name that another managed group still has is not free yet. This group steps aside to a name of its own, so that the
 * other one can take the name that this one leaves: any chain and any swap ends right, in any order (R23).
 */
function rename(facts: GroupFacts, remoteId: string, before: string, wanted: string): GroupStep {
  const subject = subjectOf(facts);
  if (facts.nameHeldBy === null)
    return { kind: 'renameGroup', subject, remoteId, before, after: wanted, interim: false };
  return {
    kind: 'renameGroup',
    subject,
    remoteId,
    before,
    after: asideName(facts.id, wanted),
    interim: true,
  };
}

/** A name for the time being that no other group has. */
export function asideName(id: string, wanted: string): string {
  return `${wanted} (renaming ${id.slice(-8)})`;
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
