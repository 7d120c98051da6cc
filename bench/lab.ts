/** What every bench stands on: a database with a directory in it, a server and a target, each in its own process. */
import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import { loadConfig } from '../src/config.ts';
import type { Handle } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { openDatabase } from '../src/store/open.ts';
import { loadSecretBox, type SecretBox } from '../src/store/secrets.ts';
import { Part } from './part.ts';
import { makeStorage, type DatabaseKind } from './storage.ts';

export type { DatabaseKind } from './storage.ts';

const API_KEY = randomBytes(24).toString('base64url');

type Call = (method: Method, path: string, body?: unknown) => Promise<unknown>;

/** A database and a target, before anything of Rollcall is at work. */
export interface Ground {
  /** The settings of every process on this database. */
  readonly env: Record<string, string>;
  readonly secrets: SecretBox;
  readonly sandbox: Part;
  readonly control: Call;
  readonly close: () => Promise<void>;
}

/** A running lab. */
export interface Lab extends Ground {
  readonly server: Part;
  readonly api: Call;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Writes what there is before any process starts. */
export type Seed = (db: Handle, ground: Ground) => Promise<void>;

export async function startGround(kind: DatabaseKind, seed: Seed): Promise<Ground> {
  const storage = await makeStorage(kind);
  const env = {
    ...storage.env,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true',
    PORT: '0',
    ROLLCALL_LOG_LEVEL: 'warn',
  };
  const sandbox = await Part.start(['sandbox', '--port', '0'], {});
  const ground = {
    env,
    secrets: loadSecretBox(loadConfig(env)),
    sandbox,
    control: caller(`${sandbox.url}/_control`),
    close: async () => {
      await sandbox.close();
      await storage.remove();
    },
  };
  const database = await openDatabase(loadConfig(env));
  await migrate(database);
  await seed(database.db, ground);
  await database.close();
  return ground;
}

/** Looks past the API into a PostgreSQL that others use as well. */
export async function withDatabase<T>({ env }: Ground, look: (db: Handle) => Promise<T>): Promise<T> {
  const database = await openDatabase(loadConfig(env));
  return look(database.db).finally(() => database.close());
}

/** Starts a lab on what `seed` wrote before the server was there. */
export async function startLab(kind: DatabaseKind, seed: Seed): Promise<Lab> {
  const ground = await startGround(kind, seed);
  const server = await Part.start(['serve'], ground.env);
  const close = async () => {
    await server.close();
    await ground.close();
  };
  return { ...ground, server, api: caller(`${server.url}/api/v1`), close };
}

/** So many processes that only provision, beside whatever else is at work there. */
export function startWorkers(ground: Ground, count: number): Promise<Part[]> {
  return Promise.all(Array.from({ length: count }, () => Part.start(['worker'], ground.env)));
}

function caller(base: string): Call {
  return async (method, path, body) => {
    const answer = await request(base + path, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return text === '' ? null : z.unknown().parse(JSON.parse(text));
  };
}

/** How fast the target may be asked in a bench: as fast as it answers. */
export interface Pace {
  readonly concurrency: number;
  readonly latencyMs: number;
}

/** Adds the Segment application with every group bound, ready to be activated. Answers its id. */
export async function addApplication(lab: Lab, pace: Pace, groupIds: readonly string[]): Promise<string> {
  const { id } = idSchema.parse(
    await lab.api('POST', '/applications', { connector: 'segment', label: 'Segment' }),
  );
  await lab.control('PATCH', '/behaviour', { journal: false, latencyMs: pace.latencyMs });
  const token = await newToken(lab);
  await lab.api('PUT', `/applications/${id}/sso`, { enabled: true, answers: { customerId: 'bench' } });
  await lab.api('PATCH', `/applications/${id}/identity-management`, {
    token,
    baseUrl: `${lab.sandbox.url}/scim/v2`,
    behaviour: { rate: { requestsPerSecond: 100_000, concurrency: pace.concurrency } },
  });
  await lab.api('POST', `/applications/${id}/groups`, { add: groupIds });
  return id;
}

export async function activate(lab: Lab, application: string): Promise<void> {
  await lab.api('POST', `/applications/${application}/identity-management/activate`);
}

/** A token for the target; the one before it is revoked. */
export async function newToken(lab: Pick<Ground, 'control'>): Promise<string> {
  return z.object({ token: z.string() }).parse(await lab.control('POST', '/tokens', {})).token;
}

const idSchema = z.object({ id: z.string() });
const summarySchema = z.object({
  members: z.number(),
  groups: z.number(),
  memberships: z.number(),
  requests: z.number(),
});

export type Summary = z.infer<typeof summarySchema>;

export async function summary(lab: Pick<Ground, 'control'>): Promise<Summary> {
  return summarySchema.parse(await lab.control('GET', '/summary'));
}

/** Waits until the target shows what is wanted; fails after `seconds`. */
export async function until(
  lab: Pick<Ground, 'control'>,
  wanted: (state: Summary) => boolean,
  seconds = 600,
): Promise<Summary> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const state = await summary(lab);
    if (wanted(state)) return state;
    if (performance.now() > end)
      throw new Error(`Not reached within ${seconds} s; the target shows ${JSON.stringify(state)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Waits until Rollcall has nothing left to do. */
export async function untilIdle(lab: Lab, application: string): Promise<void> {
  const status = z.object({ idle: z.boolean() });
  while (!status.parse(await lab.api('GET', `/applications/${application}/status`)).idle) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
