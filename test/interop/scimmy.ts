/**
 * SCIMMY (npm `scimmy`, `scimmy-routers`, on express 4) as a target. The protocol is all its own: parsing, filters, PATCH,
 * lists, errors. Ours is the glue that every user of it writes: a map to store in, names compared without case, tokens.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { z } from 'zod';
import { listenOnLoopback } from './http.ts';
import { loadPackage } from './packages.ts';
import type { Backdoor, Provider, Target, World } from './target.ts';

const userSchema = z.looseObject({
  id: z.string(),
  userName: z.string(),
  displayName: z.string().optional(),
  active: z.boolean().optional(),
  emails: z.array(z.object({ value: z.string() })).default([]),
});

const groupSchema = z.looseObject({
  id: z.string(),
  displayName: z.string(),
  members: z.array(z.object({ value: z.string() })).default([]),
});

type Stored = z.infer<typeof userSchema> | z.infer<typeof groupSchema>;
type Record = { id: string } & { [name: string]: unknown };

/** What one tenant holds. */
interface Store {
  readonly users: Map<string, Record>;
  readonly groups: Map<string, Record>;
}

/** What SCIMMY gives a handler: the id and the filter of the request. */
interface Asked {
  readonly id?: string;
  readonly filter?: { match: (records: readonly Record[]) => Record[] };
}

interface Declared {
  ingress: (handle: (asked: Asked, data: object, store: Store) => Record) => Declared;
  egress: (handle: (asked: Asked, store: Store) => Record | Record[]) => Declared;
  degress: (handle: (asked: Asked, store: Store) => void) => Declared;
}

interface Library {
  readonly SCIMMY: {
    readonly Resources: {
      readonly User: Declared;
      readonly Group: Declared;
      readonly declare: (resource: Declared) => Declared;
    };
    readonly Types: {
      readonly Error: new (status: number, scimType: string | null, message: string) => Error;
    };
  };
  readonly default: new (options: {
    readonly type: 'bearer';
    readonly handler: (request: Request) => void;
    readonly context: (request: Request) => Store;
  }) => object;
}

interface Request {
  readonly headers: { readonly authorization?: string };
}

type Express = () => RequestListener & { use: (path: string, router: object) => void };

const isFunction = (value: unknown): boolean => typeof value === 'function';
const librarySchema = z.custom<Library>(
  (value) =>
    z.looseObject({ SCIMMY: z.custom(isFunction), default: z.custom(isFunction) }).safeParse(value).success,
);
const expressSchema = z.custom<Express>(isFunction);

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

/** A resource of SCIMMY over a map; `nameTaken` says no to a second record of a name. */
function declare(
  { SCIMMY }: Library,
  resource: Declared,
  recordsOf: (store: Store) => Map<string, Record>,
  nameTaken: (record: Record, others: Iterable<Record>) => boolean,
): void {
  const found = (asked: Asked, store: Store): Record => {
    const record = recordsOf(store).get(asked.id ?? '');
    if (record === undefined) throw new SCIMMY.Types.Error(404, null, `Resource ${asked.id ?? ''} not found`);
    return record;
  };
  SCIMMY.Resources.declare(resource)
    .ingress((asked, data, store) => {
      const id = asked.id === undefined ? randomUUID() : found(asked, store).id;
      const record: Record = {
        ...z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(data))),
        id,
      };
      const others = [...recordsOf(store).values()].filter((other) => other.id !== id);
      if (nameTaken(record, others)) throw new SCIMMY.Types.Error(409, 'uniqueness', 'The name is taken');
      recordsOf(store).set(id, record);
      return record;
    })
    .egress((asked, store) => {
      if (asked.id !== undefined) return found(asked, store);
      const all = [...recordsOf(store).values()];
      return asked.filter?.match(all) ?? all;
    })
    .degress((asked, store) => void recordsOf(store).delete(found(asked, store).id));
}

function routes(library: Library, stores: ReadonlyMap<string, Store>): RequestListener {
  const { SCIMMY } = library;
  declare(
    library,
    SCIMMY.Resources.User,
    (store) => store.users,
    (user, others) => [...others].some((other) => lower(other['userName']) === lower(user['userName'])),
  );
  declare(
    library,
    SCIMMY.Resources.Group,
    (store) => store.groups,
    () => false,
  );
  const storeOf = ({ headers }: Request): Store => {
    const store = stores.get(headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (store === undefined) throw new Error('The token is not known');
    return store;
  };
  const app = expressSchema.parse(loadPackage('express'))();
  const Routers = library.default;
  app.use(
    '/scim/v2',
    new Routers({ type: 'bearer', handler: (request) => void storeOf(request), context: storeOf }),
  );
  return app;
}

const usersOf = (store: Store) => [...store.users.values()].map((user) => userSchema.parse(user));
const groupsOf = (store: Store) => [...store.groups.values()].map((group) => groupSchema.parse(group));

function backdoor(store: Store): Backdoor {
  const put = (records: Map<string, Record>, record: Stored): string => {
    records.set(record.id, record);
    return record.id;
  };
  return {
    addUser: (userName) => put(store.users, { id: randomUUID(), userName, active: true, emails: [] }),
    addGroup: (displayName, ids) =>
      put(store.groups, { id: randomUUID(), displayName, members: ids.map((value) => ({ value })) }),
    editUser: (id, change) => {
      put(store.users, { ...userSchema.parse(store.users.get(id)), ...change });
    },
    removeUser: (id) => {
      store.users.delete(id);
    },
    removeMember: (groupId, memberId) => {
      const group = groupSchema.parse(store.groups.get(groupId));
      put(store.groups, { ...group, members: group.members.filter(({ value }) => value !== memberId) });
    },
  };
}

function worldOf(store: Store, baseUrl: string, token: string): World {
  return {
    baseUrl,
    token,
    users: () =>
      usersOf(store).map(({ id, userName, displayName, active, emails }) => ({
        id,
        userName,
        displayName,
        email: emails[0]?.value,
        active: active ?? false,
      })),
    groups: () =>
      groupsOf(store).map(({ id, displayName, members }) => ({
        id,
        displayName,
        members: members.map(({ value }) => value).sort(),
      })),
    ...backdoor(store),
  };
}

async function start(): Promise<Provider> {
  const stores = new Map<string, Store>();
  const server = createServer(routes(librarySchema.parse(loadPackage('scimmy-routers')), stores));
  const { origin, close } = await listenOnLoopback(server);
  return {
    open: () => {
      const [token, store]: [string, Store] = [randomUUID(), { users: new Map(), groups: new Map() }];
      stores.set(token, store);
      return Promise.resolve(worldOf(store, `${origin}/scim/v2`, token));
    },
    close,
  };
}

export const scimmy: Target = {
  name: 'SCIMMY',
  start,
  behaviour: {},
  patchRemovesEmails: true,
  membersReadable: true,
  updatesGroupsBy: ['put', 'patch'],
};
