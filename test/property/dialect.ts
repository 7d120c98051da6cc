/**
 * How a target talks, and how it is talked to, as far as that must make no difference to what it holds in the end: which requests the
 * connection is set to send, and how the target answers them. The first of each is what shrinking ends at.
 */
import fc from 'fast-check';
import type { Settings } from '../../src/connectors/settings.ts';

export interface Dialect {
  readonly behaviour: NonNullable<Settings['behaviour']>;
  /** Of the sandbox. */
  readonly toggles: Readonly<Record<string, unknown>>;
}

/** What both sides must agree on. */
interface Agreed {
  /** Whether the target finds by filter, and is asked so. */
  readonly filter: boolean;
  /** The most members in one request, or none. */
  readonly membersPerRequest: number;
  /** How members are taken out of a group. */
  readonly memberRemoval: 'filter' | 'array';
}

const anyAgreed = fc.record<Agreed>({
  filter: fc.constantFrom(true, false),
  membersPerRequest: fc.constantFrom(100, 1, 2),
  memberRemoval: fc.constantFrom('filter', 'array'),
});

const anyAsking = fc.record({
  users: fc.record({
    update: fc.constantFrom('patch', 'put'),
    match: fc.constantFrom('lookup', 'create'),
    deprovision: fc.constantFrom('deactivate', 'delete'),
  }),
  groups: fc.record({
    update: fc.constantFrom('patch', 'put'),
    createWithMembers: fc.constantFrom(false, true),
    unknownMembers: fc.constantFrom('remove', 'keep'),
  }),
});

const anyAnswering = fc.record({
  ids: fc.constantFrom('string', 'number'),
  memberless: fc.constantFrom('by-id', 'gone'),
  rejoinedId: fc.constantFrom('same', 'new'),
  knownAccount: fc.constantFrom(201, 200),
  activeMember: fc.constantFrom('conflict', 'ok'),
  groupNamesUnique: fc.constantFrom(true, false),
  createGroupWithMembers: fc.constantFrom('accepted', 'ignored'),
  unknownMember: fc.constantFrom('reject', 'not-found', 'ignore'),
  emptyMembers: fc.constantFrom('array', 'null', 'absent'),
  booleans: fc.constantFrom('boolean', 'string'),
  patchAnswer: fc.constantFrom(200, 204),
  groupPatchAnswer: fc.constantFrom(204, 200),
  totalResults: fc.constantFrom('present', 'absent'),
  pageSize: fc.constantFrom(100, 3),
});

/**
 * Whether somebody who comes back may be given their account anew: one that is joined shows the display name of then, which a target
 * that keeps it is not asked to change again (R15).
 */
export function joinsAgain({ behaviour, toggles }: Dialect): boolean {
  return behaviour.users?.deprovision === 'delete' || toggles['memberless'] === 'gone';
}

export const anyDialect: fc.Arbitrary<Dialect> = fc
  .tuple(anyAgreed, anyAsking, anyAnswering)
  .map(([{ filter, membersPerRequest, memberRemoval }, { users, groups }, answering]) => ({
    behaviour: { filter, users, groups: { ...groups, membersPerRequest, memberRemoval } },
    toggles: {
      ...answering,
      arrayRemoval: memberRemoval === 'array' ? 'remove' : 'reject',
      // A group that is sent whole is sent whole, whatever its size.
      membersPerRequest: groups.update === 'patch' ? membersPerRequest : 0,
      filter: filter ? 'honoured' : 'ignored',
    },
  }));

const oneIn = (times: number): fc.Arbitrary<boolean> =>
  fc.nat({ max: times - 1 }).map((at) => at === times - 1);

/**
 * The same where nobody but Rollcall has a hand in the target. Only there a model can say who is in a group that does not show its members,
 * and what is left of those whose accounts are left to them.
 */
export const anyDialectAlone: fc.Arbitrary<Dialect> = fc
  .tuple(anyDialect, oneIn(4), oneIn(8))
  .map(([{ behaviour, toggles }, hidesMembers, leaves]) => ({
    behaviour: {
      ...behaviour,
      users: { ...behaviour.users, ...(leaves && { deprovision: 'leave' as const }) },
      groups: { ...behaviour.groups, membersReadable: !hidesMembers },
    },
    toggles,
  }));

/** Whether nothing becomes of whoever stops being assigned. */
export const leavesEverybody = ({ behaviour }: Dialect): boolean => behaviour.users?.deprovision === 'leave';
