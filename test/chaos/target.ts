/** The sandbox's process, seen from here: it misbehaves as told, and is looked into. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { jsonClient, type JsonClient } from '../../src/cli/demo-http.ts';
import { sandboxStateSchema, type SandboxState } from '../../src/cli/demo-sandbox.ts';

const requestSchema = z.object({
  method: z.string(),
  path: z.string(),
  status: z.number(),
  requestBody: z.string(),
  responseBody: z.string(),
  fault: z.enum(['error', 'dropped', 'rate-limited']).nullable(),
});

const journalSchema = z.object({ total: z.number(), journal: z.array(requestSchema) });
const watchSchema = z.object({
  open: z.number(),
  overlaps: z.array(z.string()),
  latest: z.record(z.string(), z.number()),
});

/** What the target holds. */
export type Held = SandboxState;
/** A request that the target got, in the order in which it did the work. */
export type TargetRequest = z.output<typeof requestSchema>;
/** Requests that are under way, whatever two processes sent at the same time, and when each process's latest request began. */
export type Watch = z.output<typeof watchSchema>;

/** How badly the target behaves: toggles of the sandbox. */
export interface Faults {
  readonly latencyMs: number;
  readonly errorRate: number;
  readonly errorAfterWork: boolean;
  readonly dropRate: number;
  readonly rateLimitPerSecond: number;
}

export const NO_FAULTS: Faults = {
  latencyMs: 0,
  errorRate: 0,
  errorAfterWork: false,
  dropRate: 0,
  rateLimitPerSecond: 0,
};

export class Target {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #control: JsonClient;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    this.#control = jsonClient(`${url}/_control`);
  }

  static async start(): Promise<Target> {
    const file = fileURLToPath(new URL('target-process.ts', import.meta.url));
    const child = fork(file, { execArgv: ['--import', 'tsx'] });
    const { url } = await messageOf(child, z.object({ url: z.string() }));
    const target = new Target(child, url);
    // Names are taken as sent, and a group may exist twice: what is done twice shows.
    await target.behave({ userUpdates: 'apply', groupNamesUnique: false });
    return target;
  }

  behave(toggles: object): Promise<void> {
    return this.#control.send('PATCH', '/behaviour', toggles);
  }

  async newToken(): Promise<string> {
    return (await this.#control.call('POST', '/tokens', z.object({ token: z.string() }), {})).token;
  }

  held(): Promise<Held> {
    return this.#control.call('GET', '/state', sandboxStateSchema);
  }

  /** The requests since the last time this was asked, and how many came in all. */
  async takeRequests(): Promise<z.output<typeof journalSchema>> {
    const found = await this.#control.call('GET', '/requests', journalSchema);
    await this.#control.send('DELETE', '/requests');
    return found;
  }

  watch(): Promise<Watch> {
    const answer = messageOf(this.#child, watchSchema);
    this.#child.send('watch');
    return answer;
  }

  async close(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}

async function messageOf<S extends z.ZodType>(child: ChildProcess, schema: S): Promise<z.output<S>> {
  const stop = new AbortController();
  const ended = once(child, 'exit', { signal: stop.signal }).then(() => {
    throw new Error("The sandbox's process ended.");
  });
  try {
    const answer: unknown[] = await Promise.race([once(child, 'message', { signal: stop.signal }), ended]);
    return schema.parse(answer[0]);
  } finally {
    stop.abort();
    await ended.catch(() => undefined);
  }
}
