/**
 * Whether Segment holds exactly what the directory asks for, worked out without the engine: the directory is read over the
 * API, Segment over the sandbox's `/_control`, and the two are compared.
 */
import { readMembers, type DirectoryGroup, type DirectoryUser } from './demo-directory.ts';
import type { JsonClient } from './demo-http.ts';
import type { SandboxState } from './demo-sandbox.ts';

/** What the directory asks for. People are named by their `userName` in Segment, which is an email address. */
export interface Wanted {
  /** Each person's name by userName. */
  readonly people: ReadonlyMap<string, string>;
  /** The members of each bound group by its name; an empty one is in here too. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What is in Segment without the directory asking for it, and rightly so. */
export interface LeftAlone {
  /** userNames of people in the workspace who are none of the directory's business. */
  readonly bystanders: Set<string>;
  /** Groups that were unbound: as they were then. */
  readonly groups: Map<string, ReadonlySet<string>>;
  /** userNames of those whose own name in Segment stays, because only they can change it there. */
  readonly ownNames: Set<string>;
}

/** Nothing yet. */
export const leftAlone = (): LeftAlone => ({ bystanders: new Set(), groups: new Map(), ownNames: new Set() });

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The userName that a person needs in Segment: the username where it is an email address, or the company email. */
const userNameOf = ({ username, email }: DirectoryUser): string | null =>
  EMAIL.test(username) ? username : email;

const nameOf = ({ firstname, lastname }: DirectoryUser): string =>
  `${firstname ?? ''} ${lastname ?? ''}`.trim();

/** Reads what the directory asks for where these groups are bound. */
export async function readWanted(api: JsonClient, bound: readonly DirectoryGroup[]): Promise<Wanted> {
  const people = new Map<string, string>();
  const groups = new Map<string, ReadonlySet<string>>();
  for (const { id, name } of bound) {
    const entitled = (await readMembers(api, id)).filter(({ state }) => state === 'active');
    const members = new Set<string>();
    for (const user of entitled) {
      const userName = userNameOf(user);
      // Segment knows nobody without an email address: such a user is refused before anything is sent.
      if (userName === null) continue;
      people.set(userName, nameOf(user));
      members.add(userName);
    }
    groups.set(name, members);
  }
  return { people, groups };
}

/** The members of each of Segment's groups by its name. */
export const heldGroups = (held: SandboxState): Map<string, ReadonlySet<string>> =>
  new Map(
    held.groups.map(({ displayName, members }) => [
      displayName,
      new Set(members.map(({ userName }) => userName)),
    ]),
  );

const without = (some: Iterable<string>, others: { has: (one: string) => boolean }): string[] =>
  [...some].filter((one) => !others.has(one));

function twice(what: string, names: readonly string[]): string[] {
  const again = names.filter((name, at) => names.indexOf(name) !== at);
  return again.map((name) => `Segment holds two ${what} called ${name}.`);
}

function comparePeople(wanted: Wanted, held: SandboxState, left: LeftAlone): string[] {
  const names = new Map(held.members.map(({ userName, displayName }) => [userName, displayName]));
  const expected = new Set([...wanted.people.keys(), ...left.bystanders]);
  const renamed = [...wanted.people].filter(
    ([userName, name]) => names.has(userName) && names.get(userName) !== name && !left.ownNames.has(userName),
  );
  return [
    ...without(expected, names).map((userName) => `${userName} is missing in Segment.`),
    ...without(names.keys(), expected).map((userName) => `${userName} is in Segment and should not be.`),
    ...renamed.map(
      ([userName, name]) => `${userName} is "${names.get(userName) ?? ''}" in Segment, not "${name}".`,
    ),
  ];
}

function compareGroups(wanted: Wanted, held: SandboxState, left: LeftAlone): string[] {
  const groups = heldGroups(held);
  const expected = new Map([...wanted.groups, ...left.groups]);
  const differences = without(groups.keys(), expected).map(
    (name) => `The group ${name} is in Segment and should not be.`,
  );
  for (const [name, members] of expected) {
    const there = groups.get(name);
    // An empty group is not created in the target, but one that became empty stays (R20).
    if (there === undefined && members.size > 0) differences.push(`The group ${name} is missing in Segment.`);
    if (there === undefined) continue;
    for (const one of without(members, there)) differences.push(`${one} is missing in the group ${name}.`);
    for (const one of without(there, members))
      differences.push(`${one} is in the group ${name} and should not be.`);
  }
  return differences;
}

/** Every difference, a sentence each; empty where Segment holds exactly what it should. Pure. */
export function compare(wanted: Wanted, held: SandboxState, left: LeftAlone): string[] {
  return [
    ...twice(
      'people',
      held.members.map(({ userName }) => userName),
    ),
    ...twice(
      'groups',
      held.groups.map(({ displayName }) => displayName),
    ),
    ...comparePeople(wanted, held, left),
    ...compareGroups(wanted, held, left),
  ];
}
