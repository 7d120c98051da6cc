/** A backup, taken as docs/operations.md says, restored into a new server: the next plan is empty. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/lib/postgres.mjs';
import { systemClock } from '../../src/clock.ts';
import { loadConfig, type Environment } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { startRollcall as start } from '../../src/rollcall.ts';
import type { Runtime } from '../../src/running.ts';
import { caller, made, type TestApi } from '../support/api.ts';
import { companyOf } from '../support/company.ts';
import { databaseKinds, testEnvironment, type DatabaseKind } from '../support/database.ts';
import { startRollcall, type TestRollcall } from '../support/rollcall.ts';
import { startSegment } from '../support/segment.ts';
import { SSO_ENABLED } from '../support/sso.ts';

const SECRET_KEY = Buffer.alloc(32, 5).toString('base64');

const folder = mkdtempSync(join(tmpdir(), 'rollcall-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));

const postgresTool = (tool: string, ...args: readonly string[]) =>
  execFileSync(join(findPostgres() ?? '', tool), args);

/** A backup is restored into a database that holds nothing, as `createdb` makes it. */
const EMPTIED = 'DROP SCHEMA IF EXISTS public, pgboss CASCADE; CREATE SCHEMA public';

/** What restores the backup of the server as it is now: into settings of a place of its own. */
const BACKUPS: Readonly<
  Record<DatabaseKind, (rollcall: TestRollcall) => Promise<() => Promise<Environment>>>
> = {
  postgres: (rollcall) => {
    const dump = join(folder, 'rollcall.dump');
    postgresTool('pg_dump', '-Fc', '-f', dump, rollcall.env.DATABASE_URL ?? '');
    return Promise.resolve(async () => {
      const { env } = await testEnvironment('postgres');
      const url = env.DATABASE_URL ?? '';
      postgresTool('psql', '-q', '-d', url, '-c', EMPTIED);
      postgresTool('pg_restore', '--no-owner', '-d', url, dump);
      return env;
    });
  },
  embedded: async (rollcall) => {
    const copy = join(folder, 'data');
    await rollcall.stop();
    cpSync(rollcall.env.ROLLCALL_DATA_DIR ?? '', copy, { recursive: true });
    await rollcall.restart();
    return () => Promise.resolve({ ROLLCALL_DATA_DIR: copy });
  },
};

/** Long enough for a lane that is at work to begin. */
const MOMENT_MS = 1500;

async function starting(
  env: Environment,
  how: Partial<Runtime>,
  then: (api: TestApi['call']) => Promise<void>,
): Promise<void> {
  const runtime = { clock: systemClock, log: silentLogger, jobs: false, ...how };
  const restored = await start(loadConfig(env), runtime);
  await then(caller(restored.url, env.ROLLCALL_API_KEY ?? '')).finally(() => restored.close());
}

describe.each(databaseKinds)('a backup (%s)', async (kind) => {
  const [rollcall, segment] = await Promise.all([
    startRollcall(kind, { ROLLCALL_SECRET_KEY: SECRET_KEY }),
    startSegment(),
  ]);
  const id = await made({ call: rollcall.api }, '/applications', { connector: 'segment', label: 'Segment' });
  const company = companyOf(rollcall, segment, id, new Map());

  it('is restored into a server that sends nothing until the directory has been brought up to date', async () => {
    await company.ask('PUT', '/sso', SSO_ENABLED);
    await company.configures({ baseUrl: segment.baseUrl, token: await segment.newToken() });
    await company.activates();
    await company.founds('Engines');
    for (const name of ['ada', 'grace', 'joan']) await company.hires(name, ['Engines']);
    await company.binds('Engines');
    await company.suspends('joan');
    await company.untilIdle();
    const restore = await BACKUPS[kind](rollcall);
    await company.suspends('grace');
    await company.untilIdle();
    await rollcall.stop();
    const env = { ...rollcall.env, ...(await restore()) };

    const before = await segment.now();
    await starting(env, { provisioning: false }, async (api) => {
      const plan = await api('GET', `/applications/${id}/plan`);
      expect(plan).toMatchObject({ status: 200, body: { steps: [], summary: {} } });
      await api('PATCH', `/users/${company.userId('grace')}`, { state: 'suspended' });
      await api('PATCH', `/users/${company.userId('joan')}`, { state: 'active' });
      expect((await api('POST', `/applications/${id}/sync`, { full: true })).status).toBe(202);
      await sleep(MOMENT_MS);
      expect(await segment.asked(before)).toEqual([]);
    });
    await starting(env, {}, async () => {
      await expect.poll(async () => (await segment.holds()).groups).toEqual({ Engines: ['ada', 'joan'] });
    });
  });
});
