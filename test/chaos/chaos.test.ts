import { beforeAll, describe, test } from 'vitest';
import { build } from '../../scripts/lib/packages.mjs';
import { databaseKinds } from '../support/database.ts';
import { withDatabase } from './database.ts';
import { Limits } from './limits.ts';
import { describeFailure } from './report.ts';
import { runChaos } from './run.ts';

const ROUNDS = 2;
const BLOWS = 2;
const SEED = process.env.ROLLCALL_TEST_SEED ?? '1';

beforeAll(build, 120_000);

// Side by side: most of the time, a process waits to be started or a lease to run out.
describe.concurrent.each(databaseKinds)('kill -9, on %s', (kind) => {
  test(
    'R41, R42, R43: nothing is lost and nothing is done twice',
    // Never again: what is lost once is lost.
    { timeout: 240_000, retry: 0 },
    async ({ expect }) => {
      const said: string[] = [];
      const result = await withDatabase(kind, (database) =>
        runChaos({
          database,
          limits: new Limits({ rounds: ROUNDS }),
          blows: BLOWS,
          seed: SEED,
          say: (line) => void said.push(line),
        }),
      );
      const failure = describeFailure(result, { seed: SEED, blows: BLOWS });
      expect(result.findings, `${said.join('\n')}\n${failure}`).toEqual([]);
      expect(result).toMatchObject({ rounds: ROUNDS, lost: 0, doubled: 0, fallen: 0 });
      expect(result.blows.kill).toBeGreaterThanOrEqual(ROUNDS);
      expect(result.requests).toBeGreaterThan(50);
    },
  );
});
