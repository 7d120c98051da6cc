/** What a run of chaos says in the end. Pure. */
import { BLOWS } from './blows.ts';
import type { ChaosResult } from './run.ts';

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((one, other) => one - other);

/** The middle of them; of an even number, the upper one of the two. */
const median = (numbers: readonly number[]): number | null =>
  sorted(numbers)[Math.floor(numbers.length / 2)] ?? null;

const most = (numbers: readonly number[]): number | null => sorted(numbers).at(-1) ?? null;

type Row = Readonly<Record<string, string | number | null>>;

const rowOf = (result: ChaosResult): Row => ({
  database: result.database,
  seconds: result.seconds,
  rounds: result.rounds,
  ...result.blows,
  killsMidSync: result.midSync,
  targetErrors: result.misbehaviour.error,
  targetAnswersLost: result.misbehaviour.dropped,
  targetRateLimited: result.misbehaviour['rate-limited'],
  changes: result.changes,
  answersLost: result.answersLost,
  requests: result.requests,
  lost: result.lost,
  doubled: result.doubled,
  fallen: result.fallen,
  idleMsMedian: median(result.idleMs),
  idleMsMax: most(result.idleMs),
});

const sumOf = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);

const sumsOf = (rows: readonly Row[], names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, sumOf(rows, name)]));

/** One line of JSON: the totals, and a row for each database. */
export function jsonLine(seed: string, results: readonly ChaosResult[]): string {
  const databases = results.map(rowOf);
  const idle = results.flatMap(({ idleMs }) => idleMs);
  return JSON.stringify({
    chaos: true,
    seed,
    ...sumsOf(databases, ['rounds', 'kill', 'killsMidSync']),
    faults: sumsOf(databases, [...Object.keys(BLOWS), ...Object.keys(MISBEHAVIOUR)]),
    operations: sumsOf(databases, ['changes', 'requests']),
    ...sumsOf(databases, ['lost', 'doubled', 'fallen']),
    idleMs: { median: median(idle), max: most(idle) },
    databases,
  });
}

const MISBEHAVIOUR = {
  targetErrors: 'requests that the target failed',
  targetAnswersLost: 'answers of the target that were lost',
  targetRateLimited: 'requests that the target put off (429)',
} as const;

const { kill, ...OTHER_BLOWS } = BLOWS;

const LABELS: Readonly<Record<string, string>> = {
  seconds: 'seconds',
  rounds: 'rounds',
  kill,
  killsMidSync: '… of them with requests under way',
  ...OTHER_BLOWS,
  ...MISBEHAVIOUR,
  changes: 'directory changes accepted',
  answersLost: 'answers of the API that were lost',
  requests: 'requests to the target',
  lost: 'lost',
  doubled: 'doubled',
  fallen: 'processes that ended by themselves',
  idleMsMedian: 'ms from restart to idle, median',
  idleMsMax: 'ms from restart to idle, at most',
};

/** The same for people, as it stands in docs/reliability.md: a column for each database. */
export function table(results: readonly ChaosResult[]): string {
  const rows = results.map(rowOf);
  const line = (label: string, cells: readonly string[]): string =>
    `| ${[label.padEnd(42), ...cells.map((cell) => cell.padStart(10))].join(' | ')} |`;
  const figures = Object.entries(LABELS).map(([name, label]) =>
    line(
      label,
      rows.map((row) => String(row[name] ?? '–')),
    ),
  );
  const head = line(
    '',
    results.map(({ database }) => database),
  );
  return [head, `|---${'|--:'.repeat(results.length)}|`, ...figures].join('\n');
}

/** How to see it again, and what was wrong. */
export function describeFailure(
  { database, rounds, findings }: ChaosResult,
  { seed, blows }: { readonly seed: string; readonly blows: number },
): string {
  const shown = findings.slice(0, 40).map(({ kind, sentence }) => `  ${kind}: ${sentence}`);
  const more = findings.length > 40 ? [`  and ${findings.length - 40} more`] : [];
  return [
    `On ${database}, in round ${rounds}:`,
    ...shown,
    ...more,
    `Again: npm run chaos -- --database ${database} --rounds ${rounds} --blows ${blows} --seed ${seed}`,
  ].join('\n');
}
