/** `rollcall apply` */
import { z } from 'zod';
import { badInput, conflict } from '../errors.ts';
import { using, withBackend, type Backend, type BackendOptions } from './backend.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { count } from '../count.ts';
import { EXIT, EXIT_CODES_HELP } from './exit.ts';
import { find, type Found } from './find.ts';
import { follow, outcomeOf, readStatus } from './follow.ts';
import { whyNothingIsSent } from './not-sending.ts';
import { countSteps, planText, type PlanAnswer } from './plan-text.ts';
import { isAgreed } from './question.ts';
import { readWholePlan } from './read-plan.ts';
import { scopeOf, withScope, type Scope } from './scope.ts';
import { stopSignal } from './signals.ts';

const HELP = `
Shows the plan, asks, sends it, and waits until nothing is left to do. With --yes nobody is asked; with --checksum the plan
was seen before, and is refused where it has changed: give the --user or --group that it was of. Where no server runs, this
process does the work itself. Where the connection is not active, nothing is asked: it says why, and ends with 3.

Examples:
  rollcall apply Segment
  rollcall apply Segment --yes
  rollcall apply Segment --checksum 4f1c…
  rollcall apply Segment --user ada@example.com --checksum 4f1c…
${EXIT_CODES_HELP}`;

interface Options extends BackendOptions, Scope {
  readonly yes?: true;
  readonly checksum?: string;
  readonly json?: true;
}

const STEPS_SHOWN = 50;

async function confirmed(cli: Cli, plan: PlanAnswer, label: string): Promise<boolean> {
  if (!cli.interactive) {
    throw badInput(
      'Nobody is there to be asked. Give --yes, or --checksum of a plan that somebody has seen.',
    );
  }
  cli.say(planText(plan, STEPS_SHOWN));
  const steps = count(countSteps(plan), 'step');
  return isAgreed(`\nSend ${steps} to ${label}? [y/N] `, process.stdin, process.stderr);
}

/** The checksum of a plan that a person has seen and agreed to; null where the answer was no. */
async function agreed(cli: Cli, backend: Backend, application: Found, scope: Scope): Promise<string | null> {
  const plan = await readWholePlan(backend, application.id, scope, STEPS_SHOWN);
  if (countSteps(plan) === 0) return plan.checksum;
  return (await confirmed(cli, plan, application.name)) ? plan.checksum : null;
}

/** Throws a `Problem` that says why nothing would be sent, and what to do. */
async function requireActive(backend: Backend, { id, name }: Found): Promise<void> {
  const why = whyNothingIsSent(await readStatus(backend, id), name);
  if (why !== undefined) throw conflict(why);
}

/**
 * Begins the work; false where the answer was no. Where nobody is asked no plan was seen, and whatever is needed by then is
 * sent: a server that works on the same application at this moment would change any plan that was read before.
 */
async function begin(cli: Cli, backend: Backend, application: Found, options: Options): Promise<boolean> {
  const at = `/applications/${application.id}`;
  const scope = await scopeOf(backend, options);
  if (options.yes && options.checksum === undefined) {
    await backend.call(z.unknown(), 'POST', `${at}/sync`, scope);
    return true;
  }
  const checksum = options.checksum ?? (await agreed(cli, backend, application, scope));
  if (checksum === null) return false;
  await backend.call(z.unknown(), 'POST', `${at}/apply`, { ...scope, checksum });
  return true;
}

async function finish(cli: Cli, backend: Backend, application: Found, json: boolean): Promise<void> {
  const stop = stopSignal();
  try {
    await backend.work();
    const status = await follow(cli, backend, application, stop.signal);
    const { exitCode, sentence } = outcomeOf(status, application.name);
    if (json) printJson(cli, { ...status, outcome: sentence });
    else cli.print(sentence);
    cli.setExitCode(exitCode);
  } finally {
    stop.release();
  }
}

async function run(cli: Cli, named: string, options: Options): Promise<void> {
  await using(cli, options, async (backend) => {
    const application = await find(backend, 'application', named);
    await requireActive(backend, application);
    if (await begin(cli, backend, application, options))
      return finish(cli, backend, application, options.json ?? false);
    cli.say('Nothing was sent.');
    cli.setExitCode(EXIT.refused);
  });
}

/** `rollcall apply`. */
export const registerApply: Register = (program, cli) => {
  withBackend(
    withScope(
      program
        .command('apply <application>')
        .summary('bring an application in line with the directory')
        .description('Send an application what its plan says, and wait until it is done.'),
    )
      .option('--yes', 'send without asking')
      .option('--checksum <checksum>', 'send the plan of this checksum, and no other')
      .option('--json', 'print the end as JSON'),
  )
    .addHelpText('after', HELP)
    .action((application: string, options: Options) => run(cli, application, options));
};
