/** A caller of the sandbox over real HTTP, for its tests. */
import { Agent, request, type Dispatcher } from 'undici';
import { z } from 'zod';
import type { Behaviour } from '../../src/sandbox/toggles.ts';
import type { JournalEntry } from '../../src/sandbox/journal.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  /** Parsed JSON; `undefined` where the answer was empty. */
  readonly body: unknown;
  readonly text: string;
}

export interface Member {
  readonly id: string | number;
  readonly userName: string;
}

const idSchema = z.object({ id: z.union([z.string(), z.number()]) });
const tokenSchema = z.object({ token: z.string() });
const stateSchema = z.object({
  accounts: z.array(z.object({ email: z.string(), displayName: z.string(), standing: z.string() })),
  members: z.array(z.object({ userName: z.string(), displayName: z.string(), role: z.string() })),
  groups: z.array(
    z.object({ displayName: z.string(), members: z.array(z.object({ userName: z.string() })) }),
  ),
});

/** The id in an answer, as it goes into a path. */
export const idOf = (reply: Reply): string => String(idSchema.parse(reply.body).id);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export class Client {
  readonly sandbox: Sandbox;
  token = '';
  private readonly agent = new Agent({ connections: 8 });

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async start(): Promise<Client> {
    return new Client(await startSandbox({ port: 0 }));
  }

  /** Everything as just started, with a token and these toggles. */
  async fresh(behaviour: Partial<Behaviour> = {}): Promise<void> {
    await this.control('POST', '/reset');
    this.token = tokenSchema.parse((await this.control('POST', '/tokens')).body).token;
    await this.control('PATCH', '/behaviour', behaviour);
  }

  async stop(): Promise<void> {
    await this.sandbox.close();
    await this.agent.destroy();
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const answer = await request(this.sandbox.url + path, {
      dispatcher: this.agent,
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).parse(method),
      headers,
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, body: parsed(text), text };
  }

  control(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.send(method, `/_control${path}`, body);
  }

  scim(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.send(method, `/scim/v2${path}`, body, { authorization: `Bearer ${this.token}` });
  }

  createUser(userName: string, displayName = 'Ada Lovelace'): Promise<Reply> {
    return this.scim('POST', '/Users', { userName, displayName, active: true });
  }

  /** A member, and the id under which SCIM knows them. */
  async member(userName: string, displayName?: string): Promise<string> {
    return idOf(await this.createUser(userName, displayName));
  }

  /** A group that has these members already. */
  async group(displayName: string, members: readonly string[] = []): Promise<string> {
    return idOf(await this.control('POST', '/groups', { displayName, members }));
  }

  patch(path: string, ...Operations: unknown[]): Promise<Reply> {
    return this.scim('PATCH', path, { Operations });
  }

  /** What the sandbox holds, in the few words that tests compare. */
  async holds(): Promise<z.output<typeof stateSchema>> {
    return stateSchema.parse((await this.control('GET', '/state')).body);
  }

  /** The emails in a group, sorted. */
  async emailsIn(displayName: string): Promise<string[]> {
    const found = (await this.holds()).groups.find((group) => group.displayName === displayName);
    return (found?.members ?? []).map(({ userName }) => userName).sort();
  }

  async memberEmails(): Promise<string[]> {
    return (await this.holds()).members.map(({ userName }) => userName).sort();
  }

  async journal(query = ''): Promise<JournalEntry[]> {
    const shape = z.object({ journal: z.array(z.custom<JournalEntry>(() => true)) });
    return shape.parse((await this.control('GET', `/requests${query}`)).body).journal;
  }
}
