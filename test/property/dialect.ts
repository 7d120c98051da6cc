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
}

const anyAgreed = fc.record<Agreed>({
  filter: fc.constantFrom(true, false),
  membersPerRequest: fc.constantFrom(100, 1, 2),
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
  }),
});

const anyAnswering = fc.record({
  ids: fc.constantFrom('string', 'number'),
  memberless: fc.constantFrom('by-id', 'gone'),
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
  .map(([{ filter, membersPerRequest }, { users, groups }, answering]) => ({
    behaviour: { filter, users, groups: { ...groups, membersPerRequest } },
    toggles: {
      ...answering,
      // A group that is sent whole is sent whole, whatever its size.
      membersPerRequest: groups.update === 'patch' ? membersPerRequest : 0,
      filter: filter ? 'honoured' : 'ignored',
    },
  }));
