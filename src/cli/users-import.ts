/** `rollcall users import` */
import { Option } from 'commander';
import { z } from 'zod';
import { MAX_ROWS, readRows } from '../directory/bulk.ts';
import { readingOf, type CsvRows } from '../directory/csv.ts';
import { Problem } from '../errors.ts';
import { using, withBackend, type Backend, type BackendOptions } from './backend.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { count, written } from '../count.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { startProgress } from './progress.ts';
import { partOf, readUsersFile, type UsersFile } from './users-file.ts';

const HELP = `
The first line names the columns: username, email, firstname, lastname, displayname, state, groups (names of groups that
exist, separated by semicolons) and attributes.NAME. The file is UTF-8; - reads standard input.
Without --partial, either every row is taken or none is. --json prints a result for each row in both cases; a row that was
sound and is not in the directory because of others is "notWritten".

Examples:
  rollcall users import people.csv --dry-run
  rollcall users import people.csv --existing update
  rollcall users import people.csv --partial --json | jq '.results[] | select(.outcome == "failed")'

Exit codes, the same with --dry-run as without:
  0  every row was taken
  1  with --partial: rows failed, and the others were taken
  2  wrong usage or input: rows cannot be used, so none was taken
  3  refused
  4  the server, the database or the data directory cannot be used`;

interface Options extends BackendOptions {
  readonly partial?: true;
  readonly dryRun?: true;
  readonly existing: 'refuse' | 'skip' | 'update';
  readonly json?: true;
}

const outcomes = ['created', 'updated', 'unchanged', 'skipped', 'failed', 'notWritten'] as const;

const resultSchema = z.object({
  row: z.number(),
  username: z.string().nullable(),
  outcome: z.enum(outcomes),
  id: z.string().nullable(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
const answerSchema = z.object({ results: z.array(resultSchema) });

interface Result extends z.infer<typeof resultSchema> {
  /** Where the row ends in the file. */
  readonly line: number;
}

/** Rows of one request where each stands for itself and is written; few enough for a bar to move. */
const CHUNK = 1000;

/** `users[3].email` as `email`: the line says which row. */
const fieldOf = (path: string): string => path.replace(/^users\[\d+\]\.?/, '');

/** What became of the row of that index (from 0) in the file. */
function located(result: z.infer<typeof resultSchema>, index: number, { lines }: CsvRows): Result {
  const errors = result.errors?.map((error) => ({ ...error, path: fieldOf(error.path) }));
  return { ...result, row: index + 1, line: lines[index] ?? 0, ...(errors && { errors }) };
}

/** Rows that have the username of an earlier one; a server that is sent a part of the file cannot see them. */
function refusedRepeats(file: UsersFile): Result[] {
  const { repeats } = readRows(file.rows, readingOf(file));
  return repeats.map(({ errors, index, username }) =>
    located({ row: index + 1, username, outcome: 'failed', id: null, errors: [...errors] }, index, file),
  );
}

/** The results in a refusal of all rows; throws whatever else went wrong. */
function refusedResults(error: unknown): z.infer<typeof answerSchema> {
  const read = error instanceof Problem ? answerSchema.safeParse(error.extensions) : undefined;
  if (read?.success) return read.data;
  throw error;
}

async function sendAll(cli: Cli, backend: Backend, file: UsersFile, options: Options): Promise<Result[]> {
  const { dryRun, existing, partial } = options;
  const query = new URLSearchParams({
    existing,
    partial: String(partial ?? false),
    dryRun: String(dryRun ?? false),
  });
  const total = file.rows.length;
  // What is only looked at is no help in judging the rows after it, unless they come with it.
  const together = partial ? MAX_ROWS : total;
  const size = partial && !dryRun ? CHUNK : together;
  const progress = startProgress(cli, 'Importing', total);
  const results = partial ? refusedRepeats(file) : [];
  const refused = new Set(results.map(({ row }) => row - 1));
  const toSend = [...file.rows.keys()].filter((index) => !refused.has(index));
  try {
    for (let at = 0; at < toSend.length; at += size) {
      const part = toSend.slice(at, at + size);
      const path = `/users/bulk?${query.toString()}`;
      const answer = await backend.call(answerSchema, 'POST', path, partOf(file, part)).catch(refusedResults);
      results.push(...answer.results.map((result) => located(result, part[result.row - 1] ?? 0, file)));
      progress.update(results.length, total);
    }
  } finally {
    progress.stop();
  }
  return results.sort((one, other) => one.row - other.row);
}

function countOutcomes(results: readonly Result[]): Record<Result['outcome'], number> {
  const summary = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0, notWritten: 0 };
  for (const { outcome } of results) summary[outcome] += 1;
  return summary;
}

const FAULTS_SHOWN = 1000;

function showFaults(cli: Cli, results: readonly Result[]): void {
  const faults = results.flatMap(({ errors = [], line, username }) =>
    errors.map(({ path, message }) =>
      [`Line ${line} (${username ?? 'no username'}):`, path, message].filter((part) => part !== '').join(' '),
    ),
  );
  for (const fault of faults.slice(0, FAULTS_SHOWN)) cli.say(fault);
  const more = faults.length - FAULTS_SHOWN;
  if (more > 0) cli.say(`… and ${more} more; --json has all of them.`);
}

/** As the API says it of a username that somebody in the directory has. */
const IS_THERE = /^is taken\./;

const isThere = ({ errors = [] }: Result): boolean =>
  errors.some(({ message, path }) => path === 'username' && IS_THERE.test(message));

/** Rows of people who are there are the commonest fault, and need no correction. */
function showExisting(cli: Cli, results: readonly Result[]): void {
  const existing = results.filter(isThere).length;
  if (existing === 0) return;
  const those =
    existing === 1 ? '1 row is of somebody who is' : `${written(existing)} rows are of people who are`;
  cli.say(
    `${those} in the directory already: --existing skip leaves them as they are, --existing update changes them.`,
  );
}

function show(cli: Cli, results: readonly Result[], options: Options): void {
  showFaults(cli, results);
  showExisting(cli, results);
  const summary = countOutcomes(results);
  if (isRefused(results, options) && !options.dryRun) {
    cli.say(
      `${summary.failed} of ${count(results.length, 'row')} cannot be used, so nothing was written. Correct them, or take the rest with --partial.`,
    );
    return;
  }
  const counts = Object.entries(summary).filter(([, count]) => count > 0);
  const words = counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  cli.print(options.dryRun ? `Would be: ${words}. Nothing was written.` : `${words}.`);
}

/** Without --partial, one row that cannot be used is enough. */
const isRefused = (results: readonly Result[], { partial }: Options): boolean =>
  !partial && results.some(({ outcome }) => outcome === 'failed');

/** The same for the same rows, whether they are written or only looked at. */
function exitCode(results: readonly Result[], options: Options): ExitCode {
  if (isRefused(results, options)) return EXIT.badInput;
  return results.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.done;
}

async function run(cli: Cli, name: string, options: Options): Promise<void> {
  const file = await readUsersFile(name);
  const results = await using(cli, options, (backend) => sendAll(cli, backend, file, options));
  const dryRun = options.dryRun ?? false;
  if (options.json) printJson(cli, { dryRun, summary: countOutcomes(results), results });
  else show(cli, results, options);
  cli.setExitCode(exitCode(results, options));
}

/** `rollcall users import`. */
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
