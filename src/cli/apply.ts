/** `rollcall apply` */
import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { badInput } from '../errors.ts';
import { using, withBackend, type Backend, type BackendOptions } from './backend.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { count } from './count.ts';
import { EXIT, EXIT_CODES_HELP } from './exit.ts';
import { find, type Found } from './find.ts';
import { follow, outcomeOf } from './follow.ts';
import { ALL_STEPS, readPlan } from './plan.ts';
import { countSteps, planText, type PlanAnswer } from './plan-text.ts';
import { stopSignal } from './signals.ts';

const HELP = `
Shows the plan, asks, sends it, and waits until nothing is left to do. With --yes nobody is asked; with --checksum the plan
was seen before, and is refused where it has changed. Where no server runs, this process does the work itself.

Examples:
  rollcall apply Segment
  rollcall apply Segment --yes
  rollcall apply Segment --checksum 4f1c…
${EXIT_CODES_HELP}`;

interface Options extends BackendOptions {
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
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`\nSend ${steps} to ${label}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** The checksum to apply by; null where there is nothing to do, or the answer was no. */
async function agreed(
  cli: Cli,
  backend: Backend,
  application: Found,
  options: Options,
): Promise<string | null> {
  if (options.checksum !== undefined) return options.checksum;
  const plan = await readPlan(backend, application.id, { limit: options.yes ? 0 : ALL_STEPS });
  if (options.yes || countSteps(plan) === 0) return plan.checksum;
  return (await confirmed(cli, plan, application.name)) ? plan.checksum : null;
}

async function send(
  cli: Cli,
  backend: Backend,
  application: Found,
  checksum: string,
  json: boolean,
): Promise<void> {
  await backend.call(z.unknown(), 'POST', `/applications/${application.id}/apply`, { checksum });
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
    const checksum = await agreed(cli, backend, application, options);
    if (checksum !== null) return send(cli, backend, application, checksum, options.json ?? false);
    cli.say('Nothing was sent.');
    cli.setExitCode(EXIT.refused);
  });
}

export const registerApply: Register = (program, cli) => {
  withBackend(
    program
      .command('apply <application>')
      .summary('bring an application in line with the directory')
      .description('Send an application what its plan says, and wait until it is done.')
      .option('--yes', 'send without asking')
      .option('--checksum <checksum>', 'send the plan of this checksum, and no other')
      .option('--json', 'print the end as JSON'),
  )
    .addHelpText('after', HELP)
    .action((application: string, options: Options) => run(cli, application, options));
};
