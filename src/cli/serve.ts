/** `rollcall serve` */
import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { Rollcall } from '../running.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { serveUntilStopped } from './serving.ts';

const HELP = `
Settings come from the environment; \`rollcall config\` lists them. The first start makes an administrator API key and
prints it once, unless ROLLCALL_API_KEY gives one. While nobody can sign in as an administrator, each start prints a
link that makes one. SIGINT and SIGTERM end in good order: requests under way are finished and written down. Another
signal, half a second later or more, ends at once; nothing is lost then either.

Examples:
  rollcall serve
  PORT=9000 ROLLCALL_DATA_DIR=/var/lib/rollcall rollcall serve
  DATABASE_URL=postgres://rollcall@db.example.com/rollcall rollcall serve
${EXIT_CODES_HELP}`;

function announcement(
  config: Config,
  { url, firstApiKey, firstAdministratorLink }: Rollcall,
): Record<string, string | null> {
  const dataDir = resolve(config.dataDir);
  return {
    url: config.publicUrl ?? url,
    console: `${config.publicUrl ?? url}/console/`,
    reference: `${config.publicUrl ?? url}/api/docs`,
    database: config.databaseUrl === undefined ? `embedded, in ${dataDir}` : 'PostgreSQL, at DATABASE_URL',
    secretKey: config.secretKey === undefined ? `${dataDir}/secret.key` : 'ROLLCALL_SECRET_KEY',
    apiKey: firstApiKey,
    firstAdministratorLink,
  };
}

const NOTHING_SENT = 'off: this process reads and writes no application';

function announce(cli: Cli, config: Config, rollcall: Rollcall, provisioning: boolean): void {
  const {
    url,
    console: page,
    reference,
    database,
    secretKey,
    apiKey,
    firstAdministratorLink,
  } = announcement(config, rollcall);
  cli.print(`Rollcall answers at ${url ?? ''}`);
  cli.print(`  Console        ${page ?? ''}`);
  cli.print(`  API reference  ${reference ?? ''}`);
  cli.print(`  Database       ${database ?? ''}`);
  cli.print(`  Secret key     ${secretKey ?? ''} (keep a copy: without it, stored tokens can't be read)`);
  if (!provisioning) cli.print(`  Provisioning   ${NOTHING_SENT}`);
  if (apiKey !== null) cli.print(`  API key        ${apiKey ?? ''} (administrator; shown this once)`);
  if (firstAdministratorLink !== null)
    cli.print(`  First administrator: open ${firstAdministratorLink ?? ''} (works once, within a day)`);
}

/** `rollcall serve`. */
export const registerServe: Register = (program, cli) => {
  program
    .command('serve')
    .summary('run the server: API, provisioning and background jobs')
    .description('Run the server: the API, provisioning and background jobs, in one process.')
    .option('--no-provisioning', 'answer, and read and write no application: to look first, after a restore')
    .option('--json', 'print where it answers as one JSON document')
    .addHelpText('after', HELP)
    .action(({ json, provisioning }: { json?: true; provisioning: boolean }) =>
      serveUntilStopped(cli, async (config, log) => {
        const { startRollcall } = await import('../rollcall.ts');
        const rollcall = await startRollcall(config, { clock: cli.clock, log, provisioning });
        if (json)
          printJson(cli, { ...announcement(config, rollcall), listening: rollcall.url, provisioning });
        else announce(cli, config, rollcall, provisioning);
        return rollcall;
      }),
    );
};
