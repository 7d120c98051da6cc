/**
 * The directory sync of npm `@boxyhq/saml-jackson` (the SCIM server inside Ory Polis) as a target, with its engine in
 * memory. It shows no members, so that what it holds is told by the events that it sends to its own application.
 */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { listenOnLoopback } from './http.ts';
import { loadPackage } from './packages.ts';
import type { Backdoor, Provider, SeenUser, Target, World } from './target.ts';

interface ScimQuestion {
  readonly method: string;
  readonly directoryId: string;
  readonly apiSecret: string;
  readonly resourceType: string;
  readonly resourceId: string | undefined;
  readonly body: unknown;
  readonly query: {
    readonly filter: string | undefined;
    readonly startIndex: number | undefined;
    readonly count: number | undefined;
  };
}

interface ScimAnswer {
  readonly status: number;
  readonly data: unknown;
}

interface DirectorySync {
  readonly directories: {
    readonly create: (directory: {
      readonly tenant: string;
      readonly product: string;
      readonly name: string;
      readonly type: 'generic-scim-v2';
    }) => Promise<{ readonly data: unknown }>;
  };
  readonly groups: {
    readonly setTenantAndProduct: (tenant: string, product: string) => void;
    readonly create: (group: {
      directoryId: string;
      name: string;
      raw: object;
    }) => Promise<{ data: unknown }>;
  };
  readonly requests: {
    readonly handle: (asked: ScimQuestion, tell: (event: unknown) => Promise<void>) => Promise<ScimAnswer>;
  };
}

type Controllers = (options: object) => Promise<{
  readonly directorySyncController: DirectorySync;
  readonly close: () => Promise<void>;
}>;

const librarySchema = z.looseObject({
  controllers: z.custom<Controllers>((value) => typeof value === 'function'),
});

const directorySchema = z.looseObject({ id: z.string(), scim: z.looseObject({ secret: z.string() }) });
const withIdSchema = z.looseObject({ id: z.string() });
const userData = z.looseObject({
  id: z.string(),
  active: z.boolean(),
  raw: z.looseObject({
    userName: z.string(),
    displayName: z.string().optional(),
    emails: z.array(z.looseObject({ value: z.string().optional() })).default([]),
  }),
});
const groupData = z.looseObject({ id: z.string(), name: z.string() });

const eventSchema = z.discriminatedUnion('event', [
  z.looseObject({ event: z.enum(['user.created', 'user.updated', 'user.deleted']), data: userData }),
  z.looseObject({ event: z.enum(['group.created', 'group.updated', 'group.deleted']), data: groupData }),
  z.looseObject({
    event: z.enum(['group.user_added', 'group.user_removed']),
    data: userData.extend({ group: groupData }),
  }),
]);

/** What its application would know from the events. */
class Oracle {
  readonly users = new Map<string, SeenUser>();
  readonly groups = new Map<string, { displayName: string; members: Set<string> }>();

  hear(told: unknown): void {
    const event = eventSchema.parse(told);
    switch (event.event) {
      case 'user.deleted':
        this.users.delete(event.data.id);
        return;
      case 'user.created':
      case 'user.updated':
        this.users.set(event.data.id, seenUser(event.data));
        return;
      case 'group.deleted':
        this.groups.delete(event.data.id);
        return;
      case 'group.created':
      case 'group.updated':
        this.groupOf(event.data.id).displayName = event.data.name;
        return;
      case 'group.user_added':
        this.groupOf(event.data.group.id).members.add(event.data.id);
        return;
      case 'group.user_removed':
        this.groupOf(event.data.group.id).members.delete(event.data.id);
    }
  }

  groupOf(id: string): { displayName: string; members: Set<string> } {
    const group = this.groups.get(id) ?? { displayName: '', members: new Set() };
    this.groups.set(id, group);
    return group;
  }
}

function seenUser({ id, active, raw }: z.infer<typeof userData>): SeenUser {
  return { id, userName: raw.userName, displayName: raw.displayName, email: raw.emails[0]?.value, active };
}

/** One directory of it, which is one tenant. */
class Directory {
  readonly #sync: DirectorySync;
  readonly #id: string;
  readonly #tenant: string;
  readonly secret: string;
  readonly oracle = new Oracle();

  constructor(sync: DirectorySync, tenant: string, { id, scim }: z.infer<typeof directorySchema>) {
    this.#sync = sync;
    this.#tenant = tenant;
    this.#id = id;
    this.secret = scim.secret;
  }

  get path(): string {
    return `/scim/v2.0/${this.#id}`;
  }

  ask(asked: Omit<ScimQuestion, 'directoryId'>): Promise<ScimAnswer> {
    return this.#sync.requests.handle({ ...asked, directoryId: this.#id }, (event) => {
      this.oracle.hear(event);
      return Promise.resolve();
    });
  }

  /** As its own application would ask; answers the id. */
  async write(
    method: string,
    resourceType: string,
    resourceId: string | undefined,
    body: unknown,
  ): Promise<string> {
    const query = { filter: undefined, startIndex: undefined, count: undefined };
    const answer = await this.ask({ method, resourceType, resourceId, body, query, apiSecret: this.secret });
    if (answer.status > 299) throw new Error(`${method} ${resourceType}: ${answer.status}`);
    return z.looseObject({ id: z.string().default('') }).parse(answer.data).id;
  }

  /** Past its SCIM door, which knows no two groups of one name. */
  async addGroup(displayName: string): Promise<string> {
    this.#sync.groups.setTenantAndProduct(this.#tenant, PRODUCT);
    const raw = { displayName, members: [] };
    const { data } = await this.#sync.groups.create({ directoryId: this.#id, name: displayName, raw });
    const { id } = withIdSchema.parse(data);
    this.oracle.groupOf(id).displayName = displayName;
    return id;
  }
}

const PRODUCT = 'interop';

function backdoor(directory: Directory): Backdoor {
  const change = (operations: object[]) => ({ Operations: operations });
  const replace = (path: string, value: unknown) => ({ op: 'replace', path, value });
  return {
    addUser: (userName) =>
      directory.write('POST', 'Users', undefined, { userName, active: true, emails: [{ value: userName }] }),
    addGroup: async (displayName, ids) => {
      const id = await directory.addGroup(displayName);
      const members = ids.map((value) => ({ value }));
      await directory.write('PATCH', 'Groups', id, change([{ op: 'add', path: 'members', value: members }]));
      return id;
    },
    editUser: async (id, edits) => {
      const operations = Object.entries(edits).map(([path, value]) => replace(path, value));
      await directory.write('PATCH', 'Users', id, change(operations));
    },
    removeUser: async (id) => {
      await directory.write('DELETE', 'Users', id, undefined);
    },
    removeMember: async (groupId, memberId) => {
      const operation = { op: 'remove', path: 'members', value: [{ value: memberId }] };
      await directory.write('PATCH', 'Groups', groupId, change([operation]));
    },
  };
}

function worldOf(directory: Directory, origin: string): World {
  const { oracle, path, secret } = directory;
  return {
    baseUrl: origin + path,
    token: secret,
    users: () => [...oracle.users.values()],
    groups: () =>
      [...oracle.groups].map(([id, { displayName, members }]) => ({
        id,
        displayName,
        members: [...members].sort(),
      })),
    ...backdoor(directory),
  };
}

const count = (value: string | null): number | undefined => (value === null ? undefined : Number(value));

/** The route that its guide shows: takes the request apart, and hands it on. */
async function answer(directories: readonly Directory[], request: IncomingMessage): Promise<ScimAnswer> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const directory = directories.find(({ path }) => url.pathname.startsWith(`${path}/`));
  if (directory === undefined) return { status: 404, data: {} };
  const [resourceType = '', resourceId] = url.pathname.slice(directory.path.length + 1).split('/');
  const body = await text(request);
  const query = url.searchParams;
  return directory.ask({
    method: request.method ?? 'GET',
    apiSecret: request.headers.authorization?.replace(/^Bearer /, '') ?? '',
    resourceType,
    resourceId,
    body: body === '' ? undefined : JSON.parse(body),
    query: {
      filter: query.get('filter') ?? undefined,
      startIndex: count(query.get('startIndex')),
      count: count(query.get('count')),
    },
  });
}

function routes(directories: readonly Directory[]): RequestListener {
  const send = (response: ServerResponse, { status, data }: ScimAnswer): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data));
  };
  return (request, response) => {
    answer(directories, request).then(
      (answered) => send(response, answered),
      () => send(response, { status: 500, data: { message: 'Internal Server Error' } }),
    );
  };
}

const silent = { info: () => undefined, error: () => undefined, warn: () => undefined };

async function start(): Promise<Provider> {
  const { controllers } = librarySchema.parse(loadPackage('@boxyhq/saml-jackson'));
  const jackson = await controllers({
    externalUrl: 'http://127.0.0.1',
    samlAudience: 'interop',
    samlPath: '/saml',
    scimPath: '/scim/v2.0',
    db: { engine: 'mem', ttl: 0 },
    noAnalytics: true,
    logger: silent,
  });
  const directories: Directory[] = [];
  const { origin, close } = await listenOnLoopback(createServer(routes(directories)));
  const sync = jackson.directorySyncController;
  return {
    open: async () => {
      const tenant = `tenant-${directories.length}`;
      const made = await sync.directories.create({
        tenant,
        product: PRODUCT,
        name: tenant,
        type: 'generic-scim-v2',
      });
      const directory = new Directory(sync, tenant, directorySchema.parse(made.data));
      directories.push(directory);
      return worldOf(directory, origin);
    },
    close: async () => {
      await close();
      await jackson.close();
    },
  };
}

export const jackson: Target = {
  name: 'saml-jackson',
  start,
  // It compares names with case, so that only its list shows an account that another letter case hides. It shows no members.
  behaviour: { filter: false, groups: { membersReadable: false } },
  patchRemovesEmails: false,
  membersReadable: false,
  // PUT takes the name and ignores the members.
  updatesGroupsBy: ['patch'],
};
