/** Facts for tests of the core: a user, a group and their links as they usually are, with what a test wants different. */
import { segment } from '../../src/connectors/segment.ts';
import { compileMapping } from '../../src/provisioning/desired.ts';
import type { UserRules } from '../../src/provisioning/plan-user.ts';
import type {
  DirectoryUser,
  GroupFacts,
  GroupLink,
  Member,
  UserFacts,
  UserLink,
} from '../../src/provisioning/facts.ts';

export const mapping = compileMapping(segment.behaviour.mapping);

export const ada: DirectoryUser = {
  id: 'u-ada',
  username: 'ada@acme.test',
  email: 'ada@acme.test',
  firstname: 'Ada',
  lastname: 'Lovelace',
  displayname: null,
  state: 'active',
  attributes: {},
};

export const ADA = 'Ada Lovelace (ada@acme.test)';

/** What the target holds of Ada when everything is in line. */
export const adaValues = {
  userName: 'ada@acme.test',
  'emails[type eq "work"].value': 'ada@acme.test',
  displayName: 'Ada Lovelace',
};

export function userLink(changed: Partial<UserLink> = {}): UserLink {
  return {
    remoteId: 'r-ada',
    state: 'active',
    accepted: adaValues,
    notAccepted: {},
    inFlight: null,
    managed: true,
    kept: false,
    moving: false,
    troubled: false,
    ...changed,
  };
}

/** Ada, assigned and not in the target yet. */
export function userFacts(changed: Partial<UserFacts> = {}): UserFacts {
  return { id: ada.id, name: ADA, user: ada, bound: true, link: null, ...changed };
}

export function userRules(changed: Partial<UserRules['users']> = {}, holder?: string): UserRules {
  return {
    paths: new Set(segment.behaviour.mapping.map((row) => row.target)),
    users: { ...segment.behaviour.users, ...changed },
    holderOf: () => (holder === undefined ? undefined : { name: holder }),
  };
}

export function groupLink(changed: Partial<GroupLink> = {}): GroupLink {
  return {
    remoteId: 'r-eng',
    state: 'active',
    displayName: 'Eng',
    notAccepted: {},
    inFlight: null,
    takeOver: false,
    troubled: false,
    ...changed,
  };
}

/** A bound group named Eng that has members and is not in the target yet. */
export function groupFacts(changed: Partial<GroupFacts> = {}): GroupFacts {
  return {
    id: 'g-0000eng1',
    name: 'Eng',
    group: { id: 'g-0000eng1', name: 'Eng' },
    bound: true,
    populated: true,
    link: null,
    whole: false,
    add: [],
    remove: [],
    nameHeldBy: null,
    ...changed,
  };
}

export function member(name: string, remoteId: string | null = `r-${name}`): Member {
  return { userId: `u-${name}`, name, remoteId };
}
