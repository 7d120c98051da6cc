/** What a run of chaos says in the end. Pure. */
import type { ChaosResult } from './run.ts';

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((one, other) => one - other);

/** The middle of them; of an even number, the upper one of the two. */
const median = (numbers: readonly number[]): number | null =>
  sorted(numbers)[Math.floor(numbers.length / 2)] ?? null;

const most = (numbers: readonly number[]): number | null => sorted(numbers).at(-1) ?? null;

type Row = Readonly<Record<string, string | number | null>>;

const rowOf = (result: ChaosResult): Row => ({
  database: result.database,
  rounds: result.rounds,
  kills: result.kills,
  killsMidSync: result.midSync,
  freezes: result.freezes,
  changes: result.changes,
  answersLost: result.answersLost,
  requests: result.requests,
  lost: result.lost,
  doubled: result.doubled,
  idleMsMedian: median(result.idleMs),
  idleMsMax: most(result.idleMs),
});

const sumOf = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, row) => total + Number(row[name] ?? 0), 0);

/** One line of JSON: the totals, and a row for each database. */
export function jsonLine(seed: string, results: readonly ChaosResult[]): string {
  const databases = results.map(rowOf);
  const idle = results.flatMap(({ idleMs }) => idleMs);
  return JSON.stringify({
    chaos: true,
    seed,
    rounds: sumOf(databases, 'rounds'),
    kills: sumOf(databases, 'kills'),
    operations: { changes: sumOf(databases, 'changes'), requests: sumOf(databases, 'requests') },
    lost: sumOf(databases, 'lost'),
    doubled: sumOf(databases, 'doubled'),
    idleMs: { median: median(idle), max: most(idle) },
    databases,
  });
}

const LABELS: Readonly<Record<string, string>> = {
  database: '',
  rounds: 'rounds',
  kills: 'processes killed (kill -9)',
  killsMidSync: '  with requests under way',
  freezes: 'processes frozen beyond their lease',
  changes: 'directory changes accepted',
  answersLost: 'answers of the API that were lost',
  requests: 'requests to the target',
  lost: 'lost',
  doubled: 'doubled',
  idleMsMedian: 'ms from restart to idle, median',
  idleMsMax: 'ms from restart to idle, at most',
};

/** The same for people: a column for each database. */
export function table(results: readonly ChaosResult[]): string {
  const rows = results.map(rowOf);
  return Object.entries(LABELS)
    .map(
      ([name, label]) =>
        label.padEnd(38) + rows.map((row) => String(row[name] ?? '–').padStart(10)).join(' '),
    )
    .join('\n');
}

/** How to see it again, and what was wrong. */
export function describeFailure(seed: string, { database, rounds, findings }: ChaosResult): string {
  const shown = findings.slice(0, 40).map(({ kind, sentence }) => `  ${kind}: ${sentence}`);
  const more = findings.length > 40 ? [`  and ${findings.length - 40} more`] : [];
  return [
    `On ${database}, in round ${rounds}:`,
    ...shown,
    ...more,
    `Again: npm run chaos -- --database ${database} --rounds ${rounds} --seed ${seed}`,
  ].join('\n');
}
