/** `rollcall plan` */
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { using, withBackend, type Backend, type BackendOptions } from './backend.ts';
import { printJson, type Cli, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { find, type Found } from './find.ts';
import { readStatus } from './follow.ts';
import { whyNothingIsSent } from './not-sending.ts';
import { nothingToDo } from './nothing-to-do.ts';
import { ALL_STEPS, closing, countSteps, planText, type PlanAnswer } from './plan-text.ts';
import { readPlan, readWholePlan } from './read-plan.ts';
import { scopeOf, scopeOptions, withScope, type Scope } from './scope.ts';

const HELP = `
Nothing is sent. The checksum stands for exactly this plan: \`rollcall apply <application> --checksum …\`, with the same
--user or --group, sends it, or refuses where something has changed since.

Examples:
  rollcall plan Segment
  rollcall plan Segment --user ada@example.com
  rollcall plan Segment --json | jq .summary
${EXIT_CODES_HELP}`;

interface Options extends BackendOptions, Scope {
  readonly limit: number;
  readonly json?: true;
}

/** How many steps are to be shown. Throws what commander shows for anything else. */
function stepsNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number <= ALL_STEPS) return number;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${ALL_STEPS}.`);
}

const accountSchema = z.object({ held: z.boolean() });

/** How many leavers of a plan of that scope, given by ids, may wait for an administrator (R46); `held` are of everything. */
async function heldIn(
  backend: Backend,
  applicationId: string,
  { user, group }: Scope,
  held: number,
): Promise<number> {
  if (group !== undefined) return 0;
  if (user === undefined) return held;
  const account = await backend.call(accountSchema, 'GET', `/applications/${applicationId}/users/${user}`);
  return Number(account.held);
}

/** A plan, and the records to which it keeps, by id. */
interface Scoped {
  readonly plan: PlanAnswer;
  readonly scope: Scope;
}

/** Who cannot be sent is shown also where there is nothing to send. */
async function show(
  cli: Cli,
  backend: Backend,
  application: Found,
  { plan, scope }: Scoped,
  options: Options,
): Promise<void> {
  const text = planText(plan, options.limit);
  if (text !== '') cli.print(`${text}\n`);
  if (countSteps(plan) === 0) {
    cli.print(await nothingToDo(backend, application, plan));
    return;
  }
  const same = `"${application.name}"${scopeOptions(options)} --checksum ${plan.checksum}`;
  const status = await readStatus(backend, application.id);
  const held = await heldIn(backend, application.id, scope, status.held);
  const stopped = whyNothingIsSent(status, application.name);
  cli.print(closing(plan, held, `rollcall apply ${same}`, stopped).join('\n'));
}

async function run(cli: Cli, named: string, options: Options): Promise<void> {
  await using(cli, options, async (backend) => {
    const application = await find(backend, 'application', named);
    const read = options.json ? readPlan : readWholePlan;
    const scope = await scopeOf(backend, options);
    const plan = await read(backend, application.id, scope, options.limit);
    if (options.json) printJson(cli, plan);
    else await show(cli, backend, application, { plan, scope }, options);
  });
}

/** `rollcall plan`. */
export const registerPlan: Register = (program, cli) => {
  withBackend(
    withScope(
      program
        .command('plan <application>')
        .summary('show what would be sent to an application')
        .description('Show what would be sent to an application, named by its label or id. Reads only.'),
    )
      .option(
        '--limit <number>',
        'how many steps of each kind to show; with --json, of all',
        stepsNumber,
        200,
      )
      .option('--json', 'print the plan as JSON'),
  )
    .addHelpText('after', HELP)
    .action((application: string, options: Options) => run(cli, application, options));
};
