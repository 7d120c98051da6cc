/** One change in directories of different sizes: from the API's answer to the target having it. */
import { directory, type Directory } from './directory.ts';
import {
  activate,
  addApplication,
  startLab,
  summary,
  until,
  untilIdle,
  type DatabaseKind,
  type Lab,
} from './lab.ts';
import { percentile, report } from './report.ts';

export interface ChangeOptions {
  readonly database: DatabaseKind;
  readonly directory: readonly number[];
  readonly rounds: number;
}

const PACE = { concurrency: 32, latencyMs: 0 };
const GROUP_SIZE = 100;

/** Milliseconds of each change. */
export interface Times {
  readonly attribute: number[];
  readonly membership: number[];
}

export async function benchChange(options: ChangeOptions): Promise<void> {
  const bySize: { size: number; times: Times }[] = [];
  for (const size of options.directory) bySize.push({ size, times: await measure(options, size) });
  const smallest = bySize[0];
  for (const { size, times } of bySize) {
    for (const kind of ['attribute', 'membership'] as const) {
      const name = `${kind}, directory of ${size}, ${options.database}`;
      const p50 = percentile(times[kind], 0.5);
      const ratio = smallest === undefined ? 1 : p50 / percentile(smallest.times[kind], 0.5);
      report({
        bench: 'change',
        case: `${name}: p50`,
        value: p50,
        unit: 'ms',
        ratio,
        bar: 'ratio to the smallest <= 1.5',
        holds: ratio <= 1.5,
      });
      report({
        bench: 'change',
        case: `${name}: p99`,
        value: percentile(times[kind], 0.99),
        unit: 'ms',
        ratio: null,
        bar: 'none',
        holds: true,
      });
    }
  }
}

/** Everybody in a group of a hundred, and one small group into which people come. */
export function ordinaryCompany(size: number): Directory {
  return directory(size, [...Array.from({ length: Math.ceil(size / GROUP_SIZE) }, () => GROUP_SIZE), 1]);
}

/** So many rounds, each of which changes somebody else. */
export const roundsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

/** Whom a round changes. */
export const changedIn = (round: number, { users }: Directory): number => (round * 7919 + 1) % users.length;

async function measure({ database, rounds }: ChangeOptions, size: number): Promise<Times> {
  const people = ordinaryCompany(size);
  const lab = await startLab(database, people.seed);
  try {
    const application = await addApplication(
      lab,
      PACE,
      people.groups.map((group) => group.id),
    );
    await lab.control('PATCH', '/behaviour', { userUpdates: 'apply' });
    await activate(lab, application);
    await until(lab, (state) => state.members === size && state.memberships >= size + 1);
    await untilIdle(lab, application);
    return await changes(lab, people, roundsFrom(0, rounds), () => untilIdle(lab, application));
  } finally {
    await lab.close();
  }
}

/** Changes a name and a membership in each round, one after the other; `idle` resolves when nothing is left to do. */
export async function changes(
  lab: Lab,
  people: Directory,
  rounds: readonly number[],
  idle: () => Promise<void>,
): Promise<Times> {
  const times: Times = { attribute: [], membership: [] };
  const group = people.groups.at(-1);
  if (group === undefined) throw new Error('There is no group');
  for (const round of rounds) {
    const user = people.users[changedIn(round, people)] ?? '';
    times.attribute.push(
      await timed(lab, () => lab.api('PATCH', `/users/${user}`, { firstname: `Changed${round}` })),
    );
    await idle();
    times.membership.push(
      await timed(lab, () => lab.api('POST', `/groups/${group.id}/members`, { add: [user] })),
    );
    await idle();
  }
  return times;
}

/** From the API's answer until the target has been written to, in milliseconds. */
async function timed(lab: Lab, change: () => Promise<unknown>): Promise<number> {
  const before = (await summary(lab)).requests;
  await change();
  const answered = performance.now();
  while ((await summary(lab)).requests === before) {
    if (performance.now() - answered > 30_000) throw new Error('The change did not arrive within 30 s');
  }
  return performance.now() - answered;
}
