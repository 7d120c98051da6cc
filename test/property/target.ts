/**
 * The target of a world: a sandbox over HTTP, what it holds, what was asked of it, how it behaves, and a second one once the connection
 * has been moved.
 */
import { request } from 'undici';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';

const id = z.union([z.string(), z.number()]).transform(String);

const stateSchema = z.object({
  accounts: z.array(z.object({ id, email: z.string(), displayName: z.string(), standing: z.string() })),
  members: z.array(z.object({ id, userName: z.string(), displayName: z.string() })),
  groups: z.array(
    z.object({ id, displayName: z.string(), members: z.array(z.object({ id, userName: z.string() })) }),
  ),
});

const behaviourSchema = z.object({ behaviour: z.record(z.string(), z.unknown()) });

const journalSchema = z.object({
  total: z.number(),
  counts: z.record(z.string(), z.number()),
  journal: z.array(
    z.object({
      sequence: z.number(),
      method: z.string(),
      path: z.string(),
      route: z.string(),
      status: z.number(),
      requestBody: z.string(),
      fault: z.string().nullable(),
    }),
  ),
});

export type TargetState = z.output<typeof stateSchema>;
export type Journal = z.output<typeof journalSchema>;

export class Target {
  #sandbox: Sandbox;
  /** A workspace of somebody else, once the connection has been moved. */
  #elsewhere: Sandbox | null = null;
  /** The one that the sandbox takes, whatever the connection has. */
  #token: string;

  private constructor(sandbox: Sandbox, token: string) {
    this.#sandbox = sandbox;
    this.#token = token;
  }

  static async start(): Promise<Target> {
    const sandbox = await startSandbox({ port: 0 });
    return new Target(sandbox, await newToken(sandbox));
  }

  async close(): Promise<void> {
    await this.#sandbox.close();
    await this.#elsewhere?.close();
  }

  get baseUrl(): string {
    return `${this.#sandbox.url}/scim/v2`;
  }

  get token(): string {
    return this.#token;
  }

  async renewToken(): Promise<void> {
    this.#token = await newToken(this.#sandbox);
  }

  /** From now on this is another workspace, or the first one again, which behaves as this one did. */
  async moveElsewhere(): Promise<void> {
    const { behaviour } = behaviourSchema.parse(await this.control('GET', '/behaviour'));
    const next = this.#elsewhere ?? (await startSandbox({ port: 0 }));
    this.#elsewhere = this.#sandbox;
    this.#sandbox = next;
    await this.behave(behaviour);
    await this.renewToken();
  }

  /** Something that its own people do, without Rollcall. */
  async asTarget(method: 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<void> {
    const answer = await request(`${this.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await answer.body.dump();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode}`);
  }

  renameInTarget(remoteId: string, displayName: string): Promise<void> {
    const Operations = [{ op: 'replace', path: 'displayName', value: displayName }];
    return this.asTarget('PATCH', `/Groups/${remoteId}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations,
    });
  }

  async state(): Promise<TargetState> {
    return stateSchema.parse(await this.control('GET', '/state'));
  }

  /** User names of the members in the target, in order. */
  async members(): Promise<string[]> {
    return (await this.state()).members.map((member) => member.userName).sort();
  }

  /** Groups of the target with the user names of their members, in order. */
  async groups(): Promise<Record<string, string[]>> {
    const { groups } = await this.state();
    return Object.fromEntries(
      groups.map((group) => [group.displayName, group.members.map((member) => member.userName).sort()]),
    );
  }

  async journal(): Promise<Journal> {
    return journalSchema.parse(await this.control('GET', '/requests'));
  }

  /** Requests since the last call of {@link forgetRequests}, by route. */
  async requests(): Promise<Record<string, number>> {
    return (await this.journal()).counts;
  }

  async forgetRequests(): Promise<void> {
    await this.control('DELETE', '/requests');
  }

  /** How the target behaves from now on: toggles of the sandbox. */
  async behave(toggles: Readonly<Record<string, unknown>>): Promise<void> {
    await this.control('PATCH', '/behaviour', toggles);
  }

  control(method: ControlMethod, path: string, body?: unknown): Promise<unknown> {
    return control(this.#sandbox, method, path, body);
  }
}

export type ControlMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

async function control(
  sandbox: Sandbox,
  method: ControlMethod,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await request(`${sandbox.url}/_control${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function newToken(sandbox: Sandbox): Promise<string> {
  return z.object({ token: z.string() }).parse(await control(sandbox, 'POST', '/tokens')).token;
}
