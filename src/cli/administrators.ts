/** `rollcall administrators link` */
import { uuidv7 } from 'uuidv7';
import { auditEntry } from '../access/audit-entry.ts';
import { asProgram } from '../access/principal.ts';
import { addressOf } from '../config.ts';
import type { Witness } from '../store/audit.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { COMMAND_LINE, withOwnDatabase } from './own-database.ts';

const HELP = `
For when the last administrator lost access: whoever opens the link becomes an administrator, under a user name of the
directory or a new one. It works once, within a day; links from before end. The command opens the database itself, so
that it takes access to this machine; a server that holds the embedded database has to be stopped meanwhile.

Example:
  rollcall administrators link
${EXIT_CODES_HELP}`;

/** The link makes an administrator, whoever opens it: that it was made is in the audit trail. */
async function witness(): Promise<Witness> {
  const { writeAudit } = await import('../store/audit.ts');
  const origin = { address: null, userAgent: null, requestId: uuidv7() };
  const deed = {
    subject: { kind: 'link', id: null, name: 'first administrator' },
    after: { worksOnce: true },
  };
  const entry = auditEntry('administratorLink.made', asProgram(COMMAND_LINE), origin, deed);
  return async (tx) => {
    if (entry !== null) await writeAudit(tx, entry);
  };
}

async function link(cli: Cli, { json }: { readonly json?: true }): Promise<void> {
  const address = await withOwnDatabase(cli, async (database, config) => {
    const { makeAdministratorLink } = await import('../sign-in/first-administrator.ts');
    return makeAdministratorLink(database, addressOf(config), await witness());
  });
  if (json) printJson(cli, { link: address });
  else cli.print(address);
}

/** `rollcall administrators`. */
export const registerAdministrators: Register = (program, cli) => {
  const administrators = program
    .command('administrators')
    .summary('make a link by which somebody becomes an administrator')
    .description('Administrators who sign in.')
    .addHelpText('after', '\nExample:\n  rollcall administrators link\n');
  administrators
    .command('link')
    .summary('make a link that makes an administrator')
    .description('Make a link by which somebody becomes an administrator, and print it this once.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action((options: { json?: true }) => link(cli, options));
};
