/** `rollcall users import` */
import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { z } from 'zod';
import { readCsv, type CsvRows } from '../directory/csv.ts';
import { badInput, Problem } from '../errors.ts';
import { using, withBackend, type Backend, type BackendOptions } from './backend.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { count } from './count.ts';
import { EXIT, EXIT_CODES_HELP } from './exit.ts';
import { startProgress } from './progress.ts';

const HELP = `
The first line names the columns: username, email, firstname, lastname, displayname, state, groups (names of groups that
exist, separated by semicolons) and attributes.NAME. The file is UTF-8; - reads standard input.
Without --partial, either every row is taken or none is.

Examples:
  rollcall users import people.csv --dry-run
  rollcall users import people.csv --existing update
  rollcall users import people.csv --partial --json | jq '.results[] | select(.outcome == "failed")'
${EXIT_CODES_HELP}`;

interface Options extends BackendOptions {
  readonly partial?: true;
  readonly dryRun?: true;
  readonly existing: 'refuse' | 'skip' | 'update';
  readonly json?: true;
}

const resultSchema = z.object({
  row: z.number(),
  username: z.string().nullable(),
  outcome: z.enum(['created', 'updated', 'unchanged', 'skipped', 'failed']),
  id: z.string().nullable(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
const answerSchema = z.object({ results: z.array(resultSchema) });

interface Result extends z.infer<typeof resultSchema> {
  /** Where the row ends in the file. */
  readonly line: number;
}

/** Rows of one request where each stands for itself; few enough for a bar to move. */
const CHUNK = 1000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'this user may not read it',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && REASONS[String(error.code)]) || error.message;
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw badInput(`${file} can't be read: ${reasonOf(error)}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badInput(`${file} is not UTF-8. In a spreadsheet, save it as "CSV UTF-8".`);
  }
}

/** `users[3].email` as `email`: the line says which row. */
const fieldOf = (path: string): string => path.replace(/^users\[\d+\]\.?/, '');

function located(result: z.infer<typeof resultSchema>, offset: number, lines: CsvRows['lines']): Result {
  const row = offset + result.row;
  const errors = result.errors?.map((error) => ({ ...error, path: fieldOf(error.path) }));
  return { ...result, row, line: lines[row - 1] ?? 0, ...(errors && { errors }) };
}

/** A refusal of all rows, told by their lines in the file. */
function refusal(error: unknown, { lines, rows }: CsvRows): unknown {
  const rowOf = (path: string): number => Number(/^users\[(\d+)\]/.exec(path)?.[1] ?? NaN);
  if (!(error instanceof Problem) || !error.errors.some(({ path }) => rowOf(path) >= 0)) return error;
  const errors = error.errors.map(({ path, message }) => ({
    path: `Line ${lines[rowOf(path)] ?? '?'}: ${fieldOf(path)}`,
    message,
  }));
  const bad = new Set(errors.map(({ path }) => path.split(':')[0])).size;
  const detail = `${bad} of ${count(rows.length, 'row')} cannot be used, so nothing was written. Correct them, or take the rest with --partial.`;
  return new Problem(error.kind, detail, errors);
}

async function sendAll(cli: Cli, backend: Backend, csv: CsvRows, options: Options): Promise<Result[]> {
  const { dryRun, existing, partial } = options;
  const query = new URLSearchParams({
    existing,
    partial: String(partial ?? false),
    dryRun: String(dryRun ?? false),
  });
  const size = partial ? CHUNK : csv.rows.length;
  const progress = startProgress(cli, 'Importing', csv.rows.length);
  const results: Result[] = [];
  try {
    for (let at = 0; at < csv.rows.length; at += size) {
      const body = { users: csv.rows.slice(at, at + size) };
      const answer = await backend.call(answerSchema, 'POST', `/users/bulk?${query.toString()}`, body);
      results.push(...answer.results.map((result) => located(result, at, csv.lines)));
      progress.update(results.length, csv.rows.length);
    }
  } finally {
    progress.stop();
  }
  return results;
}

function countOutcomes(results: readonly Result[]): Record<Result['outcome'], number> {
  const summary = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  for (const { outcome } of results) summary[outcome] += 1;
  return summary;
}

function show(cli: Cli, results: readonly Result[], dryRun: boolean): void {
  for (const { line, username, errors = [] } of results)
    for (const { path, message } of errors)
      cli.say(`Line ${line} (${username ?? 'no username'}): ${path} ${message}`);
  const counts = Object.entries(countOutcomes(results)).filter(([, count]) => count > 0);
  const words = counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  cli.print(dryRun ? `Would be: ${words}. Nothing was written.` : `${words}.`);
}

async function run(cli: Cli, file: string, options: Options): Promise<void> {
  const csv = readCsv(readText(file));
  const results = await using(cli, options, (backend) => sendAll(cli, backend, csv, options)).catch(
    (error: unknown) => {
      throw refusal(error, csv);
    },
  );
  const summary = countOutcomes(results);
  if (options.json) printJson(cli, { dryRun: options.dryRun ?? false, summary, results });
  else show(cli, results, options.dryRun ?? false);
  if (summary.failed > 0) cli.setExitCode(options.dryRun ? EXIT.badInput : EXIT.failed);
}

export const registerUsers: Register = (program, cli) => {
  const users = program
    .command('users')
    .summary('import users from a CSV file')
    .description('Import users from a CSV file.')
    .addHelpText('after', '\nExample:\n  rollcall users import people.csv');
  withBackend(
    users
      .command('import <file.csv>')
      .description('Create or update many users at once, from a CSV file.')
      .option('--partial', 'take the rows that can be used, although others cannot')
      .option('--dry-run', 'say what would be done, and do nothing')
      .addOption(
        new Option('--existing <what>', 'what to do with a username that exists')
          .choices(['refuse', 'skip', 'update'])
          .default('refuse'),
      )
      .option('--json', 'print a result for each row as JSON'),
  )
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => run(cli, file, options));
};
