/** Segment's stand-in as stories see it: what it holds, what was asked of it, and what happens there without Rollcall. */
import { request } from 'undici';
import { afterAll } from 'vitest';
import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/server.ts';
import { controlOf } from './control.ts';

/** One request that came in over SCIM, in the order in which they came. */
export interface Asked {
  readonly sequence: number;
  /** Milliseconds since 1970, when the work was done. */
  readonly time: number;
  readonly durationMs: number;
  readonly method: string;
  /** Method and route, such as `PATCH /Groups/{id}`. */
  readonly route: string;
  readonly path: string;
  readonly status: number;
  readonly fault: string | null;
  /** The body that was sent, as text. */
  readonly requestBody: string;
}

/** Everybody in the workspace and in its groups, by name: `ada` is `ada@acme.test`. */
export interface Holdings {
  readonly people: readonly string[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

export interface Segment {
  /** Of its SCIM service. */
  readonly baseUrl: string;
  readonly holds: () => Promise<Holdings>;
  /** The name that an account has there, in the workspace or not. */
  readonly displayNameOf: (name: string) => Promise<string | undefined>;
  readonly groupIdOf: (name: string) => Promise<string | undefined>;
  /** Generates a token; the one before stops working. */
  readonly newToken: () => Promise<string>;
  /** What an identity provider needs to know of it, for single sign-on. */
  readonly serviceProvider: () => Promise<z.infer<typeof serviceProviderSchema>>;
  /** Takes an identity provider into its single sign-on connection. */
  readonly trusts: (signOnUrl: string, certificate: string) => Promise<void>;
  /** Turns toggles and faults. */
  readonly behaves: (toggles: Readonly<Record<string, unknown>>) => Promise<void>;
  /** What was asked over SCIM after that request. */
  readonly asked: (since?: number) => Promise<readonly Asked[]>;
  /** The number of the latest request, for `asked`. */
  readonly now: () => Promise<number>;
  /** Empty, and as it behaves by default. */
  readonly reset: () => Promise<void>;
  /** Somebody has an account and is in another workspace. */
  readonly hasAccount: (name: string, displayName: string) => Promise<void>;
  /** Somebody is in the workspace whom nobody provisioned; `userName` where it is not the usual one. */
  readonly hasMember: (name: string, userName?: string) => Promise<void>;
  /** So many such people are: p0, p1, … */
  readonly hasMembers: (count: number) => Promise<void>;
  readonly hasGroup: (name: string, members?: readonly string[]) => Promise<void>;
  /** Its user changes an account in the app. */
  readonly accountChanges: (
    name: string,
    change: { readonly email?: string; readonly displayName?: string },
  ) => Promise<void>;
  /** Somebody adds an account to the workspace over SCIM, past Rollcall. */
  readonly joins: (name: string) => Promise<void>;
  /** Somebody deactivates an account over SCIM, past Rollcall. */
  readonly leaves: (name: string) => Promise<void>;
  /** Somebody deletes a record there, past Rollcall. */
  readonly deletes: (kind: 'Users' | 'Groups', name: string) => Promise<void>;
  /** Somebody takes a member out of a group there, past Rollcall. */
  readonly takesOut: (group: string, name: string) => Promise<void>;
  /** Somebody puts a member into a group there, past Rollcall. */
  readonly putsIn: (group: string, name: string) => Promise<void>;
  /** Somebody renames a group there, past Rollcall. */
  readonly renamesGroup: (group: string, name: string) => Promise<void>;
  /** Somebody deletes many accounts there, past Rollcall. */
  readonly losesAccounts: (names: readonly string[]) => Promise<void>;
}

const idSchema = z.union([z.string(), z.number()]).transform(String);
const stateSchema = z.object({
  accounts: z.array(z.object({ id: idSchema, email: z.string(), displayName: z.string() })),
  members: z.array(z.object({ id: idSchema, userName: z.string() })),
  groups: z.array(
    z.object({
      id: idSchema,
      displayName: z.string(),
      members: z.array(z.object({ userName: z.string() })),
    }),
  ),
});
const serviceProviderSchema = z.looseObject({ customerId: z.string(), acsUrl: z.string() });
const askedSchema = z.object({
  journal: z.array(
    z.object({
      sequence: z.number(),
      time: z.number(),
      durationMs: z.number(),
      method: z.string(),
      route: z.string(),
      path: z.string(),
      status: z.number(),
      fault: z.string().nullable(),
      requestBody: z.string(),
    }),
  ),
});

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const DOMAIN = '@acme.test';
/** So many requests at once. */
const TOGETHER = 100;

/** The email address of somebody in a story. */
export const emailOf = (name: string): string => (name.includes('@') ? name : `${name}${DOMAIN}`);

const nameOf = (email: string): string => email.replace(DOMAIN, '');

const named = (names: readonly string[]): string[] => names.map(nameOf).sort();

async function scim(
  method: 'POST' | 'PATCH' | 'DELETE',
  url: string,
  token: string,
  body?: unknown,
): Promise<void> {
  const answer = await request(url, {
    method,
    headers: { authorization: `Bearer ${token}` },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${await answer.body.text()}`);
  await answer.body.dump();
}

function only<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`Segment holds no ${name}.`);
  return found;
}

/** Starts one; it ends with the test file. */
export async function startSegment(): Promise<Segment> {
  const sandbox = await startSandbox({ port: 0 });
  afterAll(() => sandbox.close());
  const control = controlOf(sandbox.url);
  const baseUrl = `${sandbox.url}/scim/v2`;
  let token = '';
  const state = async () => stateSchema.parse(await control('GET', '/state'));
  const asked: Segment['asked'] = async (since = 0) =>
    askedSchema.parse(await control('GET', `/requests?since=${since}`)).journal;
  const accountId = async (name: string): Promise<string> =>
    only(
      (await state()).accounts.find(({ email }) => email.toLowerCase() === emailOf(name)),
      name,
    ).id;
  const groupIdOf = async (name: string): Promise<string | undefined> =>
    (await state()).groups.find(({ displayName }) => displayName === name)?.id;
  const changeGroup = async (group: string, operation: object): Promise<void> =>
    scim('PATCH', `${baseUrl}/Groups/${only(await groupIdOf(group), group)}`, token, {
      schemas: [PATCH_OP],
      Operations: [operation],
    });
  return {
    baseUrl,
    asked,
    groupIdOf,
    now: async () => (await asked()).at(-1)?.sequence ?? 0,
    holds: async () => {
      const { members, groups } = await state();
      return {
        people: named(members.map(({ userName }) => userName)),
        groups: Object.fromEntries(
          groups.map((group) => [group.displayName, named(group.members.map(({ userName }) => userName))]),
        ),
      };
    },
    displayNameOf: async (name) =>
      (await state()).accounts.find(({ email }) => email === emailOf(name))?.displayName,
    newToken: async () => {
      ({ token } = z.object({ token: z.string() }).parse(await control('POST', '/tokens', {})));
      return token;
    },
    serviceProvider: async () => serviceProviderSchema.parse(await control('GET', '/saml')),
    trusts: async (signOnUrl, certificate) => {
      await control('PUT', '/saml', { signOnUrl, certificate });
    },
    behaves: async (toggles) => {
      await control('PATCH', '/behaviour', toggles);
    },
    reset: async () => {
      await control('POST', '/reset', {});
    },
    hasAccount: async (name, displayName) => {
      await control('POST', '/accounts', { email: emailOf(name), displayName });
    },
    hasMember: async (name, userName = emailOf(name)) => {
      await control('POST', '/members', { userName });
    },
    hasMembers: async (count) => {
      const numbers = Array.from({ length: count }, (_, number) => number);
      for (let from = 0; from < count; from += TOGETHER)
        await Promise.all(
          numbers
            .slice(from, from + TOGETHER)
            .map((number) => control('POST', '/members', { userName: emailOf(`p${number}`) })),
        );
    },
    hasGroup: async (name, members = []) => {
      await control('POST', '/groups', { displayName: name, members: members.map(emailOf) });
    },
    accountChanges: async (name, change) => {
      await control('PATCH', `/accounts/${await accountId(name)}`, change);
    },
    joins: (name) => scim('POST', `${baseUrl}/Users`, token, { userName: emailOf(name) }),
    leaves: async (name) => {
      await scim('PATCH', `${baseUrl}/Users/${await accountId(name)}`, token, {
        schemas: [PATCH_OP],
        Operations: [{ op: 'replace', path: 'active', value: false }],
      });
    },
    deletes: async (kind, name) => {
      const id = kind === 'Users' ? await accountId(name) : only(await groupIdOf(name), name);
      await scim('DELETE', `${baseUrl}/${kind}/${id}`, token);
    },
    takesOut: async (group, name) =>
      changeGroup(group, { op: 'remove', path: `members[value eq "${await accountId(name)}"]` }),
    putsIn: async (group, name) =>
      changeGroup(group, { op: 'add', path: 'members', value: [{ value: await accountId(name) }] }),
    renamesGroup: (group, name) => changeGroup(group, { op: 'replace', path: 'displayName', value: name }),
    losesAccounts: async (names) => {
      const lost = new Set(names.map(emailOf));
      const ids = (await state()).accounts.filter(({ email }) => lost.has(email)).map(({ id }) => id);
      for (let from = 0; from < ids.length; from += TOGETHER)
        await Promise.all(
          ids.slice(from, from + TOGETHER).map((id) => scim('DELETE', `${baseUrl}/Users/${id}`, token)),
        );
    },
  };
}
