import { beforeAll, describe, test } from 'vitest';
import { build } from '../../scripts/lib/packages.mjs';
import { databaseKinds, testEnvironment } from '../support/database.ts';
import { describeFailure } from './report.ts';
import { runChaos } from './run.ts';

const ROUNDS = 2;
const SEED = process.env.ROLLCALL_TEST_SEED ?? '1';

beforeAll(build, 120_000);

// Side by side: most of the time, a process waits to be started or a lease to run out.
describe.concurrent.each(databaseKinds)('kill -9, on %s', (database) => {
  test(
    'R41, R42, R43: nothing is lost and nothing is done twice',
    // Never again: what is lost once is lost.
    { timeout: 180_000, retry: 0 },
    async ({ expect }) => {
      const { env } = await testEnvironment(database);
      const said: string[] = [];
      const say = (line: string): void => void said.push(line);
      const result = await runChaos({ database, env, rounds: ROUNDS, seed: SEED, say });
      expect(result.findings, `${said.join('\n')}\n${describeFailure(SEED, result)}`).toEqual([]);
      expect(result).toMatchObject({ rounds: ROUNDS, lost: 0, doubled: 0 });
      expect(result.kills).toBeGreaterThanOrEqual(ROUNDS);
      expect(result.requests).toBeGreaterThan(50);
    },
  );
});
