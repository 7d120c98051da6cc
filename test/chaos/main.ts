/** `npm run chaos -- --rounds N [--database postgres|embedded|both] [--seed S]` */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import type { Environment } from '../../src/config.ts';
import { describeFailure, jsonLine, table } from './report.ts';
import { runChaos, type ChaosResult } from './run.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    database: { type: 'string', default: 'both' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
  },
});

const options = z
  .object({
    rounds: z.coerce.number('--rounds takes a number.').int().min(1),
    database: z.enum(['postgres', 'embedded', 'both'], '--database takes postgres, embedded or both.'),
    seed: z.string(),
  })
  .safeParse(values);

if (!options.success) {
  console.error(options.error.issues.map(({ message }) => message).join('\n'));
  process.exit(2);
}

type Kind = 'postgres' | 'embedded';

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** Gives a database that nobody else has to some work. */
async function withDatabase<T>(kind: Kind, work: (env: Environment) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-chaos-'));
  const env = { ROLLCALL_DATA_DIR: directory };
  try {
    return kind === 'embedded'
      ? await work(env)
      : await withPostgres((url) => work({ ...env, DATABASE_URL: url }));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function withPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = z
    .string({ error: 'Start it with npm run chaos.' })
    .parse(process.env.ROLLCALL_TEST_POSTGRES_URL);
  const name = `rollcall_chaos_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    return await work(url.href);
  } finally {
    await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

const { rounds, database, seed } = options.data;
const kinds: readonly Kind[] = database === 'both' ? ['embedded', 'postgres'] : [database];
const say = (line: string): void => console.error(line);
const results: ChaosResult[] = [];
say(`Seed ${seed}.`);
for (const kind of kinds)
  results.push(await withDatabase(kind, (env) => runChaos({ database: kind, env, rounds, seed, say })));

const failures = results.filter(({ findings }) => findings.length > 0);
for (const failure of failures) console.log(describeFailure(seed, failure));
console.log(table(results));
console.log(jsonLine(seed, results));
process.exitCode = failures.length === 0 ? 0 : 1;
