/** `rollcall secrets reseal` */
import { printJson, type Cli, type Register } from './cli.ts';
import { count } from '../count.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { withOwnDatabase } from './own-database.ts';

const HELP = `
Changing the key while servers run:
  1. Every server and worker gets the new key in ROLLCALL_OTHER_SECRET_KEYS, and is started again.
  2. Every one gets the new key in ROLLCALL_SECRET_KEY, the old one in ROLLCALL_OTHER_SECRET_KEYS, and is started again.
  3. With these settings: rollcall secrets reseal
  4. The old key is taken out of ROLLCALL_OTHER_SECRET_KEYS.
With the embedded database, stop the server and begin at 2.

Example:
  ROLLCALL_SECRET_KEY=… ROLLCALL_OTHER_SECRET_KEYS=… rollcall secrets reseal
${EXIT_CODES_HELP}`;

interface Options {
  readonly json?: true;
}

async function run(cli: Cli, { json }: Options): Promise<void> {
  const { resealed, keyId } = await withOwnDatabase(cli, async (database, config) => {
    const { reseal } = await import('../store/reseal.ts');
    const { loadSecretBox } = await import('../store/secrets.ts');
    const box = loadSecretBox(config);
    return { resealed: await reseal(database, box), keyId: box.keyId };
  });
  if (json) printJson(cli, { resealed, keyId });
  else if (resealed === 0) cli.print('Everything is encrypted with the present key already.');
  else cli.print(`${count(resealed, 'secret is', 'secrets are')} encrypted with the present key now.`);
}

/** `rollcall secrets`. */
export const registerSecrets: Register = (program, cli) => {
  const secrets = program
    .command('secrets')
    .summary('change the key that encrypts what is secret')
    .description('Tokens, signing keys and authenticator apps, encrypted in the database.')
    .addHelpText(
      'after',
      '\n`rollcall secrets reseal --help` tells how to change the key while servers run.\n',
    );
  secrets
    .command('reseal')
    .summary('encrypt everything with the present key')
    .description(
      'Encrypt everything with ROLLCALL_SECRET_KEY (or secret.key) that one of ROLLCALL_OTHER_SECRET_KEYS has encrypted.',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText('after', HELP)
    .action((options: Options) => run(cli, options));
};
