/** Everything that a run needs, each in its own process: the target, Rollcall on one database, and who administrates it. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { undoable, type Undo } from '../../src/undo.ts';
import { Administrator } from './administrator.ts';
import { firstChanges } from './changes.ts';
import type { ChaosDatabase } from './database.ts';
import { makeHost, type Host } from './host.ts';
import type { Role } from './program.ts';
import type { Random } from './random.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { Target } from './target.ts';

export const LEASE_SECONDS = 2;

export interface Scene {
  readonly target: Target;
  /** The server's, and on PostgreSQL those of two workers beside it. */
  readonly hosts: readonly Host[];
  /** PostgreSQL crashes and starts again, where it is ours. */
  readonly crashDatabase: ChaosDatabase['crash'];
  readonly administrator: Administrator;
  /** The application's address in the API. */
  readonly application: string;
  readonly close: () => Promise<void>;
}

const SETTINGS = {
  PORT: '0',
  ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true',
  ROLLCALL_LOG_LEVEL: 'warn',
  ROLLCALL_LEASE_SECONDS: String(LEASE_SECONDS),
  ROLLCALL_SLICE_SECONDS: '1',
  // Shorter than a target is out of reach for.
  ROLLCALL_REQUEST_TIMEOUT_SECONDS: '2',
  ROLLCALL_DATABASE_POOL: '5',
};

/** Fast enough that a round ends soon; nobody is ever held (R46), as that would need an administrator. */
const CONNECTION = {
  behaviour: { rate: { requestsPerSecond: 500, concurrency: 16 } },
  threshold: { number: 1_000_000, percent: 100 },
};

const idSchema = z.object({ id: z.string() });

async function configure(administrator: Administrator, target: Target): Promise<string> {
  const api = await administrator.api();
  const made = { connector: 'segment', label: 'Segment' };
  const { id } = await api.call('POST', '/applications', idSchema, made);
  await api.send('PUT', `/applications/${id}/sso`, SSO_ENABLED);
  const connection = { ...CONNECTION, token: await target.newToken(), baseUrl: `${target.url}/scim/v2` };
  await api.send('PATCH', `/applications/${id}/identity-management`, connection);
  return id;
}

type Named = readonly (readonly [name: string, role: Role])[];

const WORKERS: Named = [
  ['worker', 'worker'],
  ['other worker', 'worker'],
];

async function start({ kind, env, crash }: ChaosDatabase, random: Random, undo: Undo): Promise<Scene> {
  const target = await Target.start();
  undo.add(() => target.close());
  const apiKey = randomBytes(24).toString('base64url');
  const settings = { ...SETTINGS, ...env, ROLLCALL_API_KEY: apiKey };
  const server = await makeHost('server', {}, settings, target, undo);
  const hosts = [server];
  for (const [name, role] of kind === 'postgres' ? WORKERS : [])
    hosts.push(await makeHost(role, { name }, settings, target, undo));
  for (const { program } of hosts) await program.start();
  const administrator = new Administrator(apiKey, () => server.program.url());
  const id = await configure(administrator, target);
  administrator.useApplication(id);
  for (const change of firstChanges(() => administrator.directory, random))
    await administrator.make([change]);
  const application = `/applications/${id}`;
  await (await administrator.api()).send('POST', `${application}/identity-management/activate`, {});
  return { target, hosts, crashDatabase: crash, administrator, application, close: () => undo.run() };
}

/** Starts it all on a database of its own, with a company of which nothing is provisioned yet. */
export function startScene(database: ChaosDatabase, random: Random): Promise<Scene> {
  return undoable((undo) => start(database, random, undo));
}
