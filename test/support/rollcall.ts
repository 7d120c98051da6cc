/** A whole Rollcall in the test's process: API and lanes on a free port, over a database of its own. */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { systemClock } from '../../src/clock.ts';
import { loadConfig, type Environment } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { startRollcall as start } from '../../src/rollcall.ts';
import type { Rollcall } from '../../src/running.ts';
import type { Database } from '../../src/store/database.ts';
import { onceAfterwards } from './afterwards.ts';
import { caller, type TestApi } from './api.ts';
import { testEnvironment, type DatabaseKind } from './database.ts';

export interface TestRollcall {
  readonly kind: DatabaseKind;
  /** Of the server that runs now; a restart changes it. */
  readonly url: string;
  /** An administrator's API key. */
  readonly key: string;
  /** The settings that it was last started with. */
  readonly env: Environment;
  /** Of the server that runs now; closed by `close` and `restart`. */
  readonly database: Database;
  /** Calls the API with the key: `api('POST', '/users', { username: 'ada' })`. */
  readonly api: TestApi['call'];
  /** Stops the server as a signal would; its database stays. */
  readonly stop: () => Promise<void>;
  /** Stops the server and starts it again on the same database, where other settings are given, with these. */
  readonly restart: (changed?: Environment) => Promise<void>;
  /** Ends with the test file, unless the test did so before. */
  readonly close: () => Promise<void>;
}

/** The first wait after a failure: short, so that a test of waiting takes no time. */
export const BACKOFF_MS = 20;

const DEFAULTS = { PORT: '0', ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true', ROLLCALL_LEASE_SECONDS: '5' };

/** Starts one; `overrides` are settings, by their variables. Background jobs do not run. */
export async function startRollcall(
  kind: DatabaseKind,
  overrides: Environment = {},
  log: Logger = silentLogger,
): Promise<TestRollcall> {
  const { env: databaseEnv, remove } = await testEnvironment(kind);
  const key = `test-${randomBytes(16).toString('hex')}`;
  let env: Environment = { ...databaseEnv, ...DEFAULTS, ROLLCALL_API_KEY: key, ...overrides };
  const runtime = { clock: systemClock, log, backoffMs: BACKOFF_MS, jobs: false };
  const run = (): Promise<Rollcall> => start(loadConfig(env), runtime);
  let running = await run();
  const close = onceAfterwards(async () => {
    await running.close();
    await remove();
  });
  return {
    kind,
    key,
    get env() {
      return env;
    },
    get url() {
      return running.url;
    },
    get database() {
      return running.database;
    },
    api: (...call) => caller(running.url, key)(...call),
    stop: () => running.close(),
    restart: async (changed = {}) => {
      await running.close();
      env = { ...env, ...changed };
      running = await run();
    },
    close,
  };
}
