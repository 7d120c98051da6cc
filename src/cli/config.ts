/** `rollcall config` */
import { Option } from 'commander';
import { configWarnings } from '../config-warnings.ts';
import { loadConfig, settingsReference, type Config, type Setting } from '../config.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';

const HELP = `
Values of secrets are not shown, only whether they are set. --markdown prints the reference of the settings, without the
values of this machine; docs/settings.md is made with it.

Examples:
  rollcall config
  rollcall config --json
${EXIT_CODES_HELP}`;

interface Options {
  readonly json?: true;
  readonly markdown?: true;
}

function shown(config: Config, { key, secret }: Setting): string | number | boolean | null {
  const value = config[key];
  if (value === undefined) return null;
  return secret ? '(set, hidden)' : value;
}

function inWords(config: Config, setting: Setting): string {
  const value = shown(config, setting);
  const fallback = setting.default === '' ? 'none' : setting.default;
  return `${setting.variable}=${value ?? ''}\n  ${setting.description}\n  Default: ${fallback}.`;
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

const asJson = (config: Config) =>
  settingsReference.map((setting) => ({
    variable: setting.variable,
    value: shown(config, setting),
    default: setting.default === '' ? null : setting.default,
    secret: setting.secret ?? false,
    description: setting.description,
  }));

function run(cli: Cli, { json, markdown }: Options): void {
  if (markdown) {
    cli.print(settingsPage().trimEnd());
    return;
  }
  const config = loadConfig(cli.env);
  for (const warning of configWarnings(cli.env)) cli.say(warning);
  if (json) printJson(cli, asJson(config));
  else cli.print(settingsReference.map((setting) => inWords(config, setting)).join('\n\n'));
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
