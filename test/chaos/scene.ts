/** Everything that a run needs, each in its own process: the target, Rollcall on one database, and who administrates it. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Environment } from '../../src/config.ts';
import { Undo } from '../../src/undo.ts';
import { Administrator } from './administrator.ts';
import { firstChanges } from './changes.ts';
import { Program } from './program.ts';
import type { Random } from './random.ts';
import { SSO_ENABLED } from '../support/sso.ts';
import { Target } from './target.ts';

export const LEASE_SECONDS = 2;

export interface Scene {
  readonly target: Target;
  readonly server: Program;
  /** The server, and on PostgreSQL a worker beside it. */
  readonly programs: readonly Program[];
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

async function start(env: Environment, random: Random, undo: Undo): Promise<Scene> {
  const target = await Target.start();
  undo.add(() => target.close());
  const apiKey = randomBytes(24).toString('base64url');
  const settings = { ...SETTINGS, ...env, ROLLCALL_API_KEY: apiKey };
  const roles = env.DATABASE_URL === undefined ? (['server'] as const) : (['server', 'worker'] as const);
  const server = new Program('server', settings);
  const programs = roles.map((role) => (role === 'server' ? server : new Program(role, settings)));
  undo.add(async () => {
    await Promise.all(programs.map((program) => program.stop()));
  });
  for (const program of programs) await program.start();
  const administrator = new Administrator(apiKey, () => server.url());
  const id = await configure(administrator, target);
  administrator.useApplication(id);
  for (const change of firstChanges(() => administrator.directory, random))
    await administrator.make([change]);
  const application = `/applications/${id}`;
  await (await administrator.api()).send('POST', `${application}/identity-management/activate`, {});
  return { target, server, programs, administrator, application, close: () => undo.run() };
}

/** Starts it all on the database of `env`, with a company of which nothing is provisioned yet. */
export async function startScene(env: Environment, random: Random): Promise<Scene> {
  const undo = new Undo();
  try {
    return await start(env, random, undo);
  } catch (error) {
    await undo.run().catch(() => undefined);
    throw error;
  }
}
