/**
 * `npm run bench`: how fast Rollcall is, as JSON lines, each with its ratio to a bare HTTP loop (or to a smaller case) in
 * the same run, so that a noisy machine does not matter. Exits 0 whatever it found; a bench that breaks exits 1.
 */
import { Command, InvalidArgumentError } from 'commander';
import { benchChange } from './change.ts';
import { benchGroup } from './group.ts';
import { benchImport } from './import.ts';
import { benchLeaver } from './leaver.ts';
import { benchNeighbours, type NeighboursOptions } from './neighbours.ts';
import { benchLarge } from './large.ts';
import { benchScale, type ScaleOptions } from './scale.ts';
import { benchSignIn } from './signin.ts';
import { benchSync } from './sync.ts';
import type { DatabaseKind } from './lab.ts';

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

const several = (text: string): number[] => text.split(',').map(whole);

function database(text: string): DatabaseKind {
  if (text !== 'postgres' && text !== 'embedded')
    throw new InvalidArgumentError('It must be postgres or embedded.');
  return text;
}

interface Common {
  readonly database: DatabaseKind;
}

const program = new Command('bench').description(
  'Measures Rollcall; without a name, every bench at its default size.',
);

function bench(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--database <kind>', 'postgres or embedded', database, 'postgres');
}

bench('sync', 'First provisioning of a directory')
  .option('--users <n>', 'how many people', whole, 10_000)
  .option('--latency <ms>', "the target's answer time", whole, 0)
  .option('--concurrency <n>', 'requests at once', whole, 32)
  .action((options: Common & { users: number; latency: number; concurrency: number }) => benchSync(options));

bench('change', 'One change, in directories of different sizes')
  .option('--directory <sizes>', 'how many people, several with commas', several, [1000, 10_000, 100_000])
  .option('--rounds <n>', 'how many changes', whole, 50)
  .action((options: Common & { directory: number[]; rounds: number }) => benchChange(options));

bench('leaver', 'A suspension behind a backlog of creates')
  .option('--backlog <n>', 'how many creates wait', whole, 20_000)
  .option('--latency <ms>', "the target's answer time", whole, 50)
  .option('--concurrency <n>', 'requests at once', whole, 32)
  .option('--rounds <n>', 'how many suspensions', whole, 20)
  .action((options: Common & { backlog: number; latency: number; concurrency: number; rounds: number }) =>
    benchLeaver(options),
  );

bench('group', 'One member into a large group')
  .option('--members <n>', 'how many members the group has', whole, 100_000)
  .option('--rounds <n>', 'how many are added', whole, 20)
  .action((options: Common & { members: number; rounds: number }) => benchGroup(options));

bench('import', 'Reading an application and importing everybody in it')
  .option('--users <n>', 'how many people', whole, 50_000)
  .action((options: Common & { users: number }) => benchImport(options));

program
  .command('neighbours')
  .description('One change in many applications, with and without targets that hang, refuse and lie')
  .option('--applications <n>', 'how many applications, beside the bad ones', whole, 500)
  .option('--workers <n>', 'how many processes beside the server', whole, 4)
  .option('--bad <n>', 'how many of each bad kind', whole, 1)
  .option('--rate <n>', 'changes a second', whole, 20)
  .option('--seconds <n>', 'how long, with and without them', whole, 10)
  .action((options: NeighboursOptions) => benchNeighbours(options));

program
  .command('scale')
  .description(
    'A first provisioning by more and more processes, or with --directory one change in a very large directory',
  )
  .option('--applications <n>', 'how many applications', whole, 16)
  .option('--users <n>', 'how many people in each', whole, 600)
  .option('--workers <counts>', 'how many processes, several with commas', several, [1, 2, 4])
  .option('--directory <n>', 'how many people, in step with one application', whole)
  .option('--rounds <n>', 'how many changes in that directory', whole, 50)
  .action(({ directory, rounds, ...options }: ScaleOptions & { directory?: number; rounds: number }) =>
    directory === undefined ? benchScale(options) : benchLarge({ directory, rounds }),
  );

bench('signin', 'Assertions that sign people in')
  .option('--assertions <n>', 'how many', whole, 1000)
  .action((options: Common & { assertions: number }) => benchSignIn(options));

program
  .command('all', { isDefault: true })
  .description('Every bench at its default size')
  .option('--database <kind>', 'postgres or embedded', database, 'postgres')
  .action(async ({ database: kind }: Common) => {
    await benchSync({ database: kind, users: 10_000, latency: 0, concurrency: 32 });
    await benchSync({ database: kind, users: 10_000, latency: 50, concurrency: 32 });
    await benchChange({ database: kind, directory: [1000, 10_000, 100_000], rounds: 50 });
    await benchLeaver({ database: kind, backlog: 20_000, latency: 50, concurrency: 32, rounds: 20 });
    await benchGroup({ database: kind, members: 100_000, rounds: 20 });
    await benchImport({ database: kind, users: 50_000 });
    await benchSignIn({ assertions: 1000 });
    if (kind === 'embedded') return;
    await benchScale({ applications: 16, users: 600, workers: [1, 2, 4] });
    await benchNeighbours({ applications: 500, workers: 4, bad: 1, rate: 20, seconds: 10 });
  });

await program.parseAsync();
