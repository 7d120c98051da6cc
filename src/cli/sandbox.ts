/** `rollcall sandbox` */
import { InvalidArgumentError } from 'commander';
import { cannotListen } from '../listening.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { aborted, stopSignal } from './signals.ts';

const HELP = `
Its web page makes a token (Generate SSO Token), and shows the members, the groups and each request as it comes in. Tests
drive it at /_control. Rollcall reaches it only with ROLLCALL_ALLOW_PRIVATE_TARGETS=true.

Examples:
  rollcall sandbox
  rollcall sandbox --port 8100
${EXIT_CODES_HELP}`;

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}

interface Options {
  readonly port: number;
  readonly host: string;
  readonly json?: true;
}

function announce(cli: Cli, url: string, json: boolean): void {
  const scimBaseUrl = `${url}/scim/v2`;
  if (json) {
    printJson(cli, { url, scimBaseUrl });
    return;
  }
  cli.print(`The sandbox answers at ${url}`);
  cli.print(`  SCIM base URL  ${scimBaseUrl}`);
}

/** `rollcall sandbox`. */
export const registerSandbox: Register = (program, cli) => {
  program
    .command('sandbox')
    .summary('run a stand-in for Segment, to try Rollcall with')
    .description(
      'Run a stand-in for Segment on this machine, to try Rollcall with. It forgets everything when it ends.',
    )
    .option('--port <number>', 'the port to listen on; 0 takes any free one', portNumber, 8090)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--json', 'print where it answers as one JSON document')
    .addHelpText('after', HELP)
    .action(async ({ json, ...options }: Options) => {
      const { startSandbox } = await import('../sandbox/server.ts');
      const sandbox = await startSandbox(options).catch((error: unknown) => {
        throw cannotListen(error, options, '--host and --port');
      });
      announce(cli, sandbox.url, json ?? false);
      const stop = stopSignal();
      await aborted(stop.signal);
      await sandbox.close();
      stop.release();
      cli.say('The sandbox has stopped.');
    });
};
