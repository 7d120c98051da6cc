/** A database that nobody else has, for a run of chaos. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { findPostgres, startPostgres } from '../../scripts/lib/postgres.mjs';
import type { Environment } from '../../src/config.ts';
import { Undo } from '../../src/undo.ts';

export interface ChaosDatabase {
  readonly kind: 'postgres' | 'embedded';
  /** Settings that lead to it. */
  readonly env: Environment;
  /** PostgreSQL crashes and starts again; resolves when it answers. Undefined where it is not ours to crash. */
  readonly crash?: () => Promise<void>;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A database in somebody's PostgreSQL, where there is none to start here. */
async function borrowPostgres(undo: Undo): Promise<{ url: string }> {
  const server = z
    .string({ error: 'Install PostgreSQL, or set ROLLCALL_TEST_POSTGRES_URL.' })
    .parse(process.env.ROLLCALL_TEST_POSTGRES_URL);
  const name = `rollcall_chaos_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  undo.add(() => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`));
  return { url: new URL(`/${name}`, server).href };
}

async function ownPostgres(undo: Undo): Promise<{ url: string; crash: () => Promise<void> }> {
  const server = await startPostgres();
  undo.add(server.stop);
  return server;
}

async function make(kind: ChaosDatabase['kind'], undo: Undo): Promise<ChaosDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-chaos-'));
  undo.add(() => rm(directory, { recursive: true, force: true }));
  const env = { ROLLCALL_DATA_DIR: directory };
  if (kind === 'embedded') return { kind, env };
  const { url, ...powers } = await (findPostgres() === undefined ? borrowPostgres(undo) : ownPostgres(undo));
  return { kind, env: { ...env, DATABASE_URL: url }, ...powers };
}

/** Gives one to some work, and removes it afterwards. */
export async function withDatabase<T>(
  kind: ChaosDatabase['kind'],
  work: (database: ChaosDatabase) => Promise<T>,
): Promise<T> {
  const undo = new Undo();
  try {
    return await work(await make(kind, undo));
  } finally {
    await undo.run();
  }
}
