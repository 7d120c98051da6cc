/** The program `rollcall`: its commands, and what all of them share. */
import { Command, CommanderError } from 'commander';
import { registerAdministrators } from './administrators.ts';
import { registerApiKeys } from './api-keys.ts';
import { registerApply } from './apply.ts';
import type { Cli, Register } from './cli.ts';
import { registerConfig } from './config.ts';
import { registerDemo } from './demo.ts';
import { registerDoctor } from './doctor.ts';
import { exitCodeOf, EXIT_CODES_HELP, inWords } from './exit.ts';
import { registerMigrate } from './migrate.ts';
import { registerPlan } from './plan.ts';
import { registerSandbox } from './sandbox.ts';
import { registerSecrets } from './secrets.ts';
import { registerServe } from './serve.ts';
import { registerUsers } from './users-import.ts';
import { registerVersion, version } from './version.ts';
import { registerWorker } from './worker.ts';

/** In the order of the help. */
const COMMANDS: readonly Register[] = [
  registerServe,
  registerWorker,
  registerSandbox,
  registerDemo,
  registerPlan,
  registerApply,
  registerUsers,
  registerApiKeys,
  registerAdministrators,
  registerDoctor,
  registerConfig,
  registerMigrate,
  registerSecrets,
  registerVersion,
];

const HELP = `
Examples:
  rollcall serve                      run the server
  rollcall users import people.csv    fill the directory
  rollcall plan Segment               see what would be sent
  rollcall apply Segment              send it
  rollcall doctor                     find out what is wrong, and what to do

Settings come from the environment: \`rollcall config\` lists them.
${EXIT_CODES_HELP}`;

function build(cli: Cli): Command {
  const program = new Command('rollcall')
    .description('Brings applications to the state that your directory asks for, and keeps them there.')
    .version(version(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError('Add --help for the options and examples.')
    .configureOutput({
      writeOut: (text) => cli.print(text.trimEnd()),
      writeErr: (text) => cli.say(text.trimEnd()),
    })
    .exitOverride()
    .addHelpText('after', HELP);
  for (const register of COMMANDS) register(program, cli);
  return program;
}

/** Runs one command, given as in `process.argv`. What goes wrong is told on standard error, and in the exit code. */
export async function runProgram(argv: readonly string[], cli: Cli): Promise<void> {
  try {
    await build(cli).parseAsync(argv);
  } catch (error) {
    // Commander has told its own already.
    if (!(error instanceof CommanderError)) cli.say(inWords(error));
    cli.setExitCode(exitCodeOf(error));
  }
}
