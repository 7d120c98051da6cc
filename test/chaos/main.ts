/** `npm run chaos`: see docs/reliability.md. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { withDatabase, type ChaosDatabase } from './database.ts';
import { Limits } from './limits.ts';
import { describeFailure, jsonLine, table } from './report.ts';
import { runChaos, type ChaosResult } from './run.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    kills: { type: 'string' },
    minutes: { type: 'string' },
    blows: { type: 'string', default: '8' },
    database: { type: 'string', default: 'both' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    report: { type: 'string' },
  },
});

const count = (name: string) =>
  z.coerce.number(`--${name} takes a number.`).min(1, `--${name} is 1 or more.`);

const options = z
  .object({
    rounds: count('rounds').int().optional(),
    kills: count('kills').int().optional(),
    minutes: count('minutes').optional(),
    blows: count('blows').int(),
    database: z.enum(['postgres', 'embedded', 'both'], '--database takes postgres, embedded or both.'),
    seed: z.string(),
    report: z.string().optional(),
  })
  .safeParse(values);

if (!options.success) {
  console.error(options.error.issues.map(({ message }) => message).join('\n'));
  process.exit(2);
}

const DEFAULT_ROUNDS = 10;

const { rounds, kills, minutes, blows, database, seed, report } = options.data;
const isLimited = [rounds, kills, minutes].some((one) => one !== undefined);
const limits = new Limits(isLimited ? { rounds, kills, minutes } : { rounds: DEFAULT_ROUNDS });
const databases: readonly ChaosDatabase['kind'][] =
  database === 'both' ? ['embedded', 'postgres'] : [database];
const say = (line: string): void => console.error(line);

say(`Seed ${seed}.`);
// Side by side: much of the time, a process waits to be started or a lease to run out.
const results: readonly ChaosResult[] = await Promise.all(
  databases.map((kind) => withDatabase(kind, (one) => runChaos({ database: one, limits, blows, seed, say }))),
);

const failures = results.filter(({ findings }) => findings.length > 0);
for (const failure of failures) console.log(describeFailure(failure, { seed, blows }));
console.log(table(results));
console.log(jsonLine(seed, results));
if (report !== undefined) await writeFile(report, `${jsonLine(seed, results)}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
