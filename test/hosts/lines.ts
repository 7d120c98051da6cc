/**
 * One PostgreSQL, one application, a server and workers, each with lines of its own to both: for what a network of their own
 * is not needed for. The sync is under way when it starts.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Environment } from '../../src/config.ts';
import { readAll } from '../../src/cli/demo-directory.ts';
import type { JsonClient } from '../../src/cli/demo-http.ts';
import { undoable, type Undo } from '../../src/undo.ts';
import { makeHost, type Host } from '../chaos/host.ts';
import type { ProgramOptions, Role } from '../chaos/program.ts';
import { Target, type Held } from '../chaos/target.ts';
import { caller, type TestApi } from '../support/api.ts';
import { until } from '../support/scene.ts';
import { apiOf, fill, settingsFor } from './company.ts';

export interface LineScene {
  readonly target: Target;
  readonly server: Host;
  /** The server's, and those of the workers. */
  readonly hosts: readonly Host[];
  /** Throws where the server refuses. */
  readonly api: JsonClient;
  /** Answers whatever the server answers. */
  readonly call: TestApi['call'];
  /** The application's address in the API. */
  readonly application: string;
  /** One more host, whose program has not been started; it reaches what the others reach. */
  readonly another: (role: Role, options: ProgramOptions) => Promise<Host>;
  /** Waits until nothing is left to do. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface LineOptions {
  readonly databaseUrl: string;
  readonly people: number;
  /** So long the target takes to answer. */
  readonly latencyMs: number;
  readonly leaseSeconds: number;
  /** Settings of the server, and of each worker. */
  readonly environments: readonly Environment[];
  /** Another version's main file. */
  readonly main?: string;
}

const nameOf = (at: number): string => (at === 0 ? 'server' : `worker ${at}`);

async function start(options: LineOptions, undo: Undo): Promise<LineScene> {
  const target = await Target.start();
  undo.add(() => target.close());
  const key = randomBytes(24).toString('base64url');
  const settings = { ...settingsFor(key, options.leaseSeconds), DATABASE_URL: options.databaseUrl };
  const main = options.main === undefined ? {} : { main: options.main };
  const make = (env: Environment, at: number): Promise<Host> =>
    makeHost(
      at === 0 ? 'server' : 'worker',
      { name: nameOf(at), ...main },
      { ...settings, ...env },
      target,
      undo,
    );
  const another = (role: Role, program: ProgramOptions): Promise<Host> =>
    makeHost(role, program, settings, target, undo);
  const server = await make(options.environments[0] ?? {}, 0);
  const workers = await Promise.all(options.environments.slice(1).map((env, at) => make(env, at + 1)));
  const hosts = [server, ...workers];
  for (const { program } of hosts) await program.start();
  const url = await server.program.url();
  const api = apiOf(url, key);
  await target.behave({ latencyMs: options.latencyMs });
  const connection = { baseUrl: `${target.url}/scim/v2`, token: await target.newToken() };
  const application = `/applications/${await fill(api, connection, options.people)}`;
  const idle = (): Promise<void> =>
    until('idle', async () => {
      const { body } = await caller(url, key)('GET', `${application}/status`);
      return z.looseObject({ idle: z.boolean() }).safeParse(body).data?.idle ?? false;
    });
  await until('the sync is under way', async () => (await target.held()).members.length > 0);
  const call = caller(url, key);
  return { target, server, hosts, api, call, application, another, idle, close: () => undo.run() };
}

export function startLineScene(options: LineOptions): Promise<LineScene> {
  return undoable((undo) => start(options, undo));
}

const usernameSchema = z.looseObject({ email: z.string() });

/** The addresses of everybody in the directory. */
export async function directoryOf({ api }: LineScene): Promise<string[]> {
  return (await readAll(api, '/users', usernameSchema)).map(({ email }) => email).sort();
}

/** The addresses of the accounts, each as often as there is one, and of those in the one group. */
export function heldBy({ accounts, groups }: Held): { accounts: string[]; inGroup: string[] } {
  return {
    accounts: accounts.map(({ email }) => email).sort(),
    inGroup: groups.flatMap(({ members }) => members.map(({ userName }) => userName)).sort(),
  };
}

/** What is so of every story in its end: nobody wrote beside another one, and no process had ended. */
export async function sound({ target, hosts }: LineScene): Promise<object> {
  const { overlaps } = await target.watch();
  return { overlaps, falls: hosts.map(({ program }) => program.falls) };
}
