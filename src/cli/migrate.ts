/** `rollcall migrate` */
import { loadConfig } from '../config.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { isDatabaseMissing } from './own-database.ts';

const HELP = `
Servers and workers do this by themselves when they start. All changes are made in one transaction, or none.

Examples:
  rollcall migrate
  rollcall migrate --dry-run
${EXIT_CODES_HELP}`;

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
}

function inWords(names: readonly string[], dryRun: boolean): string {
  if (names.length === 0) return 'The database is up to date.';
  return `${dryRun ? 'To be applied' : 'Applied'}: ${names.join(', ')}.`;
}

/** Applies the migrations, or only names them; a database that is not there is not made for that. */
async function migrations(cli: Cli, dryRun: boolean): Promise<string[]> {
  const { allMigrations, migrate, pendingMigrations } = await import('../store/migrate.ts');
  const config = loadConfig(cli.env);
  if (dryRun && isDatabaseMissing(config)) return allMigrations();
  const { openDatabase } = await import('../store/open.ts');
  const database = await openDatabase(config, { info: cli.say, warn: cli.say });
  return (dryRun ? pendingMigrations(database) : migrate(database)).finally(() => database.close());
}

async function run(cli: Cli, { dryRun, json }: Options): Promise<void> {
  const names = await migrations(cli, dryRun ?? false);
  if (json) printJson(cli, dryRun ? { pending: names } : { applied: names });
  else cli.print(inWords(names, dryRun ?? false));
}

/** `rollcall migrate`. */
export const registerMigrate: Register = (program, cli) => {
  program
    .command('migrate')
    .summary('bring the database up to date')
    .description('Bring the tables of the database up to date.')
    .option('--dry-run', 'say what would be applied, and apply nothing')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action((options: Options) => run(cli, options));
};
