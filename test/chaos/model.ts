/** What the directory should hold: every change that it accepted, and nothing else. Records have keys of ours, which renames leave alone. */

export interface Person {
  readonly username: string;
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly state: 'staged' | 'active' | 'suspended';
}

export interface Team {
  readonly name: string;
  readonly bound: boolean;
  readonly members: ReadonlySet<string>;
}

export interface Model {
  readonly people: Map<string, Person>;
  readonly teams: Map<string, Team>;
}

/**
 * The directory as single facts, which can be compared one by one: `user u1` → its fields, `group s1` → its name, `bound s1`,
 * `member s1 u1`.
 */
export type Facts = ReadonlyMap<string, string>;

export const emptyModel = (): Model => ({ people: new Map(), teams: new Map() });

export const copyOf = ({ people, teams }: Model): Model => ({
  people: new Map(people),
  teams: new Map(teams),
});

const textOf = ({ username, email, firstname, lastname, state }: Person): string =>
  JSON.stringify([username, email, firstname, lastname, state]);

export function factsOf({ people, teams }: Model): Facts {
  const facts = new Map<string, string>();
  for (const [key, person] of people) facts.set(`user ${key}`, textOf(person));
  for (const [key, { name, bound, members }] of teams) {
    facts.set(`group ${key}`, name);
    if (bound) facts.set(`bound ${key}`, 'yes');
    for (const member of members) facts.set(`member ${key} ${member}`, 'yes');
  }
  return facts;
}

/** The names of the facts in which two differ. */
export function differing(one: Facts, other: Facts): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name));
}

export function setPerson(model: Model, key: string, person: Person): void {
  model.people.set(key, person);
}

export function changeTeam(model: Model, key: string, change: (team: Team) => Team): void {
  const team = model.teams.get(key);
  if (team !== undefined) model.teams.set(key, change(team));
}

/** Who leaves the directory leaves every group. */
export function removePerson(model: Model, key: string): void {
  model.people.delete(key);
  for (const [team, { members }] of model.teams)
    if (members.has(key))
      changeTeam(model, team, (before) => ({ ...before, members: without(before.members, [key]) }));
}

export const withAll = (members: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> =>
  new Set([...members, ...more]);

export const without = (members: ReadonlySet<string>, less: readonly string[]): ReadonlySet<string> =>
  new Set([...members].filter((member) => !less.includes(member)));
