/** What an administrator does at random: one change each, as a request and as what it does to the model. */
import type { History } from './history.ts';
import { changeTeam, removePerson, setPerson, without, withAll, type Model, type Person } from './model.ts';
import type { Random } from './random.ts';

/** Ids that the directory gave, by our keys. */
export type Ids = ReadonlyMap<string, string>;

export interface Change {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The records that it touches. Changes that share none may be asked for at once, in any order. */
  readonly touches: readonly string[];
  readonly apply: (model: Model) => void;
  /** The keys of the records that it makes, in the order in which the answer has their ids. */
  readonly makes?: readonly string[];
  /** Once it is known to have been accepted. */
  readonly remember?: () => void;
}

export interface Directory {
  readonly model: Model;
  readonly ids: Ids;
  readonly history: History;
  readonly applicationId: string;
}

/** Groups of this kind stay bound and take names from one another (R23); the others are bound and unbound (R24). */
const TRADING = 's';
const ROAMING = 'b';

const isTrading = (key: string): boolean => key.startsWith(TRADING);

type Maker = (directory: Directory, random: Random) => Change | undefined;

const FIRST_NAMES = ['Ada', 'Bo', 'Chen', 'Dana', 'Eli', 'Faye', 'Gil', 'Hana', 'Ivo', 'Jun', 'Kaï', 'Łucja'];

function newPerson(key: string, email: string, random: Random): Person {
  const state = random.chance(0.1) ? 'staged' : 'active';
  const firstname = random.pick(FIRST_NAMES) ?? '';
  return { username: email, email, firstname, lastname: `Number ${key}`, state };
}

/** A user as the API takes it; the key goes with it, so that a reader finds whose record it is. */
const inputOf = (key: string, person: Person): object => ({ ...person, attributes: { key } });

/** A long run is about as large in its last round as in its first. */
const MOST_PEOPLE = 250;
const MOST_TEAMS = 12;

function hire({ model, history }: Directory, random: Random): Change | undefined {
  if (model.people.size >= MOST_PEOPLE) return undefined;
  const key = `u${history.number()}`;
  const person = newPerson(key, `${key}@acme.test`, random);
  return {
    method: 'POST',
    path: '/users',
    body: inputOf(key, person),
    touches: [key],
    makes: [key],
    apply: (model) => setPerson(model, key, person),
    remember: () => history.hasAddress(key, person.email),
  };
}

/** Somebody who left comes back as a new record, and into the account of old (R10). */
const rehire: Maker = ({ history }, random) => {
  const email = random.pick(history.retired);
  if (email === undefined) return undefined;
  const key = `u${history.number()}`;
  const person = newPerson(key, email, random);
  return {
    method: 'POST',
    path: '/users',
    body: inputOf(key, person),
    touches: [key, email],
    makes: [key],
    apply: (model) => setPerson(model, key, person),
    remember: () => {
      history.hasAddress(key, email);
      history.rehire(key, email);
    },
  };
};

/** Many at once, into some groups: all or nothing. */
function hireMany({ model, history }: Directory, random: Random): Change {
  const teams = random.some([...model.teams.keys()], 2);
  const names = teams.flatMap((team) => model.teams.get(team)?.name ?? []);
  const people = Array.from({ length: random.whole(5, 20) }, () => {
    const key = `u${history.number()}`;
    return { key, person: newPerson(key, `${key}@acme.test`, random) };
  });
  const keys = people.map(({ key }) => key);
  return {
    method: 'POST',
    path: '/users/bulk',
    body: { users: people.map(({ key, person }) => ({ ...inputOf(key, person), groups: names })) },
    touches: [...keys, ...teams],
    makes: keys,
    apply: (after) => {
      for (const { key, person } of people) setPerson(after, key, person);
      for (const team of teams)
        changeTeam(after, team, (before) => ({ ...before, members: withAll(before.members, keys) }));
    },
    remember: () => people.forEach(({ key, person }) => history.hasAddress(key, person.email)),
  };
}

const hireManyMore: Maker = (directory, random) =>
  directory.model.people.size >= MOST_PEOPLE ? undefined : hireMany(directory, random);

function patchOf(directory: Directory, key: string, patch: Partial<Person>): Change | undefined {
  const { model, ids, history } = directory;
  const before = model.people.get(key);
  const id = ids.get(key);
  if (before === undefined || id === undefined) return undefined;
  return {
    method: 'PATCH',
    path: `/users/${id}`,
    body: patch,
    touches: [key],
    apply: (after) => setPerson(after, key, { ...before, ...patch }),
    remember: () => history.hasAddress(key, patch.email ?? before.email),
  };
}

const someone = ({ model }: Directory, random: Random): string => random.pick([...model.people.keys()]) ?? '';

const changeState: Maker = (directory, random) => {
  const key = someone(directory, random);
  const isActive = directory.model.people.get(key)?.state === 'active';
  return patchOf(directory, key, { state: isActive ? 'suspended' : 'active' });
};

const rename: Maker = (directory, random) => {
  const firstname = `${random.pick(FIRST_NAMES) ?? ''} ${random.whole(1, 99)}`;
  return patchOf(directory, someone(directory, random), { firstname });
};

const changeAddress: Maker = (directory, random) => {
  const key = someone(directory, random);
  const email = `${key}.n${directory.history.number()}@acme.test`;
  return patchOf(directory, key, { email, username: email });
};

/** Many at once, in one transaction: some leave, some come back, some get another name. */
const changeMany: Maker = ({ model }, random) => {
  const keys = random.some([...model.people.keys()], random.whole(10, 40));
  const changed = keys.flatMap((key) => {
    const before = model.people.get(key);
    if (before === undefined) return [];
    const state = random.chance(0.7) ? 'active' : 'suspended';
    const firstname = random.chance(0.5) ? before.firstname : `${random.pick(FIRST_NAMES) ?? ''} the Other`;
    return [{ key, person: { ...before, state, firstname } as const }];
  });
  if (changed.length === 0) return undefined;
  return {
    method: 'POST',
    path: '/users/bulk?existing=update',
    body: { users: changed.map(({ key, person }) => inputOf(key, person)) },
    touches: changed.map(({ key }) => key),
    apply: (after) => changed.forEach(({ key, person }) => setPerson(after, key, person)),
  };
};

const fire: Maker = (directory, random) => {
  const { model, ids, history } = directory;
  const key = someone(directory, random);
  const id = ids.get(key);
  const email = model.people.get(key)?.email;
  if (id === undefined || email === undefined) return undefined;
  return {
    method: 'DELETE',
    path: `/users/${id}`,
    // Their memberships go with them.
    touches: [key, ...model.teams.keys()],
    apply: (after) => removePerson(after, key),
    remember: () => history.retire(email),
  };
};

const move: Maker = ({ model, ids }, random) => {
  const key = random.pick([...model.teams.keys()]) ?? '';
  const id = ids.get(key);
  const team = model.teams.get(key);
  if (id === undefined || team === undefined) return undefined;
  const known = (keys: readonly string[]): string[] => keys.filter((one) => ids.has(one));
  const outside = [...model.people.keys()].filter((one) => !team.members.has(one));
  const joining = known(random.some(outside, random.whole(0, 8)));
  const leaving = known(random.some([...team.members], random.whole(0, 6)));
  const idsOf = (keys: readonly string[]): string[] => keys.flatMap((one) => ids.get(one) ?? []);
  return {
    method: 'POST',
    path: `/groups/${id}/members`,
    body: { add: idsOf(joining), remove: idsOf(leaving) },
    touches: [key, ...joining, ...leaving],
    apply: (after) =>
      changeTeam(after, key, (before) => ({
        ...before,
        members: withAll(without(before.members, leaving), joining),
      })),
  };
};

const addTeam: Maker = (directory, random) =>
  directory.model.teams.size >= MOST_TEAMS
    ? undefined
    : newTeam(directory, random.chance(0.5) ? TRADING : ROAMING);

function newTeam({ history }: Directory, kind: string): Change {
  const key = `${kind}${history.number()}`;
  const name = `Team ${key}`;
  return {
    method: 'POST',
    path: '/groups',
    body: { name, description: key },
    touches: [key, name],
    makes: [key],
    apply: ({ teams }) => teams.set(key, { name, bound: false, members: new Set() }),
    remember: () => history.hasName(key, name),
  };
}

const someTeam = ({ model }: Directory, random: Random): string => random.pick([...model.teams.keys()]) ?? '';

/** A name of its own, or one that another group has given up, which that one may still have in the target. */
const renameTeam: Maker = (directory, random) => {
  const { model, ids, history } = directory;
  const key = someTeam(directory, random);
  const id = ids.get(key);
  if (id === undefined) return undefined;
  const used = new Set([...model.teams.values()].map(({ name }) => name));
  const free = isTrading(key) ? history.namesOf(isTrading).filter((name) => !used.has(name)) : [];
  const name = (random.chance(0.7) ? random.pick(free) : undefined) ?? `Team ${key} n${history.number()}`;
  return {
    method: 'PATCH',
    path: `/groups/${id}`,
    body: { name },
    touches: [key, name],
    apply: (after) => changeTeam(after, key, (before) => ({ ...before, name })),
    remember: () => history.hasName(key, name),
  };
};

const removeTeam: Maker = (directory, random) => {
  const key = someTeam(directory, random);
  const id = directory.ids.get(key);
  if (id === undefined || directory.model.teams.size < 5) return undefined;
  return {
    method: 'DELETE',
    path: `/groups/${id}`,
    touches: [key],
    apply: ({ teams }) => teams.delete(key),
  };
};

const bind: Maker = (directory, random) => rebind(directory, someTeam(directory, random));

/** Bound where it is not, and unbound where it is. */
function rebind({ model, ids, history, applicationId }: Directory, key: string): Change | undefined {
  const id = ids.get(key);
  const team = model.teams.get(key);
  if (id === undefined || team === undefined || (team.bound && isTrading(key))) return undefined;
  const bound = !team.bound;
  return {
    method: 'POST',
    path: `/applications/${applicationId}/groups`,
    body: bound ? { add: [id] } : { remove: [id] },
    touches: [key],
    apply: (after) => changeTeam(after, key, (before) => ({ ...before, bound })),
    remember: () => (bound ? undefined : history.release(key)),
  };
}

/** How often each is done, out of all of them together. */
const MAKERS: readonly (readonly [number, Maker])[] = [
  [14, hire],
  [4, hireManyMore],
  [6, changeMany],
  [6, rehire],
  [14, changeState],
  [10, rename],
  [6, changeAddress],
  [14, fire],
  [36, move],
  [3, addTeam],
  [6, renameTeam],
  [2, removeTeam],
  [6, bind],
];

function makerOf(random: Random): Maker {
  let left = random.share() * MAKERS.reduce((sum, [weight]) => sum + weight, 0);
  const found = MAKERS.find(([weight]) => (left -= weight) < 0);
  return found?.[1] ?? hire;
}

/** Up to `count` changes that may be asked for at once. */
export function makeChanges(directory: Directory, random: Random, count: number): Change[] {
  const touched = new Set<string>();
  const changes: Change[] = [];
  for (let tries = 0; tries < count * 3 && changes.length < count; tries += 1) {
    const change = makerOf(random)(directory, random);
    if (change === undefined || change.touches.some((one) => touched.has(one))) continue;
    change.touches.forEach((one) => touched.add(one));
    changes.push(change);
  }
  return changes;
}

/** The company on its first day, in the order in which it comes to be: groups, people in them, bindings. */
export function* firstChanges(directory: () => Directory, random: Random): Generator<Change> {
  const each = { [TRADING]: 4, [ROAMING]: 3 };
  for (const [kind, count] of Object.entries(each))
    for (let at = 0; at < count; at += 1) yield newTeam(directory(), kind);
  for (let at = 0; at < 4; at += 1) yield hireMany(directory(), random);
  for (const key of [...directory().model.teams.keys()]) {
    const change = rebind(directory(), key);
    if (change !== undefined) yield change;
  }
}
