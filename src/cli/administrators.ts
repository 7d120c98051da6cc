/** `rollcall administrators link` */
import { loadConfig } from '../config.ts';
import { makeAdministratorLink } from '../sign-in/first-administrator.ts';
import { openDatabase } from '../store/open.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { databaseMissing, isDatabaseMissing, prepare } from './direct.ts';
import { EXIT_CODES_HELP } from './exit.ts';

const HELP = `
For when the last administrator lost access: whoever opens the link becomes an administrator, under a user name of the
directory or a new one. It works once, within a day; links from before end. The command opens the database itself, so
that it takes access to this machine; a server that holds the embedded database has to be stopped meanwhile.

Example:
  rollcall administrators link
${EXIT_CODES_HELP}`;

async function link(cli: Cli, { json }: { readonly json?: true }): Promise<void> {
  const config = loadConfig(cli.env);
  if (isDatabaseMissing(config)) throw databaseMissing(config);
  const database = await openDatabase(config, { info: cli.say, warn: cli.say });
  const base = config.publicUrl ?? `http://${config.host}:${config.port}`;
  const address = await prepare(database, false)
    .then(() => makeAdministratorLink(database, base))
    .finally(() => database.close());
  if (json) printJson(cli, { link: address });
  else cli.print(address);
}

export const registerAdministrators: Register = (program, cli) => {
  const administrators = program
    .command('administrators')
    .summary('make a link by which somebody becomes an administrator')
    .description('Administrators who sign in.');
  administrators
    .command('link')
    .description('Make a link by which somebody becomes an administrator, and print it this once.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action((options: { json?: true }) => link(cli, options));
};
