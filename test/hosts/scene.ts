/** One PostgreSQL, one application, and two workers, each on a host of its own with a cable to either. */
import { randomBytes } from 'node:crypto';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { undoable, type Undo } from '../../src/undo.ts';
import { Program } from '../chaos/program.ts';
import { Target } from '../chaos/target.ts';
import { apiOf, fill, settingsFor } from './company.ts';
import { startNetwork, type Host, type Network } from './network.ts';

export interface WorkerHost {
  /** As the target hears who asks. */
  readonly name: string;
  readonly host: Host;
  readonly program: Program;
}

export interface HostScene {
  readonly target: Target;
  readonly workers: readonly WorkerHost[];
  /** PostgreSQL crashes and starts again; resolves when it answers. */
  readonly crashDatabase: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface SceneOptions {
  readonly people: number;
  readonly leaseSeconds: number;
  readonly requestTimeoutSeconds: number;
}

async function addressed(network: Network, cable: 'database' | 'target', address: string): Promise<string> {
  const url = new URL(address);
  const { hostname, port } = await network.reach(cable, Number(url.port));
  url.hostname = hostname;
  url.port = String(port);
  return url.href.replace(/\/$/, '');
}

async function start(options: SceneOptions, undo: Undo): Promise<HostScene> {
  const postgres = await startPostgres();
  undo.add(() => postgres.stop());
  const target = await Target.start();
  undo.add(() => target.close());
  const network = startNetwork();
  undo.add(() => network.close());
  const key = randomBytes(24).toString('base64url');
  const settings = {
    ...settingsFor(key, options.leaseSeconds),
    ROLLCALL_REQUEST_TIMEOUT_SECONDS: String(options.requestTimeoutSeconds),
  };
  // The server only takes the directory in, and is gone before it has done much: the rest is the workers' to do, on their hosts.
  const server = new Program('server', { ...settings, DATABASE_URL: postgres.url });
  undo.add(() => server.kill());
  await server.start();
  const baseUrl = `${await addressed(network, 'target', target.url)}/scim/v2`;
  await target.behave({ latencyMs: 0 });
  const connection = { baseUrl, token: await target.newToken() };
  await fill(apiOf(await server.url(), key), connection, options.people);
  await server.kill();
  const DATABASE_URL = await addressed(network, 'database', postgres.url);
  const workers = ['first', 'second'].map((name): WorkerHost => {
    const host = network.host();
    const program = new Program('worker', { ...settings, DATABASE_URL, CHAOS_WRITER: name }, host);
    undo.add(() => program.kill());
    return { name, host, program };
  });
  await target.behave({ latencyMs: 50 });
  await Promise.all(workers.map(({ program }) => program.start()));
  return { target, workers, crashDatabase: postgres.crash, close: () => undo.run() };
}

/** Starts it all; the workers are at work when it resolves. */
export function startHostScene(options: SceneOptions): Promise<HostScene> {
  return undoable((undo) => start(options, undo));
}
