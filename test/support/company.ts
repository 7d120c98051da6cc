/** A company in a story: its people and groups in the directory, and one application, all through the HTTP API. */
import { z } from 'zod';
import { made, type Answer, type Method } from './api.ts';
import type { TestRollcall } from './rollcall.ts';
import { until } from './scene.ts';
import { emailOf, type Asked, type Segment } from './segment.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Company {
  readonly applicationId: string;
  /** Calls the API; fails where it refuses. */
  readonly call: (method: Method, path: string, body?: unknown) => Promise<unknown>;
  /** The same below the application's address. */
  readonly ask: (method: Method, path: string, body?: unknown) => Promise<unknown>;
  /** Below the application's address, with whatever the API answers. */
  readonly tries: (method: Method, path: string, body?: unknown) => Promise<Answer>;
  readonly userId: (name: string) => string;
  readonly groupId: (name: string) => string;
  /** Somebody new, in these groups. */
  readonly hires: (name: string, groups?: readonly string[], fields?: Fields) => Promise<void>;
  readonly changes: (name: string, fields: Fields) => Promise<void>;
  readonly suspends: (...names: readonly string[]) => Promise<void>;
  readonly reinstates: (...names: readonly string[]) => Promise<void>;
  readonly dismisses: (name: string) => Promise<void>;
  /** A new group, not bound yet. */
  readonly founds: (name: string, members?: readonly string[]) => Promise<void>;
  readonly adds: (group: string, ...names: readonly string[]) => Promise<void>;
  readonly removes: (group: string, ...names: readonly string[]) => Promise<void>;
  /** The group keeps its first name in the story. */
  readonly renames: (group: string, name: string) => Promise<void>;
  readonly dissolves: (group: string) => Promise<void>;
  readonly binds: (...groups: readonly string[]) => Promise<void>;
  readonly unbinds: (...groups: readonly string[]) => Promise<void>;
  readonly configures: (change: Fields) => Promise<void>;
  readonly activates: () => Promise<void>;
  readonly deactivates: () => Promise<void>;
  readonly resumes: () => Promise<void>;
  /** Waits until nothing is left to do. */
  readonly untilIdle: () => Promise<void>;
  /** Does something, waits until nothing is left to do, and tells what was asked of Segment meanwhile. */
  readonly sends: (work: () => Promise<unknown>) => Promise<readonly Asked[]>;
  /** What a plan would send, counted. */
  readonly plans: () => Promise<Readonly<Record<string, number>>>;
  readonly status: () => Promise<z.infer<typeof statusSchema>>;
  /** What is known of somebody in the application. */
  readonly account: (name: string) => Promise<unknown>;
  readonly linkedGroup: (name: string) => Promise<unknown>;
}

const statusSchema = z.looseObject({
  state: z.string(),
  failed: z.number(),
  held: z.number(),
  idle: z.boolean(),
});
const planSchema = z.looseObject({ summary: z.record(z.string(), z.number()) });

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** What the directory says of somebody of whom a story says no more than the name. */
export function person(name: string): Fields {
  const email = emailOf(name);
  return { username: email, email, firstname: capitalized(name), lastname: 'Test' };
}

/** The routes of requests; only those to one kind of record where it is given. */
export const routes = (asked: readonly Asked[], noun: '/Users' | '/Groups' | '' = ''): string[] =>
  asked.map(({ route }) => route).filter((route) => route.includes(noun));

/** The routes of requests, without the mere questions. */
export const writes = (asked: readonly Asked[]): string[] =>
  routes(asked).filter((route) => !route.startsWith('GET '));

/** The body of a request that has one. */
export function bodyOf(asked: Asked | undefined): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(asked?.requestBody ?? 'null'));
}

/** Calls the API; fails where it refuses. */
export async function call(
  rollcall: TestRollcall,
  method: Method,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await rollcall.api(method, path, body);
  if (answer.status >= 400)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Ids by the names that a story uses. */
export type Ids = Map<string, string>;

function idIn(ids: Ids, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`There is no ${name} in this story.`);
  return id;
}

/** The company around an application that exists, with the people that it has so far. */
export function companyOf(
  rollcall: TestRollcall,
  segment: Segment,
  applicationId: string,
  userIds: Ids,
): Company {
  const groupIds: Ids = new Map();
  const path = (rest: string): string => `/applications/${applicationId}${rest}`;
  const userId = (name: string): string => idIn(userIds, name);
  const groupId = (name: string): string => idIn(groupIds, name);
  const api = (method: Method, to: string, body?: unknown) => call(rollcall, method, to, body);
  const ask: Company['ask'] = (method, rest, body) => api(method, path(rest), body);
  const act = async (action: string): Promise<void> => {
    await ask('POST', `/identity-management/${action}`);
  };
  const each = async (names: readonly string[], fields: Fields): Promise<void> => {
    for (const name of names) await api('PATCH', `/users/${userId(name)}`, fields);
  };
  const members = async (group: string, change: Fields): Promise<void> => {
    await api('POST', `/groups/${groupId(group)}/members`, change);
  };
  const bindings = async (change: Fields): Promise<void> => {
    await ask('POST', '/groups', change);
  };
  const status = async () => statusSchema.parse(await ask('GET', '/status'));
  const plans = async () => planSchema.parse(await ask('GET', '/plan')).summary;
  const untilIdle = () => until('nothing is left to do', async () => (await status()).idle);
  const company: Company = {
    applicationId,
    call: api,
    ask,
    tries: (method, rest, body) => rollcall.api(method, path(rest), body),
    userId,
    groupId,
    hires: async (name, groups = [], fields = {}) => {
      userIds.set(name, await made({ call: rollcall.api }, '/users', { ...person(name), ...fields }));
      for (const group of groups) await company.adds(group, name);
    },
    changes: (name, fields) => each([name], fields),
    suspends: (...names) => each(names, { state: 'suspended' }),
    reinstates: (...names) => each(names, { state: 'active' }),
    dismisses: async (name) => {
      await api('DELETE', `/users/${userId(name)}`);
    },
    founds: async (name, names = []) => {
      groupIds.set(name, await made({ call: rollcall.api }, '/groups', { name }));
      if (names.length > 0) await company.adds(name, ...names);
    },
    adds: (group, ...names) => members(group, { add: names.map(userId) }),
    removes: (group, ...names) => members(group, { remove: names.map(userId) }),
    renames: async (group, name) => {
      await api('PATCH', `/groups/${groupId(group)}`, { name });
    },
    dissolves: async (group) => {
      await api('DELETE', `/groups/${groupId(group)}`);
    },
    binds: (...groups) => bindings({ add: groups.map(groupId) }),
    unbinds: (...groups) => bindings({ remove: groups.map(groupId) }),
    configures: async (change) => {
      await ask('PATCH', '/identity-management', change);
    },
    activates: () => act('activate'),
    deactivates: () => act('deactivate'),
    resumes: () => act('resume'),
    untilIdle,
    sends: async (work) => {
      const before = await segment.now();
      await work();
      await untilIdle();
      return segment.asked(before);
    },
    plans,
    status,
    account: (name) => ask('GET', `/users/${userId(name)}`),
    linkedGroup: (name) => ask('GET', `/linked-groups/${groupId(name)}`),
  };
  return company;
}
