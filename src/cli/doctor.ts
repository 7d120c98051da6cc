/** `rollcall doctor` */
import { loadConfig, type Config } from '../config.ts';
import { holderOf } from '../store/lock.ts';
import { using, withBackend, type BackendOptions } from './backend.ts';
import { checkAudit } from './check-audit.ts';
import { checkApplications } from './check-applications.ts';
import { checkDataDirectory, checkSecretKey, checkSettings, isDataDirectoryClosed } from './check-machine.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT } from './exit.ts';
import { count } from '../count.ts';
import { finding, ok, type Finding } from './finding.ts';
import { isDatabaseMissing } from './own-database.ts';
import { table } from './table.ts';

const HELP = `
Looks at the settings, the data directory, the secret key, the database (reachable, version, up to date), the clock, the
audit trail (whether every entry is as it was written), and at each application: whether its target answers with the
stored token, whether it asked to wait, what is held, what waits for long, whether its signing certificate expires soon.
Changes nothing.

Examples:
  rollcall doctor
  rollcall doctor --json

Exit codes:
  0  all is well, warnings aside
  1  there are problems; each line says what to do`;

interface Options extends BackendOptions {
  readonly json?: true;
}

const isServerNamed = (config: Config, options: BackendOptions): boolean =>
  (options.server ?? config.server) !== undefined;

/** Looking at a database that does not exist would make it. */
const isBeforeFirstStart = (config: Config, options: BackendOptions): boolean =>
  !isServerNamed(config, options) && holderOf(config.dataDir) === null && isDatabaseMissing(config);

type Check = readonly [check: string, look: () => Finding[] | Promise<Finding[]>];

/** What cannot be used is met again by each check that needs it: it is told where it was met first. */
async function findAll(checks: readonly Check[]): Promise<Finding[]> {
  const told: Finding[] = [];
  for (const [check, look] of checks) {
    const found = await finding(check, look);
    told.push(...found.filter(({ message }) => !told.some((one) => one.message === message)));
  }
  return told;
}

async function checkService(cli: Cli, config: Config, options: Options): Promise<Finding[]> {
  if (isBeforeFirstStart(config, options))
    return [ok('Database', 'There is none yet; the first start makes it.')];
  return using(cli, { ...options, readOnly: true }, (backend) =>
    findAll([
      ['Database', () => backend.examine()],
      ['Audit trail', () => checkAudit(backend)],
      ['Applications', () => checkApplications(backend, cli.clock)],
    ]),
  );
}

async function examine(cli: Cli, options: Options): Promise<Finding[]> {
  const config = loadConfig(cli.env);
  const directory: Check = ['Data directory', () => checkDataDirectory(config)];
  const service: Check = ['Database', () => checkService(cli, config, options)];
  const isClosed = isDataDirectoryClosed(config);
  return findAll([
    ['Settings', () => checkSettings(config, cli.env)],
    directory,
    ...(isClosed ? [] : [['Secret key', () => checkSecretKey(config)] as const]),
    ...(isClosed && !isServerNamed(config, options) ? [] : [service]),
  ]);
}

function verdictOn(findings: readonly Finding[]): string {
  const [problems, warnings] = (['problem', 'warning'] as const).map((level) => {
    const found = findings.filter((one) => one.level === level).length;
    return found === 0 ? undefined : count(found, level);
  });
  if (problems !== undefined) return `${[problems, warnings].filter(Boolean).join(', ')}.`;
  return warnings === undefined ? 'All is well.' : `No problem; ${warnings}.`;
}

function show(cli: Cli, findings: readonly Finding[]): void {
  cli.print(table(findings.map(({ level, check, message }) => [level, check, message])));
  cli.print(`\n${verdictOn(findings)}`);
}

async function run(cli: Cli, options: Options): Promise<void> {
  const findings = await finding('Settings', () => examine(cli, options));
  const healthy = findings.every(({ level }) => level !== 'problem');
  if (options.json) printJson(cli, { ok: healthy, findings });
  else show(cli, findings);
  if (!healthy) cli.setExitCode(EXIT.failed);
}

/** `rollcall doctor`. */
export const registerDoctor: Register = (program, cli) => {
  withBackend(
    program
      .command('doctor')
      .summary('find out what is wrong, and what to do')
      .description('Find out what is wrong with this installation, and what to do about it.')
      .option('--json', 'print the findings as JSON'),
  )
    .addHelpText('after', HELP)
    .action((options: Options) => run(cli, options));
};
