/** `rollcall worker` */
import { Problem } from '../errors.ts';
import { printJson, type Register } from './cli.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { serveUntilStopped } from './serving.ts';

const HELP = `
Any number of workers and servers share the work through one PostgreSQL; an application has one of them at a time, and
another takes over where one dies. All need the same ROLLCALL_SECRET_KEY.

Example:
  DATABASE_URL=postgres://rollcall@db.example.com/rollcall ROLLCALL_SECRET_KEY=… rollcall worker
${EXIT_CODES_HELP}`;

function needsPostgres(): Problem {
  return new Problem(
    'bad-input',
    'A worker shares its database with a server, and the embedded database has room for one process. Set DATABASE_URL to the PostgreSQL of the server, or run `rollcall serve` alone, which does the work itself.',
  );
}

/** `rollcall worker`. */
export const registerWorker: Register = (program, cli) => {
  program
    .command('worker')
    .summary('provision beside the servers, without an API')
    .description('Provision beside the servers, without an API. Needs PostgreSQL (DATABASE_URL).')
    .option('--json', 'say that it is at work as one JSON document')
    .addHelpText('after', HELP)
    .action(({ json }: { json?: true }) =>
      serveUntilStopped(cli, async (config, log) => {
        if (config.databaseUrl === undefined) throw needsPostgres();
        const { startLanes } = await import('../rollcall.ts');
        const lanes = await startLanes(config, { clock: cli.clock, log });
        if (json) printJson(cli, { working: true });
        else cli.print('The worker is at work.');
        return lanes;
      }),
    );
};
