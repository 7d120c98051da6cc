/** A database of a bench's own, empty, which is gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';

export type DatabaseKind = 'postgres' | 'embedded';

/** Where a Rollcall keeps everything, as settings of its processes. */
export interface Storage {
  readonly env: Record<string, string>;
  readonly remove: () => Promise<void>;
}

export async function makeStorage(kind: DatabaseKind): Promise<Storage> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const env = { ROLLCALL_DATA_DIR: directory };
  const removeDirectory = () => rm(directory, { recursive: true, force: true });
  if (kind === 'embedded') return { env, remove: removeDirectory };
  const server = z
    .string({ error: 'Start it with npm run bench' })
    .parse(process.env['ROLLCALL_TEST_POSTGRES_URL']);
  const name = `rollcall_bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const remove = async () => {
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    await removeDirectory();
  };
  return { env: { ...env, DATABASE_URL: url.href }, remove };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
