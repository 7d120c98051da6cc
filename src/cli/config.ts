/** `rollcall config` */
import { Option } from 'commander';
import { configWarnings } from '../config-warnings.ts';
import { loadConfig, settingsReference, usableConfig, type Setting } from '../config.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';

const HELP = `
Values of secrets are not shown, only whether they are set. --markdown prints the reference of the settings, without the
values of this machine; docs/settings.md is made with it. Where values cannot be used, all are shown, with what is wrong
with these, and the command ends with 2.

Examples:
  rollcall config
  rollcall config --json
${EXIT_CODES_HELP}`;

interface Options {
  readonly json?: true;
  readonly markdown?: true;
}

/** A setting on this machine. */
interface Shown {
  readonly setting: Setting;
  readonly value: string | number | boolean | null;
  /** Why it cannot be used, where it cannot. */
  readonly fault: string | null;
}

function shownOf(env: Cli['env']): Shown[] {
  const { config, faults } = usableConfig(env);
  return settingsReference.map((setting) => {
    const fault = faults.get(setting.variable) ?? null;
    const value = fault === null ? config[setting.key] : env[setting.variable];
    if (value === undefined) return { setting, value: null, fault };
    return { setting, value: setting.secret ? '(set, hidden)' : value, fault };
  });
}

function inWords({ fault, setting, value }: Shown): string {
  const fallback = setting.default === '' ? 'none' : setting.default;
  const broken = fault === null ? '' : `  Cannot be used: it ${fault}.\n`;
  return `${setting.variable}=${value ?? ''}\n${broken}  ${setting.description}\n  Default: ${fallback}.`;
}

const INTRODUCTION = `# Settings

Rollcall is configured by environment variables. \`rollcall config\` shows them with their values on your machine;
\`rollcall config --markdown\` makes this page. An empty variable counts as one that is not set.
`;

/** The page docs/settings.md. */
export function settingsPage(): string {
  const sections = settingsReference.map(({ variable, description, default: fallback, secret }) => {
    const value = fallback === '' ? 'None' : `\`${fallback}\``;
    return `## \`${variable}\`\n\n${description}\n\nDefault: ${value}.${secret ? ' A secret: never shown or logged.' : ''}\n`;
  });
  return [INTRODUCTION, ...sections].join('\n');
}

const asJson = (all: readonly Shown[]) =>
  all.map(({ fault, setting, value }) => ({
    variable: setting.variable,
    value,
    fault,
    default: setting.default === '' ? null : setting.default,
    secret: setting.secret ?? false,
    description: setting.description,
  }));

function run(cli: Cli, { json, markdown }: Options): void {
  if (markdown) {
    cli.print(settingsPage().trimEnd());
    return;
  }
  const all = shownOf(cli.env);
  for (const warning of configWarnings(cli.env)) cli.say(warning);
  if (json) printJson(cli, asJson(all));
  else cli.print(all.map(inWords).join('\n\n'));
  // Says what cannot be used, and ends as every command does for it.
  loadConfig(cli.env);
}

/** `rollcall config`. */
export const registerConfig: Register = (program, cli) => {
  program
    .command('config')
    .summary('show every setting')
    .description('Show every setting: its value, its default, and what it is for.')
    .option('--json', 'print them as JSON')
    .addOption(new Option('--markdown', 'print the reference page').conflicts('json'))
    .addHelpText('after', HELP)
    .action((options: Options) => run(cli, options));
};
